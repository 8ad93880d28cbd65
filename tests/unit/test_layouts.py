"""Every platform's download, as a folder and as a zip: nobody is lost, nobody is invented, no file forgotten."""

from __future__ import annotations

import shutil
from itertools import pairwise
from pathlib import Path

import downloads
import pytest
from downloads import Download, notebook

from grader.errors import UsageError
from grader.intake.accounts import Place
from grader.intake.inbox import Intake, Wanted, collect
from grader.intake.layouts import LAYOUTS
from grader.records import Assignment, Question, Submission

TENSORS = Assignment("01_tensors", "Tensors", "", (Question("flat", "", "", 1),))
CLASSES = list(downloads.ALL)


def made(name: str) -> Download:
    return downloads.ALL[name](lambda who: notebook(f"def flat(t): return {who!r}"))


def handed(path: Path, **options: object) -> Intake:
    return collect([path], Wanted([TENSORS], **options))  # type: ignore[arg-type]


def seen(intake: Intake) -> dict[str, tuple[str, str, bool | None]]:
    """By name: the id, the path that counts, and whether it is late."""
    return {
        entry.student.name: (
            next(iter(entry.student.ids.values()), ""),
            entry.path if isinstance(entry, Submission) else "",
            entry.handed.late if isinstance(entry, Submission) else None,
        )
        for entry in intake.handed
    }


def due(download: Download, folder: str) -> dict[str, tuple[str, str, bool | None]]:
    home = f"{folder}/{download.wrapped}".rstrip("/")
    return {name: (id, f"{home}/{path}" if path else "", late) for name, (id, path, late) in download.people.items()}


@pytest.mark.parametrize("name", CLASSES)
@pytest.mark.parametrize("shape", ["folder", "zip", "zip in a folder", "folder around", "the inner folder"])
def test_everybody_is_there(name: str, shape: str, tmp_path: Path) -> None:
    """Names, ids, the attempt that counts and lateness are right, whatever is around the download."""
    download = made(name)
    if shape == "folder":
        path = download.write(tmp_path / "got")
        inside = str(path)
    elif shape == "zip":
        inside = str(path := download.zip(tmp_path / "got.zip"))
    elif shape == "zip in a folder":
        (tmp_path / "got").mkdir()
        inside = str(download.zip(tmp_path / "got" / "all.zip"))
        path = tmp_path / "got"
    elif shape == "folder around":
        inside = str(download.write(tmp_path / "got" / "and" / "unpacked"))
        path = tmp_path / "got"
    else:
        inside = str(download.write(tmp_path / "got"))
        path = tmp_path / "got" / download.wrapped
    intake = handed(path)
    assert seen(intake) == due(download, inside)
    assert len(intake.handed) == len(download.people)
    files = {
        f"{inside}/{download.wrapped}/{name}".replace("//", "/") for name, d in download.files.items() if d is not None
    }
    assert sorted(account.where for account in intake.accounts) == sorted(files)


@pytest.mark.parametrize("name", CLASSES)
def test_what_became_of_the_files(name: str, tmp_path: Path) -> None:
    """Five notebooks count, one is another attempt, a helper lies beside one; what Tom and Eve sent is not usable."""
    intake = handed(made(name).write(tmp_path / "got"))
    places = {Path(account.where).name: account.place for account in intake.accounts}
    assert sum(account.place is Place.GRADED for account in intake.accounts) == 5
    assert sum(account.place is Place.OLDER for account in intake.accounts) == 1
    assert {place for file, place in places.items() if "helper" in file} == {Place.BESIDE}
    for account in intake.accounts:
        assert account.place is not Place.UNUSABLE or (account.reason and account.students)


@pytest.mark.parametrize("name", CLASSES)
def test_a_helper_lies_beside_its_notebook(name: str, tmp_path: Path) -> None:
    """Under the name that the student gave it, whatever the platform made of that; nobody else has it."""
    intake = handed(made(name).write(tmp_path / "got"))
    beside = {
        entry.student.name: [(file.name, file.data) for file in intake.load(entry).files]
        for entry in intake.handed
        if isinstance(entry, Submission)
    }
    found = {who: [(name, data) for name, data in files if "README" not in name] for who, files in beside.items()}
    bob = next(who for who in found if "bob" in who.lower())
    assert found.pop(bob) == [("helper.py", downloads.HELPER)]
    assert not any(found.values())


