"""A suite and what it judges by; what left its tests becomes Checks.

The verdict of a test is the exception that left it: a StudentFault or a failed assertion is the student's, anything
else is ours and leaves the check unjudged.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from grader.asking import surroundings
from grader.asking.effects import Charges, Kind, Seen, charge
from grader.asking.later import GoesOn
from grader.asking.local import LocalChannel
from grader.asking.student import Channel, Interview
from grader.asking.verdict import unwritten, verdict
from grader.course.catalog import Course
from grader.course.reference import load_reference
from grader.course.variants import Variant, by_question, load_variants
from grader.errors import CourseError, Failure, InternalError, KernelFault, MissingName, StudentError
from grader.judge.collection import CollectedTests, PlannedCheck, TestOutcome, collect
from grader.judge.diagnosis import Evidence, diagnose
from grader.judge.drawing import place_of
from grader.judge.fingerprint import fingerprint
from grader.judge.plugin import Examination
from grader.judge.precedents import Precedents
from grader.judge.replaying import Replies, scratch_directory
from grader.records import Assignment, Check, Diagnosis, Status
from grader.text import clean

OWN_TIME = 30.0  # seconds that a check may take on our side, beyond what it waits for a kernel


@dataclass(frozen=True)
class Suite:
    """A suite and what it judges by, loaded once.

    Args:
        assignment: whose questions it asks.
        root: of the course.
        folder: of files `test_<question>.py`.
        home: the assignment's folder, the current directory while the suite runs.
        reference: the namespace of the reference solution; empty for public suites, and until `with_reference`.
        mistakes: by question.
        tests: of all questions; without them, those that are asked for are collected when they are.
        replies: what mistakes and reference have answered so far.
        precedents: what notebooks have answered that passed a check.
    """

    assignment: Assignment
    root: Path
    folder: Path
    home: Path
    sha: str = ""
    reference: dict[str, Any] = field(default_factory=dict)
    mistakes: Mapping[str, Sequence[Variant]] = field(default_factory=dict)
    tests: CollectedTests | None = None
    replies: Replies = field(default_factory=Replies)
    precedents: Precedents = field(default_factory=Precedents)

    @property
    def planned(self) -> tuple[PlannedCheck, ...]:
        """What will be judged, as far as it is collected."""
        return self.tests.planned if self.tests else ()

    def collect(self, questions: Sequence[str] = ()) -> CollectedTests:
        """The tests of some questions, default all. Raises CourseError."""
        limit = 2 * self.assignment.limits.check + OWN_TIME  # twice: what we ask beyond has as much again
        return collect(self.root, self.folder, self.home, limit=limit, questions=questions)


def load_suite(course: Course, id: str, *, reference: bool = True) -> Suite:
    """The hidden suite of an assignment. Raises CourseError when a question has no check.

    Args:
        reference: whether to run the reference solution now. One about CUDA must not run in a process that is forked
            afterwards, and not before the device is there that judges.
    """
    assignment = course.assignment(id)
    mistakes = by_question(load_variants(course.whole(id), course.mistakes(id)))
    suite = Suite(
        assignment,
        course.root,
        course.hidden(id),
        course.handout(id),
        course.suite_hash(id),
        load_reference(course, id) if reference else {},
        mistakes,
    )
    return replace(suite, tests=checked(suite, [q.id for q in assignment.coded] if course.home(id) != id else ()))


def with_reference(suite: Suite) -> Suite:
    """The suite with its reference, if it was left out."""
    if suite.reference or not suite.sha:  # there, or a public suite, which has none
        return suite
    course, id = Course(suite.root), suite.assignment.id
    loaded = replace(suite, reference=load_reference(course, id))
    if course.suite_hash(id) != suite.sha:
        raise InternalError(f"{suite.folder}: suite or reference were changed while the class was graded")
    return loaded


def load_public_suite(course: Course, id: str) -> Suite:
    """The checks that a student may run; they have no reference to compare with."""
    return Suite(course.assignment(id), course.root, course.public(id), course.handout(id))


def rehearse(suite: Suite) -> None:
    """Ask the first question of the reference itself: what is made on first use is there before a worker forks."""
    with scratch_directory(suite.home) as home:
        judge(replace(suite, home=home), LocalChannel(dict(suite.reference)), 0, [suite.assignment.coded[0].id])


def checked(suite: Suite, questions: Sequence[str] = ()) -> CollectedTests:
    """The collected tests of some questions, default all. Raises CourseError unless each has some, all named."""
    tests = suite.collect(questions)
    known = {question.id for question in suite.assignment.coded}
    found = {planned.question for planned in tests.planned}
    for id in sorted(found - known):
        path = suite.folder / f"test_{id}.py"
        raise CourseError(path, f"there is no question {id!r}", "name the file for a question")
    for question in suite.assignment.coded:
        if question.id not in found:
            path = suite.folder / f"test_{question.id}.py"
            raise CourseError(path, f"no check for the question {question.id!r}", "write one, or drop the question")
    if len({(planned.question, planned.name) for planned in tests.planned}) != len(tests.planned):
        raise CourseError(suite.folder, "two checks of one question have one name", "rename one of them")
    return tests


def judge(
    suite: Suite,
    channel: Channel,
    seed: int,
    questions: Sequence[str] = (),
    turn: Callable[[str], None] = lambda question: None,
) -> tuple[Check, ...]:
    """Ask the suite's questions through a channel; one Check per test, in order.

    Args:
        seed: of the suite's own random inputs, and of the kernel's generators before each check.
        questions: only these; default all.
        turn: is told, before each test, which question it is about.
    """
    tests = suite.tests or suite.collect(questions)
    examination = Examination(interview(suite, channel), suite.reference, seed, turn=turn)
    ran = tests.run(examination, suite.home, questions, suite.precedents)
    outcomes, charges = _charged(suite.assignment, list(ran))
    by_question: dict[str, list[TestOutcome]] = {}
    for one in outcomes:
        by_question.setdefault(one.planned.question, []).append(one)
    found = {id: _diagnose(suite, own) for id, own in by_question.items()}
    checks = [_check(suite, one, found[one.planned.question].get(one.planned.name)) for one in outcomes]
    return _with_notes(suite.assignment, checks, outcomes, charges)


def _charged(assignment: Assignment, outcomes: Sequence[TestOutcome]) -> tuple[list[TestOutcome], Charges]:
    """The outcomes, with what calls did beside their results as the fault of those checks that pay for it."""
    questions = {question.id: question for question in assignment.questions}
    seen = []
    for one in outcomes:
        question, name = questions.get(one.planned.question), one.planned.name
        worth = (question.weight_of(name), name in question.guards) if question else ()
        seen.append(Seen(one.planned.question, one.fault, one.effects, *worth))
    charges = charge(seen, _owners(assignment))
    return [
        replace(one, fault=Failure(effect.sentence)) if (effect := charges.failed.get(place)) else one
        for place, one in enumerate(outcomes)
    ], charges


def _owners(assignment: Assignment) -> dict[str, str]:
    """The question that each name belongs to."""
    return {name: question.id for question in assignment.questions for name in question.names}


def _with_notes(
    assignment: Assignment, checks: Sequence[Check], outcomes: Sequence[TestOutcome], charges: Charges
) -> tuple[Check, ...]:
    """The checks; the first one of a question carries a note about what its functions did and no check failed for."""
    owners = _owners(assignment)
    asked = {check.question for check in checks}
    left: dict[str, dict[str, set[str]]] = {}
    for one in outcomes:
        for function, names in one.left:
            owner = owners.get(function, "")
            owner = owner if owner in asked else one.planned.question
            left.setdefault(owner, {}).setdefault(function, set()).update(names)
    noted = []
    for check in checks:
        functions, effects = left.pop(check.question, {}), charges.told.pop(check.question, ())
        said = [_note(function, names) for function, names in functions.items()]
        said += [clean(effect.sentence, 600) for effect in effects if effect.kind is not Kind.SURROUNDINGS]
        noted.append(replace(check, note=" ".join(said)) if said else check)
    return tuple(noted)


def _note(function: str, names: set[str]) -> str:
    what = surroundings.told(name for name in surroundings.WORDS if name in names)
    return (
        f"`{clean(function, 60)}` changes {what}, and does not put it back when it returns. "
        "Here that was undone after the call; in your notebook everything that runs later meets it."
    )


def interview(suite: Suite, channel: Channel) -> Interview:
    """An interview within the assignment's limits, that knows which names the reference defines as functions."""
    limits = suite.assignment.limits
    names = {name for question in suite.assignment.questions for name in question.names}
    functions = {name for name in names if callable(suite.reference.get(name))}
    more = channel.more if isinstance(channel, GoesOn) else None
    within = {"call": limits.call, "check": limits.check, "questions": limits.questions}
    return Interview(channel, **within, functions=functions, more=more)


