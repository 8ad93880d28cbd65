"""Whose everything is under some paths: by a platform's layout where one fits, else by the plain rules."""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

from grader.errors import UsageError
from grader.intake.claims import Claim
from grader.intake.layouts import LAYOUTS, Layout, claims_in
from grader.intake.people import Chain, students_of
from grader.intake.plain import Handful, Sorter
from grader.intake.tree import File, Folder, file_beside, is_left_over, list_path
from grader.records import Assignment, Student

PLAIN = ("folders", "files")  # a folder per student; a file per student
NAMES = (*(layout.name for layout in LAYOUTS), *PLAIN)
MAX_BESIDE = 5_000  # names in a folder that are looked at beside what was asked for
MAX_OUTER = 3  # folders around a path that may tell what it is
MAX_ALONE = 200  # files of one student; what is around a class tells nothing
MAX_WRAPPED = 6  # folders around a download


def claims_under(
    paths: Sequence[Path], assignments: Sequence[Assignment], insisted: str = "", known: Collection[str] = ()
) -> list[Claim]:
    """Whose every file is. Raises UsageError.

    Args:
        insisted: the name of a layout; empty: whichever fits.
        known: keys of students that a gradebook has.
    """
    layouts = _layouts(insisted)
    sorter = Sorter([text for assignment in assignments for text in (assignment.id, assignment.title)], known)
    claims: list[Claim] = []
    handfuls: list[tuple[Chain, Handful]] = []
    for path in _distinct(paths):
        root = _listed(path)
        found = _by_layout(root, path, layouts, insist=bool(insisted)) if layouts else None
        if found is not None:
            claims += found
            continue
        if insisted not in ("", *PLAIN):
            raise UsageError(f"--layout {insisted}: nothing in {path} is laid out like that")
        outer = _home(path, root).parts[:-1]
        for one in _plain(root, path, sorter, insisted):
            handfuls.append(((*outer, *one.chain) if one.chain else (), one))
        claims += [Claim(file, (), file.where) for _, file in root.walk() if file.left_over and not file.context]
    students = students_of([chain for chain, _ in handfuls if chain], known)
    for chain, one in handfuls:
        claims += _claims_of(one, (students[chain],) if chain else ())
    return claims


def _distinct(paths: Sequence[Path]) -> list[Path]:
    """The paths without those that lie within others."""
    real = {path: path.resolve() for path in paths}
    firsts = {path: one for one, path in reversed(real.items())}
    return [one for path, one in firsts.items() if not any(other in path.parents for other in firsts)][::-1]


def _home(path: Path, root: Folder) -> Path:
    """The folder, or the archive, that a path stands for."""
    whole = Path(os.path.abspath(path))  # noqa: PTH100  (links stay what they are called)
    return whole if path.is_dir() or root.archive else whole.parent


def _layouts(insisted: str) -> list[Layout]:
    if insisted and insisted not in NAMES:
        raise UsageError(f"--layout {insisted}: there are {', '.join(NAMES)}")
    return [layout for layout in LAYOUTS if insisted in ("", layout.name)]


def _listed(path: Path) -> Folder:
    root = list_path(path)
    if root.archive and root.files and root.files[0].where == root.where:  # it could not be opened
        raise UsageError(f"{path}: {root.files[0].fault}")
    return root


def _claims_of(one: Handful, students: tuple[Student, ...]) -> list[Claim]:
    if students and not one.files:
        return [Claim(None, students, one.where)]
    return [Claim(file, students, file.where, name, unit=one.where) for name, file in one.files]


# ---- platforms


def _by_layout(root: Folder, path: Path, layouts: Sequence[Layout], *, insist: bool) -> list[Claim] | None:
    """By the layout that fits the folder, what it holds, or what is around it."""
    shown, outer = root, _home(path, root)
    if not (path.is_dir() or root.archive):  # a single file: what lies beside it may tell whose it is
        _look_beside(root, outer)
    within = _inside(root, layouts, insist, MAX_WRAPPED)
    if within is not None or sum(not file.left_over for _, file in root.walk()) > MAX_ALONE:
        return within
    for _ in range(MAX_OUTER + 1):
        for layout in layouts:
            if (claims := claims_in(layout, shown, insist=insist)) is not None:
                return claims
        if outer.parent == outer:
            break
        shown, outer = Folder(outer.parent.name, str(outer.parent), folders=[shown]), outer.parent
        _look_beside(shown, outer)
    return None


