"""The trusted end of a kernel: what starts it, runs cells in it, asks it, and ends it."""