@pytest.mark.parametrize("name", [name for name in CLASSES if name != "plain"])
def test_one_alone_is_the_same_student(name: str, tmp_path: Path) -> None:
    """Ada's file, or Ada's folder, given alone, is still Ada's."""
    download = made(name)
    home = download.write(tmp_path / "got") / download.wrapped
    whole = {entry.student.name: entry.student for entry in handed(home).handed}
    for who, (_, path, _) in download.people.items():
        if not path or who in ("Uma Fox", "Vic Oak"):
            continue
        alone = handed(home / path).handed
        assert [entry.student.key for entry in alone] == [whole[who].key], who
        if "/" in path:
            alone = handed(home / Path(path).parts[0]).handed
            assert {entry.student.key for entry in alone} == {whole[who].key}, who


def test_a_section_alone_keeps_its_students(tmp_path: Path) -> None:
    """Without a platform the folder's name is the identity, wherever one begins to look."""
    home = made("plain").write(tmp_path) / "Physics 2024"
    everybody = {entry.student.key for entry in handed(home).handed}
    sections = [{entry.student.key for entry in handed(home / name).handed} for name in ("Tuesday", "Thursday")]
    assert everybody == sections[0] | sections[1]
    assert [entry.student.key for entry in handed(home / "Tuesday" / "Ada Ng").handed] == ["Ada Ng"]
    assert [entry.student.key for entry in handed(home / "Tuesday" / "Ada Ng" / "01_tensors.ipynb").handed] == [
        "Ada Ng"
    ]


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_each_layout_has_its_case(layout: object) -> None:
    """A platform that is known is tried."""
    assert layout.name in {*downloads.ALL, "brightspace-flat", "nbgrader-exchange"}  # type: ignore[attr-defined]


def test_insisting_on_a_layout(tmp_path: Path) -> None:
    """`--layout` chooses where two could fit, and says so where nothing does."""
    path = tmp_path / "class"
    path.mkdir()
    (path / "7_8_x.ipynb").write_bytes(notebook())
    (entry,) = handed(path, layout="canvas").handed
    assert entry.student.key == "canvas//7"
    assert [entry.student.key for entry in handed(path).handed] == ["7_8_x"]
    with pytest.raises(UsageError, match=r"nothing in .* is laid out like that"):
        handed(path, layout="blackboard")
    with pytest.raises(UsageError, match="there are gradescope"):
        handed(path, layout="mudle")


def test_a_year_is_not_an_id(tmp_path: Path) -> None:
    """Names that look like a platform's by chance: one number for several people is nobody's id."""
    for who in ("ada", "bo", "cy"):
        (tmp_path / f"{who}_2024_101_tensors.ipynb").write_bytes(notebook())
    assert {entry.student.key for entry in handed(tmp_path).handed} == {
        f"{who}_2024_101_tensors" for who in ("ada", "bo", "cy")
    }


def test_nobody_speaks_for_another(tmp_path: Path) -> None:
    """A student's folder that is made to look like a platform's download is still that student's."""
    for who in ("ada", "bo"):
        (tmp_path / who).mkdir()
        (tmp_path / who / "01.ipynb").write_bytes(notebook())
    made("moodle").write(tmp_path / "mal")
    made("gradescope").zip(tmp_path / "mal" / "work.zip")
    assert {entry.student.key for entry in handed(tmp_path).handed} == {"ada", "bo", "mal"}


def test_several_downloads_in_one_folder(tmp_path: Path) -> None:
    """A zip per assignment, side by side."""
    made("canvas").zip(tmp_path / "one.zip")
    made("moodle").zip(tmp_path / "two.zip")
    names = {entry.student.name for entry in handed(tmp_path).handed}
    assert names == set(made("canvas").people) | set(made("moodle").people)


