"""What is known in advance about each operation, found once from its schema and its tags."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch

from grader.simcuda import internals
from grader.simcuda.wording import words

# Element-wise operations that PyTorch does not tag so: a CPU tensor of no dimensions may join in.
_SCALARS_MAY_MIX = words(
    "masked_fill masked_fill_ fill fill_ index_fill index_fill_ mse_loss smooth_l1_loss huber_loss lerp lerp_ where"
    " index_put index_put_ _index_put_impl_ _unsafe_index_put isin bucketize searchsorted full_like quantize_per_tensor"
    " _fake_quantize_per_tensor_affine_cachemask_tensor_qparams"
)
# Operations whose index or length tensors may stay on the CPU; `dispatch` checks them in its own way.
INDEXING = words("index _unsafe_index index_put index_put_ _index_put_impl_ _unsafe_index_put")
_WAITS_IF_TAGGED = {torch.Tag.dynamic_output_shape, torch.Tag.data_dependent_output}
# Arguments that a real device reads on the host.
_ON_HOST = {
    "_pack_padded_sequence": ("lengths",),
    "_pack_padded_sequence_backward": ("batch_sizes",),
    "_ctc_loss": ("input_lengths", "target_lengths"),
    "_ctc_loss_backward": ("input_lengths", "target_lengths"),
}
_STARTS_NOTHING = words(
    "empty empty_like empty_strided new_empty new_empty_strided empty_permuted lift_fresh lift detach alias"
    " _unsafe_view _reshape_alias set_ resize_ resize_as_ _fused_sdp_choice _nested_tensor_size sym_size"
    " is_same_size _has_same_storage_numel"
)
_RESHAPES = words("resize_ resize_as_ set_ _resize_output_ resize")


@dataclass(frozen=True, slots=True)
class Plan:
    """How to run one operation.

    Attributes:
        label: its name in the trace.
        counted: whether it starts work on a device.
        allocates: whether it makes tensors with memory of their own.
        waits: whether its result reaches the host: a Python number, or a shape that depends on the values.
        random: whether it draws random numbers.
        composite: whether it is made of other operations and should be taken apart (seen under inference mode only).
        written: for each result, the argument that it is (a position or a name), or None where it is new.
        reshapes: whether it may change the shape of what it writes to.
        pointwise: whether it works element by element.
        scalars_may_mix: whether a CPU tensor of no dimensions may be among its arguments.
        on_host: the names of arguments that may be on the CPU.
        names: the names of its arguments in order.
        device_at: the position of the device that it is given, where it is not given by name.
    """

    label: str
    counted: bool
    allocates: bool
    waits: bool
    random: bool
    composite: bool
    written: tuple[int | str | None, ...]
    reshapes: bool
    pointwise: bool
    scalars_may_mix: bool
    on_host: tuple[str, ...]
    names: tuple[str, ...]
    device_at: int | None


def make_plan(op: Any) -> Plan:
    """Read the plan of a `torch._ops.OpOverload`."""
    schema, tags = op._schema, set(op.tags)
    name = schema.name.partition("::")[2]
    written = tuple(_written(schema, result) for result in schema.returns)
    has_out = any(argument.is_out for argument in schema.arguments)
    returns_number = any(str(result.type) in ("bool", "int", "float", "Scalar") for result in schema.returns)
    is_view = any(r.alias_info is not None and not r.alias_info.is_write for r in schema.returns)
    return Plan(
        label=name,
        counted=not is_view and torch.Tag.inplace_view not in tags and name not in _STARTS_NOTHING,
        allocates=not is_view and torch.Tag.inplace_view not in tags,
        waits=name not in INDEXING and (_WAITS_IF_TAGGED & tags != set() or returns_number),
        random=torch.Tag.nondeterministic_seeded in tags,
        composite=op.namespace == "aten" and internals.has_kernel(op.name(), "CompositeImplicitAutograd"),
        written=written if any(place is not None for place in written) else (),
        reshapes=has_out or torch.Tag.inplace_view in tags or name in _RESHAPES,
        pointwise=torch.Tag.pointwise in tags,
        scalars_may_mix=torch.Tag.pointwise in tags or name in _SCALARS_MAY_MIX or name.startswith("_foreach"),
        on_host=_ON_HOST.get(name, ()),
        names=tuple(argument.name for argument in schema.arguments),
        device_at=next(
            (i for i, one in enumerate(schema.arguments) if one.name == "device" and not one.kwarg_only), None
        ),
    )


def _written(schema: Any, result: Any) -> int | str | None:
    if result.alias_info is None or not result.alias_info.is_write:
        return None
    for position, argument in enumerate(schema.arguments):
        alias = argument.alias_info
        if alias is not None and alias.is_write and alias.before_set & result.alias_info.before_set:
            return argument.name if argument.kwarg_only else position
    return None
