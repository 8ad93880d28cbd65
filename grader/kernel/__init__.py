"""Kernels that run submissions: a warm host that forks them, their walls, and a client that drives them.

On the trusted side: `launch` starts kernels, `provisioner` shows them to jupyter_client, `session` runs cells and
asks questions. On the other side: `host` is the process that forks, `inside` is what a fork becomes, `responder`
answers questions about its namespace. `wire` is all that the two sides share.
"""
