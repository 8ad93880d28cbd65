import torch

from grader import probe


@probe
def types(cast_copy):
    model = torch.nn.Linear(2, 1)
    other = cast_copy(model, torch.bfloat16)
    return {"the model": model.weight.dtype, "the copy": other.weight.dtype}


def test_types(student, same, run):
    """The copy is bfloat16, the model float32 as before."""
    due = {"the model": torch.float32, "the copy": torch.bfloat16}
    same(run(types, student.cast_copy), due, "The types of the weights")
