"""What a machine can grade: the forecast against what is known exactly, the measurement on the small course."""

from __future__ import annotations

import pytest
from cases import TOY, grader

from grader.authoring.capacity import Capacity, forecast, measure
from grader.cli.options import setting_of
from grader.course.catalog import Course


@pytest.mark.parametrize(("count", "places", "seconds"), [(1, 1, 2), (10, 1, 20), (10, 5, 4), (11, 5, 6), (3, 100, 2)])
def test_places_that_wait_for_nobody(count: int, places: int, seconds: float) -> None:
    """With a coordinator that costs nothing, a class takes as many rounds as there are to each place."""
    assert forecast([2.0], count, places, 0.0).seconds == pytest.approx(seconds)


def test_one_coordinator_serves_all() -> None:
    """From where it is always busy, more places bring nothing: the class takes what it needs."""
    told = [forecast([1.0], 10_000, places, 0.01) for places in (10, 100, 1000, 2000)]
    assert told[0].seconds == pytest.approx(1010, rel=0.01) and told[0].busy == pytest.approx(0.1, abs=0.01)
    assert told[2].seconds == pytest.approx(told[3].seconds, rel=0.02) == pytest.approx(101, rel=0.02)
    assert told[3].busy > 0.98


def test_a_mixture_takes_its_mean() -> None:
    """A slow submission does not hold up the rest."""
    assert forecast([0.1, 0.1, 0.1, 9.7], 10_000, 50, 0.0).seconds == pytest.approx(500, rel=0.1)


@pytest.mark.slow
def test_a_measurement(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each number is there, and the notebook's own time counts about once."""
    monkeypatch.setattr("grader.authoring.capacity.OWN", (0.0, 1.0))
    found = measure(Course(TOY), setting_of(Course(TOY)), "01_toy", each=3)
    assert found.base > 0 and found.slope > 0.5
    assert 0 < found.coordinator < found.base + 1
    assert found.gradebook > 1000 and found.pages > 1000
    assert found.seconds(2.0) == found.base + 2 * found.slope


def test_doctor_says_what_larger_classes_need(monkeypatch: pytest.MonkeyPatch) -> None:
    """The formula, memory and disk; and who waits for whom on 1, 10 and 100 machines."""
    known = Capacity("01_toy", 2.0, 0.2, 1.1, 0.01, 500 << 20, 50 << 20, 20 << 10, 90 << 10)
    monkeypatch.setattr("grader.authoring.capacity.measure", lambda course, setting, id: known)
    monkeypatch.setattr("grader.cli.admin.CORES", 8)
    said = grader("doctor", "--benchmark").stdout
    assert "0.20 + 1.10 × what the notebook computes by itself" in said
    assert "memory: 500 MB, and 50 MB for each place" in said
    assert "20 KB in the gradebook, 90 KB of pages; 10 ms of the coordinator: at most 6000 a minute" in said
    lines = [line for line in said.splitlines() if line.startswith("100,000")]
    waits = [line.rpartition(": ")[2] for line in lines]
    assert waits == ["waits for workers", "waits for the coordinator", "waits for the coordinator"]
    assert grader("doctor", "--benchmark", "--assignment", "09_none").returncode == 2
