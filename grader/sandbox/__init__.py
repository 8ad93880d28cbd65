"""The walls around a process that runs students' code, and the proof that they stand. Imports no torch."""
