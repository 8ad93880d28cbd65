"""What runs beside student code: the host, the kernel that it forks, the shell of that kernel. It decides nothing."""
