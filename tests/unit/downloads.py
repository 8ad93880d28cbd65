"""What platforms let one download, in their exact shapes: the same small class, everywhere.

Ada hands in plainly, José late, Zoe twice, Bob a notebook and a helper, Eve nothing, Tom a text, and a group together.
"""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

TIME = 1_725_000_000.0  # of all files whose time tells nothing


@dataclass
class Download:
    """Files by path, None for an empty folder, with their times; and who they are of.

    Attributes:
        wrapped: names of the folders that the platform puts around everything.
        people: by name: the id that is known, the path of the file that counts (empty: nobody can grade it), whether
            it is late.
    """

    layout: str
    files: dict[str, bytes | None] = field(default_factory=dict)
    times: dict[str, float] = field(default_factory=dict)
    wrapped: str = ""
    people: dict[str, tuple[str, str, bool | None]] = field(default_factory=dict)

    def add(self, path: str, data: bytes | None, time: float = TIME) -> str:
        self.files[path], self.times[path] = data, time
        return path

    def write(self, folder: Path) -> Path:
        """As a folder; returns the folder that an instructor would name."""
        for name, data in self.files.items():
            path = folder / self.wrapped / name
            if data is None:
                path.mkdir(parents=True, exist_ok=True)
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            os.utime(path, (self.times[name], self.times[name]))
        return folder

    def zip(self, path: Path) -> Path:
        """As an archive."""
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in self.files.items():
                whole = f"{self.wrapped}/{name}" if self.wrapped else name
                day, second = divmod(int(self.times[name] - TIME), 86_400)
                stamp = (2024, 9, 1 + day, *(second // 3600, second // 60 % 60, second % 60))
                info = zipfile.ZipInfo(whole if data is not None else f"{whole}/", stamp)
                archive.writestr(info, data or b"")
        return path


def notebook(code: str = "def flat(t): return t", **metadata: Any) -> bytes:
    """A small notebook, of the course's first assignment."""
    cell = {"cell_type": "code", "source": code, "metadata": {}, "outputs": [], "execution_count": None}
    return json.dumps({"cells": [cell], "metadata": {"grader": metadata}, "nbformat": 4, "nbformat_minor": 5}).encode()


Notebook = Callable[[str], bytes]
HELPER = b"def help(): ...\n"


def canvas(nb: Notebook) -> Download:
    made = Download("canvas", wrapped="")
    ada = made.add("ngada_1001_50001_01_tensors.ipynb", nb("ada"))
    jose = made.add("garcíajosé_LATE_1002_50002_01_tensors.ipynb", nb("jose"))
    made.add("leezoe_1003_50003_01_tensors.ipynb", nb("zoe 1"))
    zoe = made.add("leezoe_1003_50013_01_tensors-1.ipynb", nb("zoe 2"))
    bob = made.add("osmithbob_1004_50005_01_tensors.ipynb", nb("bob"))
    made.add("osmithbob_1004_50006_helper.py", HELPER)
    made.add("grayeve_1005_50007_01_tensors.ipynb", b"")
    made.add("reedtom_1006_text.html", b"<p>Sorry</p>")
    group = made.add("group7_1007_50008_01_tensors.ipynb", nb("group"))
    made.people = {
        "ngada": ("1001", ada, None),
        "garcíajosé": ("1002", jose, True),
        "leezoe": ("1003", zoe, None),
        "osmithbob": ("1004", bob, None),
        "grayeve": ("1005", "", None),
        "reedtom": ("1006", "", None),
        "group7": ("1007", group, None),
    }
    return made


def moodle(nb: Notebook) -> Download:
    made, end = Download("moodle"), "assignsubmission_file"
    ada = made.add(f"Ada Ng_1234501_{end}/01_tensors.ipynb", nb("ada"))
    jose = made.add(f"José García_1234502_{end}/01_tensors.ipynb", nb("jose"))
    made.add(f"Zoe Lee_1234503_{end}/tensors.ipynb", nb("zoe 1"), TIME)
    zoe = made.add(f"Zoe Lee_1234503_{end}/final.ipynb", nb("zoe 2"), TIME + 86_400)
    bob = made.add(f"Bob O'Smith_1234504_{end}/01_tensors.ipynb", nb("bob"))
    made.add(f"Bob O'Smith_1234504_{end}/helper.py", HELPER)
    made.add("Bob O'Smith_1234504_assignsubmission_onlinetext/onlinetext.html", b"<p>Hello</p>")
    made.add(f"Eve Gray_1234505_{end}", None)
    made.add("Tom Reed_1234506_assignsubmission_onlinetext/onlinetext.html", b"<p>Sorry</p>")
    group = made.add(f"Group 7-Uma Fox_1234507_{end}/work/01_tensors.ipynb", nb("group"))
    made.people = {
        "Ada Ng": ("1234501", ada, None),
        "José García": ("1234502", jose, None),
        "Zoe Lee": ("1234503", zoe, None),
        "Bob O'Smith": ("1234504", bob, None),
        "Eve Gray": ("1234505", "", None),
        "Tom Reed": ("1234506", "", None),
        "Uma Fox": ("1234507", group, None),
    }
    return made


def moodle_flat(nb: Notebook) -> Download:
    made, end = Download("moodle-flat"), "assignsubmission_file"
    ada = made.add(f"Ada Ng_1234501_{end}_01_tensors.ipynb", nb("ada"))
    jose = made.add(f"José García_1234502_{end}_01_tensors.ipynb", nb("jose"))
    made.add(f"Zoe Lee_1234503_{end}_01_tensors.ipynb", nb("zoe 1"))
    zoe = made.add(f"Zoe Lee_1234503_{end}_01_tensors (1).ipynb", nb("zoe 2"))
    bob = made.add(f"Bob O'Smith_1234504_{end}_01_tensors.ipynb", nb("bob"))
    made.add(f"Bob O'Smith_1234504_{end}_helper.py", HELPER)
    made.add(f"Eve Gray_1234505_{end}_01_tensors.ipynb", b"")
    made.add("Tom Reed_1234506_assignsubmission_onlinetext.html", b"<p>Sorry</p>")
    group = made.add(f"Group 7-Uma Fox_1234507_{end}_01_tensors.ipynb", nb("group"))
    made.people = {
        "Ada Ng": ("1234501", ada, None),
        "José García": ("1234502", jose, None),
        "Zoe Lee": ("1234503", zoe, None),
        "Bob O'Smith": ("1234504", bob, None),
        "Eve Gray": ("1234505", "", None),
        "Tom Reed": ("1234506", "", None),
        "Uma Fox": ("1234507", group, None),
    }
    return made


def blackboard(nb: Notebook) -> Download:
    made = Download("blackboard")

    def attempt(name: str, user: str, time: str, files: dict[str, bytes], text: str = "") -> str:
        stem, path = f"Problem_Set_1_{user}_attempt_{time}", ""
        for file, data in files.items():
            written = made.add(f"{stem}_{file}", data)
            path = written if file.endswith(".ipynb") else path
        said = "\r\n".join(f"\tOriginal filename: {file}\r\n\tFilename: {stem}_{file}" for file in files)
        lines = (
            f"Name: {name} ({user})",
            "Assignment: Problem Set 1",
            "Date Submitted: Sunday, September 1, 2024 8:00:00 PM CEST",
            "Current Grade: Needs Grading",
            "",
            "Submission Field:",
            text or "There is no student submission text data for this assignment.",
            "",
            "Comments:",
            "There are no student comments for this assignment.",
            "",
            "Files:",
            said or "No files were attached to this submission.",
        )
        made.add(f"{stem}.txt", "\r\n".join(lines).encode())
        return path

    ada = attempt("Ada Ng", "ang1", "2024-09-01-20-00-00", {"01_tensors.ipynb": nb("ada")})
    jose = attempt("José García", "jgarcia_2", "2024-09-03-20-00-00", {"01_tensors.ipynb": nb("jose")})
    zoe = attempt("Zoe Lee", "zlee3", "2024-09-02-09-30-00", {"01_tensors.ipynb": nb("zoe 2")})
    attempt("Zoe Lee", "zlee3", "2024-09-01-20-00-00", {"zz_tensors.ipynb": nb("zoe 1")})
    bob = attempt("Bob O'Smith", "bsmith4", "2024-09-01-20-00-00", {"01_tensors.ipynb": nb("bob"), "helper.py": HELPER})
    attempt("Eve Gray", "egray5", "2024-09-01-20-00-00", {})
    attempt("Tom Reed", "treed6", "2024-09-01-20-00-00", {}, "<p>Sorry</p>")
    group = attempt("Group 7", "Group 7", "2024-09-01-20-00-00", {"01_tensors.ipynb": nb("group")})
    made.people = {
        "Ada Ng": ("ang1", ada, None),
        "José García": ("jgarcia_2", jose, None),
        "Zoe Lee": ("zlee3", zoe, None),
        "Bob O'Smith": ("bsmith4", bob, None),
        "Eve Gray": ("egray5", "", None),
        "Tom Reed": ("treed6", "", None),
        "Group 7": ("Group 7", group, None),
    }
    return made


def brightspace(nb: Notebook) -> Download:
    made = Download("brightspace")
    ada = made.add("12345-60001 - Ada Ng - Sep 1, 2024 800 PM/01_tensors.ipynb", nb("ada"))
    jose = made.add("12345-60002 - José García - Sep 3, 2024 1215 AM/01_tensors.ipynb", nb("jose"))
    made.add("12345-60003 - Zoe Lee - Sep 1, 2024 926 PM/01_tensors.ipynb", nb("zoe 1"))
    zoe = made.add("12345-60003 - Zoe Lee - Sep 2, 2024 1005 AM/01_tensors.ipynb", nb("zoe 2"))
    bob = made.add("12345-60004 - Bob O'Smith - Sep 1, 2024 800 PM/01_tensors.ipynb", nb("bob"))
    made.add("12345-60004 - Bob O'Smith - Sep 1, 2024 800 PM/helper.py", HELPER)
    made.add("12345-60005 - Eve Gray - Sep 1, 2024 800 PM", None)
    made.add("12345-60006 - Tom Reed - Sep 1, 2024 800 PM/text.html", b"<p>Sorry</p>")
    group = made.add("12345-60007 - Group 7 - Sep 1, 2024 800 PM/01_tensors.ipynb", nb("group"))
    made.add("index.html", b"<html>")
    made.people = {
        "Ada Ng": ("60001", ada, None),
        "José García": ("60002", jose, None),
        "Zoe Lee": ("60003", zoe, None),
        "Bob O'Smith": ("60004", bob, None),
        "Eve Gray": ("60005", "", None),
        "Tom Reed": ("60006", "", None),
        "Group 7": ("60007", group, None),
    }
    return made


def gradescope(nb: Notebook) -> Download:
    made = Download("gradescope", wrapped="assignment_77_export")
    entries = []

    def submission(number: int, people: dict[str, str], created: str, files: dict[str, bytes]) -> str:
        path = ""
        for file, data in files.items():
            written = made.add(f"submission_{number}/{file}", data)
            path = written if file.endswith(".ipynb") else path
        if not files:
            made.add(f"submission_{number}", None)
        members = "".join(
            f"  - :name: {name}\n    :sid: '{sid}'\n    :email: {sid}@example.edu\n" for name, sid in people.items()
        )
        entries.append(
            f"submission_{number}:\n  :submitters:\n{members}  :created_at: {created}\n"
            "  :score: 0.0\n  :status: processed\n  :history: []\n"
        )
        return path

    late = "2024-09-03 20:00:00.000000000 Z"
    ada = submission(101, {"Ada Ng": "001"}, "2024-09-01 20:00:00.000000000 Z", {"01_tensors.ipynb": nb("ada")})
    jose = submission(102, {"José García": "002"}, late, {"01_tensors.ipynb": nb("jose")})
    submission(103, {"Zoe Lee": "003"}, "2024-09-01 20:00:00.000000000 Z", {"01_tensors.ipynb": nb("zoe 1")})
    zoe = submission(104, {"Zoe Lee": "003"}, "2024-09-02 20:00:00.000000000 Z", {"01_tensors.ipynb": nb("zoe 2")})
    bob = submission(105, {"Bob O'Smith": "004"}, late, {"01_tensors.ipynb": nb("bob"), "helper.py": HELPER})
    submission(106, {"Eve Gray": "005"}, late, {})
    submission(107, {"Tom Reed": "006"}, late, {"answer.txt": b"Sorry"})
    group = submission(108, {"Uma Fox": "007", "Vic Oak": "008"}, late, {"01_tensors.ipynb": nb("group")})
    made.add("submission_metadata.yml", ("---\n" + "".join(entries)).encode())
    made.people = {
        "Ada Ng": ("001", ada, None),
        "José García": ("002", jose, None),
        "Zoe Lee": ("003", zoe, None),
        "Bob O'Smith": ("004", bob, None),
        "Eve Gray": ("005", "", None),
        "Tom Reed": ("006", "", None),
        "Uma Fox": ("007", group, None),
        "Vic Oak": ("008", group, None),
    }
    return made


def nbgrader(nb: Notebook) -> Download:
    made = Download("nbgrader", wrapped="submitted")

    def student(id: str, time: str, **files: bytes) -> str:
        for name, data in files.items():
            made.add(f"{id}/ps1/{name.replace('__', '.')}", data)
        made.add(f"{id}/ps1/timestamp.txt", f"{time} UTC".encode())
        return f"{id}/ps1/{next(iter(files), '').replace('__', '.')}"

    ada = student("ada", "2024-09-01 20:00:00.000000", tensors__ipynb=nb("ada"))
    jose = student("josé", "2024-09-03 20:00:00.000000", tensors__ipynb=nb("jose"))
    made.add("zoe/ps1/tensors.ipynb", nb("zoe 1"), TIME)
    zoe = made.add("zoe/ps1/tensors-1.ipynb", nb("zoe 2"), TIME)
    made.add("zoe/ps1/timestamp.txt", b"2024-09-02 20:00:00.000000 UTC")
    bob = student("bob", "2024-09-01 20:00:00.000000", tensors__ipynb=nb("bob"), helper__py=HELPER)
    student("eve", "2024-09-01 20:00:00.000000")
    student("tom", "2024-09-01 20:00:00.000000", answer__txt=b"Sorry")
    group = student("team-7", "2024-09-01 20:00:00.000000", tensors__ipynb=nb("group"))
    made.people = {
        "ada": ("ada", ada, None),
        "josé": ("josé", jose, None),
        "zoe": ("zoe", zoe, None),
        "bob": ("bob", bob, None),
        "eve": ("eve", "", None),
        "tom": ("tom", "", None),
        "team-7": ("team-7", group, None),
    }
    return made


def github(nb: Notebook) -> Download:
    made = Download("github", wrapped="ps1-submissions")

    def clone(user: str, files: dict[str, bytes]) -> str:
        for name, data in {"README.md": b"# ps1\n", ".github/workflows/test.yml": b"on: push\n", **files}.items():
            made.add(f"ps1-{user}/{name}", data)
        for name, data in repository(f"commit by {user}").items():
            made.add(f"ps1-{user}/.git/{name}", data)
        return f"ps1-{user}/{next(iter(files), '')}"

    ada = clone("adang", {"01_tensors.ipynb": nb("ada")})
    jose = clone("jgarcia", {"01_tensors.ipynb": nb("jose")})
    zoe = clone("zlee", {"01_tensors_v2.ipynb": nb("zoe 2"), "01_tensors.ipynb": nb("zoe 1")})
    bob = clone("bob-smith", {"01_tensors.ipynb": nb("bob"), "helper.py": HELPER})
    clone("egray", {})
    clone("treed", {"answer.txt": b"Sorry"})
    group = clone("team-7", {"work/01_tensors.ipynb": nb("group")})
    made.people = {
        "adang": ("adang", ada, None),
        "jgarcia": ("jgarcia", jose, None),
        "zlee": ("zlee", zoe, None),
        "bob-smith": ("bob-smith", bob, None),
        "egray": ("egray", "", None),
        "treed": ("treed", "", None),
        "team-7": ("team-7", group, None),
    }
    return made


COMMITTED = "2024-09-01T20:00:00+0200"


def repository(message: str) -> dict[str, bytes]:
    """The files of a `.git` folder with one commit in it, written as Git writes them."""
    import hashlib
    import zlib

    def stored(kind: str, body: bytes) -> tuple[str, bytes]:
        whole = f"{kind} {len(body)}\0".encode() + body
        return hashlib.sha1(whole).hexdigest(), zlib.compress(whole)

    tree, tree_data = stored("tree", b"")
    who = "A <a@example.edu> 1725213600 +0200"
    commit, data = stored("commit", f"tree {tree}\nauthor {who}\ncommitter {who}\n\n{message}\n".encode())
    return {
        "HEAD": b"ref: refs/heads/main\n",
        "config": b"[core]\n\trepositoryformatversion = 0\n\tbare = false\n",
        "refs/heads/main": f"{commit}\n".encode(),
        f"objects/{tree[:2]}/{tree[2:]}": tree_data,
        f"objects/{commit[:2]}/{commit[2:]}": data,
    }


def google(nb: Notebook) -> Download:
    made = Download("google", wrapped="")
    ada = made.add("Ada Ng - Copy of 01_tensors.ipynb", nb("ada"))
    jose = made.add("José García - 01_tensors.ipynb", nb("jose"))
    made.add("Zoe Lee - Copy of 01_tensors.ipynb", nb("zoe 1"))
    zoe = made.add("Zoe Lee - Copy of 01_tensors (1).ipynb", nb("zoe 2"))
    bob = made.add("Bob O'Smith - Copy of 01_tensors.ipynb", nb("bob"))
    made.add("Bob O'Smith - helper.py", HELPER)
    made.add("Eve Gray - Copy of 01_tensors.ipynb", b"")
    made.add("Tom Reed - Answer.txt", b"Sorry")
    group = made.add("Group 7 - Copy of 01_tensors.ipynb", nb("group"))
    made.people = {
        "Ada Ng": ("", ada, None),
        "José García": ("", jose, None),
        "Zoe Lee": ("", zoe, None),
        "Bob O'Smith": ("", bob, None),
        "Eve Gray": ("", "", None),
        "Tom Reed": ("", "", None),
        "Group 7": ("", group, None),
    }
    return made


def plain(nb: Notebook) -> Download:
    """No platform: somebody zipped a folder of sections of students."""
    made = Download("", wrapped="Physics 2024")
    ada = made.add("Tuesday/Ada Ng/01_tensors.ipynb", nb("ada"))
    jose = made.add("Tuesday/José García/01_tensors.ipynb", nb("jose"))
    made.add("Thursday/Zoe Lee/01_tensors.ipynb", nb("zoe 1"), TIME)
    zoe = made.add("Thursday/Zoe Lee/01_tensors (1).ipynb", nb("zoe 2"), TIME)
    bob = made.add("Thursday/Bob O'Smith/01_tensors.ipynb", nb("bob"))
    made.add("Thursday/Bob O'Smith/helper.py", HELPER)
    made.add("Thursday/Eve Gray", None)
    made.add("Tuesday/Tom Reed/answer.txt", b"Sorry")
    group = made.add("Tuesday/Group 7/work/01_tensors.ipynb", nb("group"))
    made.people = {
        "Ada Ng": ("", ada, None),
        "José García": ("", jose, None),
        "Zoe Lee": ("", zoe, None),
        "Bob O'Smith": ("", bob, None),
        "Eve Gray": ("", "", None),
        "Tom Reed": ("", "", None),
        "Group 7": ("", group, None),
    }
    return made


ALL: dict[str, Callable[[Notebook], Download]] = {
    "canvas": canvas,
    "moodle": moodle,
    "moodle-flat": moodle_flat,
    "blackboard": blackboard,
    "brightspace": brightspace,
    "gradescope": gradescope,
    "nbgrader": nbgrader,
    "github": github,
    "google": google,
    "plain": plain,
}
