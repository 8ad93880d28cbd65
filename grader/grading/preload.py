"""What the process that workers are forked from has loaded. Importing this module loads it."""

import atexit
import gc
import os

import torchvision  # noqa: F401

import grader.grading.worker  # noqa: F401

atexit.register(os._exit, 0)  # else a compiler that torch brings along complains about leaks on the terminal
gc.collect()
gc.freeze()  # a collection in a worker would touch, and so copy, every page