def _check(suite: Suite, outcome: TestOutcome, diagnosis: Diagnosis | None) -> Check:
    """The verdict of one test; a failed one carries what it failed for, if that is known."""
    planned = outcome.planned
    check = Check(
        planned.question,
        planned.name,
        planned.promise,
        Status.PASSED,
        seconds=round(outcome.seconds, 4),
        figures=(*outcome.figures, *place_of(outcome.fault)),
    )
    if outcome.fault is None:
        return check
    status, message, trace, staff = verdict(outcome.fault)
    not_written = _unwritten(suite, outcome)
    diagnosis = diagnosis if status is Status.FAILED else None
    message, staff = clean(not_written or message, 2000), clean(staff, 4000)
    unexplained = status is Status.FAILED and not (diagnosis or _says_nothing(suite, outcome))
    return replace(
        check,
        status=status,
        message=message,
        trace=trace,
        staff=staff,
        diagnosis=diagnosis,
        not_written=bool(not_written),
        fingerprint=fingerprint(outcome.exchanges) if unexplained else "",
        lacks=outcome.fault.name if isinstance(outcome.fault, MissingName) else "",
    )


def _unwritten(suite: Suite, outcome: TestOutcome) -> str:
    question, fault = suite.assignment.question(outcome.planned.question), outcome.fault
    return unwritten(fault.trace, question.id, question.names) if isinstance(fault, StudentError) else ""


def _says_nothing(suite: Suite, outcome: TestOutcome) -> bool:
    """Whether nothing was there that could be mistaken: a known mistake defines what it takes the place of."""
    return isinstance(outcome.fault, MissingName) or bool(_unwritten(suite, outcome))


def _diagnose(suite: Suite, outcomes: Sequence[TestOutcome]) -> dict[str, Diagnosis | None]:
    """What explains the failed checks of a question, by name, if there are any that say more than "not there"."""
    verdicts = [Status.PASSED if one.fault is None else verdict(one.fault)[0] for one in outcomes]
    judged = [(one, status) for one, status in zip(outcomes, verdicts, strict=True) if status is not Status.UNJUDGED]
    if all(status is Status.PASSED or _says_nothing(suite, one) for one, status in judged):
        return {}
    evidence = [
        Evidence(one.exchanges, status is Status.FAILED, shown=not isinstance(one.fault, KernelFault))
        for one, status in judged
    ]
    mistakes = suite.mistakes.get(outcomes[0].planned.question, ())
    found = diagnose(evidence, mistakes, suite.reference, suite.home, suite.replies)
    return {one.planned.name: diagnosis for (one, _), diagnosis in zip(judged, found, strict=True)}
