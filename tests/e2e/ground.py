"""The ground for attacks: a course, a class and everything an attack could be after, planted around it.

A notebook learns where things are from words that are put in before it is handed in:

    @FOLDER@    the ground, with secret.txt and other people's things in it
    @COURSE@ @CLASS@ @OUT@ @HOME@ @TMP@    folders in it: course, submissions, grades, the grader's HOME and TMPDIR
    @PID@ @ADDRESS@    a victim process of the grading user, and where in its memory a secret lies
    @TCP@ @UDP@ @ABSTRACT@    where the victim listens; also on the paths @FOLDER@/stream and @FOLDER@/datagram
    @MARK@    a word to name planted files and leftover processes with

Secrets are words like CANARY-suite-0123456789abcdef. None of them may ever be seen in what was stored of a student.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from cases import GRADER, TOY, Case, Graded, hand_in
from platformdirs import user_cache_path

from grader.course.catalog import Course
from grader.course.notebooks import solved_notebook
from grader.sandbox import linux
from grader.text import name_of

HERE = Path(__file__).parent
NOBODY = 65534
AS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
KINDS = ("file", "suite", "environment", "memory", "home", "diary")
SHARED = (Path("/tmp"), Path("/var/tmp"), Path("/dev/shm"), Path(linux.__file__).parents[1], Path(os.__file__).parent)


@dataclass
class Ground:
    """One class that is attacked. `uid` is the grading user's; 0 stays who we are."""

    folder: Path
    uid: int = 0
    words: dict[str, str] = field(default_factory=dict)
    mark: str = field(default_factory=lambda: f"planted-{secrets.token_hex(6)}")
    canaries: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.canaries = {kind: f"CANARY-{kind}-{secrets.token_hex(8)}" for kind in KINDS}
        for name in ("COURSE", "CLASS", "OUT", "HOME", "TMP", "SPARE"):
            (self.folder / name.lower()).mkdir()
            self.words[name] = str(self.folder / name.lower())
        self.words |= {"FOLDER": str(self.folder), "MARK": self.mark}
        self._plant()

    def _plant(self) -> None:
        shutil.copytree(TOY, self.folder / "course", dirs_exist_ok=True)
        for path in (self.folder / "course").rglob("*.py"):
            path.write_text(f"{path.read_text()}\n# {self.canaries['suite']}\n")
        for path in (self.folder / "course" / "tests" / "hidden").rglob("*.py"):
            path.write_text(f"{path.read_text()}CANARY = {self.canaries['suite']!r}\n")
        for name in (".netrc", ".ssh/id_rsa", ".bashrc"):
            (self.folder / "home" / name).parent.mkdir(exist_ok=True)
            (self.folder / "home" / name).write_text(self.canaries["home"])
        fonts = user_cache_path("grader") / "matplotlib"  # making the list of fonts anew takes seconds
        if fonts.is_dir():
            shutil.copytree(fonts, self.folder / "home" / ".cache" / "grader" / "matplotlib")
        (self.folder / "secret.txt").write_text(self.canaries["file"])
        for name in ("a", "b", "c"):
            (self.folder / "spare" / name).write_text("spare")

    def hand_in(self, case: Case) -> None:
        """Put what a case hands in into the class, with the words that it asks for."""
        hand_in(case, self.folder / "class")
        for path in (self.folder / "class" / case.student).rglob("*"):
            if path.is_file() and not path.is_symlink() and path.suffix != ".zip":
                data = path.read_bytes()
                for word, value in self.words.items():
                    data = data.replace(f"@{word}@".encode(), value.encode())
                path.write_bytes(data)

    def write_diary(self) -> None:
        """An honest student, the reference itself, whose notebook holds a secret and is nobody else's business."""
        notebook = solved_notebook(Course(TOY), "01_toy")
        notebook["cells"].append({**notebook["cells"][-1], "source": f"print({self.canaries['diary']!r})"})
        (self.folder / "class" / "diary").mkdir()
        (self.folder / "class" / "diary" / "notebook.ipynb").write_text(json.dumps(notebook))

    def grade(self, cases: list[Case], *options: str) -> Outcome:
        """Grade the cases as one class beside a victim; afterwards the victim says what happened to it."""
        environment = {**os.environ, "VICTIM": self.canaries["memory"], "HOME": self.words["HOME"]}
        command = [sys.executable, str(HERE / "guard.py"), str(self.folder / "report.json"), str(self.uid)]
        (self.folder / "report.json").touch()
        for path in (self.folder, *self.folder.rglob("*")):
            os.chown(path, self.uid or -1, -1, follow_symlinks=False)
        watched = [*command, sys.executable, str(HERE / "victim.py"), str(self.folder)]
        victim = subprocess.Popen(watched, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert victim.stdin is not None and victim.stdout is not None
        self.words |= {word: str(value) for word, value in json.loads(victim.stdout.readline()).items()}
        for case in cases:
            self.hand_in(case)
        self.write_diary()
        for path in (self.folder / "class").rglob("*"):
            os.chown(path, self.uid or -1, -1, follow_symlinks=False)
        before = self.snapshot()
        said = [self.words["CLASS"], "--out", self.words["OUT"], "--course", self.words["COURSE"], "--json", *options]
        done = subprocess.run(
            [*command, *GRADER, "run", *said],
            env={**environment, "GRADER_SECRET": self.canaries["environment"], "TMPDIR": self.words["TMP"]},
            cwd="/",
            capture_output=True,
            text=True,
            timeout=900,
        )
        report = json.loads((self.folder / "report.json").read_text() or "{}")
        assert report.get("code") in (0, 3), done.stderr
        happened = json.loads(victim.communicate(timeout=20)[0])
        return Outcome.of(self, done, report, happened, before)

    def snapshot(self) -> dict[str, tuple[Any, ...]]:
        """Everything that nobody may change: the ground without what the grader writes."""
        return {
            str(path): (status.st_mode, status.st_uid, status.st_mtime_ns, content_of(path))
            for part in ("course", "class", "home", "spare", "secret.txt")
            for path in (self.folder / part, *(self.folder / part).rglob("*"))
            if (status := path.lstat()) and ".cache" not in path.parts
        }

    def planted(self) -> Iterator[str]:
        """Files that bear the mark, where anybody could have put them."""
        for name in (f"*{self.mark}*", "planted-from-a-zip*"):
            yield from (str(path) for path in self.folder.rglob(name) if "class" not in path.parts)
            for shared in SHARED:
                yield from (str(path) for path in shared.glob(name))


def content_of(path: Path) -> str:
    if path.is_symlink() or not path.is_file():
        return ""
    return hashlib.sha256(path.read_bytes()).hexdigest()


@dataclass(frozen=True)
class Outcome:
    """What a run of an attacked class left behind."""

    ground: Ground
    graded: Graded
    stderr: str
    report: dict[str, Any]
    victim: dict[str, Any]
    changed: list[str]
    planted: list[str]

    @classmethod
    def of(cls, ground: Ground, done: Any, report: Any, victim: Any, before: dict[str, tuple[Any, ...]]) -> Outcome:
        graded = Graded.of(ground.folder / "out", done.stdout)
        after = ground.snapshot()
        changed = [path for path in before.keys() | after.keys() if before.get(path) != after.get(path)]
        return cls(ground, graded, done.stderr, report, victim, sorted(changed), list(ground.planted()))

    def told(self, case: Case) -> str:
        """All that was stored of what a student's code said, in its outputs and in answers to questions."""
        _, execution = self.graded.records[shown(case)]
        return json.dumps([execution, self.graded.checks[shown(case)]], ensure_ascii=False)

    def marks(self, case: Case, mark: str) -> set[str]:
        """What follows `GOT:` or `stopped:` in what a case's code said."""
        lines = (line for text in self.told(case).split(mark)[1:] for line in [text.partition("\\n")[0]])
        return {line.partition(" - ")[0].partition('"')[0].strip() for line in lines}

    def page(self, case: Case) -> str:
        return Path(self.graded.grades[shown(case)]["page"]).read_text(encoding="utf-8")


def shown(case: Case) -> str:
    """The name under which a case's student is stored."""
    return name_of(case.student)


def as_shown(case: Case) -> Case:
    """The case, its student named as in the gradebook."""
    return replace(case, expected={**case.expected, "student": shown(case)})
