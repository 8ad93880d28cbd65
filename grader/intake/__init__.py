"""What was handed in -> Submissions: archives and folders are read, nothing is run, nothing is trusted."""
