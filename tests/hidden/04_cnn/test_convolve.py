import torch

from grader import probe
from grader.asking.through import through


def drawn(rng, x, w):
    return (*(torch.randn(size, generator=rng) for size in (x, w, (w[0],))),)


def test_one_channel(student, reference, agree, rng):
    """One filter on grey pictures."""
    agree(
        student.convolve,
        reference.convolve,
        {
            "a 3×3 filter": drawn(rng, (1, 1, 5, 6), (1, 1, 3, 3)),
            "a filter that is higher than wide": drawn(rng, (2, 1, 7, 6), (1, 1, 4, 2)),
            "a filter of the size of the picture": drawn(rng, (1, 1, 3, 4), (1, 1, 3, 4)),
            "a picture one pixel wide": drawn(rng, (2, 1, 5, 1), (1, 1, 2, 1)),
        },
        layouts=("sliced", "expanded"),
        dtypes="floating",
        single=[0],
        graph=True,
        draws=True,
    )


def test_channels(student, reference, agree, rng):
    """Several channels in and out: the products of all input channels are added up, and each filter has its bias."""
    agree(
        student.convolve,
        reference.convolve,
        {
            "three channels, one filter": drawn(rng, (2, 3, 4, 5), (1, 3, 2, 2)),
            "one channel, four filters": drawn(rng, (3, 1, 5, 4), (4, 1, 3, 3)),
            "three channels, two filters": drawn(rng, (2, 3, 6, 5), (2, 3, 3, 2)),
        },
        layouts=("sliced", "expanded"),
        draws=True,
    )


def test_stride_and_padding(student, reference, agree, rng):
    """Stride and padding."""
    agree(
        student.convolve,
        reference.convolve,
        {
            "stride 2": (*drawn(rng, (2, 2, 8, 7), (3, 2, 3, 3)), 2),
            "padding 1": (*drawn(rng, (1, 2, 4, 5), (2, 2, 3, 3)), 1, 1),
            "stride 3, padding 2": (*drawn(rng, (2, 1, 7, 9), (2, 1, 4, 2)), 3, 2),
        },
        draws=True,
    )


def gradients(convolve, x, w, b, pull, *how):
    x, w, b = (t.detach().clone().requires_grad_() for t in (x, w, b))
    (convolve(x, w, b, *how) * pull).sum().backward()
    return [x.grad, w.grad, b.grad]


def test_gradients(student, reference, agree, rng):
    """Gradients flow back to pictures, filters and biases."""
    cases = {
        "a filter that fits everywhere": (
            *drawn(rng, (2, 1, 4, 5), (1, 1, 2, 3)),
            torch.randn(2, 1, 3, 3, generator=rng),
        ),
        "stride 2, padding 1": (*drawn(rng, (1, 2, 5, 4), (3, 2, 3, 2)), torch.randn(1, 3, 3, 3, generator=rng), 2, 1),
    }
    parts = "gradient of the pictures, gradient of the filters, gradient of the biases"
    agree(through(gradients, student.convolve), through(gradients, reference.convolve), cases, parts=parts)


@probe
def operations(f, x, w, b):
    from torch.utils._python_dispatch import TorchDispatchMode

    seen = set()

    class Watch(TorchDispatchMode):
        def __torch_dispatch__(self, function, types, args=(), kwargs=None):
            seen.add(str(function))
            return function(*args, **(kwargs or {}))

    with Watch():
        result = f(x, w, b, 1, 1)
    return list(result.shape), any("conv" in name for name in seen)


def test_by_hand(student, same, run, rng):
    """It is done by hand, without the convolutions of PyTorch."""
    found = run(operations, student.convolve, *drawn(rng, (1, 2, 4, 4), (3, 2, 3, 3)))
    same(found, ([1, 3, 4, 4], False), "Done by hand", parts="shape, use of a convolution of PyTorch")


def test_pure(student, pure, rng):
    """Pictures, filters and biases stay as they are."""
    pure(student.convolve, {"with padding": (*drawn(rng, (2, 2, 5, 5), (3, 2, 3, 3)), 2, 1)})
