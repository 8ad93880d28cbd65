"""Answers that a person judges: equal ones in piles, a page on this machine to mark them, choices on disk at once."""
