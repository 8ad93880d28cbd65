"""What the remembered proofs rest on in the package: no more than judging needs, and no less."""

from __future__ import annotations

import subprocess
import sys

from grader.authoring.reach import JUDGING, PACKAGE, judging, reached

LOADED = """
import importlib, sys
for name in sys.argv[1:]:
    importlib.import_module(name)
print(*(module.__file__ for name, module in sys.modules.items() if name.partition(".")[0] == "grader"), sep="\\n")
"""


def relative(files):
    return {path.relative_to(PACKAGE).as_posix() for path in files}


def test_everything_that_judging_loads_is_reached():
    done = subprocess.run([sys.executable, "-c", LOADED, *JUDGING], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert len(loaded) > 50
    assert loaded <= set(map(str, judging()))


def test_what_is_imported_late_or_started_by_name_or_by_suites_is_reached():
    # in a function; by a name in a string; from a course's suite
    assert {"kernel/inside/app.py", "notebook/check.py", "asking/through.py"} <= relative(judging())


def test_a_page_or_a_command_is_not_reached():
    inside = relative(judging())
    assert not [path for path in inside if path.split("/")[0] in ("cli", "report", "classroom", "exports", "desk")]


def test_what_is_no_module_is_passed_over():
    assert relative(reached(["grader.no_such_module", "json"])) == {"__init__.py"} | relative(reached(["grader"]))
