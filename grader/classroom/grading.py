"""Grades a class: runs what is new, scores everything, writes gradebook and pages.

A submission's row and page are on disk before its progress is told. Running again resumes. Tables and class pages show
everybody whom the gradebook knows: a part of the class never replaces the class.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial

from grader.classroom.alike import Asked, Which, by_answers, by_notebook, of_all, of_member, still_asked
from grader.classroom.known import Known, Rests, known_of, rests_on
from grader.classroom.pages import Pages
from grader.classroom.people import people_of
from grader.classroom.roll import page_path
from grader.classroom.scorer import Scorer, scorer_of
from grader.classroom.summary import ClassResult, Outcome, Place, Ran, summarize
from grader.classroom.turns import in_turn
from grader.classroom.watching import troubles_of
from grader.errors import SubmissionError
from grader.gradebook.peek import handed_in
from grader.gradebook.rows import Key
from grader.gradebook.store import Gradebook
from grader.grading.again import of_another
from grader.intake.inbox import Intake
from grader.records import Assignment, Grade, HandIn, Result, Submission, Unreadable
from grader.running.crew import Hire, Ordered
from grader.running.pool import Pool, keys_of
from grader.running.setting import EVERYTHING, Setting


@dataclass(frozen=True)
class Plan:
    """What a run will do, and where."""

    place: Place
    setting: Setting
    workers: int
    force: bool = False
    hire: Hire | None = None  # who grades, where it is not this machine
    stopped: Callable[[], bool] = lambda: False  # whether to begin no more


def grade_class(plan: Plan, intake: Intake, tell: Callable[[Outcome | Unreadable], None]) -> ClassResult:
    """Grade everything that was handed in.

    Args:
        tell: is called for every student once their row and page are written.

    Raises CourseError for a broken suite, FileFaults for decisions with faults, UsageError when `plan.out` cannot hold
    a gradebook.
    """
    place = plan.place
    handed = [(entry.student, entry.assignment) for entry in intake.handed]
    scorer = scorer_of(place.course, people_of(place.roster, [*handed_in(place.gradebook), *handed]))
    gradebook = Gradebook(place.gradebook)  # only now: what is wrong with the course's files is known
    try:
        place.pages.make_folders()
        place.look_for_folders(_assignments(intake))
        run = _Run(plan, intake, gradebook, tell, scorer)
        run.grade()
        return summarize(place, gradebook, run.number, scorer, run.assignments, run.ran, run.refused)
    finally:
        gradebook.close()


def _assignments(intake: Intake) -> list[str]:
    return sorted({entry.assignment for entry in intake.handed if isinstance(entry, Submission)})


@dataclass
class _Run:
    """One run: what is graded, and what is kept of it."""

    plan: Plan
    intake: Intake
    gradebook: Gradebook
    tell: Callable[[Outcome | Unreadable], None]
    scorer: Scorer
    ran: dict[tuple[str, str], Ran] = field(default_factory=dict)  # by student's key and assignment
    refused: list[Unreadable] = field(default_factory=list)
    assignments: dict[str, Assignment] = field(default_factory=dict)
    hand_ins: dict[str, dict[str, HandIn]] = field(default_factory=dict)  # by person and assignment
    keys: dict[str, Key] = field(default_factory=dict)  # by assignment
    read: dict[str, Future[Rests]] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)  # of files, among all that were handed in
    groups: dict[Which, list[Ordered]] = field(default_factory=dict)  # of those who are asked something
    number: int = 0
    pages: Pages = field(init=False)

    def __post_init__(self) -> None:
        self.pages = self.plan.place.pages

    def grade(self) -> None:
        """Refuse what cannot be read, take what is known, run the rest."""
        self.number = self.gradebook.begin_run(self.plan.place.command)
        self.gradebook.note_decisions(self.number, self.scorer.settlement.docket.entries)
        if self.scorer.settings.late.budget:
            for key, assignment, handed in self.gradebook.hand_ins():
                self.hand_ins.setdefault(self.scorer.who(key), {})[assignment] = handed
        submissions = [entry for entry in self.intake.handed if isinstance(entry, Submission)]
        self.places = {submission.path: place for place, submission in enumerate(submissions)}
        self.assignments = {id: self.scorer.asked(id) for id in _assignments(self.intake)}
        for entry in self.intake.handed:
            if isinstance(entry, Unreadable):
                self._refuse(entry)
        self.keys = keys_of(self.plan.place.course, self.plan.setting, submissions)
        with ThreadPoolExecutor(1) as self.beside:
            self._ask(self._unknown(submissions))

    def _ask(self, orders: Iterable[Ordered]) -> None:
        """Run what must be run; a notebook that several members handed in once."""
        with self._at_once():
            self.groups = by_notebook(orders)
        asked = by_answers({place: of_all(self.groups[place]) for place in self._in_turn()})
        for id in {submission.assignment for submission, _ in asked.first.values()}:
            self._read(id)  # while the workers begin
        if asked.first:
            self.beside.submit(self.pages.prepare)
        with Pool(self.plan.setting, self.plan.workers, self.plan.hire) as pool:
            if later := self._answer(pool, asked):
                self._answer(pool, Asked(later, {}))

    def _answer(self, pool: Pool, asked: Asked) -> dict[Which, Ordered]:
        """Keep what comes of those that are asked first, and of the others what follows; returns who is left."""
        left = {place: dict(others) for place, others in asked.others.items()}
        for result in pool.answer(list(asked.first.values()), self._whole):
            place = result.submission.path, result.submission.sha
            _, order = asked.first.get(place, (result.submission, EVERYTHING))
            for one, _ in self.groups.get(place, [(result.submission, order)]):
                self._keep(of_member(result, one), fresh=True, asked=order.questions)
            left[place] = still_asked(result, left.get(place, {}))
            if not left[place]:
                self._share(result, asked.others.get(place, {}))
        return {place: ordered for others in left.values() for place, ordered in others.items()}

    def _share(self, result: Result, others: Mapping[Which, Ordered]) -> None:
        """Keep the verdicts of a result as those of others, whose notebooks are in the gradebook."""
        with self._at_once():
            for place, (submission, order) in others.items():
                assert order.ran is not None
                whole = self.gradebook.with_cells(submission)
                same = of_another(result, whole, order.questions, order.kept, order.ran)
                for one, _ in self.groups[place]:
                    self._keep(of_member(same, one), fresh=True, asked=order.questions)

    @contextmanager
    def _at_once(self) -> Iterator[None]:
        """What is kept in the block is on disk at its end, and then told."""
        tell, kept = self.tell, list[Outcome | Unreadable]()
        self.tell = kept.append
        try:
            with self.gradebook.at_once():
                yield
        finally:
            self.tell = tell
        for one in kept:
            tell(one)

    def _in_turn(self) -> list[Which]:
        """Who is graded when: the sections take turns, and in each who handed in first comes first."""
        people = self.scorer.people

        def section(place: Which) -> str:
            person = people.person(self.groups[place][0][0].student.key)
            return person.section if person else ""

        def time(place: Which) -> str:
            handed = self.groups[place][0][0].handed
            return handed.time or handed.saved

        return in_turn(self.groups, section, time)

    def _unknown(self, submissions: list[Submission]) -> Iterator[Ordered]:
        """Those that must be run, and what they are asked; the others are kept as they are found."""
        for submission in submissions:
            assignment, key = self.assignments[submission.assignment], self.keys[submission.assignment]
            known = Known()
            if not self.plan.force:
                known = known_of(self.gradebook, submission, key, assignment, partial(self._rests, assignment.id))
            whole = self._load(submission) if known.result else None
            if known.result and whole and whole.sha == submission.sha:
                self._keep(replace(known.result, submission=whole), fresh=False)
            else:
                yield submission, known.order

    def _read(self, id: str) -> Future[Rests]:
        """What verdicts on an assignment rest on, as it is being read."""
        if id not in self.read:
            self.read[id] = self.beside.submit(rests_on, self.plan.place.course, id, self.keys[id].suite)
        return self.read[id]

    def _rests(self, id: str) -> Rests:
        """The same, read. Raises CourseError."""
        return self._read(id).result()

    def _whole(self, ordered: Ordered) -> Ordered | None:
        """What is to be asked, with the notebook's cells; everything, when the file has changed since."""
        submission, order = ordered
        if self.plan.stopped():  # what runs is finished, and no more begun
            return None
        whole = self._load(submission)
        if whole is None:
            return None
        return whole, order if whole.sha == submission.sha else replace(EVERYTHING, given_up=order.given_up)

    def _load(self, submission: Submission) -> Submission | None:
        """The submission with its cells; None, and refused, when its file changed into something unreadable."""
        try:
            return self.intake.load(submission)
        except SubmissionError as error:
            self._refuse(Unreadable(submission.student, submission.path, str(error)))
            return None

    def _refuse(self, entry: Unreadable) -> None:
        self.gradebook.refuse(self.number, entry)
        called = replace(entry, student=self.scorer.people.called(entry.student))
        self.refused.append(called)
        self.tell(called)

    def _keep(self, result: Result, *, fresh: bool, asked: tuple[str, ...] = ()) -> None:
        """Store a result, and write its page unless another attempt of this run earned more."""
        submission = result.submission
        assignment = self.assignments[submission.assignment]
        term = self.hand_ins.setdefault(self.scorer.who(submission.student.key), {})
        all_of_term = {**term, submission.assignment: submission.handed}
        grade = self.scorer.grade(assignment, submission.student, result.checks, all_of_term)
        place = (submission.student.key, submission.assignment)
        before = self.ran.get(place)
        counts = before is None or self._precedes(grade, submission, before)
        if fresh:
            rests = self._rests(submission.assignment)
            self.gradebook.record(
                self.number, result, grade, counts=counts, bases=rests.verdicts, answers=rests.answers
            )
        else:
            self.gradebook.rescore(self.number, result, grade, counts=counts)
        page, took = page_path(self.plan.place.out, grade), result.evidence.seconds * fresh
        outcome = Outcome(grade, page, fresh, took, troubles_of(result))
        if counts:
            self.pages.write(outcome.page, result, grade, assignment)
            self.ran[place] = Ran(grade.earned, grade.status, fresh, asked, submission.path)
            term[submission.assignment] = submission.handed
        self.tell(outcome)

    def _precedes(self, grade: Grade, submission: Submission, before: Ran) -> bool:
        """Whether an attempt counts in the place of another: of equals the one that was found first, always."""
        if grade.earned != before.earned:
            return grade.earned > before.earned
        return self.places.get(submission.path, 0) < self.places.get(before.file, 0)
