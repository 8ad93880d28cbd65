"""Pure arithmetic from checks to grades: nothing here reads a file or runs code."""
