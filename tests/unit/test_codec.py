"""Values cross as plain data and come back as what they were; what breaks the rules is refused."""

from __future__ import annotations

import contextlib
import math
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.asking.cases import copied
from grader.asking.codec import Encoder, MalformedValue, NotPlainData, Tensors, facts
from grader.asking.compare import difference
from grader.asking.decoder import Decoder
from grader.asking.messages import Op, Query
from grader.asking.responder import Responder
from grader.kernel.questions import from_bytes, to_bytes

PLAIN = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.binary()
    | st.complex_numbers(allow_nan=False)
)
NESTED = st.recursive(
    PLAIN,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.tuples(inner, inner)
        | st.dictionaries(st.text() | st.integers() | st.tuples(st.integers(), st.text()), inner, max_size=4)
        | st.frozensets(st.integers() | st.text(), max_size=3)
    ),
    max_leaves=20,
)


def there_and_back(value: Any, **options: Any) -> Any:
    encoder = Encoder(layout=options.get("trusting", False))
    node = encoder.encode(value)
    return Decoder(from_bytes(to_bytes(encoder.tensors)), **options).decode(node)


def equal(a: Any, b: Any) -> bool:
    if isinstance(a, float) and isinstance(b, float):
        return a.hex() == b.hex() or (math.isnan(a) and math.isnan(b))
    if isinstance(a, list | tuple) and type(a) is type(b):
        return len(a) == len(b) and all(map(equal, a, b))
    if isinstance(a, dict) and isinstance(b, dict):
        return list(a) == list(b) and all(equal(a[key], b[key]) for key in a)
    return type(a) is type(b) and bool(a == b)


SQUARE = torch.arange(9.0).reshape(3, 3)


@pytest.mark.parametrize(
    "case",
    [
        (SQUARE.clone(), torch.arange(4)),
        (SQUARE.T, SQUARE[1:], SQUARE[:, 0].expand(2, 3)),
        (SQUARE.as_strided((1, 3), (7, 1)), torch.empty(0, 2)),
        (SQUARE.clone().requires_grad_(), torch.ones(2, dtype=torch.complex64), [SQUARE], 5, "text"),
    ],
    ids=["plain", "views", "odd strides", "more than tensors"],
)
def test_copies_of_arguments(case: tuple[Any, ...]) -> None:
    """They lie in memory as the arguments do, share it among each other as these do, and with nobody else."""

    def seen(value: Any) -> Any:
        if not isinstance(value, torch.Tensor):
            return value
        memory = value.untyped_storage().nbytes(), value.storage_offset(), value.stride(), value.dtype
        return value.tolist(), value.shape, memory, value.requires_grad

    twins = copied(case)
    assert [seen(value) for value in twins if type(value) is not list] == [
        seen(value) for value in case if type(value) is not list
    ]
    tensors = [(old, new) for old, new in zip(case, twins, strict=True) if isinstance(old, torch.Tensor)]
    assert all(old.numel() == 0 or old.data_ptr() != new.data_ptr() for old, new in tensors)
    same = SQUARE.clone()
    first, second = copied((same, same.view(9)))
    first[0, 0] = 7.0
    assert second[0] == 7.0 and same[0, 0] == 0.0


@given(NESTED)
@settings(max_examples=200, deadline=None)
def test_plain_values_come_back(value: Any) -> None:
    """Every nesting of plain values comes back with the same types and values."""
    assert equal(there_and_back(value), value)


@pytest.mark.parametrize(
    "dtype", [torch.float16, torch.bfloat16, torch.float32, torch.float64, torch.bool, torch.uint8]
)
@pytest.mark.parametrize("shape", [(), (0,), (3,), (2, 0, 3), (2, 3, 4)])
def test_tensors_come_back(dtype: torch.dtype, shape: tuple[int, ...]) -> None:
    """Dtype, shape and values survive, for scalars and empty tensors too."""
    t = torch.ones(shape).to(dtype)
    assert difference(there_and_back(t), t) is None


