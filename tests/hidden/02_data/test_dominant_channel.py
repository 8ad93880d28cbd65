import torch


def test_brightness(student, reference, agree, rng):
    """`brightness` is the mean of all values, as a Python float, for bytes and for floats."""
    cases = {
        "uint8": (torch.randint(0, 256, (3, 6, 4), generator=rng, dtype=torch.uint8),),
        "floats": (torch.rand(3, 5, 7, generator=rng),),
        "floats below zero": (-torch.rand(3, 4, 4, generator=rng),),
    }
    agree(student.brightness, reference.brightness, cases, layouts=["sliced", "expanded"], single=[-1])


def test_the_channel_that_prevails(student, reference, agree, rng):
    """`dominant_channel` names the channel with the largest mean, even if a few pixels of another one are brighter."""
    cases = {}
    for place, name in enumerate(("red", "green", "blue")):
        image = torch.randint(0, 100, (3, 8, 5), generator=rng, dtype=torch.uint8)
        image[place] += 60
        image[(place + 1) % 3, 3, 2] = 255
        cases[f"a picture with much {name} and one glaring pixel"] = (image,)
        most = torch.randint(0, 50, (3, 8, 5), generator=rng, dtype=torch.uint8)
        most[(place + 1) % 3] += 50
        most[place, :3] = 250
        cases[f"a picture with a few rows that are very {name}"] = (most,)
    cases["floats"] = (torch.rand(3, 4, 9, generator=rng) * torch.tensor([0.5, 0.9, 0.4]).reshape(3, 1, 1),)
    cases["floats below zero"] = (-torch.rand(3, 6, 6, generator=rng) * torch.tensor([5.0, 9.0, 1.0]).reshape(3, 1, 1),)
    agree(student.dominant_channel, reference.dominant_channel, cases, single=[-1])
