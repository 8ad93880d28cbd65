"""What README and guides show is true: every command runs, every file that they name is there."""

from __future__ import annotations

import re
import runpy
import shlex
import shutil
from collections.abc import Callable
from pathlib import Path

import downloads
import exports_of_platforms as platforms
import pytest
import typer
from cases import ROOT, TOY, grader
from words import write_course

from grader.cli import app
from grader.course.catalog import Course

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
COMMANDS = dict.fromkeys(
    (page.name, line[2:])
    for page in PAGES
    if page.name != "students.md"  # test_students_guide.py follows it
    for block in re.findall(r"^ *```console\n(.*?)^ *```", page.read_text(encoding="utf-8"), re.M | re.S)
    for line in map(str.strip, block.splitlines())
    if line.startswith("$ ")
)
FINE = {"run": (0, 3), "score": (0, 3), "check": (0, 1), "export": (0, 3)}  # exit codes; of all others only 0


DOWNLOADS = {
    "canvas_submissions.zip": downloads.canvas,
    "moodle.zip": downloads.moodle,
    "moodle_flat": downloads.moodle_flat,
    "gradebook_PS1.zip": downloads.blackboard,
    "brightspace.zip": downloads.brightspace,
    "assignment_77_export.zip": downloads.gradescope,
    "ps1-submissions": downloads.github,
    "submitted": downloads.nbgrader,
    "drive.zip": downloads.google,
}


LISTS = {  # class lists by who exports them
    "canvas": "canvas_gradebook.csv",
    "moodle": "moodle_worksheet.csv",
    "blackboard": "blackboard.xls",
    "brightspace": "brightspace.csv",
}
AFTER = (
    "decide",
    "export",
    "feedback",
    "history",
    "mark",
    "mistake",
    "requests",
    "score",
    "status",
)  # need what was graded


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder as the guides assume it: notebooks handed in, and a notebook of one's own."""
    course = shutil.copytree(TOY, tmp_path / "course")
    notebook = course / "assignments" / "01_toy" / "01_toy.ipynb"
    (tmp_path / "submissions").mkdir()
    shutil.copy(notebook, tmp_path / "submissions" / "one.ipynb")
    (tmp_path / "answers").mkdir()
    shutil.copy(course / "tests" / "alternatives" / "01_toy" / "double.py", tmp_path / "answers")
    for name in ("public", "data", "assignment.toml"):
        (tmp_path / name).symlink_to(notebook.parent / name)
    shutil.copy(notebook, tmp_path)
    (tmp_path / "class" / "ben").mkdir(parents=True)
    shutil.copy(notebook, tmp_path / "class" / "ben")
    for name, file in LISTS.items():
        platforms.write(name, tmp_path).rename(tmp_path / file)
    (tmp_path / "groups.csv").write_text("group,name\nTeam,Ada Ng\nTeam,José García\n", encoding="utf-8")
    (tmp_path / "inbox").mkdir()
    handout = notebook.read_bytes()
    for name, make in DOWNLOADS.items():
        download = make(lambda who: handout)
        if name.endswith(".zip"):
            download.zip(tmp_path / name)
        else:
            download.wrapped = ""
            download.write(tmp_path / name)
    return tmp_path


