"""The proofs of a question: what is put in its place, what its checks said of it, and which faults that shows.

Whole notebooks are asked about many questions at once. Of two definitions of one question, or of a question and one
that rests on it, one would hide the other: these never share a notebook.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from grader.authoring.faults import (
    JUNK,
    Checks,
    Fault,
    expect,
    guards,
    judged,
    measured,
    no_idle_checks,
    proves_mistake,
    spares,
)
from grader.authoring.material import Material
from grader.authoring.trials import Trial, with_variants
from grader.authoring.wording import in_plain_words
from grader.course.notebooks import as_text, assemble, solved_notebook, student_notebook
from grader.course.variants import Variant
from grader.records import Question, Status
from grader.running.setting import Order

REFERENCE, HANDOUT = "the reference", "the empty handout"


@dataclass
class Findings:
    """What the checks of a question said of everything that was put in its place.

    Attributes:
        variants: with what the question's own checks said of each, and those of other questions that it must pass.
        junk: by what every answer was.
    """

    variants: list[tuple[Variant, Checks, Checks]] = field(default_factory=list)
    junk: dict[str, Checks] = field(default_factory=dict)


def faults_in(material: Material, question: Question, found: Findings) -> Iterator[Fault]:
    """Mistakes fail and are diagnosed, alternatives pass, junk is judged and earns nothing, no check is idle."""
    hidden = material.course.hidden(material.assignment.id)
    for variant, own, others in found.variants:
        yield from faults_of(material, variant, own, others)
    mistakes = [own for variant, own, _ in found.variants if variant.id]
    yield from no_idle_checks(mistakes, hidden)
    for what, checks in found.junk.items():
        yield from judged(checks, hidden, f"when every answer is {what}")
    table = str(material.course.table(material.assignment.id))
    yield from guards(list(found.junk.values()), question, table, mistakes)


def faults_of(material: Material, variant: Variant, own: Checks, others: Checks) -> Iterator[Fault]:
    """What one variant shows."""
    if variant.id:
        yield from proves_mistake(own, variant)
        yield from judged(own, material.course.hidden(material.assignment.id), f"with {variant.id}")
        yield from in_plain_words(own, variant.where)
    else:
        yield from expect(own, Status.PASSED, variant.where, repr(variant.title))
    yield from spares(others, variant)


# ---- notebooks: the whole reference and the handout


def standing_trials(material: Material, questions: Sequence[str], *, public: bool) -> list[Trial]:
    """The whole reference and the empty handout, asked the hidden, or the public, checks of these questions."""
    course, id = material.course, material.assignment.id
    texts = {REFERENCE: as_text(solved_notebook(course, id)), HANDOUT: as_text(student_notebook(course, id))}
    return [
        Trial(standing_name(who, public), material.assignment, text, Order(public, tuple(questions)))
        for who, text in texts.items()
    ]


def standing_name(who: str, public: bool) -> str:
    return f"{who}, {'public' if public else 'hidden'}"


def standing_faults(material: Material, question: str, said: Mapping[str, Checks], *, public: bool) -> Iterator[Fault]:
    """The reference passes every hidden, or public, check of a question; the empty handout none, and is not blamed.

    Args:
        said: the checks of each notebook, by `standing_name`.
    """
    course, id = material.course, material.assignment.id
    where = str((course.public if public else course.hidden)(id) / f"test_{question}.py")
    for who, due in ((REFERENCE, Status.PASSED), (HANDOUT, Status.FAILED)):
        own = [check for check in said[standing_name(who, public)] if check.question == question]
        if not own:  # not even unjudged: the suite itself could not be had
            yield Fault(where, f"{who} was asked nothing about {question}", "see that the file collects", question)
        yield from expect(own, due, where, who)
        if who == HANDOUT and not public:
            yield from blamed(own, where)
        if who == REFERENCE and not public:
            yield from measured(own, material.assignment.question(question), where)


def blamed(own: Checks, where: str) -> Iterator[Fault]:
    """Checks that say something else of a function that is not written than that it is not written."""
    for check in own:
        if check.status is Status.FAILED and not check.not_written:
            what = f"{check.name} says of a function that is not written: {check.message or check.promise}"
            yield Fault(where, what, "let the handout's NotImplementedError through", check.question)


# ---- notebooks: single cells with something else in them


def companies(material: Material, questions: Iterable[str]) -> list[list[Variant]]:
    """All variants of some questions in as few notebooks as possible, none of which another one can hide."""
    groups: list[list[Variant]] = []
    rows = sorted((material.variants(question) for question in questions), key=len, reverse=True)
    for variant in (variant for row in rows for variant in row):
        near = {variant.question} | material.related(variant.question)
        fitting = (
            group
            for group in groups
            if not any(v.question in near or variant.question in material.related(v.question) for v in group)
        )
        group = next(fitting, None)
        if group is None:
            groups.append(group := [])
        group.append(variant)
    return groups


def variants_trial(material: Material, group: Collection[Variant], name: str) -> Trial:
    """A notebook with these variants, asked their questions and what they must spare."""
    asked = {variant.question for variant in group}.union(*(material.watched(variant) for variant in group))
    text = with_variants(material.parts, group, asked)
    return Trial(name, material.assignment, text, Order(questions=tuple(sorted(asked))))


def split(material: Material, variant: Variant, checks: Checks) -> tuple[Checks, Checks]:
    """Of a notebook's checks, those of the variant's question, and those of others that it must pass."""
    watched = material.watched(variant)
    own = [check for check in checks if check.question == variant.question]
    return own, [check for check in checks if check.question in watched]


def junk_trials(material: Material, questions: Sequence[str]) -> Iterator[tuple[str, Trial]]:
    """For each kind of junk a notebook in which every name that these questions ask for answers with it."""
    parts, asked = material.parts, Order(questions=tuple(questions))
    places = frozenset().union(*(parts.needed(question) for question in questions))
    for what, body in JUNK.items():
        cells = [
            ("code", part.question, junk(material, part.question, body) if part.question in questions else part.source)
            for part in parts.cells
            if part.place in places
        ]
        name = f"junk: {what}"
        yield what, Trial(name, material.assignment, as_text(assemble(material.assignment.id, cells)), asked)


def junk(material: Material, question: str, body: str) -> str:
    names = material.assignment.question(question).names
    return "\n".join(f"def {name}(*args, **kwargs):\n    {body}\n" for name in names)
