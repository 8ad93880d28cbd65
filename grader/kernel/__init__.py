"""Kernels that run submissions: a warm host that forks them, their walls, and a client that drives them.

outside/    trusted: starts kernels, shows them to jupyter_client, runs cells, asks questions
inside/     beside student code: the process that forks, and what a fork becomes
wire, questions    all that the two sides share: frames, and what they mean
"""
