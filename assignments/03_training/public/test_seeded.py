import torch

from grader import probe


@probe
def twice(seeded):
    one, two = (seeded(lambda: torch.nn.Linear(3, 2), 5).weight for _ in range(2))
    return torch.equal(one, two)


def test_twice(student, same, run):
    """Two models with one seed have equal weights; two epochs have two orders."""
    same(run(twice, student.seeded), True, "Whether two models with the seed 5 are equal")
    orders = student.batch_orders(8, 2, 1)
    same([sorted(o.tolist()) for o in orders], [list(range(8))] * 2, "The sorted orders")
    same(torch.equal(orders[0], orders[1]), False, "Whether the two epochs have the same order")