def test_other_kinds_come_back() -> None:
    """Sizes, dtypes, devices, slices, arrays, NumPy's own numbers and complex tensors."""
    values = [torch.Size([2, 3]), torch.int16, torch.device("cuda:1"), slice(1, None, 2), ...]
    assert there_and_back(values) == values
    array = there_and_back(np.arange(6.0).reshape(2, 3)[:, ::-1])
    assert type(array) is np.ndarray and array.tolist() == [[2, 1, 0], [5, 4, 3]]
    number = there_and_back(np.float64(2.5))
    assert type(number) is np.float64 and number == 2.5
    z = torch.randn(2, 2, dtype=torch.complex64)
    assert torch.equal(there_and_back(z.conj()), z.conj().resolve_conj())


@pytest.mark.parametrize(
    "make",
    [
        lambda t: t.t(),
        lambda t: t[1:, 1:],
        lambda t: t[1],
        lambda t: t.expand(3, 4, 5)[:, ::2],
        lambda t: t.requires_grad_(),
    ],
)
def test_the_kernel_gets_the_same_layout(make: Any) -> None:
    """Strides, offset and requires_grad of an argument are rebuilt."""
    sent = make(torch.arange(20.0).reshape(4, 5))
    got = there_and_back(sent, trusting=True)
    assert not got._is_view()  # else some of what is done in place would be refused
    assert torch.equal(got, sent)
    assert (got.stride(), got.storage_offset(), got.requires_grad) == (
        sent.stride(),
        sent.storage_offset(),
        sent.requires_grad,
    )


def test_an_answer_carries_facts_not_layout() -> None:
    """What comes from a kernel is contiguous; device, stride and requires_grad are claims beside it."""
    got = there_and_back(torch.nn.Parameter(torch.arange(6.0).reshape(2, 3)).t())
    assert got.is_contiguous() and not got.requires_grad
    assert facts(got).stride == (1, 3) and facts(got).requires_grad


