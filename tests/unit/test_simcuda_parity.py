"""The simulated device computes what the CPU computes: values, dtypes, strides and gradients.

Each case is run on the CPU and on the device, with the same inputs. The simulated device must agree bit by bit, except
for the few cases in `ROUNDED`, where PyTorch takes another path for devices that are not CPUs. With
GRADER_PARITY_DEVICE=cuda the same cases also run on a real device, within a tolerance.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import pytest
import torch
from torch import nn
from torch.nn import functional as nnf

from grader.simcuda import simulated_cuda

PLACES: dict[str, Callable[[], AbstractContextManager[object]]] = {"simulated": simulated_cuda}
if os.environ.get("GRADER_PARITY_DEVICE") == "cuda":
    PLACES["cuda"] = lambda: torch.backends.cudnn.flags(enabled=True, allow_tf32=False)
EXACT, ROUGH, REAL = {"rtol": 0, "atol": 0}, {"rtol": 1.3e-6, "atol": 1e-5}, {"rtol": 1e-3, "atol": 1e-4}


class Lab:
    """Makes the same inputs on any device, and remembers those that get gradients."""

    def __init__(self, device: str) -> None:
        self.device = device
        self.leaves: list[torch.Tensor] = []
        self.modules: list[nn.Module] = []
        self._generator = torch.Generator().manual_seed(0)

    def __call__(self, *shape: int) -> torch.Tensor:
        """Normal numbers, a leaf of the graph."""
        return self.leaf(torch.randn(shape, generator=self._generator))

    def positive(self, *shape: int) -> torch.Tensor:
        """Between 0.1 and 0.9, a leaf of the graph."""
        return self.leaf(torch.rand(shape, generator=self._generator) * 0.8 + 0.1)

    def leaf(self, host: torch.Tensor) -> torch.Tensor:
        self.leaves.append(host.to(self.device).requires_grad_())
        return self.leaves[-1]

    def long(self, high: int, *shape: int) -> torch.Tensor:
        return torch.randint(0, high, shape, generator=self._generator).to(self.device)

    def mask(self, *shape: int) -> torch.Tensor:
        return (torch.rand(shape, generator=self._generator) > 0.4).to(self.device)

    def module(self, make: Callable[[], nn.Module]) -> nn.Module:
        """Built on the CPU from a fixed seed, then moved."""
        with torch.random.fork_rng(devices=[]):
            torch.default_generator.manual_seed(0)
            self.modules.append(make())
        return self.modules[-1].to(self.device)


Case = Callable[[Lab], Any]

UNARY = """abs neg exp exp2 expm1 log log2 log10 log1p sqrt rsqrt square sin cos tan asin acos atan sinh cosh tanh
    sigmoid erf erfc reciprocal floor ceil round trunc frac sign relu logit erfinv digamma lgamma sinc isnan isfinite
    positive signbit logical_not clone ravel t flatten squeeze nonzero argmax argmin argsort cumsum:0 cumprod:0
    logcumsumexp:0 softmax:0 log_softmax:1 sum mean prod var std max min amax amin median logsumexp:1 norm all any
    numel count_nonzero sort topk:2 tril triu diag trace fliplr flipud nan_to_num"""
BINARY = """add sub mul div pow fmod remainder maximum minimum atan2 hypot eq ne lt le gt ge isclose logaddexp copysign
    true_divide xlogy dist"""
ACTIVATIONS = """relu relu6 leaky_relu elu selu celu gelu silu mish softplus softsign tanhshrink hardtanh hardswish
    hardsigmoid logsigmoid hardshrink softshrink threshold:0.1:0.0 glu softmin:1 normalize"""


def named(home: Any, text: str) -> Callable[..., Any]:
    """The function called "name:argument:argument", with these numbers as last arguments."""
    name, *arguments = text.split(":")
    numbers = [float(a) if "." in a else int(a) for a in arguments]
    return lambda *tensors: getattr(home, name)(*tensors, *numbers)


def made(names: str, home: Any, inputs: Callable[[Lab], tuple[torch.Tensor, ...]], suffix: str = "") -> dict[str, Case]:
    """A case for each of the named functions of `home`."""

    def case(name: str) -> Case:
        function = named(home, name)
        return lambda lab: function(*inputs(lab))

    return {name + suffix: case(name) for name in names.split()}


CASES: dict[str, Case] = {
    **made(UNARY, torch, lambda lab: (lab.positive(3, 3),)),
    **made(UNARY, torch, lambda lab: (lab.positive(4, 4).t(),), " of a transpose"),
    **made(BINARY, torch, lambda lab: (lab.positive(3, 1), lab.positive(4))),
    **made("equal allclose dot", torch, lambda lab: (lab.positive(3), lab.positive(3))),
    **made("unique unique_consecutive", torch, lambda lab: (lab.long(4, 9),)),
    **made("floor_divide heaviside bitwise_and gcd", torch, lambda lab: (lab.long(9, 5), lab.long(9, 5) + 1)),
    **made(ACTIVATIONS, nnf, lambda lab: (lab(3, 4),)),
}

CASES |= {  # shapes
    "view": lambda lab: lab(2, 6).view(3, 4) * 2,
    "reshape of a transpose": lambda lab: lab(2, 6).t().reshape(3, 4),
    "permute": lambda lab: lab(2, 3, 4).permute(2, 0, 1),
    "transpose, contiguous": lambda lab: lab(2, 3).transpose(0, 1).contiguous(),
    "unsqueeze, expand": lambda lab: lab(3).unsqueeze(0).expand(2, 3) + 1,
    "repeat": lambda lab: lab(2, 3).repeat(2, 1, 2),
    "repeat_interleave": lambda lab: lab(3).repeat_interleave(torch.tensor([1, 2, 3], device=lab.device)),
    "cat": lambda lab: torch.cat([lab(2, 3), lab(1, 3)]),
    "stack": lambda lab: torch.stack([lab(2, 3), lab(2, 3)], 1),
    "split": lambda lab: lab(5, 2).split(2),
    "chunk": lambda lab: lab(5, 2).chunk(3),
    "unbind": lambda lab: lab(3, 2).unbind(1),
    "unfold": lambda lab: lab(7).unfold(0, 3, 2),
    "roll, flip": lambda lab: lab(3, 4).roll(1, 0).flip(1),
    "diagonal": lambda lab: lab(3, 3).diagonal(),
    "as_strided": lambda lab: lab(6).as_strided((2, 2), (2, 1), 1),
    "narrow, select": lambda lab: lab(4, 4).narrow(0, 1, 2).select(1, 0),
    "movedim": lambda lab: lab(2, 3, 4).movedim(0, 2),
    "channels_last": lambda lab: lab(2, 3, 4, 4).to(memory_format=torch.channels_last) * 2,
    "meshgrid": lambda lab: torch.meshgrid(lab(2), lab(3), indexing="ij"),
    "broadcast_tensors": lambda lab: torch.broadcast_tensors(lab(2, 1), lab(3)),
    "dtypes": lambda lab: [lab(3).to(d) for d in (torch.float64, torch.float16, torch.bfloat16, torch.int32)],
}
CASES |= {  # indices
    "slices": lambda lab: lab(5, 4)[1:4:2, -1],
    "ellipsis": lambda lab: lab(2, 3, 4)[..., 1],
    "None": lambda lab: lab(2, 3)[:, None],
    "integers": lambda lab: lab(5, 4)[lab.long(5, 3)],
    "pairs of integers": lambda lab: lab(5, 4)[lab.long(5, 3), lab.long(4, 3)],
    "CPU indices": lambda lab: lab(5, 4)[torch.tensor([0, 2])],
    "lists": lambda lab: lab(5, 4)[[0, 2], [1, 1]],
    "mask": lambda lab: lab(5, 4)[lab.mask(5, 4)],
    "mask of rows": lambda lab: lab(5, 4)[lab.mask(5)],
    "assign by mask": lambda lab: assigned(lab(5, 4) * 1, lab.mask(5, 4), 2.0),
    "assign by integers": lambda lab: assigned(lab(5, 4) * 1, torch.tensor([1, 3]), lab(2, 4)),
    "assign a slice": lambda lab: assigned(lab(5, 4) * 1, slice(1, 3), lab(4)),
    "gather": lambda lab: lab(3, 4).gather(1, lab.long(4, 3, 2)),
    "scatter": lambda lab: (lab(3, 4) * 1).scatter(1, torch.tensor([[0], [1], [2]], device=lab.device), lab(3, 1)),
    "scatter_add": lambda lab: (lab(3, 4) * 1).scatter_add(1, lab.long(4, 3, 2), lab(3, 2)),
    "index_select": lambda lab: lab(3, 4).index_select(1, lab.long(4, 2)),
    "index_add": lambda lab: (lab(3, 4) * 1).index_add(0, lab.long(3, 2), lab(2, 4)),
    "index_put accumulate": lambda lab: (lab(4) * 1).index_put((lab.long(4, 3),), lab(3), accumulate=True),
    "masked_fill": lambda lab: lab(3, 4).masked_fill(lab.mask(3, 4), -1e9),
    "masked_select": lambda lab: lab(3, 4).masked_select(lab.mask(3, 4)),
    "where": lambda lab: torch.where(lab.mask(3, 4), lab(3, 4), lab(4)),
    "take_along_dim": lambda lab: torch.take_along_dim(lab(3, 4), lab.long(4, 3, 1), 1),
    "bincount": lambda lab: lab.long(4, 9).bincount(minlength=5),
    "one_hot": lambda lab: nnf.one_hot(lab.long(4, 3), 5),
    "searchsorted": lambda lab: torch.searchsorted(torch.arange(4.0, device=lab.device), lab(3).detach()),
    "confusion": lambda lab: torch.stack([lab.long(3, 9), lab.long(3, 9)], 1).unique(dim=0, return_counts=True),
}
CASES |= {  # products and reductions
    "matmul": lambda lab: lab(2, 3) @ lab(3, 4),
    "matvec": lambda lab: lab(2, 3) @ lab(3),
    "batched matmul": lambda lab: lab(5, 2, 3) @ lab(3, 4),
    "bmm": lambda lab: torch.bmm(lab(2, 3, 4), lab(2, 4, 2)),
    "baddbmm": lambda lab: torch.baddbmm(lab(3, 2), lab(2, 3, 4), lab(2, 4, 2)),
    "addmm": lambda lab: torch.addmm(lab(4), lab(2, 3), lab(3, 4)),
    "outer": lambda lab: torch.outer(lab(3), lab(2)),
    "einsum": lambda lab: torch.einsum("bij,bjk->bik", lab(2, 3, 4), lab(2, 4, 2)),
    "tensordot": lambda lab: torch.tensordot(lab(2, 3), lab(3, 2), dims=1),
    "cov, corrcoef": lambda lab: (torch.cov(lab(3, 5)), torch.corrcoef(lab(3, 5))),
    "inverse, det": lambda lab: (torch.linalg.inv(lab(3, 3)), torch.linalg.det(lab(3, 3))),
    "solve, svd": lambda lab: (torch.linalg.solve(lab(3, 3), lab(3)), torch.linalg.svdvals(lab(3, 2))),
    "column statistics": lambda lab: torch.std_mean(lab(5, 3), dim=0, unbiased=False),
    "quantile": lambda lab: torch.quantile(lab(9), 0.3),
    "histc": lambda lab: torch.histc(lab(9).detach(), bins=4),
    "cdist": lambda lab: torch.cdist(lab(3, 4), lab(2, 4)),
    "kept dimension": lambda lab: lab(3, 4).amax(1, keepdim=True) - lab(3, 4).mean((0, 1), keepdim=True),
    "clamp": lambda lab: lab(3, 4).clamp(-0.5, 0.5),
    "lerp, addcmul": lambda lab: (torch.lerp(lab(3), lab(3), 0.3), torch.addcmul(lab(3), lab(3), lab(3), value=2)),
}
CASES |= {  # in place
    "in-place arithmetic": lambda lab: (lab(3) * 1).add_(2).mul_(lab(3)).sub_(1).div_(2).clamp_(min=0),
    "in-place on a view": lambda lab: changed_row(lab(3, 4) * 1),
    "augmented": lambda lab: augmented(lab(3) * 1, lab(3)),
    "fill_, zero_, copy_": lambda lab: (lab(2).detach().fill_(3), lab(2).detach().zero_().copy_(lab(2))),
    "relu_, sigmoid_": lambda lab: (lab(4) * 1).relu_() + (lab(4) * 1).sigmoid_(),
}
CASES |= {  # losses
    "cross_entropy": lambda lab: nnf.cross_entropy(lab(4, 3), lab.long(3, 4)),
    "cross_entropy smoothed": lambda lab: nnf.cross_entropy(lab(4, 3), lab.long(3, 4), label_smoothing=0.1),
    "cross_entropy weighted": lambda lab: nnf.cross_entropy(lab(4, 3), lab.long(3, 4), lab.positive(3).detach()),
    "cross_entropy per item": lambda lab: nnf.cross_entropy(lab(4, 3), lab.long(3, 4), reduction="none"),
    "cross_entropy of images": lambda lab: nnf.cross_entropy(lab(2, 3, 4, 4), lab.long(3, 2, 4, 4)),
    "cross_entropy of soft labels": lambda lab: nnf.cross_entropy(lab(4, 3), lab.positive(4, 3)),
    "nll_loss": lambda lab: nnf.nll_loss(nnf.log_softmax(lab(4, 3), 1), lab.long(3, 4)),
    "mse_loss": lambda lab: nnf.mse_loss(lab(4), lab(4)),
    "l1_loss": lambda lab: nnf.l1_loss(lab(4), lab(4), reduction="sum"),
    "smooth_l1, huber": lambda lab: (nnf.smooth_l1_loss(lab(4), lab(4)), nnf.huber_loss(lab(4), lab(4))),
    "bce": lambda lab: nnf.binary_cross_entropy(lab.positive(4), lab.positive(4).detach()),
    "bce with logits": lambda lab: nnf.binary_cross_entropy_with_logits(lab(4), lab.positive(4).detach()),
    "kl_div": lambda lab: nnf.kl_div(lab(2, 3).log_softmax(1), lab(2, 3).softmax(1), reduction="batchmean"),
    "hinge, margin": lambda lab: nnf.multi_margin_loss(lab(4, 3), lab.long(3, 4)),
    "cosine": lambda lab: nnf.cosine_similarity(lab(4, 3), lab(4, 3)),
    "triplet": lambda lab: nnf.triplet_margin_loss(lab(4, 3), lab(4, 3), lab(4, 3)),
    "gaussian_nll": lambda lab: nnf.gaussian_nll_loss(lab(4), lab(4), lab.positive(4)),
}
CASES |= {  # layers as functions
    "conv1d": lambda lab: nnf.conv1d(lab(2, 3, 8), lab(4, 3, 3), lab(4), padding=1),
    "conv2d": lambda lab: nnf.conv2d(lab(2, 3, 8, 8), lab(4, 3, 3, 3), lab(4), stride=2, padding=1),
    "conv2d grouped": lambda lab: nnf.conv2d(lab(2, 4, 8, 8), lab(4, 1, 3, 3), groups=4, dilation=2),
    "conv_transpose2d": lambda lab: nnf.conv_transpose2d(lab(2, 3, 4, 4), lab(3, 2, 3, 3), stride=2, output_padding=1),
    "conv3d": lambda lab: nnf.conv3d(lab(1, 2, 4, 4, 4), lab(3, 2, 2, 2, 2)),
    "max_pool2d": lambda lab: nnf.max_pool2d(lab(2, 3, 8, 8), 2),
    "max_pool2d with indices": lambda lab: nnf.max_pool2d(lab(2, 3, 8, 8), 3, 2, 1, return_indices=True),
    "avg_pool2d": lambda lab: nnf.avg_pool2d(lab(2, 3, 8, 8), 2),
    "adaptive_avg_pool2d": lambda lab: nnf.adaptive_avg_pool2d(lab(2, 3, 7, 7), 2),
    "adaptive_max_pool2d": lambda lab: nnf.adaptive_max_pool2d(lab(2, 3, 7, 7), 2),
    "max_unpool2d": lambda lab: nnf.max_unpool2d(*nnf.max_pool2d(lab(1, 2, 4, 4), 2, return_indices=True), 2),
    "unfold, fold": lambda lab: nnf.fold(nnf.unfold(lab(1, 2, 4, 4), 2, stride=2), (4, 4), 2, stride=2),
    "interpolate": lambda lab: [
        nnf.interpolate(lab(1, 2, 4, 4), scale_factor=2, mode=m) for m in ("nearest", "bilinear", "bicubic", "area")
    ],
    "pad": lambda lab: [nnf.pad(lab(1, 2, 4, 4), (1, 1, 2, 0), m) for m in ("constant", "reflect", "replicate")],
    "pixel_shuffle": lambda lab: nnf.pixel_shuffle(lab(1, 4, 3, 3), 2),
    "grid_sample": lambda lab: nnf.grid_sample(lab(1, 2, 4, 4), lab(1, 3, 3, 2).clamp(-1, 1), align_corners=False),
    "embedding": lambda lab: nnf.embedding(lab.long(5, 2, 3), lab(5, 4), padding_idx=0),
    "layer_norm, group_norm": lambda lab: (nnf.layer_norm(lab(2, 4), (4,), lab(4)), nnf.group_norm(lab(2, 4, 3), 2)),
    "attention": lambda lab: nnf.scaled_dot_product_attention(lab(2, 2, 5, 4), lab(2, 2, 5, 4), lab(2, 2, 5, 4)),
    "causal attention": lambda lab: nnf.scaled_dot_product_attention(
        lab(1, 2, 5, 4), lab(1, 2, 5, 4), lab(1, 2, 5, 4), is_causal=True
    ),
    "masked attention": lambda lab: nnf.scaled_dot_product_attention(
        lab(2, 2, 5, 4), lab(2, 2, 5, 4), lab(2, 2, 5, 4), lab.mask(5, 5) | torch.eye(5, device=lab.device).bool()
    ),
    "dropout in eval": lambda lab: nnf.dropout(lab(4), training=False),
}
MODULES: dict[str, tuple[Callable[[], nn.Module], tuple[int, ...]]] = {
    "Linear": (lambda: nn.Linear(4, 3), (2, 4)),
    "Bilinear in Sequential": (lambda: nn.Sequential(nn.Linear(4, 5), nn.Tanh(), nn.Linear(5, 1, bias=False)), (3, 4)),
    "Conv2d, BatchNorm2d": (lambda: nn.Sequential(nn.Conv2d(1, 2, 3), nn.BatchNorm2d(2), nn.PReLU()), (2, 1, 5, 5)),
    "BatchNorm1d in eval": (lambda: nn.BatchNorm1d(4).eval(), (3, 4)),
    "InstanceNorm2d": (lambda: nn.InstanceNorm2d(2, affine=True), (2, 2, 3, 3)),
    "LayerNorm": (lambda: nn.LayerNorm(4), (2, 4)),
    "RMSNorm": (lambda: nn.RMSNorm(4), (2, 4)),
    "RNN": (lambda: nn.RNN(3, 4, 2), (5, 2, 3)),
    "LSTM": (lambda: nn.LSTM(3, 4, 2, batch_first=True), (2, 5, 3)),
    "LSTM both ways": (lambda: nn.LSTM(3, 4, bidirectional=True), (5, 2, 3)),
    "LSTM projected": (lambda: nn.LSTM(3, 4, proj_size=2), (5, 2, 3)),
    "GRU": (lambda: nn.GRU(3, 4), (5, 2, 3)),
    "LSTMCell": (lambda: nn.LSTMCell(3, 4), (2, 3)),
    "GRUCell": (lambda: nn.GRUCell(3, 4), (2, 3)),
    "TransformerEncoderLayer": (lambda: nn.TransformerEncoderLayer(8, 2, 16, dropout=0.0), (5, 2, 8)),
    "small CNN": (
        lambda: nn.Sequential(
            nn.Conv2d(1, 6, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(6, 12, 5), nn.ReLU(), nn.MaxPool2d(2),
            nn.Flatten(), nn.Linear(192, 120), nn.ReLU(), nn.Linear(120, 60), nn.ReLU(), nn.Linear(60, 10),
        ),
        (2, 1, 28, 28),
    ),
    "resnet18": (lambda: vision("resnet18", weights=None, num_classes=10), (2, 3, 32, 32)),
    "mobilenet_v3_small": (
        lambda: vision("mobilenet_v3_small", weights=None, num_classes=10, dropout=0.0),
        (2, 3, 32, 32),
    ),
    "vision transformer": (
        lambda: vision(
            "VisionTransformer",
            image_size=32, patch_size=8, num_layers=2, num_heads=2,
            hidden_dim=16, mlp_dim=32, num_classes=10,
        ),
        (2, 3, 32, 32),
    ),
}  # fmt: skip
CASES |= {name: lambda lab, m=make, s=shape: lab.module(m)(lab(*s)) for name, (make, shape) in MODULES.items()}
CASES |= {
    "MultiheadAttention": lambda lab: attended(lab, False),
    "MultiheadAttention, masked": lambda lab: attended(lab, True),
    "Embedding": lambda lab: lab.module(lambda: nn.Embedding(5, 3))(lab.long(5, 2, 2)),
    "EmbeddingBag": lambda lab: lab.module(lambda: nn.EmbeddingBag(5, 3))(lab.long(5, 2, 2)),
}

# PyTorch decides by the device, or for tensors of a subclass, which formula to use: these may differ in the last bits.
ROUNDED = {"silu", "mish", "RNN", "LSTM", "LSTM both ways", "LSTM projected", "GRU"}


def vision(name: str, **options: Any) -> nn.Module:
    """One of torchvision's networks. It takes seconds to load: only who runs this file needs it."""
    from torchvision import models  # type: ignore[import-untyped]

    return getattr(models, name)(**options)  # type: ignore[no-any-return]


