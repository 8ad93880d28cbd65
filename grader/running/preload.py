"""What the process that workers are forked from has loaded. Importing this module loads it."""

import atexit
import gc
import os

import numpy.ctypeslib
import numpy.random  # noqa: F401  # NumPy loads these two when they are first asked for

import grader.running.worker  # noqa: F401
from grader.kernel.outside.provisioner import find_provisioners
from grader.records import Result
from grader.storage import adapter

find_provisioners()
adapter(Result)
atexit.register(os._exit, 0)  # else a compiler that torch brings along complains about leaks on the terminal
gc.collect()
gc.freeze()  # a collection in a worker would touch, and so copy, every page
