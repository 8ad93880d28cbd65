import torch

from grader import probe


@probe
def asked(read_labels, recognise):
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "labels.txt")
        path.write_text("tabby cat\ngolden retriever\ntennis ball\n")
        names = read_labels(str(path))
    model = torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Dropout(1.0), torch.nn.Linear(2, 3, bias=False))
    with torch.no_grad():
        model[2].weight.copy_(torch.tensor([[0.0, 0.0], [1.0, 1.0], [1.0, 0.0]]))
    return names, recognise(model, lambda photo: torch.full((2, 1, 1), photo), 1.0, names, 2)


def test_two_guesses(student, same, run):
    """Three classes, the two best guesses of a network with dropout, for a photograph with two channels."""
    names = ["tabby cat", "golden retriever", "tennis ball"]
    scores = torch.tensor([0.0, 2.0, 1.0]).softmax(dim=0)
    due = (names, [("golden retriever", 100 * scores[1].item()), ("tennis ball", 100 * scores[2].item())])
    same(
        run(asked, student.read_labels, student.recognise),
        due,
        "Names and guesses",
        parts={"names": "name", "guesses": "guess: name, probability"},
    )