def attended(lab: Lab, masked: bool) -> Any:
    layer, x = lab.module(lambda: nn.MultiheadAttention(8, 2, batch_first=True)), lab(2, 5, 8)
    mask = nn.Transformer.generate_square_subsequent_mask(5).to(lab.device) if masked else None
    return layer(x, x, x, need_weights=not masked, attn_mask=mask)


def assigned(target: torch.Tensor, index: Any, value: Any) -> torch.Tensor:
    target[index] = value
    return target


def changed_row(base: torch.Tensor) -> torch.Tensor:
    row = base[1]
    row.mul_(3)
    base.t()[0] += 1
    return base


def augmented(target: torch.Tensor, other: torch.Tensor) -> torch.Tensor:
    target += other
    target *= 2
    target[0] -= 1
    return target


def leaves_of(value: Any) -> Iterator[Any]:
    if isinstance(value, tuple | list):
        for one in value:
            yield from leaves_of(one)
    else:
        yield value


def run(case: Case, device: str) -> list[tuple[Any, Any]]:
    """Strides and values of outputs, gradients and buffers, the values on the CPU."""
    lab = Lab(device)
    outputs = list(leaves_of(case(lab)))
    tensors = [out for out in outputs if isinstance(out, torch.Tensor)]
    assert all(out.device.type == device for out in tensors)
    heads = [out for out in tensors if out.requires_grad]
    if heads:
        weights = [torch.linspace(0.5, 1.5, out.numel(), dtype=out.dtype).view(out.shape).to(device) for out in heads]
        torch.autograd.backward(heads, weights)
    owned = [value for module in lab.modules for value in (*module.parameters(), *module.buffers())]
    outputs += [value.grad if value.requires_grad else value for value in (*lab.leaves, *owned)]
    return [(out.stride(), out.detach().cpu()) if isinstance(out, torch.Tensor) else (None, out) for out in outputs]


def compare(case: Case, tolerance: dict[str, float]) -> None:
    """Run `case` on the CPU and on whatever "cuda" means here. Strides must agree where values must be exact."""
    for (strides, expected), (found_strides, found) in zip(run(case, "cpu"), run(case, "cuda"), strict=True):
        if isinstance(expected, torch.Tensor):
            torch.testing.assert_close(found, expected, equal_nan=True, **tolerance)
        else:
            assert found == expected
        assert found_strides == strides or tolerance is not EXACT


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", CASES)
def test_a_case_gives_the_same_as_on_the_cpu(place: str, name: str) -> None:
    with PLACES[place]():
        compare(CASES[name], REAL if place == "cuda" else ROUGH if name in ROUNDED else EXACT)
