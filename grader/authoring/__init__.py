"""For authors of assignments: handouts from solutions, proofs of a course, a sample class."""
