import torch

from grader import probe


@probe
def gathered(all_scores, scores):
    loader = torch.utils.data.DataLoader(list(zip(scores, [2, 0, 1], strict=True)), batch_size=2)
    return all_scores(torch.nn.Dropout(1.0), loader)


def test_three_samples(student, same, run):
    """Three samples in two batches, from a dropout: in evaluation mode it gives them back as they are."""
    scores = torch.tensor([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])
    same(
        run(gathered, student.all_scores, scores),
        (scores, torch.tensor([2, 0, 1])),
        "all_scores(…)",
        parts="scores, labels",
    )
