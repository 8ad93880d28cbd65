"""Kernels from the warm host and cold ones: they run cells, answer questions, die, and are brought back."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from queue import Empty
from typing import Any

import pytest
import torch
from ancestors import shared_ancestor
from jupyter_client.channels import AsyncZMQSocketChannel
from kernels import LIMITS, SHORT, Make, asked, interview, run, sessions
from walls_here import BEST

from grader.asking.compare import difference
from grader.asking.student import Student
from grader.asking.traces import read_raised
from grader.devices import CARDS, SIMULATED, on
from grader.errors import Failure, KernelDied, KernelHostError, LimitExceeded, ProtocolViolation
from grader.kernel.modules import EVERYTHING, Guard, needed
from grader.kernel.outside.launch import ColdLauncher, Launcher, WarmLauncher
from grader.kernel.outside.living import how_it_ended
from grader.kernel.outside.runner import Runner
from grader.kernel.outside.start import open_ancestor
from grader.records import CellStatus
from grader.sandbox.policy import Level

LEVELS = [
    pytest.param(level, id=level.name.lower(), marks=[] if level is BEST else [pytest.mark.slow])
    for level in (Level.NONE, Level.LITE, Level.FULL)
    if level <= BEST
]


@pytest.fixture(scope="module", params=LEVELS)
def launcher(request: pytest.FixtureRequest) -> Launcher:
    """A warm host at every level that this machine has."""
    ancestor = shared_ancestor(request.param.word)
    return WarmLauncher(ancestor.control, ancestor.log)


@pytest.fixture
def start(launcher: Launcher) -> Iterator[Make]:
    yield from sessions(launcher)


def test_cells_and_what_they_print(start: Make) -> None:
    """Output, results, figures and errors of a cell are recorded, with the cell's own number."""
    session = start("x = 2")
    assert run(session, "print('a', x)\nx * 21").text == "a 2\n42\n"
    failed = run(session, "def f():\n    return 1 / 0\nf()", number=5)
    assert failed.status is CellStatus.RAISED and failed.trace is not None
    assert (failed.trace.kind, failed.trace.frames[-1].cell, failed.trace.frames[-1].line) == (
        "ZeroDivisionError",
        5,
        2,
    )
    assert run(session, "def broken(:").trace.kind == "SyntaxError"  # type: ignore[union-attr]
    figure = run(session, "%matplotlib inline\nimport matplotlib.pyplot as plt\nplt.plot([1, 2]);")
    assert len(figure.images) == 1


def test_what_a_cell_does_to_the_cells_after_it(start: Make) -> None:
    """A cell may rewrite what runs after it; each cell is rewritten once, and by what holds when it runs."""
    session = start(
        "shell, seen = get_ipython(), []\ndef digits(lines):\n"
        "    seen.append(lines)\n    return [line.replace('seven', '7') for line in lines]"
    )
    ask = "print(shell.transform_cell('seven'))"
    assert run(session, f"{ask}\nshell.input_transformers_cleanup.append(digits)\n{ask}").text.split() == ["seven", "7"]
    assert run(session, "print(seven, len(seen))").text == "7 2\n"


def test_output_has_a_cap(start: Make) -> None:
    """A flood is cut off where it is made, and the rest counted."""
    flood = run(start(), "for _ in range(100):\n    print('x' * 1000)")
    assert len(flood.text) < 6000


def test_low_level_output_is_seen(start: Make) -> None:
    """What goes past sys.stdout, to the descriptor, is output as well."""
    assert "low" in run(start(), "import os, time\nos.write(1, b'low\\n')\ntime.sleep(0.3)").text


def test_questions(start: Make) -> None:
    """Values cross as data; random numbers start from a known state."""
    session = start("import torch\ndef draw(n):\n    return torch.rand(n)\nname = 'kernel'")
    questions = interview(session)
    student = Student(questions)
    assert student.name == "kernel"
    questions.begin(11)
    first = student.draw(3)
    questions.begin(11)
    assert torch.equal(student.draw(3), first)
    assert torch.equal(first, torch.rand(3, generator=torch.Generator().manual_seed(11)))