def _inside(folder: Folder, layouts: Sequence[Layout], insist: bool, depth: int) -> list[Claim] | None:
    """By a layout that fits the folder, or by those that fit everything in it: several downloads side by side.

    Everything, because a folder of one student's may be made to look like a download, with somebody else's name in it.
    """
    for layout in layouts:
        if (claims := claims_in(layout, folder, insist=insist)) is not None:
            return claims
    if depth == 0 or not folder.inner or any(file.is_notebook and not file.left_over for file in folder.files):
        return None
    together: list[Claim] = []
    for inner in folder.inner:
        found = _inside(inner, layouts, insist, depth - 1)
        if found is None:
            return None
        together += found
    own = [file for file in folder.files if not file.context]
    left = [f for one in folder.folders if one not in folder.inner for _, f in one.walk() if not f.context]
    return [*together, *(Claim(file, (), file.where) for file in (*own, *left))]


def _look_beside(folder: Folder, path: Path) -> None:
    """Add what lies beside what was asked for, as context: names only, but a repository's commits."""
    there = {file.name for file in folder.files} | {inner.name for inner in folder.folders}
    for entry in _scan(path):
        if entry.name in there:
            continue
        if not entry.is_dir(follow_symlinks=False):
            folder.files.append(file_beside(Path(entry.path)))
        elif entry.name == ".git":
            git = list_path(Path(entry.path))
            _mark_context(git)
            folder.folders.append(git)


def _mark_context(folder: Folder) -> None:
    folder.context = True
    folder.files = [replace(file, context=True, left_over=True) for file in folder.files]
    for inner in folder.folders:
        _mark_context(inner)


def _scan(path: Path) -> list[os.DirEntry[str]]:
    found: list[os.DirEntry[str]] = []
    try:
        with os.scandir(path) as entries:
            for entry in entries:
                found.append(entry)
                if len(found) > MAX_BESIDE:
                    return []
    except OSError:
        return []
    return found


# ---- without a platform


def _plain(root: Folder, path: Path, sorter: Sorter, insisted: str) -> list[Handful]:
    if insisted == "folders":
        own = [(file.name, file) for file in root.files if not file.left_over and not file.context]
        handfuls = [Handful((root.stem, inner.stem), inner.where, tuple(_own(inner))) for inner in root.inner]
        return [*handfuls, *([Handful((), root.where, tuple(own))] if own else [])]
    if insisted == "files":
        notebooks = [file for _, file in _own(root) if file.is_notebook]
        rest = tuple((name, file) for name, file in _own(root) if not file.is_notebook)
        handfuls = [Handful((root.stem, file.stem), file.where, ((file.name, file),)) for file in notebooks]
        return [*handfuls, *([Handful((), root.where, rest)] if rest else [])]
    return list(sorter.sort_out(root, _siblings(path, root)))


def _own(folder: Folder) -> list[tuple[str, File]]:
    return [("/".join(names), file) for names, file in folder.walk() if not file.left_over and not file.context]


def _siblings(path: Path, root: Folder) -> list[Folder]:
    """The folders beside a student's folder, or beside the folder of a student's file, with the names in them."""
    if root.archive:
        return []
    home = _home(path, root)
    found: list[Folder] = []
    for entry in _scan(home.parent)[:200]:
        if (
            entry.is_dir(follow_symlinks=False)
            and entry.name != home.name
            and not is_left_over(entry.name, folder=True)
        ):
            inside = [one for one in _scan(Path(entry.path)) if not one.is_dir(follow_symlinks=False)]
            files = [replace(file_beside(Path(one.path)), context=False) for one in inside]
            found.append(Folder(entry.name, entry.path, files, context=True))
    return found
