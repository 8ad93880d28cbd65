"""What walls this machine can raise. Found out once for all tests, since it takes forks of a process with PyTorch."""

from __future__ import annotations

from grader.sandbox import levels

PROBED = levels.probe()
BEST = PROBED.level