def test_sets_have_one_order(start: Make) -> None:
    """In every run: what a notebook makes of the order of a set is the same when it is graded again."""
    command = [sys.executable, "-c", "print(list({'a', 'b', 'c', 'd', 'e'}))"]
    again = subprocess.run(command, env={"PYTHONHASHSEED": "0"}, capture_output=True, text=True).stdout
    assert run(start(), "print(list({'a', 'b', 'c', 'd', 'e'}))").text == again


def test_the_garbage_of_a_dead_kernel(start: Make) -> None:
    """Its manager is collected at any moment, also while the next kernel's files are made: it removes none of them."""
    session = start()
    dead = session.living
    assert run(session, "import os\nos._exit(1)").status is CellStatus.DIED
    assert run(session, "x = 1").status is CellStatus.RAN
    before = sorted(path.name for path in session.folder.iterdir())
    assert dead is not None and dead is not session.living
    dead.manager.__del__()
    assert sorted(path.name for path in session.folder.iterdir()) == before


def test_a_simulated_device(start: Make) -> None:
    """A kernel about CUDA finds a device, a new one after a death, too; another kernel finds none."""
    session = start(
        "import torch\ndef where():\n    return torch.ones(2, device='cuda:1').device.type", device=SIMULATED
    )
    assert run(session, "import os\nos._exit(1)").status is CellStatus.DIED
    assert run(session, "torch.cuda.device_count()").text == f"{CARDS}\n"
    assert asked(session).where() == "cuda"
    assert run(start(), "import torch\ntorch.cuda.is_available()").text == "False\n"


def test_tensors_cross_to_and_from_a_device(start: Make) -> None:
    """What is sent from a device arrives on it, and what comes back says where it was."""
    student = asked(start("def twice(t):\n    return t + t", device=SIMULATED))
    with on(SIMULATED):
        sent = torch.arange(3.0).to("cuda:1")
        assert difference(student.twice(sent), sent * 2) is None
        said = difference(student.twice(sent.cpu()), sent * 2)
    assert said is not None and said.clause.startswith("it is on cpu and should be on cuda:1")


def test_what_cannot_be_written_is_not_waited_for(start: Make) -> None:
    """An answer that the kernel cannot send is told as such at once, and the next question is answered."""
    student = asked(
        start(
            "import torch\nfrom grader.kernel import questions\nwrite = questions.to_bytes\n"
            "def fails(tensors):\n    if tensors:\n        raise RuntimeError('no way to write this')\n"
            "    return write(tensors)\n"
            "questions.to_bytes = fails\ndef ones():\n    return torch.ones(2)\ndef one():\n    return 1"
        )
    )
    with pytest.raises(Failure, match="could not be looked at: RuntimeError: no way to write this"):
        student.ones()
    assert student.one() == 1


