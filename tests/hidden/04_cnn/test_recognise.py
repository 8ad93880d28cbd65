import torch

from grader import probe
from grader.asking.through import through


@probe
def read(read_labels, text):
    import tempfile
    from pathlib import Path

    path = Path(tempfile.mkdtemp(dir="."), "labels.txt")
    path.write_bytes(text.encode("utf-8"))

    def now():
        return torch.get_rng_state().tolist(), sorted(file.name for file in (*Path().iterdir(), *path.parent.iterdir()))

    before, found = now(), read_labels(str(path))
    return {"names": found, "nothing else is changed": now() == before and path.read_bytes() == text.encode("utf-8")}


def test_labels(student, same, run):
    """One name per line, with spaces and commas in it, without those around it; empty lines at the end do not count."""
    texts = {
        "tench, Tinca tinca\ngreat white shark\n": ["tench, Tinca tinca", "great white shark"],
        "  café au lait \n\tbrambling\nZürich hound": ["café au lait", "brambling", "Zürich hound"],
        "one\r\ntwo\r\n\r\n\n": ["one", "two"],
        "crane\nspaces  apart\ncrane\n": ["crane", "spaces  apart", "crane"],
    }
    for text, due in texts.items():
        due = {"names": due, "nothing else is changed": True}
        found = run(read, student.read_labels, text)
        same(found, due, f"A file of {len(due['names'])} names", parts={"names": "name"})


def guesses(recognise, weight, photo, names, ks):
    class Strict(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.drop = torch.nn.Dropout(0.5)

        def forward(self, x):
            if x.ndim != 4:
                raise ValueError("a batch is due")
            return self.drop(x.flatten(1)) @ weight.T

    return [recognise(Strict(), lambda photo: photo / 255, photo, names, k) for k in ks]


def test_guesses(student, reference, agree, rng):
    """The k best names with their probabilities in percent, the most probable first, of the prepared photograph."""
    names = [f"class {letter}" for letter in "abcdefg"]
    cases = {}
    for size in ((3, 2, 2), (1, 3, 3)):
        photo = 255 * torch.rand(size, generator=rng)
        weight = torch.randn(7, photo.numel(), generator=rng)
        cases[f"the best 1, 5 and 7 for a photo of shape {size}"] = (weight, photo, names, (1, 5, 7))
    grey = (255 * torch.rand(1, 1, 2, generator=rng)).expand(3, 2, 2)
    cases["a photo with negative numbers"] = (weight, photo - 300, names, (2,))
    cases["names that two classes share"] = (weight, photo, [*names[:3], *names[:4]], (7,))
    cases["a grey photo"] = (torch.randn(4, 12, generator=rng), grey, tuple(names[:4]), (4,))
    agree(
        through(guesses, student.recognise),
        through(guesses, reference.recognise),
        cases,
        parts="list: guess: name, percentage",
    )


@probe
def watched(recognise, photo):
    seen = []
    model = torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(12, 4), torch.nn.BatchNorm1d(4))
    model.register_forward_hook(lambda part, given, result: seen.append((part.training, result.requires_grad)))
    mean = model[2].running_mean.clone()
    model[1].train()
    recognise(model.train(), lambda photo: photo, photo, "abcd", 2)
    hooks = [len(part._forward_hooks) for part in model.modules()]
    found = seen[:], torch.equal(mean, model[2].running_mean), photo.ndim, hooks, photo.requires_grad
    with torch.no_grad():
        recognise(model, lambda photo: photo, photo, "abcd", 2)
        return *found, torch.is_grad_enabled()


@probe
def calls(recognise, photo):
    model = torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(12, 4)).eval()
    return [(recognise, model, lambda photo: photo, photo, "abcd", 2)]


def test_evaluation(student, same, run, untouched, rng):
    """The model is asked once, in evaluation mode and without a graph."""
    found = run(watched, student.recognise, torch.rand(3, 2, 2, generator=rng))
    same(
        found,
        ([(False, False)], True, 3, [1, 0, 0, 0], False, False),
        "When it is asked",
        parts={
            "model": "call: training mode, graph",
            "running statistics as before": None,
            "axes of the photo": None,
            "hooks": "part",
            "gradients for the photo": None,
            "recording of gradients after a call under `no_grad`": None,
        },
    )
    untouched(student.recognise, calls, torch.rand(3, 2, 2, generator=rng))
