"""When the last commit of a cloned repository was made.

The only user of dulwich, which reads objects and no more: a program of Git's would obey the repository's configuration.
"""

from __future__ import annotations

import io
import re
from pathlib import PurePosixPath

from grader.errors import SubmissionError
from grader.intake.tree import File, Folder

MAX_PACK = 64 << 20  # bytes
MAX_COMMIT = 1 << 20

Files = dict[str, File]


def last_commit(repository: Folder) -> float | None:
    """Seconds since the epoch at which HEAD was committed; None when that cannot be read."""
    inside = next((inner for inner in repository.folders if inner.name == ".git"), None)
    if inside is None:
        return None
    files = {"/".join(names): file for names, file in inside.walk()}
    try:
        commit = _commit(files, _head(files))
        said = re.search(rb"^committer .*> (\d+) [+-]\d{4}$", commit.partition(b"\n\n")[0], re.M)
        return float(said[1]) if said else None
    except Exception:  # whatever dulwich makes of broken files: the time is not known, and nothing hangs on it
        return None


def _head(files: Files) -> str:
    """The name of the commit that is checked out. Raises SubmissionError, KeyError."""
    head = _text(files["HEAD"])
    if not head.startswith("ref: "):
        return head
    name = str(PurePosixPath(head.removeprefix("ref: ")))
    if name in files:
        return _text(files[name])
    packed = re.search(rf"^([0-9a-f]{{40}}) {re.escape(name)}$", _text(files["packed-refs"]), re.M)
    if packed is None:
        raise KeyError(name)
    return packed[1]


def _text(file: File) -> str:
    return file.read(MAX_COMMIT).decode("utf-8", "replace").strip()


def _commit(files: Files, name: str) -> bytes:
    """The raw text of a commit, from a file of its own or from a pack."""
    from dulwich.object_format import DEFAULT_OBJECT_FORMAT
    from dulwich.objects import Commit, ObjectID, ShaFile
    from dulwich.pack import Pack, PackData, load_pack_index_file

    loose = files.get(f"objects/{name[:2]}/{name[2:]}")
    if loose is not None:
        return ShaFile.from_file(io.BytesIO(loose.read(MAX_COMMIT)), max_size=MAX_COMMIT).as_raw_string()
    for path, file in files.items():
        pack = files.get(f"{path.removesuffix('.idx')}.pack") if path.endswith(".idx") else None
        if pack is None:
            continue
        index = load_pack_index_file(path, io.BytesIO(file.read(MAX_PACK)), DEFAULT_OBJECT_FORMAT)
        if ObjectID(name.encode()) in index:
            data = pack.read(MAX_PACK)
            packed = Pack.from_objects(PackData.from_file(io.BytesIO(data), DEFAULT_OBJECT_FORMAT, len(data)), index)
            kind, raw = packed.get_raw(ObjectID(name.encode()))
            if kind == Commit.type_num:
                return raw
    raise SubmissionError("no such commit")
