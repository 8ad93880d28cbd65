"""The instructor's decisions: `decisions.toml` read, checked, told whom they are about, and written to."""
