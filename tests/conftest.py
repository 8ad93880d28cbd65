"""Which tests run: what is quick with every run, what is marked `slow` with `--all`, or when it is named.

How tests are sorted, and how a case is added: docs/developers.md.
"""

from __future__ import annotations

import gc
import os
import re
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

os.environ.setdefault("OMP_NUM_THREADS", "1")  # two workers on two cores gain nothing from more
if (
    signal.getsignal(signal.SIGINT) is signal.SIG_IGN
):  # begun in the background: what is tested must hear it all the same
    signal.signal(signal.SIGINT, signal.default_int_handler)

# These begin first, each on a worker of its own: no worker has a long one left when the others have ended.
LONGEST = (
    *("test_course", "test_attacks", "test_unlucky", "test_notebooks", "test_regrade", "test_desk", "test_fuzz"),
    *("test_submissions", "test_kernel", "test_run", "test_check_command", "test_simcuda_opinfo"),
    *("test_sandbox", "test_class", "test_commands", "test_kept_pages", "test_strength", "test_faults", "test_docs"),
    *("test_validate", "test_suites_in_pytest", "test_first_cells", "test_without_walls", "test_students_guide"),
)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--all", action="store_true", help="run the slow tests, too: every level, whole proofs, long fuzz")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out slow tests, unless all are asked for, or marks, or single tests by name."""
    if odd := [item.nodeid for item in items if re.search(r"object at 0x[0-9a-f]+>", item.nodeid)]:
        raise pytest.UsageError(
            f"{odd[0]}: an address in a test's name, by which no two processes know it; give it an id"
        )
    asked = config.getoption("--all") or config.getoption("-m") or any("::" in word for word in config.args)
    slow = [] if asked else [item for item in items if item.get_closest_marker("slow")]
    if slow:
        config.hook.pytest_deselected(items=slow)
    left = set(items).difference(slow)
    items[:] = sorted((item for item in items if item in left), key=lambda item: _turn(item.path.stem))


def pytest_collection_finish() -> None:
    """What is loaded by now stays: the collector of garbage need not look through it again and again."""
    gc.collect()
    gc.freeze()


def _turn(name: str) -> int:
    return LONGEST.index(name) if name in LONGEST else len(LONGEST)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """For each two cores three workers: while one waits, for a limit that must be met, say, another works."""
    return min(max(3 * (os.cpu_count() or 1) // 2, 1), 8)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Files go to workers whole, since their tests share what was graded; that of all assignments goes in parts."""
    from xdist.scheduler import LoadFileScheduling

    class Parts(LoadFileScheduling):  # type: ignore[misc]
        def _split_scope(self, nodeid: str) -> str:
            file, _, test = nodeid.partition("::")
            return f"{file} {test.partition('[')[2][:2]}" if file.endswith("test_notebooks.py") else file

    return Parts(config, log) if config.getoption("dist") == "loadfile" else None


@pytest.fixture
def short_path() -> Iterator[Path]:
    """A folder whose path leaves room for a socket's name, which pytest's own does not always."""
    with tempfile.TemporaryDirectory(prefix="t-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)
