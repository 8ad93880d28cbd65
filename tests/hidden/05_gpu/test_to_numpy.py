import torch

from grader import probe


def test_values(student, reference, agree, rng):
    """The array has the tensor's numbers, shape and dtype, from CPU and card."""
    cases = {
        "a matrix on the CPU": (torch.rand(3, 2, generator=rng) - 0.5,),
        "a matrix on a card": (torch.rand(3, 2, generator=rng).to("cuda"),),
        "whole numbers on a card": (torch.arange(4).to("cuda"),),
        "a transposed matrix on the CPU": (torch.rand(2, 3, generator=rng, dtype=torch.float64).T,),
        "a number on a card": (torch.rand((), generator=rng).to("cuda"),),
        "booleans on the CPU": (torch.tensor([True, False]),),
    }
    agree(
        student.to_numpy,
        reference.to_numpy,
        cases,
        layouts=("sliced", "expanded"),
        dtypes="any",
        empty=[0],
        single=[0, 1],
        shapes="any",
    )


@probe
def with_graph(to_numpy, values):
    found = []
    for device in ("cpu", "cuda"):
        leaf = values.to(device).requires_grad_()
        result = leaf * 2
        found.append([to_numpy(leaf), to_numpy(result), leaf.requires_grad and result.grad_fn is not None])
    return found


def test_with_a_graph(student, same, run, rng):
    """Leaves and results of a graph work as well, and keep their graph."""
    values = torch.rand(3, generator=rng)
    due = [[values.numpy(), (values * 2).numpy(), True]] * 2
    same(
        run(with_graph, student.to_numpy, values),
        due,
        "On each device",
        parts={
            "CPU": "array of a leaf, array of its double, graph as it was",
            "card": "array of a leaf, array of its double, graph as it was",
        },
    )


@probe
def changed(to_numpy, values):
    found = []
    for device in ("cpu", "cuda"):
        t = values.to(device, copy=True)
        array = to_numpy(t)
        array += 1
        t -= 1
        leaf = values.to(device, copy=True).requires_grad_()
        apart = to_numpy(leaf)
        apart += 1
        found.append([array, t.cpu(), leaf.detach().cpu()])
    return found


def test_its_own_memory(student, same, run, rng):
    """Later changes of the one do not reach the other, on the CPU too."""
    values = torch.rand(3, generator=rng)
    due = [[(values + 1).numpy(), values - 1, values]] * 2
    same(
        run(changed, student.to_numpy, values),
        due,
        "After 1 was added to the array and taken off the tensor",
        parts={"CPU": "array, tensor, leaf of a graph", "card": "array, tensor, leaf of a graph"},
    )
