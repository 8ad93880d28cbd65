"""What a Dask cluster is told and what is made of its answers, without one: which worker gets what, when to give up."""

from __future__ import annotations

import json
import stat
import zipfile
from collections.abc import Callable, Iterable
from concurrent.futures import CancelledError
from pathlib import Path
from typing import Any

import pytest

from grader.course.catalog import Course
from grader.devices import SIMULATED, Device
from grader.errors import CourseError, InternalError, UsageError
from grader.records import Check, Evidence, Execution, Result, Status, Student, Submission
from grader.running.cluster.parcel import name_of, parcel_of, unpack
from grader.running.cluster.station import BROKEN, DIED, DIFFERS, Facts, differences, new_crew
from grader.running.crew import answers
from grader.running.setting import EVERYTHING, Setting
from grader.sandbox.policy import Level
from grader.storage import to_json

distributed = pytest.importorskip("distributed")

from grader.running.cluster import connection, crew  # noqa: E402  (they need it)

TOY = Path(__file__).parents[1] / "submissions" / "course"
Script = Callable[[str, str], str | Exception]  # a worker and a student -> what is said


class Future:
    def __init__(self, said: bytes | Exception) -> None:
        self.said, self.cancelled = said, False

    def add_done_callback(self, call: Callable[[Future], None]) -> None:
        call(self)

    def result(self, timeout: float) -> bytes:
        if isinstance(self.said, Exception):
            raise self.said
        return self.said

    def cancel(self) -> None:
        self.cancelled = True


class Client:
    """Dask as a crew sees it: work goes to the worker that had the least; `script` says what each makes of it."""

    def __init__(self, script: Script, workers: Iterable[str] = ("w1", "w2", "w3")) -> None:
        self.script, self.had = script, dict.fromkeys(workers, 0)
        self.sent: list[dict[str, Any]] = []
        self.began: Callable[[tuple[float, dict[str, Any]]], None] = lambda event: None

    def submit(self, function: Any, name: str, own: str, said: str, **options: Any) -> Future:
        self.sent.append(options)
        worker = min(options.get("workers", self.had), key=lambda one: self.had[one])
        self.had[worker] += 1
        student = json.loads(json.loads(said)["submission"])["student"]["key"]
        answer = self.script(worker, student)
        return Future(answer if isinstance(answer, Exception) else f"{worker}\n{answer}".encode())

    def scheduler_info(self, n_workers: int) -> dict[str, Any]:
        return {"workers": {name: {} for name in self.had}}

    def subscribe_topic(self, topic: str, handler: Any) -> None:
        self.began = handler

    def unsubscribe_topic(self, topic: str) -> None: ...

    def run(self, function: Any, *told: object, wait: bool) -> None: ...

    def cancel(self, futures: list[Future]) -> None: ...


def submission(name: str) -> Submission:
    return Submission(Student(name, name), "01_toy", name, name, ())


def right(student: str) -> str:
    said = Evidence("s", "e", {}, "cpu", "none", 0, 0.0, "")
    check = Check("double", "test", "", Status.PASSED)
    return "+" + to_json(Result(submission(student), Execution((), 0.0), (check,), said))


def graded(client: Client, *names: str) -> dict[str, Result | None]:
    """What a crew makes of some students' notebooks."""
    setting = Setting(TOY)
    made = crew.DaskCrew(crew.At("tcp://there", client, "p", {}), setting, new_crew(setting, (), {}))
    orders = enumerate((submission(name), EVERYTHING) for name in names)
    return {names[number]: result for number, result in answers(made, orders)}


def test_results_come_as_they_are() -> None:
    """Each student has a result."""
    found = graded(Client(lambda worker, student: right(student)), *"abcdefgh")
    assert {name: result and result.submission.student.key for name, result in found.items()} == {
        name: name for name in "abcdefgh"
    }


def test_a_suite_that_raises_on_one_worker_only() -> None:
    """Another worker grades it, and that one gets no more work."""
    fault = BROKEN + json.dumps(["test_x.py", "raises", "mend it"])
    client = Client(lambda worker, student: fault if worker == "w1" else right(student))
    found = graded(client, *"abcdefgh")
    assert all(found.values()) and client.had["w1"] <= crew.QUEUED * 3
    assert client.sent[-1]["workers"] == ["w2", "w3"]


def test_a_suite_that_raises_everywhere() -> None:
    """It is the course's fault, and the run ends with its line."""
    fault = BROKEN + json.dumps(["test_x.py", "raises", "mend it"])
    with pytest.raises(CourseError, match=r"test_x\.py: raises; mend it"):
        graded(Client(lambda worker, student: fault), "a")


def test_a_submission_that_no_worker_outlives() -> None:
    """Three have tried it; nobody else loses anything."""
    client = Client(lambda worker, student: DIED if student == "b" else right(student))
    found = graded(client, *"abcdefgh")
    assert [name for name, result in found.items() if result is None] == ["b"]
    assert len(client.sent) == 8 + crew.LOST - 1


def test_a_worker_that_can_do_nothing() -> None:
    """Its disk is full, say: after three failures it is left alone; where all are like it, the run ends with that."""
    client = Client(lambda worker, student: f"{DIED}disk full" if worker == "w1" else right(student))
    assert all(graded(client, *"abcdefghijkl").values())
    assert client.had["w1"] <= crew.LOST + 3 * crew.QUEUED
    with pytest.raises(InternalError, match="no worker can grade: disk full"):
        graded(Client(lambda worker, student: f"{DIED}disk full", ["w1"]), *"abcd")


