"""An autograder for Gradescope: this grader, one assignment's suite, and two scripts, in a zip that is uploaded once.

There each submission is graded in a container of its own. The course's deadlines stay here: Gradescope has its own, and
the times of files in a container say nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.metadata import distribution
from pathlib import Path

from grader.authoring.handouts import PACKAGE, archive
from grader.course.catalog import Course
from grader.course.settings import settings_of
from grader.errors import UsageError
from grader.records import Settings

EXTRA = "https://download.pytorch.org/whl/cpu"  # PyTorch without CUDA: 200 MB in the place of 5 GB

SETUP = """\
#!/usr/bin/env bash
# Runs once, when Gradescope builds the image: Python, the packages, this grader.
set -euo pipefail
cd "${AUTOGRADER:-/autograder}/source"
python=$(command -v python3.13 || command -v python3.12 || command -v python3.11 || true)
if [ -z "$python" ]; then
  apt-get update
  apt-get install -y python3.11 python3.11-venv
  python=$(command -v python3.11)
fi
"$python" -m venv ../python
../python/bin/pip install --no-cache-dir --extra-index-url %(extra)s -r requirements.txt
echo "$PWD/package" > "$(../python/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/grader.pth"
../python/bin/python -m grader doctor --course course
"""

RUN = """\
#!/usr/bin/env bash
# Runs for each submission, and writes results.json.
set -uo pipefail
root=${AUTOGRADER:-/autograder}
cd "$root"
out=$(mktemp -d)
mkdir "$out/class"
cp -r submission "$out/class/student"  # all of it is one student's
python/bin/python -m grader run "$out/class" --layout folders --course source/course --assignment %(id)s \\
  --jobs 1 --walls %(walls)s --out "$out/grades"
code=$?
if [ $code -ne 0 ] && [ $code -ne 3 ]; then
  echo "The grader could not run; without results.json Gradescope asks staff to look."
  exit 1
fi
python/bin/python -m grader export gradescope --assignment %(id)s --course source/course --from "$out/grades" \\
  --out results/results.json
code=$?
[ $code -eq 0 ] || [ $code -eq 3 ]
"""


def package(course: Course, id: str, walls: str) -> bytes:
    """The zip for one assignment.

    Args:
        walls: which sandbox is to stand there.

    Raises UsageError for an assignment that is not there.
    """
    course.assignment(id)
    files = {**_scripts(course, id, walls), **dict(_package()), **dict(_course(course, id))}
    return archive(files, runs=("setup.sh", "run_autograder"))


def _scripts(course: Course, id: str, walls: str) -> dict[str, bytes]:
    settings = settings_of(course)
    texts = {
        "setup.sh": SETUP % {"extra": EXTRA},
        "run_autograder": RUN % {"id": id, "walls": walls},
        "requirements.txt": "\n".join([*_needed(), *settings.requirements]) + "\n",
        "course/course.toml": _settings(settings, id),
    }
    return {name: text.encode() for name, text in texts.items()}


def _settings(settings: Settings, id: str) -> str:
    """What of the course's settings holds there: packages, which attempt counts, how much a student is told."""
    level = settings.of(id).feedback.level
    wanted = json.dumps(settings.requirements)  # TOML writes lists of strings as JSON does
    return f'requirements = {wanted}\nattempt = "{settings.attempt.value}"\n\n[feedback]\nlevel = "{level.value}"\n'


def _needed() -> list[str]:
    """The packages that this one asks for."""
    return [line for line in distribution("grader").requires or [] if "extra ==" not in line]


def _package() -> Iterator[tuple[str, bytes]]:
    """This grader with its pages' sources, and what tells Python that it is installed."""
    installed = distribution("grader")
    folder = f"package/grader-{installed.version}.dist-info"
    for name in ("METADATA", "entry_points.txt"):
        text = installed.read_text(name)
        if text is None:
            raise UsageError("this grader was not installed with pip; install it, and package again")
        yield f"{folder}/{name}", text.encode()
    yield from _files(PACKAGE, "package/grader")
    if not (PACKAGE / "templates").is_dir():  # a checkout
        yield from _files(PACKAGE.parent / "templates", "package/grader/templates")


def _course(course: Course, id: str) -> Iterator[tuple[str, bytes]]:
    """What of the course grading one assignment takes; what only proofs take stays here."""
    for part in (course.handout(id), course.hidden(id), course.mistakes(id)):
        yield from _files(part, f"course/{part.relative_to(course.root).as_posix()}")
    solution = course.solution(id)
    yield f"course/{solution.relative_to(course.root).as_posix()}", solution.read_bytes()


def _files(folder: Path, name: str) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            yield f"{name}/{path.relative_to(folder).as_posix()}", path.read_bytes()
