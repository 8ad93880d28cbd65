"""Cases that multiply by themselves, and calls that are watched for changed arguments."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from grader.asking import vocabulary as say
from grader.asking.effects import Forbidden, Kind
from grader.asking.local import LocalChannel
from grader.asking.probes import Probe, probe
from grader.asking.student import Interview, Student
from grader.asking.variations import recast, sliced, variations
from grader.asking.watch import changed
from grader.errors import CourseError, Failure

NOTEBOOK = """
import torch

def double(t):
    return t * 2

def drawing(t):
    return t * 2 + 0 * torch.rand(())

def writing(t):
    torch.save(t, "left_behind.pt")
    return t * 2

def without_gradients(t):
    torch.set_grad_enabled(False)
    return t * 2

def switching(t):
    torch.set_grad_enabled(False)
    result = t * 2
    torch.set_grad_enabled(True)
    return result

def training(t):
    (torch.ones(1, requires_grad=True) * t.detach()).sum().backward()
    torch.set_grad_enabled(True)

def through_view(t):
    return t.view(-1).mul(2).view(t.shape)

def in_single(t):
    return t.float() * 2

def never_empty(t):
    return t * 2 if len(t) else t[None]

def alone(t):
    return t.squeeze(0) * 2

def detached(t):
    return t.detach() * 2

def recording(t):
    return (t * 2).requires_grad_()

def in_place(t):
    return t.mul_(2)

def into_the_list(ts):
    ts.append(ts[0])
    return ts[0] * 2

def never_flat(t):
    return t * 2 if t.ndim else t + 1

def on_two_axes(t):
    return t * 2 if t.ndim < 3 else t + 1

def into_module(net):
    net.eval()

def onto_parameter(net):
    net.weight.grad = torch.ones_like(net.weight)

def hooking(net):
    net.register_forward_hook(lambda *_: None)

def thawing(net):
    net.requires_grad_(False)
    net.requires_grad_()

def looking(net):
    return [p.shape for p in net.parameters()]

def reshaping(t):
    result = t * 2
    t.unsqueeze_(0)
    return result

def of_the_batch(batch):
    batch["x"] += 1
    return batch["x"] * 2 - 2
