"""A class: what is new is run, everything is scored, gradebook, table and pages are written."""
