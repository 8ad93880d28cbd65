import torch


def bytes_up_to(most, shape, rng):
    return torch.randint(0, most + 1, shape, generator=rng, dtype=torch.uint8).numpy()


def test_bytes(student, reference, agree, rng):
    """uint8 values are divided by 255, whatever the brightest of them is; a grey picture gets one channel."""
    cases = {
        "a dim colour picture": (bytes_up_to(170, (4, 6, 3), rng),),
        "a bright picture": (bytes_up_to(255, (5, 2, 3), rng),),
        "a grey picture": (bytes_up_to(255, (3, 5), rng),),
        "a picture that is nearly black": (bytes_up_to(1, (4, 5, 3), rng),),
    }
    agree(student.to_tensor, reference.to_tensor, cases, layouts=["sliced", "expanded"], single=[0, 1, 2])


def test_floats(student, reference, agree, rng):
    """Floating-point values stay what they are, also beyond 1; the dtype is float32."""
    cases = {
        "floats up to 200": ((200 * torch.rand(3, 4, 3, generator=rng)).numpy(),),
        "a grey picture in float64": (torch.randn(4, 2, generator=rng, dtype=torch.float64).numpy(),),
        "float16": (torch.rand(2, 5, 3, generator=rng).half().numpy(),),
        "as high as wide, below zero": (-torch.rand(4, 4, generator=rng).numpy(),),
        "two channels": (torch.rand(3, 4, 2, generator=rng).numpy(),),
    }
    agree(student.to_tensor, reference.to_tensor, cases, layouts=["sliced", "expanded"])


def test_own_memory(student, owns, rng):
    """The tensor owns its numbers: it does not share them with the array."""
    cases = {
        "float32 colour": (torch.rand(3, 4, 3, generator=rng).numpy(),),
        "float32 grey": (torch.rand(3, 4, generator=rng).numpy(),),
    }
    owns(student.to_tensor, cases)
