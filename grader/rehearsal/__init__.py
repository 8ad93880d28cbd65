"""A notebook from top to bottom in a fresh kernel on the student's own machine: no walls, no host, any system."""