def test_the_exchange_and_flat_brightspace(tmp_path: Path) -> None:
    """Two more layouts, whose attempts are told by the time in the name."""
    exchange = tmp_path / "inbound"
    for time in ("2024-09-01 20:00:00.000000 UTC+aaa", "2024-09-02 08:00:00.000000 UTC+bbb"):
        (exchange / f"ada+ps1+{time}").mkdir(parents=True)
        (exchange / f"ada+ps1+{time}" / "x.ipynb").write_bytes(notebook(f"def flat(t): return {time!r}"))
    (entry,) = handed(exchange).handed
    assert "bbb" in entry.path and entry.student.key == "nbgrader-exchange//ada"
    assert isinstance(entry, Submission) and entry.handed.time == "2024-09-02T08:00:00Z"
    flat = tmp_path / "flat"
    flat.mkdir()
    for time in ("Sep 1, 2024 800 PM", "Sep 1, 2024 1000 PM"):
        (flat / f"12345-60003 - Zoe Lee - {time} - 01.ipynb").write_bytes(notebook(f"def flat(t): return {time!r}"))
    (entry,) = handed(flat).handed
    assert "1000 PM" in entry.path and entry.student.ids == {"brightspace-flat": "60003"}


# ---- what platforms write beside submissions


def test_times_are_those_of_the_platform(tmp_path: Path) -> None:
    """Of the name, the metadata, the time stamp, the last commit; never of the clone or the download."""
    times = {
        "blackboard": "2024-09-01T20:00:00Z",
        "brightspace": "2024-09-01T20:00:00Z",
        "gradescope": "2024-09-01T20:00:00Z",
        "nbgrader": "2024-09-01T20:00:00Z",
        "canvas": "",
    }
    for name, time in times.items():
        first = made(name)
        ada = next(iter(first.people))
        found = {entry.student.name: entry for entry in handed(first.write(tmp_path / name)).handed}
        assert found[ada].handed.time == time, name  # type: ignore[union-attr]


def test_the_last_commit(tmp_path: Path) -> None:
    """Read from the repository, in a folder and in a zip."""
    pytest.importorskip("dulwich")
    download = made("github")
    for path in (download.write(tmp_path / "got"), download.zip(tmp_path / "got.zip")):
        found = {entry.student.name: entry for entry in handed(path).handed}
        assert found["adang"].handed.time == "2024-09-01T18:00:00Z"  # type: ignore[union-attr]


def test_metadata_that_attacks(tmp_path: Path) -> None:
    """Tags make nothing, aliases cost nothing, and what is broken leaves everybody with a name."""
    download = made("gradescope")
    bomb = "a: &a [x, x]\n" + "".join(f"{b}: &{b} [*{a}, *{a}]\n" for a, b in pairwise("abcdefghijklmnopq"))
    merge = "m: &m {k: v}\nn: {<<: [*m, *m]}\n"
    tag = "evil: !!python/object/apply:os.system ['touch /tmp/x']\n"
    for text in (
        bomb + merge,
        tag,
        "[" * 5_000,
        ": :\n\t- x",
        "submission_101: 5\n",
        "submission_101: {':submitters': [5, {}]}",
    ):
        shutil.rmtree(tmp_path / "got", ignore_errors=True)
        download.files["submission_metadata.yml"] = text.encode()
        names = {entry.student.name for entry in handed(download.write(tmp_path / "got")).handed}
        assert names == {f"submission_{number}" for number in range(101, 109)}


def test_metadata_as_a_table(tmp_path: Path) -> None:
    """Gradescope's other mode: one line per member of a group."""
    download = made("gradescope")
    del download.files["submission_metadata.yml"]
    rows = ["First Name,Last Name,SID,Email,Submission ID,Submission Time,Lateness (H:M:S)"]
    rows += [f"Uma,Fox,007,u@example.edu,{n},2024-09-01 20:00:00 +0200,00:00:00" for n in range(101, 108)]
    rows += [
        "Uma,Fox,007,u@example.edu,108,2024-09-09 20:00:00 +0200,12:00:00",
        "Vic,Oak,008,,108,2024-09-09 20:00:00 +0200,12:00:00",
    ]
    download.add("submission_metadata.csv", "\r\n".join(rows).encode())
    found = {entry.student.name: entry for entry in handed(download.write(tmp_path)).handed}
    assert set(found) == {"Uma Fox", "Vic Oak"}
    assert all(
        isinstance(entry, Submission) and entry.handed.late and "submission_108" in entry.path
        for entry in found.values()
    )