class Liar(torch.Tensor):
    @classmethod
    def __torch_function__(cls, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        return True


class Always(float):
    __eq__ = lambda self, other: True  # noqa: E731
    __hash__ = float.__hash__


def test_subclasses_arrive_as_what_they_are() -> None:
    """No class of the sender's exists at the receiver: a lying tensor is its numbers, a lying float its value."""
    assert type(there_and_back(torch.zeros(3).as_subclass(Liar))) is torch.Tensor
    back = there_and_back([Always(0.5), True])
    assert type(back[0]) is float and back[0] != 42.0 and back[1] is True
    assert type(there_and_back(torch.return_types.max((torch.ones(1), torch.zeros(1))))) is tuple


def test_what_is_no_plain_data_is_kept() -> None:
    """Modules, functions, sparse tensors and strings in arrays go to `keep`; without one, they cannot be sent."""
    for value in (torch.nn.Linear(1, 1), print, torch.eye(2).to_sparse(), np.array(["a"]), object()):
        with pytest.raises(NotPlainData):
            Encoder().encode([value])
        assert Encoder(lambda value: {"t": "handle", "n": 0}).encode([value]) == [{"t": "handle", "n": 0}]


def test_text_of_numpy_is_text() -> None:
    """`list(np.unique(words))` holds `np.str_`, which are strings; so do keys."""
    words = there_and_back([*np.unique(["b", "a"]), {np.str_("c"): np.bytes_(b"d")}])
    assert words == ["a", "b", {"c": b"d"}] and type(words[0]) is str and type(next(iter(words[2]))) is str


class Touchy:
    def __getattr__(self, name: str) -> Any:
        raise RuntimeError("do not touch")


@pytest.mark.parametrize(
    "value",
    [
        np.datetime64("2024-02-29"),
        np.timedelta64(3, "D"),
        np.longdouble(1.5),
        np.uint64(3),
        np.void(b"ab"),
        np.array([{}, None], dtype=object),
        np.array(["2024-02-29"], dtype="datetime64[D]"),
        torch.strided,
        torch.jagged,
        torch.ones(2, dtype=torch.uint16),
        torch.ones(2, device="meta"),
        Touchy(),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_cannot_cross_stays(value: Any) -> None:
    """Values that no message can hold stay where they are: nothing is raised, and nothing that is no tensor arrives."""
    kept: list[object] = []
    if isinstance(value, torch.layout):  # made here, since it takes seconds
        value = torch.nested.nested_tensor([torch.ones(2), torch.ones(3)], layout=value)
    reply = Responder({"value": [value, 1]}).answer(Query(Op.NAME, name="value"))
    [[found, one]] = Decoder(reply.tensors, lambda node: kept.append(node["types"]) or "kept").decode(reply.value)
    assert (found, one) == ("kept", 1) and len(kept) == 1


@pytest.mark.parametrize(
    ("shape", "strides"), [((1,), (4,)), ((1, 1), (3, 9)), ((3, 1), (1, 7)), ((1, 0, 2), (5, 5, 5))]
)
def test_steps_along_an_axis_of_one_do_not_matter(shape: tuple[int, ...], strides: tuple[int, ...]) -> None:
    """A tensor counts as contiguous whatever its stride along such an axis is."""
    t = torch.arange(40.0).as_strided(shape, strides, 2)
    assert torch.equal(there_and_back(t), t)


def test_arrays_of_either_byte_order_cross() -> None:
    """What a file gives in another byte order arrives with the same numbers."""
    found = there_and_back(np.arange(3, dtype=">f4"))
    assert found.tolist() == [0, 1, 2] and found.dtype == np.float32


def test_what_is_too_large_is_not_raised() -> None:
    """A value that is too deep is said to be unsent; the student's code raised nothing."""
    reply = Responder({"value": deep(50)}).answer(Query(Op.NAME, name="value"))
    assert "too deep" in reply.unsent and reply.error is None


def deep(levels: int) -> Any:
    value: Any = 1
    for _ in range(levels):
        value = [value]
    return value


def lies(**changes: Any) -> tuple[Any, Tensors]:
    encoder = Encoder()
    node = encoder.encode(torch.arange(6.0).reshape(2, 3))
    return node | changes, encoder.tensors


@pytest.mark.parametrize(
    "node",
    [
        1.5,
        {"t": "pickle", "v": "gASV"},
        {"v": 1},
        {"t": 3},
        {"t": "float", "v": 1.0},
        {"t": "float", "v": "import os"},
        {"t": "int", "v": "f" * 1000},
        {"t": "bytes", "v": "xyz"},
        {"t": "dtype", "v": "object"},
        {"t": "device", "v": "moon:0"},
        {"t": "dict", "v": [[1]]},
        {"t": "dict", "v": [[[1], 2]]},
        {"t": "set", "v": [[1]]},
        {"t": "size", "v": ["a"]},
        {"t": "tuple", "v": "abc"},
        {"t": "slice", "v": [1, 2, 3, 4]},
        {"t": "tensor", "n": "0"},
        {"t": "npscalar", "v": 3},
        deep(30),
        [0] * 300_000,
    ],
    ids=lambda node: str(node)[:30],
)
def test_malformed_nodes_are_refused(node: Any) -> None:
    """Whatever breaks the rules raises MalformedValue, nothing else."""
    with pytest.raises(MalformedValue):
        Decoder().decode(node)


@pytest.mark.parametrize(
    "changes",
    [
        {"size": [3, 2]},
        {"size": [2, 3, 1]},
        {"size": [-2, -3]},
        {"size": [2**62, 2**62], "stride": [1, 1]},
        {"size": "23"},
        {"dtype": "float64"},
        {"dtype": "complex64"},
        {"n": "7"},
        {"stride": [1]},
    ],
    ids=str,
)
def test_lying_tensors_are_refused(changes: dict[str, Any]) -> None:
    """A shape or dtype that is not the body's is refused."""
    node, tensors = lies(**changes)
    with pytest.raises(MalformedValue):
        Decoder(tensors).decode(node)


def test_bytes_of_a_bool_are_truth_values() -> None:
    """A byte of 7 would be true for `equal` and 7 for `sum`."""
    seven = torch.tensor([7, 0, 1], dtype=torch.uint8).view(torch.bool)
    assert there_and_back(seven).sum() == 2


@given(st.binary(max_size=200))
@settings(max_examples=200, deadline=None)
def test_any_body_is_read_or_refused(body: bytes) -> None:
    """Random bytes in the place of tensors never do anything else."""
    with contextlib.suppress(MalformedValue):
        from_bytes(body)
