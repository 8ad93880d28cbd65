"""Time that stands still while this process does."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

from grader.kernel.outside import pulse
from grader.kernel.outside.patience import Patience
from grader.kernel.outside.pulse import PERIOD, STILL, Pulse


def counted(*steps: float) -> float:
    """What a pulse counts that is asked after each of these seconds."""
    times = [0.0]
    clock = Pulse(lambda: times[-1])
    for step in steps:
        times.append(times[-1] + step)
        last = clock.now()
    return last


def test_what_passes_between_beats() -> None:
    """All of it counts, a late beat of a busy machine too; what passes in a standstill does not."""
    assert counted(0.2, 0.2, 0.2) == pytest.approx(0.6)
    assert counted(0.2, STILL, 0.2) == pytest.approx(0.4 + STILL)
    assert counted(0.2, 3600.0, 0.2) == pytest.approx(0.4 + PERIOD)


def test_a_limit_amid_a_standstill(monkeypatch: pytest.MonkeyPatch) -> None:
    """It goes on where it was."""
    times = [0.0]
    clock = Pulse(lambda: times[-1])
    monkeypatch.setattr(pulse, "now", clock.now)
    patience = Patience(2.0, lambda: 0.0)
    times.append(0.25)
    assert patience.left() == pytest.approx(1.75)
    times.append(100.25)
    assert patience.left() == pytest.approx(1.75 - PERIOD)
    times.append(101.25)
    clock.now()
    times.append(102.25)
    assert patience.left() <= 0


HALTED = f"""
import sys, time
from grader.kernel.outside import pulse
began, really = pulse.now(), time.monotonic()
print("begun", flush=True)
sys.stdin.readline()
really = time.monotonic() - really
print(pulse.now() - began < really - {STILL})
"""


def test_a_process_that_was_halted() -> None:
    """Its pulse has noticed, whoever is asked first."""
    with subprocess.Popen(
        [sys.executable, "-c", HALTED], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None and process.stdout is not None
        assert process.stdout.readline() == "begun\n"
        process.send_signal(signal.SIGSTOP)
        os.waitid(os.P_PID, process.pid, os.WSTOPPED)
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(PERIOD + 2 * STILL)
        process.send_signal(signal.SIGCONT)
        process.stdin.write("\n")
        process.stdin.flush()
        assert process.stdout.readline() == "True\n"
