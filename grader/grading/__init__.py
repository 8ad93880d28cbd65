"""One submission, from notebook to Result."""