@pytest.fixture(scope="module")
def grades(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The results of a class, for commands that go on from there."""
    folder, handout = tmp_path_factory.mktemp("graded"), TOY / "assignments" / "01_toy" / "01_toy.ipynb"
    downloads.canvas(lambda who: handout.read_bytes()).zip(folder / "canvas_submissions.zip")
    assert grader("run", folder / "canvas_submissions.zip", "--out", folder / "grades").returncode == 3
    return folder / "grades"


def shown(page: str, command: str) -> object:
    """Of plain downloads one is graded every day, and all are read; test_validate.py shows a whole proof."""
    words = command.split()
    plain = words[1] == "run" and len(words) == 5 and words[2] in list(DOWNLOADS)[1:]
    repeats = plain or words[1:] == ["validate"]
    return pytest.param(page, command, id=f"{page}: {command}", marks=[pytest.mark.slow] if repeats else [])


@pytest.mark.parametrize(("page", "command"), [shown(*one) for one in COMMANDS])
def test_every_command_runs(page: str, command: str, desk: Path, grades: Path) -> None:
    """Typed as it stands, with the small course of the tests in the place of the real one."""
    words = shlex.split(command.replace("01_tensors", "01_toy"))
    if words[1] in AFTER:
        shutil.copytree(grades, desk / "grades")
    if words[1] == "mark":  # of a course that asks for words
        shutil.rmtree(desk / "course")
        write_course(desk / "course")
    if "--undo" in words:
        decided = 'student = "1001"\nassignment = "01_toy"\nquestion = "flatten_images"\ntext = "Well."\n'
        (desk / "course" / "decisions.toml").write_text(f"[[comment]]\n{decided}")
    if "01_toy_1" in words:
        (desk / "course" / "course.toml").write_text('[assignments.01_toy_1]\nof = "01_toy"\nparts = [1]\n')
    assert words[0] == "grader", f"{page} shows a command that is not ours"
    done = grader(
        *words[1:], course=None, cwd=desk, env={"GRADER_COURSE": str(desk / "course"), "GRADER_CACHE": str(desk)}
    )
    assert done.returncode in FINE.get(words[1], (0,)), done.stdout + done.stderr


@pytest.mark.parametrize("name", DOWNLOADS)
def test_downloads_are_shown(name: str, desk: Path) -> None:
    """Each platform's download is graded by one command of the guide, and everybody in it is named."""
    assert any(name in command.split() for page, command in COMMANDS if page == "instructors.md")
    done = grader("run", name, "--dry-run", course=None, cwd=desk, env={"GRADER_COURSE": str(desk / "course")})
    assert all(who in done.stdout for who in DOWNLOADS[name](lambda who: b"").people), done.stdout


def test_every_command_has_a_line_in_the_readme() -> None:
    """The table of commands names what there is, and nothing else."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    table = readme.partition("## Commands")[2].partition("| exit code")[0]
    assert {command.name for command in typer.main.get_group(app).commands.values()} == set(
        re.findall(r"`grader (\w+)", table)
    )


def test_the_readme_counts_the_course_as_it_is() -> None:
    """Mended by `python materials/course_table.py`."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    counted: Callable[[str, Course], str] = runpy.run_path(str(ROOT / "materials" / "course_table.py"))["counted"]
    assert counted(readme, Course(ROOT)) == readme
    assert counted(readme.replace("| 01 Tensors | ", "| 01 Tensors | 9"), Course(ROOT)) == readme


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    """Links within the repository: to files, and to headings in them."""
    for target in re.findall(r"\]\(([^):]+)\)", page.read_text(encoding="utf-8")):
        path, _, heading = target.partition("#")
        file = page.parent / path if path else page
        assert file.exists(), target
        assert not heading or heading in headings(file), target


def headings(page: Path) -> set[str]:
    """What a link may name in a page, as platforms make it of headings."""
    found = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.M)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in found}


def test_ci_runs_the_readmes_own_commands() -> None:
    """The command that passes the tests stands once, in the README; CI takes it from there."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = re.findall(r"^    (python3 -m venv .*)$", readme, re.M)
    assert [re.split(" && ", command)[-1] for command in shown] == [
        ".venv/bin/grader demo",
        ".venv/bin/python -m pytest -n auto --dist loadfile",
    ]
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    pattern = re.search(r"s/\^    \\\((.*)\\\)\$/", ci)
    assert pattern is not None
    assert [line for line in readme.splitlines() if re.fullmatch(f"    {pattern[1]}", line)] == [f"    {shown[1]}"]


def test_ci_runs_what_is_marked_as_slow() -> None:
    """Every file of it, but what takes longer than all others, and what its last line tries in a browser."""
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    named = {
        (place, name) for place, names in re.findall(r"tests/(\w+)/test_{([^}]*)}\.py", ci) for name in names.split(",")
    }
    marked = {
        (path.parent.name, path.stem.removeprefix("test_"))
        for path in ROOT.glob("tests/*/test_*.py")
        if "mark.slow" in path.read_text(encoding="utf-8")
    }
    assert named <= marked
    assert {name for _, name in marked - named} == {"load", "jupyterlab"}