def test_nobody_is_there_just_now() -> None:
    """Its worker has said that it cannot, and was lost with all others: those that come instead grade it."""

    def script(worker: str, student: str) -> str:
        if worker == "w1":
            client.had = {}  # each comes back, under another address
        return f"{DIED}its host died" if worker == "w1" else right(student)

    def there(n_workers: int) -> dict[str, Any]:
        found = {"workers": client.had}
        client.had = client.had or {"w2": 0}
        return found

    client = Client(script, ["w1"])
    client.scheduler_info = there  # type: ignore[method-assign]
    assert graded(client, "a")["a"] is not None


def test_a_worker_that_is_not_like_this_machine() -> None:
    """One that came late is refused as one that was there: both versions are named."""
    client = Client(lambda worker, student: f"{DIFFERS}torch 2.1 there and 2.2 here")
    with pytest.raises(UsageError, match=r"w1 would not grade as this machine does: torch 2\.1 there and 2\.2 here"):
        graded(client, "a")


def test_the_scheduler_is_gone() -> None:
    """Running again goes on from there."""
    with pytest.raises(InternalError, match="the connection was lost; when it is back, run again"):
        graded(Client(lambda worker, student: CancelledError()), "a")


def test_who_only_stood_beside_it() -> None:
    """Dask gives up what was queued at workers that died; what no worker has begun with is sent again."""
    left: list[Exception] = [distributed.KilledWorker("a", None, 2)]
    client = Client(lambda worker, student: left.pop() if left else right(student))
    assert graded(client, "a")["a"] is not None
    assert len(client.sent) == 2


def test_real_devices_are_asked_of_workers_that_have_one() -> None:
    """Assignments that are not about CUDA go anywhere."""
    client = Client(lambda worker, student: right(student))
    graded(client, "a")
    assert "resources" not in client.sent[0]


def facts(walls: str = "full", *cards: str, **versions: str) -> Facts:
    return Facts("host", {"torch": "2.14", **versions}, walls, (), cards)


def cluster(**there: Facts) -> connection.Cluster:
    gpus = frozenset(name for name, one in there.items() if one.cards)
    return connection.Cluster("tcp://there", None, there, gpus)


def test_walls_and_devices_are_the_same_on_all_workers() -> None:
    """Where they are not, who grades must choose."""
    assert cluster(a=facts(), b=facts()).walls() is Level.FULL
    with pytest.raises(UsageError, match="different walls"):
        cluster(a=facts(), b=facts("lite")).walls()
    assert cluster(a=facts()).device(Device.AUTO) == SIMULATED
    assert cluster(a=facts(), b=facts("full", "H100")).device(Device.AUTO) == "cuda (H100)"
    assert cluster(b=facts("full", "H100")).device(Device.SIMULATED) == SIMULATED
    with pytest.raises(UsageError, match="no worker at tcp://there declares GPU"):
        cluster(a=facts()).device(Device.CUDA)
    with pytest.raises(UsageError, match="different devices: A100, H100"):
        cluster(a=facts("full", "A100"), b=facts("full", "H100")).device(Device.AUTO)


def test_both_versions_are_named() -> None:
    """What is there on one side only, too."""
    assert not differences({"torch": "2"}, {"torch": "2"})
    said = differences({"python": "3.11", "torch": "2.1"}, {"numpy": "2", "torch": "2.2"})
    assert said == "numpy none there and 2 here, python 3.11 there and none here, torch 2.1 there and 2.2 here"


def test_a_course_travels_whole_and_once(tmp_path: Path) -> None:
    """What judges is the same there; it is known by its hash; nobody but us reads what is secret."""
    parcel = parcel_of(Course(TOY))
    assert parcel == parcel_of(Course(TOY))
    home = unpack(parcel, tmp_path)
    assert home == unpack(parcel, tmp_path) and home.name.endswith(name_of(parcel))
    assert list(tmp_path.iterdir()) == [home]
    there, here = Course(home), Course(TOY)
    assert {id: there.suite_hash(id) for id in there.ids()} == {id: here.suite_hash(id) for id in here.ids()}
    for secret in ("solutions", "tests"):
        assert stat.S_IMODE((home / secret).stat().st_mode) == 0o700


def test_students_do_not_travel(tmp_path: Path) -> None:
    """Rosters, decisions and results that lie in a course's folder stay at home."""
    for name in ("roster.csv", "decisions.toml", "grades/gradebook.db", "course.toml", "assignments/01_a/a.toml"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("")
    (tmp_path / "parcel.zip").write_bytes(parcel_of(Course(tmp_path)))
    with zipfile.ZipFile(tmp_path / "parcel.zip") as parcel:
        assert parcel.namelist() == ["course.toml", "assignments/01_a/a.toml"]


def test_a_place_is_filled_before_its_result_is_looked_at() -> None:
    """What is made of a result, a page and a row, keeps no worker waiting."""
    client = Client(lambda worker, student: right(student), ["w1"])
    made = crew.DaskCrew(crew.At("tcp://there", client, "p", {}), Setting(TOY), new_crew(Setting(TOY), (), {}))
    given = answers(made, enumerate((submission(name), EVERYTHING) for name in "abcdef"))
    for done in range(1, 4):
        assert next(given)[1] is not None
        assert len(client.sent) == done + crew.QUEUED
