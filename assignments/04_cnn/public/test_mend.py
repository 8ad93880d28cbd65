import torch

from grader import probe


@probe
def shape(tall):
    return list(tall()(torch.rand(2, 1, 40, 20)).shape)


def test_sizes(student, same, run):
    """1: three scores for each of two pictures."""
    same(run(shape, student.Tall), [2, 3], "Of 1, the shape of the scores")


def test_orange(student, same):
    """2: orange is red 200, green 100, blue 0, everywhere."""
    photo = torch.tensor([200, 100, 0], dtype=torch.uint8).expand(2, 3, 3)
    due = torch.tensor([200 / 255, 100 / 255, 0.0])[:, None, None].expand(3, 2, 3)
    same(student.channels_first(photo), due, "For a photograph of 2×3 orange pixels")


@probe
def numbers(tower):
    return sum(p.numel() for p in tower(4, 3).parameters())


def test_parameters(student, same, run):
    """3 has the numbers of all its layers."""
    same(run(numbers, student.Tower), 3 * (4 * 4 + 4) + 4 * 10 + 10, "Of 3, the numbers in all")


@probe
def answers(tower):
    net = tower(1, 1)
    with torch.no_grad():
        for p in net.parameters():
            p.fill_(1.0 if p.ndim == 2 else 0.0)
    return [net(torch.tensor([[value]])).tolist()[0] for value in (3.0, -2.0)]


def test_relu(student, same, run):
    """3: with weights 1 and biases 0, a hidden layer lets 3 through, and its ReLU makes 0 of -2."""
    same(run(answers, student.Tower), [[3.0] * 10, [0.0] * 10], "Of 3, for 3 and for -2", parts="number: score")


@probe
def hits(share_of_hits):
    model = torch.nn.Dropout(1.0)
    loader = torch.utils.data.DataLoader(list(zip(torch.eye(3), [0, 1, 1], strict=True)), batch_size=2)
    return {"share": share_of_hits(model, loader), "in training mode afterwards": model.training}


def test_hits(student, same, run):
    """4: a dropout that is asked in evaluation mode gives its scores back, and two of three are right."""
    same(run(hits, student.share_of_hits), {"share": 2 / 3, "in training mode afterwards": True}, "Of 4")


@probe
def sure(loss_of):
    return loss_of(torch.nn.Identity(), 100 * torch.eye(3), torch.arange(3))


def test_sure_and_right(student, same, run):
    """5: the loss of scores that are sure and right is 0."""
    same(run(sure, student.loss_of), torch.tensor(0.0), "Of 5")
