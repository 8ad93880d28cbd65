"""Many submissions: a pool of workers, each of which grades one submission at a time."""
