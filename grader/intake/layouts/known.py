"""The platforms that are known, one entry each. A new one is an entry here and its case in the tests."""

from __future__ import annotations

import re
from collections.abc import Mapping

from grader.intake.layouts import beside
from grader.intake.layouts.layout import Layout
from grader.intake.tree import Folder


def _long_numbers(says: Mapping[str, str], folder: Folder) -> bool:
    """Two small numbers in one file's name are rather a week and a sheet."""
    return len(says.get("id", "")) >= 3 and len(says.get("attempt", "")) >= 3


def _copied_for_a_student(says: Mapping[str, str], folder: Folder) -> bool:
    return "copied" in says


def _named_for_it(says: Mapping[str, str], folder: Folder) -> bool:
    return folder.stem.endswith("-submissions")


_GROUP = r"(?:(?P<group>[^/]*?(?:group|team|gruppe|groupe|grupo|gruppo)[^/-]*)-)?"
_PARTICIPANT = rf"{_GROUP}(?P<name>[^/]+?)_(?P<id>\d+)_assignsubmission_(?:file|(?P<text>onlinetext))"
_EXCHANGE = r"(?P<id>[^/+]+)\+[^/+]+\+(?P<time>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)[^/]*"
_BRIGHTSPACE = r"\d+-(?P<id>\d+) - (?P<name>[^/]+?) - (?P<time>\w+ \d{1,2}, \d{4} \d{3,4} [AP]M)"

LAYOUTS = (
    Layout(
        name="gradescope",
        title="Gradescope: exported submissions",
        file=re.compile(r"submission_(?P<unit>\d+)/(?P<file>.+)", re.S),
        home=re.compile(r"submission_(?P<unit>\d+)"),
        own=re.compile(r"submission_metadata\.(?:yml|yaml|csv)"),
        beside=beside.gradescope,
    ),
    Layout(
        name="nbgrader",
        title="nbgrader: submitted/",
        file=re.compile(r"(?P<unit>(?P<id>[^/]+)/[^/]+)/(?P<file>.+)", re.S),
        home=re.compile(r"(?P<id>[^/]+)"),
        own=re.compile(r"[^/]+/[^/]+/timestamp\.txt"),
        needs=re.compile(r"(?P<unit>[^/]+/[^/]+)/timestamp\.txt"),
        beside=beside.nbgrader,
    ),
    Layout(
        name="nbgrader-exchange",
        title="nbgrader: the exchange's inbound/",
        file=re.compile(rf"(?P<unit>{_EXCHANGE})/(?P<file>.+)", re.S),
        home=re.compile(rf"(?P<unit>{_EXCHANGE})"),
        own=re.compile(r"[^/]+/timestamp\.txt"),
        clock="%Y-%m-%d %H:%M:%S",
    ),
    Layout(
        name="moodle",
        title="Moodle: submissions in folders",
        file=re.compile(rf"{_PARTICIPANT}_?/(?P<file>.+)", re.S | re.I),
        home=re.compile(rf"{_PARTICIPANT}_?", re.I),
    ),
    Layout(
        name="moodle-flat",
        title="Moodle: all submissions in one folder",
        file=re.compile(rf"{_PARTICIPANT}(?:_(?P<file>[^/]+)|\.html)", re.S | re.I),
    ),
    Layout(
        name="blackboard",
        title="Blackboard: assignment file download",
        file=re.compile(
            r"(?P<unit>(?P<name>[^/]+)_attempt_(?P<time>\d{4}-\d\d-\d\d-\d\d-\d\d-\d\d))(?:_(?P<file>[^/]+)|(?P<text>\.txt))",
            re.S,
        ),
        clock="%Y-%m-%d-%H-%M-%S",
        beside=beside.blackboard,
    ),
    Layout(
        name="brightspace",
        title="Brightspace: submissions in folders",
        file=re.compile(rf"(?P<unit>{_BRIGHTSPACE})/(?P<file>.+)", re.S),
        home=re.compile(rf"(?P<unit>{_BRIGHTSPACE})"),
        own=re.compile(r"index\.html"),
        clock="%b %d, %Y %I%M %p",
    ),
    Layout(
        name="brightspace-flat",
        title="Brightspace: submissions in one folder",
        file=re.compile(rf"{_BRIGHTSPACE} - (?P<file>[^/]+)", re.S),
        own=re.compile(r"index\.html"),
        clock="%b %d, %Y %I%M %p",
    ),
    Layout(
        name="github",
        title="GitHub Classroom: cloned repositories",
        file=re.compile(r"(?P<unit>[^/]+)/(?P<file>.+)", re.S),
        home=re.compile(r"(?P<unit>[^/]+)"),
        needs=re.compile(r"(?P<unit>[^/]+)/\.git/HEAD"),
        dated=False,
        alone=_named_for_it,
        beside=beside.github,
    ),
    Layout(
        name="canvas",
        title="Canvas: downloaded submissions",
        file=re.compile(
            r"(?:(?P<name>[^/]+?)_)?(?P<late>LATE_)?(?:(?P<id>\d+)|(?P<code>anon_[A-Za-z0-9]+))_"
            r"(?:(?P<attempt>\d+)_(?P<file>[^/]+)|(?P<text>text|link)(?:-\d+)?\.html)",
            re.S,
        ),
        dated=False,
        alone=_long_numbers,
    ),
    Layout(
        name="google",
        title="Google Classroom: the assignment's folder in Drive",
        file=re.compile(
            r"(?P<name>[^/]+?) - (?P<file>(?P<copied>Copy of )?[^/]+?(?: \((?P<attempt>\d+)\))?\.[A-Za-z.]+)"
        ),
        alone=_copied_for_a_student,
    ),
)
