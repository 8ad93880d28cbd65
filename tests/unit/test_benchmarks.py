"""What measures is run on demand; here, only that what it leans on is still there."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
BENCHMARKS = sorted(path.stem for path in (TESTS / "benchmarks").glob("*.py"))


@pytest.mark.slow
@pytest.mark.parametrize("name", BENCHMARKS)
def test_a_benchmark_can_be_loaded(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in ("benchmarks", "e2e", "unit"):
        monkeypatch.syspath_prepend(TESTS / folder)
    monkeypatch.setattr(sys, "argv", [name])
    had = set(sys.modules)
    importlib.import_module(name)
    for new in set(sys.modules) - had:
        if new in BENCHMARKS:
            del sys.modules[new]