"""

MATRICES = [(torch.arange(6.0).reshape(2, 3),), (torch.rand(3, 3),)]


@pytest.fixture
def interview(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Interview:
    monkeypatch.chdir(tmp_path)
    namespace: dict[str, Any] = {}
    exec(compile(NOTEBOOK, "<cell>", "exec"), namespace)
    return Interview(LocalChannel(namespace))


@pytest.fixture
def student(interview: Interview) -> Student:
    return Student(interview)


def twice(t: torch.Tensor) -> torch.Tensor:
    return t * 2


@pytest.mark.parametrize(
    ("name", "varied", "said"),
    [
        ("through_view", {}, "an argument that is not contiguous"),
        ("in_single", {"dtypes": "floating"}, "an argument in float64"),
        ("never_empty", {"empty": [0]}, "axis 0 without elements"),
        ("alone", {"single": [0]}, "axis 0 of size 1"),
        ("detached", {"graph": True}, "an argument that requires gradients: the result has lost the graph"),
        ("never_flat", {"shapes": "any"}, "of the shape ()"),
        ("on_two_axes", {"shapes": "any"}, "of the shape (1, 2, 5, 1)"),
        ("recording", {}, "records a graph"),
    ],
)
def test_what_a_variation_finds(name: str, varied: dict[str, Any], said: str, student: Student) -> None:
    """Each broken promise passes the plain cases, and fails the variation that is about it."""
    say.agree(student.double, twice, MATRICES, **varied)
    with pytest.raises(Exception) as fault:
        say.agree(getattr(student, name), twice, MATRICES, **varied)
    assert said in str(fault.value) or name == "through_view"  # which raises what PyTorch says
    say.agree(student.through_view, twice, MATRICES, layouts=())


@pytest.mark.parametrize(
    ("name", "kind", "said"),
    [
        ("drawing", Kind.NUMBERS, "uses up random numbers"),
        ("writing", Kind.FILES, "leaves a file behind"),
        ("without_gradients", Kind.SURROUNDINGS, "whether gradients are recorded"),
        ("in_place", Kind.ARGUMENTS, "changes its argument"),
    ],
)
def test_what_a_call_does_beside_its_result(
    name: str, kind: Kind, said: str, student: Student, interview: Interview
) -> None:
    """It is noted with whose it is, and the values are judged all the same."""
    say.agree(student.double, twice, MATRICES)
    assert not interview.effects
    say.agree(getattr(student, name), twice, MATRICES)
    assert {(effect.kind, effect.function) for effect in interview.effects} == {(kind, name)}
    assert said in interview.effects[0].sentence
    with pytest.raises(Failure, match="wrong"):
        say.agree(getattr(student, name), lambda t: t * 3, MATRICES)


@pytest.mark.parametrize(("name", "word"), [("in_place", say.pure), ("without_gradients", say.leaves_as_it_was)])
def test_a_check_that_is_about_it_fails(name: str, word: Callable[..., None], student: Student) -> None:
    word(student.double, MATRICES)
    with pytest.raises(Forbidden, match="change"):
        word(getattr(student, name), MATRICES)
    other = say.leaves_as_it_was if word is say.pure else say.pure
    other(getattr(student, name), MATRICES)


def test_a_variation_that_the_reference_cannot_answer(student: Student) -> None:
    """The suite claims more than its reference keeps."""
    with pytest.raises(CourseError, match="vary less"):
        say.agree(student.double, lambda t: t.view(-1).view(t.shape) * 2, MATRICES)


def test_rows_in_one_memory_are_only_tried(student: Student) -> None:
    """Where all rows are alike the reference may have no answer: then nothing is asked."""

    def different(t: torch.Tensor) -> torch.Tensor:
        if torch.equal(t[0], t[1]):
            raise ValueError("all rows are alike")
        return t * 2

    say.agree(student.double, different, MATRICES, layouts=["expanded"])
    with pytest.raises(CourseError, match="vary less"):
        say.agree(student.double, different, MATRICES, empty=[1])


def test_who_writes_into_arguments_is_told_so(student: Student, interview: Interview) -> None:
    """And not that PyTorch cannot write where rows share their memory."""
    say.agree(student.in_place, twice, MATRICES, layouts=["expanded"])
    assert {effect.kind for effect in interview.effects} == {Kind.ARGUMENTS}
    with pytest.raises(Exception, match="written-to"):
        student.in_place(torch.ones(1, 3).expand(2, 3))


@pytest.mark.parametrize(
    ("name", "argument"),
    [
        ("in_place", torch.ones(2, 3)),
        ("in_place", np.ones((2, 3))[::2]),
        ("reshaping", torch.ones(2)),
        ("into_the_list", [torch.ones(2)]),
        ("of_the_batch", {"x": torch.ones(2)}),
    ],
)
def test_changed_arguments_are_noticed(name: str, argument: Any, student: Student, interview: Interview) -> None:
    """Whatever is asked of a function, it may not change what it is given, unless a check says so."""
    if isinstance(argument, np.ndarray):
        argument = torch.from_numpy(argument.copy())
    getattr(student, name)(argument)
    assert [effect.sentence for effect in interview.effects] == [
        f"`{name}` changes its argument; the caller's data must stay."
    ]
    say.inplace(getattr(student, name))(argument)
    assert len(interview.effects) == 1


@pytest.mark.parametrize("dtype", [torch.float32, torch.int64, torch.bool, torch.uint8, torch.bfloat16])
@pytest.mark.parametrize(
    "make", [lambda t: t, sliced, lambda t: t[:0], lambda t: t[:1].expand(3, 4), lambda t: t[0, 0]]
)
def test_arguments_that_stay(
    make: Callable[[torch.Tensor], torch.Tensor], dtype: torch.dtype, student: Student
) -> None:
    """Every layout and dtype reaches the notebook and comes back as it was."""
    given = make(torch.arange(12).reshape(3, 4).to(dtype))
    student.double(given)


@probe
def on_a_layer(function):
    net = torch.nn.Linear(2, 1)
    return [(function, net), (function, net)]


@probe
def on_data(function, t):
    return [(function, t)]


@probe
def on_tensors(function, t):
    w = t.clone().requires_grad_()
    return [(function, t), (function, w), (function, w * 2)]


@pytest.mark.parametrize(
    ("name", "calls", "said"),
    [
        ("into_module", on_a_layer, "changes what it is given"),
        ("onto_parameter", on_a_layer, "changes what it is given"),
        ("hooking", on_a_layer, "changes what it is given"),
        ("thawing", on_a_layer, "changes what it is given"),
        ("looking", on_a_layer, ""),
        ("double", on_tensors, ""),
        ("drawing", on_tensors, "uses up random numbers"),
        ("writing", on_tensors, "leaves a file"),
        ("without_gradients", on_tensors, "whether gradients are recorded"),
        ("switching", on_tensors, "whether gradients are recorded"),
        ("training", on_tensors, ""),
        ("reshaping", on_data, "changes what it is given"),
    ],
)
def test_what_is_changed_in_the_kernel(
    name: str,
    calls: Probe,
    said: str,
    interview: Interview,
    student: Student,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    """What a probe hands to a function is looked at as closely as what is sent, and noted as what was looked for."""
    monkeypatch.chdir(tmp_path)
    args = () if calls is on_a_layer else (torch.ones(2),)
    say.untouched(getattr(student, name), calls, *args, but=["arguments", "random numbers", "files"])
    switched = name in ("without_gradients", "switching")
    assert bool([effect for effect in interview.effects if effect.meant]) == switched
    interview.effects.clear()
    say.untouched(getattr(student, name), calls, *args)
    found = [effect.sentence for effect in interview.effects if effect.meant]
    assert len(found) == bool(said) and all(said in sentence for sentence in found)
    with pytest.raises(CourseError, match="no 'argument'"):
        say.untouched(student.double, calls, *args, but=["argument"])


def test_what_is_set_back_to_a_fixed_state(student: Student, interview: Interview) -> None:
    """A function that switches gradients off and on again is asked where they were off, too."""
    say.agree(student.switching, twice, MATRICES)
    assert {effect.kind for effect in interview.effects} == {Kind.SURROUNDINGS}
    assert "`switching`: the call changes whether gradients are recorded" in interview.effects[0].sentence


@probe
def told_nothing(function):
    return function(torch.ones(2)).tolist()


def test_a_probe_notices_what_is_left_changed(student: Student, interview: Interview) -> None:
    """Whatever a probe asks for: that a function switches gradients off for all is noted."""
    assert interview.run(told_nothing, student.double) == [2.0, 2.0]
    assert not interview.effects
    assert interview.run(told_nothing, student.without_gradients) == [2.0, 2.0]
    assert "`without_gradients` changes whether gradients are recorded" in interview.effects[0].sentence


def test_what_counts_as_changed() -> None:
    """NaN equals NaN here; keys, lengths and types count."""
    nan = torch.tensor([1.0, float("nan")])
    assert not changed([nan, {"a": 1}], [nan.clone(), {"a": 1}])
    assert not changed(np.array([float("nan")]), np.array([float("nan")]))
    for before, after in (
        (nan, nan * 2),
        ([1], [1, 2]),
        ({"a": 1}, {"b": 1}),
        ([1], [True]),
        (nan, None),
        ([nan], None),
    ):
        assert changed(before, after)
    assert changed(torch.ones(2), torch.ones(2, requires_grad=True))


def test_numbers_of_another_type() -> None:
    """Fractions stay different from each other, limits are kept, and bools are of both kinds."""
    t = torch.tensor([0.1, 0.52, 60.0, -3.0])
    assert recast(t, torch.uint8).tolist() == [1, 5, 255, 0]
    assert recast(t, torch.bool).tolist() == [False, False, True, False]
    assert recast(torch.tensor([5, -5]), torch.float16).tolist() == [5.0, -5.0]


def test_tensors_of_one_length_are_narrowed_together() -> None:
    """Pairs of inputs and targets lose the same rows; a table of weights loses none."""
    case = (torch.rand(4, 3), torch.rand(4), torch.rand(3))
    varied = [more.case for more in variations([("", case)], layouts=(), empty=[0], single=[0])]
    assert [[tuple(t.shape) for t in case] for case in varied] == [[(0, 3), (0,), (3,)], [(1, 3), (1,), (3,)]]
