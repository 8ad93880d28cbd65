"""Pages in an archive, each named as its platform wants it, so that it can be uploaded as it is."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Sequence

from grader.exports.entries import Entry, Told, Work
from grader.text import slug

_STAMP = (1980, 1, 1, 0, 0, 0)  # the same pages make the same archive
_CANVAS = re.compile(r"(?:.*?_)?(?:LATE_)?(?:\d+|anon_[A-Za-z0-9]+)_\d+_.*", re.S)
_MOODLE = re.compile(r".*_\d+_assignsubmission_file_?", re.S | re.I)
_MOODLE_FLAT = re.compile(r"(.*_\d+_assignsubmission_file)_.*", re.S | re.I)
_BRIGHTSPACE = re.compile(r"\d+-\d+ - .+ - \w+ \d{1,2}, \d{4} \d{3,4} [AP]M", re.S)


def canvas(entry: Entry, work: Work) -> str:
    """As the file was called in the download: by the two numbers in it Canvas knows whose it is."""
    name = _last(entry)
    return f"{name.rpartition('.')[0]}.html" if _CANVAS.fullmatch(name) else ""


def moodle(entry: Entry, work: Work) -> str:
    """In the same folder as in the download; or, for a flat one, with the same beginning."""
    for part in reversed(_parts(entry)):
        if _MOODLE.fullmatch(part):
            return f"{part}/{work.id}.html"
        if match := _MOODLE_FLAT.fullmatch(part):
            return f"{match[1]}_{work.id}.html"
    return ""


def brightspace(entry: Entry, work: Work) -> str:
    """In the same folder as in the download."""
    folder = next((part for part in _parts(entry) if _BRIGHTSPACE.fullmatch(part)), "")
    return f"{folder}/{work.id}.html" if folder else ""


def blackboard(entry: Entry, work: Work) -> str:
    """With the user name, for an upload by hand: Blackboard takes no archive."""
    login = entry.person.login or next(iter(entry.person.ids.get("blackboard", ())), "")
    return f"{_safe(login)}_{work.id}.html" if login else ""


def github(entry: Entry, work: Work) -> str:
    """In a folder for each user, to be committed to the repository."""
    user = next(iter(entry.person.ids.get("github", ())), "")
    return f"{_safe(user)}/feedback/{work.id}.html" if user else ""


def nbgrader(entry: Entry, work: Work) -> str:
    """As in the folder `feedback` of a course."""
    return f"feedback/{_safe(_id(entry))}/{work.id}/{work.id}.html"


def plain(entry: Entry, work: Work) -> str:
    """With id and name, for whatever there is."""
    return f"{work.id}/{_safe(_id(entry))}_{_safe(entry.person.shown)}.html"


NAMES: dict[str, Callable[[Entry, Work], str]] = {
    "canvas": canvas,
    "moodle": moodle,
    "brightspace": brightspace,
    "blackboard": blackboard,
    "github": github,
    "nbgrader": nbgrader,
    "json": plain,
}


def archive(works: Sequence[Work], name: Callable[[Entry, Work], str]) -> tuple[bytes, Told]:
    """A zip of pages, and whose page is not in it, with the reason."""
    told, data = Told(), io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as file:
        taken: dict[str, str] = {}
        for work in works:
            for entry in work.entries:
                if entry.page is None:
                    continue
                path = name(entry, work)
                why = _why(entry, path, taken)
                if why:
                    told.left.append((entry.name, f"{work.id}: {why}"))
                    continue
                taken[path] = entry.name
                file.writestr(zipfile.ZipInfo(path, _STAMP), entry.page.read_bytes(), zipfile.ZIP_DEFLATED)
                told.written += 1
    return data.getvalue(), told


def _why(entry: Entry, path: str, taken: dict[str, str]) -> str:
    if entry.doubt:
        return f"no page: {entry.doubt}"
    if not path:
        return "no page: what was handed in does not lie in a download of this platform"
    if path in taken:
        return f"no page: {taken[path]} has a page at this place, {path}"
    return "" if entry.page and entry.page.is_file() else "no page: it is not there; run `grader run` again"


def _parts(entry: Entry) -> list[str]:
    return re.split(r"[/\\]", entry.path)


def _last(entry: Entry) -> str:
    return _parts(entry)[-1]


def _id(entry: Entry) -> str:
    return entry.person.id or next(entry.person.all_ids(), "") or slug(entry.person.shown, entry.person.shown)


def _safe(text: str) -> str:
    return re.sub(r"[^\w.@+-]+", "-", text).strip("-.") or "student"
