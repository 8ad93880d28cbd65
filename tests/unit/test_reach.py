"""What the remembered proofs rest on in the package: no more than judging needs, and no less."""

from __future__ import annotations

import importlib
import multiprocessing
import sys
from multiprocessing.connection import Connection

from grader.authoring.reach import JUDGING, PACKAGE, judging, reached


def loaded(connection: Connection) -> None:
    """In a fork, which has PyTorch already: what of the package is loaded with what judges."""
    for name in [name for name in sys.modules if name.partition(".")[0] == "grader"]:
        del sys.modules[name]
    for name in JUDGING:
        importlib.import_module(name)
    connection.send({module.__file__ for name, module in sys.modules.items() if name.partition(".")[0] == "grader"})


def relative(files):
    return {path.relative_to(PACKAGE).as_posix() for path in files}


def test_everything_that_judging_loads_is_reached():
    ours, theirs = multiprocessing.Pipe()
    child = multiprocessing.get_context("fork").Process(target=loaded, args=(theirs,))
    child.start()
    theirs.close()
    found = ours.recv()
    child.join()
    assert len(found) > 50
    assert found <= set(map(str, judging()))


def test_what_is_imported_late_or_started_by_name_or_by_suites_is_reached():
    # in a function; by a name in a string; from a course's suite
    assert {"kernel/inside/app.py", "notebook/check.py", "asking/through.py"} <= relative(judging())


def test_a_page_or_a_command_is_not_reached():
    inside = relative(judging())
    assert not [path for path in inside if path.split("/")[0] in ("cli", "report", "classroom", "exports", "desk")]


def test_what_is_no_module_is_passed_over():
    assert relative(reached(["grader.no_such_module", "json"])) == {"__init__.py"} | relative(reached(["grader"]))