def test_a_greeting_that_is_missed(start: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """A kernel that was not heard is asked to speak; its first cell is complete."""
    missed: list[object] = []
    listen = AsyncZMQSocketChannel.get_msg

    async def miss_the_first(channel: AsyncZMQSocketChannel, timeout: float | None = None) -> dict[str, Any]:
        if not missed:
            missed.append(await listen(channel, timeout))
            raise Empty
        return await listen(channel, timeout)

    monkeypatch.setattr(AsyncZMQSocketChannel, "get_msg", miss_the_first)
    session = start()
    assert len(missed) == 1 and run(session, "print(1)").text == "1\n"


def test_a_kernel_writes_to_places_of_its_own(start: Make) -> None:
    """Temporary files and IPython's own lie in the submission's folder, whatever the host has been asked before."""
    session = start("import os, tempfile")
    assert run(session, "print(tempfile.mkdtemp().startswith(os.getcwd()))").text == "True\n"
    assert run(session, "ip = get_ipython(); ip.db['a'] = 1; print(ip.db['a'])").text == "1\n"
    assert run(session, "print(ip.profile_dir.location.startswith(os.getcwd()))").text == "True\n"


def test_no_kernel_knows_another(start: Make) -> None:
    """All are made of one shell, and each is new."""
    first = start("secret = 1", "1 / 0")
    second = start()
    seen = run(second, "import sys; print(len(In), Out, 'secret' in globals(), hasattr(sys, 'last_value'))")
    assert seen.text == "2 {} False False\n"
    keys = {run(session, "print(get_ipython().kernel.session.key)").text for session in (first, second)}
    assert len(keys) == 2


def test_a_cell_that_hangs_is_interrupted(start: Make) -> None:
    """The kernel lives on with what was defined."""
    session = start("kept = 1", limits=SHORT)
    hung = run(session, "while True:\n    pass")
    assert hung.status is CellStatus.STOPPED and "Stopped after 1 s" in hung.note
    assert run(session, "kept").text == "1\n" and not session.deaths


def test_an_await_that_hangs_is_interrupted(start: Make) -> None:
    """A coroutine at the top of a cell is stopped as any code is."""
    session = start("import asyncio\nx = 1", limits=SHORT)
    found = run(session, "await asyncio.sleep(60)")
    assert (found.status, session.deaths) == (CellStatus.STOPPED, [])
    assert run(session, "print(x, await asyncio.sleep(0, 2))").text == "1 2\n"


def test_a_cell_that_ignores_interrupts_is_killed(start: Make) -> None:
    """Afterwards the earlier cells have been run again in a new kernel."""
    session = start("kept = [1]", "kept.append(2)", limits=SHORT)
    source = "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True:\n    pass"
    assert run(session, source).status is CellStatus.STOPPED
    assert run(session, "kept").text == "[1, 2]\n"
    assert "did not stop when it was interrupted" in session.deaths[0]


@pytest.mark.parametrize(
    ("source", "how"),
    [
        ("import os; os._exit(7)", "exit code 7"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "was killed"),
        ("import ctypes; ctypes.string_at(0)", "segmentation fault"),
        ("import os; os.abort()", "was aborted"),
    ],
)
def test_a_cell_that_kills_its_kernel(source: str, how: str, start: Make) -> None:
    """The cause of death is known, and the next cell runs in a kernel that knows what had been defined."""
    session = start("kept = 5")
    died = run(session, source)
    assert died.status is CellStatus.DIED and how in died.note
    assert run(session, "kept").text == "5\n"


@pytest.mark.parametrize("source", ["import os; os._exit(7)", "while True:\n    pass"], ids=["dies", "hangs"])
def test_a_cell_that_ends_the_next_kernel_too(source: str, start: Make) -> None:
    """What ran the first time and not the second is left out: all else is there, and the reason is known."""
    session = start("kept = [1]", "unlucky = 2", "kept.append(3)", limits=SHORT)
    session.kept[1] = replace(session.kept[1], source=source)
    assert run(session, "import os; os._exit(7)").status is CellStatus.DIED
    assert run(session, "print(kept, 'unlucky' in globals())").text == "[1, 3] False\n"
    assert session.left_out == {2}


def test_a_question_that_hangs(start: Make) -> None:
    """It is interrupted, the kernel stays."""
    session = start("def hang():\n    while True:\n        pass\ndef ok():\n    return 1")
    student = asked(session, call=1.0)
    with pytest.raises(LimitExceeded, match="stopped after 1 s"):
        student.hang()
    assert student.ok() == 1 and not session.deaths


STUBBORN = """
import time
def hang():
    while True:
        try:
            time.sleep(5)
        except BaseException:
            pass
def ok():
    return 1
"""


def test_a_question_that_cannot_be_interrupted(start: Make) -> None:
    """It is killed with its kernel; the next question goes to a new one."""
    session = start(STUBBORN)
    student = asked(session, call=1.0)
    with pytest.raises(LimitExceeded):
        student.hang()
    assert student.ok() == 1 and len(session.deaths) == 1


DEAF_ONCE = """
def hang():
    try:
        while True:
            pass
    except BaseException:  # as Python does with what leaves a `__del__`
        pass
    while True:
        pass
def ok():
    return 1
"""


def test_an_interrupt_that_is_lost_is_repeated(start: Make) -> None:
    """The kernel lives on, whether a cell or a question has lost it."""
    session = start(DEAF_ONCE, limits=SHORT)
    assert run(session, "hang()").status is CellStatus.STOPPED
    student = asked(session, call=1.0)
    with pytest.raises(LimitExceeded):
        student.hang()
    assert student.ok() == 1 and not session.deaths


def test_a_question_that_kills_its_kernel(start: Make) -> None:
    """It costs itself."""
    session = start("import os\ndef die():\n    os._exit(0)\ndef ok():\n    return 1")
    student = asked(session)
    with pytest.raises(KernelDied, match="exit code 0"):
        student.die()
    assert student.ok() == 1


FORGERY = """
import gc, json, struct
def forge():
    import socket
    kernel = get_ipython().kernel
    header = json.dumps({header}).encode()
    kernel.questions.sendall(struct.pack("<II", {length}, 0) + header)
    return 1
def ok():
    return 1
"""


@pytest.mark.parametrize(
    ("header", "length"),
    [
        ('{"id": "0" * 16, "value": 42}', "len(header)"),
        ('{"value": 42}', "len(header)"),
        ("[1, 2]", "len(header)"),
        ("{}", "2**31"),
    ],
)
def test_forged_answers(header: str, length: str, start: Make) -> None:
    """An answer to another question, of another form, or larger than may be: the kernel is ended and flagged."""
    session = start(FORGERY.replace("{header}", header).replace("{length}", length))
    student = asked(session)
    with pytest.raises(ProtocolViolation):
        student.forge()
    assert "broke the protocol" in session.deaths[0]
    assert student.ok() == 1


def test_a_double_answer_is_no_answer_to_the_next_question(start: Make) -> None:
    """What a kernel sends unasked is found at the next question."""
    session = start(
        "def twice():\n    import json, struct\n    k = get_ipython().kernel\n"
        "    h = json.dumps({'id': 'x', 'value': True}).encode()\n"
        "    import threading\n"
        "    threading.Timer(0.2, lambda: k.questions.sendall(struct.pack('<II', len(h), 0) + h)).start()\n"
        "    return 1\ndef ok():\n    return False"
    )
    student = asked(session)
    assert student.twice() == 1
    time.sleep(0.5)
    with pytest.raises(ProtocolViolation):
        student.ok()
    assert student.ok() is False


SENDS = """
import zmq
session, socket = get_ipython().kernel.session, get_ipython().kernel.iopub_socket
get_ipython().kernel.iopub_thread.send_multipart({parts})
"""


@pytest.mark.parametrize(
    "parts",
    [
        "[b'stream', b'<IDS|MSG>', b'x', b'{}']",
        "[b'no delimiter']",
        "session.serialize(session.msg('status', {'execution_state': 5}))",
        "session.serialize(session.msg('stream', {'transient': {'display_id': []}}))",
    ],
)
def test_what_is_no_message_ends_a_kernel(parts: str, start: Make) -> None:
    """It is told as that, and the next cell runs in a new kernel."""
    session = start("kept = 5")
    run(session, SENDS.replace("{parts}", parts))
    assert run(session, "kept").text == "5\n"
    assert len(session.deaths) == 1 and "sent messages that no kernel sends" in session.deaths[0]


def test_a_fault_of_ours_is_not_the_kernels(start: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """What raises on our side comes out, and no kernel is said to have died of it."""
    session = start("kept = 5")
    monkeypatch.setattr(Runner, "output", lambda self, *args: [][1])
    with pytest.raises(IndexError):
        run(session, "kept")
    assert not session.deaths


def test_restarts_are_bounded(start: Make) -> None:
    """A notebook that kills every kernel is given up in the end."""
    session = start("import os\ndef die():\n    os._exit(0)", limits=LIMITS)
    student = asked(session)
    said = []
    for _ in range(30):
        with pytest.raises(KernelDied) as caught:
            student.die()
        said.append(str(caught.value))
    assert "not started again" in said[-1]
    assert len(session.deaths) <= 21


DAEMON = """
import ctypes, os, threading, time
threading.Thread(target=time.sleep, args=(1000,), daemon=True).start()
if os.fork() == 0:
    os.setsid()
    ctypes.CDLL(None).prctl(15, b"NAME", 0, 0, 0)
    time.sleep(1000)
"""


def test_nothing_is_left_when_a_session_closes(start: Make) -> None:
    """Threads, and processes where they can be started at all, end with the kernel."""
    name = f"left-{os.getpid()}"
    session = start(DAEMON.replace("NAME", name))
    session.close()
    deadline = time.monotonic() + 5
    while (left := named(name)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not left


def named(name: str) -> list[str]:
    found = []
    for path in Path("/proc").glob("[0-9]*/comm"):
        try:
            if path.read_text().strip() == name:
                found.append(path.parent.name)
        except OSError:
            continue
    return found


@pytest.mark.slow
def test_cold_kernels() -> None:
    """A kernel in a process of its own does the same."""
    maker = sessions(ColdLauncher(BEST))
    start = next(maker)
    session = start("kept = 1\ndef die():\n    import os\n    os._exit(4)")
    student = asked(session)
    with pytest.raises(KernelDied, match="exit code 4"):
        student.die()
    assert student.kept == 1
    next(maker, None)


def test_a_host_that_cannot_start_says_why(tmp_path: Path) -> None:
    """The reason is the last line that the host wrote."""
    ancestor = open_ancestor("paper", ())
    maker = sessions(WarmLauncher(ancestor.control, ancestor.log))
    try:
        with pytest.raises(KernelHostError, match="PAPER"):
            next(maker)()
    finally:
        next(maker, None)
        ancestor.close()


@pytest.fixture(scope="module")
def lean() -> Iterator[Launcher]:
    """A host that has loaded nothing beside PyTorch."""
    ancestor = open_ancestor(BEST.word, ())
    yield WarmLauncher(ancestor.control, ancestor.log, guarded=True)
    ancestor.close()


ROOTS = "import sys\nprint(*{name.partition('.')[0] for name in sys.modules} - set(sys.stdlib_module_names))"


def test_a_lean_host_lacks_what_it_guards(launcher: Launcher, lean: Launcher) -> None:
    """Whatever is loaded for some classes only, and takes long, is known to the guard."""
    loaded = {}
    for name, host in (("all", launcher), ("lean", lean)):
        maker = sessions(host)
        loaded[name] = set(run(next(maker)(), ROOTS).text.split())
        next(maker, None)
    small = {"cycler", "dateutil", "fontTools", "kiwisolver", "matplotlib_inline", "pyparsing", "six"}
    small |= {"_remote_module_non_scriptable"}
    assert loaded["all"] - loaded["lean"] - small <= Guard(()).roots
    assert {"torch", "torchvision", "matplotlib"} <= loaded["all"]
    assert not {"torchvision", "matplotlib", "sympy", "PIL"} & loaded["lean"]


@pytest.mark.parametrize("source", ["name = 'torch' + 'vision'\n__import__(name)", "from torch import _dynamo"])
def test_what_a_lean_host_lacks(lean: Launcher, source: str) -> None:
    """A kernel that wants it ends; that is nobody's fault, and the notebook is to be graded elsewhere."""
    maker = sessions(lean)
    session = next(maker)("import torch\nprint(torch.ones(2))", "torch.save(1, 'x')", "import numpy.testing")
    assert run(session, "torch.load('x')").text == "1\n"
    with pytest.raises(KernelHostError, match="has not loaded"):
        run(session, source)
    next(maker, None)


def test_what_is_loaded_for_a_class() -> None:
    """Words that speak of what takes long to load."""
    assert needed(["import torch\nprint(torch.__version__)", "import re\nre.compile('nested')"]) == ()
    assert needed(["from torch import optim"]) == ("compiler",)
    assert needed(["    from PIL import Image"]) == ("pictures",)
    assert needed(["plt.plot()", "from PIL import Image", "from torchvision.transforms import v2"]) == EVERYTHING


def test_how_it_ended() -> None:
    """Every exit code has a sentence."""
    assert "exit code 3" in how_it_ended(3)
    assert "segmentation" in how_it_ended(-11)
    assert "signal SIGUSR1" in how_it_ended(-10)
    assert "signal 200" in how_it_ended(-200)


def test_traces_from_a_kernel_are_bounded() -> None:
    """Whatever a kernel says of an exception becomes a small, clean record."""
    assert read_raised(None).trace.kind == "Exception"
    hostile = {"kind": "K" * 999, "message": "\x1b[2J" + "m" * 9999, "frames": [[1, 2, "f", "c" * 999], "x", [1]] * 50}
    trace = read_raised(hostile).trace
    assert len(trace.kind) <= 100 and len(trace.message) <= 2000 and "\x1b" not in trace.message
    assert len(trace.frames) <= 20 and all(len(frame.code) <= 300 for frame in trace.frames)
