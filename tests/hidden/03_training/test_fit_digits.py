import torch

from grader import probe


def setting(reference, rng, fresh):
    """Digits to learn from and fresh ones, all mirrored and turned by as many quarters."""
    order = torch.randperm(len(reference.digit_images), generator=rng)
    turns, mirrored = torch.randint(1, 4, (1,), generator=rng).item(), torch.rand((), generator=rng) < 0.5
    images = reference.digit_images[order].rot90(int(turns), (1, 2))
    images = (images.flip(2) if mirrored else images).contiguous()
    labels = reference.digit_labels[order]
    return images[:1200], labels[:1200], images[1200 : 1200 + fresh], labels[1200 : 1200 + fresh]


@probe
def scores(fit_digits, images, labels, fresh):
    model = fit_digits(images, labels)
    model.eval()
    with torch.no_grad():
        return model(fresh)


def test_reads_fresh_digits(student, reference, expect, demand, draw, run, rng):
    """At least 93 % of fresh digits have their highest score at the right one."""
    images, labels, fresh, due = setting(reference, rng, 500)
    found = expect(run(scores, student.fit_digits, images, labels, fresh), torch.Tensor)
    demand(found.shape == (500, 10), f"For 500 pictures the scores have the shape {tuple(found.shape)}, not (500, 10).")
    demand(bool(found.isfinite().all()), "Some of the scores are NaN or infinite.")
    read = found.argmax(dim=1)
    draw.matrix("What your network took for what", due, read, [str(digit) for digit in range(10)])
    share = (read == due).double().mean().item()
    demand(share >= 0.93, f"Of fresh digits {share:.1%} are read rightly; at least 93 % were asked for.")


@probe
def described(fit_digits, images, labels, fresh):
    before = images.clone(), labels.clone()
    model = fit_digits(images, labels)
    found = {"nn.Module": isinstance(model, torch.nn.Module)}
    found["arguments unchanged"] = torch.equal(images, before[0]) and torch.equal(labels, before[1])
    if not found["nn.Module"]:
        return found
    model.eval()
    with torch.no_grad():
        together, alone = model(fresh), torch.cat([model(image[None]).reshape(1, -1) for image in fresh])
    found["shape for six pictures"] = list(together.shape)
    found["shape for one picture"] = list(model(fresh[:1]).shape)
    found["floating point"] = together.is_floating_point()
    # one by one they are summed in another order: float32 rounding, 1e-5; other statistics are off by more than 0.1
    found["one by one the same"] = torch.allclose(alone, together, rtol=1e-3, atol=1e-3)
    return found


def test_module(student, reference, demand, run, rng):
    """It is a module with ten scores for each picture, whatever other pictures there are; what it is given stays."""
    images, labels, fresh, _ = setting(reference, rng, 6)
    found = run(described, student.fit_digits, images, labels, fresh)
    demand(found["nn.Module"], "What came back is no nn.Module.")
    demand(found["arguments unchanged"], "The pictures or the labels that it was given have changed.")
    for label, shape in {"six pictures": (6, 10), "one picture": (1, 10)}.items():
        got = tuple(found[f"shape for {label}"])
        demand(got == shape, f"For {label} the scores have the shape {got}, not {shape}.")
    demand(found["floating point"], "The scores are not of floating point.")
    why = "What it says to a picture must not depend on the other pictures."
    demand(found["one by one the same"], f"Asked one by one, six pictures get other scores than together. {why}")
