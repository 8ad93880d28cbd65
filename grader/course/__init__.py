"""The course on disk: assignments as records, known mistakes and alternatives, the reference."""
