import torch

from grader import probe


@probe
def learned(mended_columns):
    net = torch.nn.Linear(1, 1)
    x = torch.linspace(-1, 1, 8)[:, None]
    mended_columns(net, torch.optim.SGD(net.parameters(), lr=0.3), x, 3 * x.squeeze(1), 100)
    return round(net(torch.ones(1, 1)).item(), 2)


def test_columns(student, same, run):
    """On the targets 3·x the network learns to say 3 to x = 1."""
    same(run(learned, student.mended_columns), 3.0, "What the network says to x = 1")


@probe
def in_the_optimizer(mended_head):
    net = torch.nn.Sequential(torch.nn.Linear(2, 4), torch.nn.Tanh(), torch.nn.Linear(4, 5))
    optimizer = mended_head(net, 3, 0.1)
    return sum(p.numel() for group in optimizer.param_groups for p in group["params"])


def test_head(student, same, run):
    """With the layers 2 → 4 → 3 the optimizer has 27 numbers to move."""
    same(run(in_the_optimizer, student.mended_head), 27, "How many numbers the optimizer has")


@probe
def classes_of(mended_shuffle):
    y = torch.arange(1, 6)
    samples, classes = mended_shuffle(10.0 * y, y, torch.Generator().manual_seed(0))
    return {samples[i].item(): classes[i].item() for i in range(5)}


def test_shuffle(student, same, run):
    """The sample 10 stays with the class 1, the sample 20 with the class 2, and so on."""
    due = {10.0: 1, 20.0: 2, 30.0: 3, 40.0: 4, 50.0: 5}
    same(run(classes_of, student.mended_shuffle), due, "The class of each sample")


@probe
def smooth(mended_average):
    net = torch.nn.Linear(1, 1, bias=False)
    torch.nn.init.zeros_(net.weight)
    one = torch.ones(2, 1)
    return mended_average(net, torch.optim.SGD(net.parameters(), lr=0.25), one, 2 * one, 3)


def test_average(student, same, run):
    """The weight goes 0, 1, 1.5 towards 2, the losses are 4, 1, 0.25, and the smooth curve is 0.4, 0.46, 0.439."""
    same(run(smooth, student.mended_average), [0.4, 0.46, 0.439], "The smooth curve", parts="epoch")


def test_scale(student, same):
    """Columns of mean 20 and spread 2, and of mean 30 and spread 10: by these numbers the other set is scaled, too."""
    train, val = torch.tensor([[18.0, 20.0], [20.0, 30.0], [22.0, 40.0]]), torch.tensor([[20.0, 30.0], [0.0, 50.0]])
    due = [torch.tensor([[-1.0, -1.0], [0.0, 0.0], [1.0, 1.0]]), torch.tensor([[0.0, 0.0], [-10.0, 2.0]])]
    same(student.mended_scale(train, val), due, "The two tables", parts="training set, validation set")
