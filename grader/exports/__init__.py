"""Grades in the form that each platform takes: one module per platform."""
