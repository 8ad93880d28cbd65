"""What was graded, on disk: the SQLite file and what is read from it."""
