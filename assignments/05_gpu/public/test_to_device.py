import torch


def test_a_dict_with_a_list(student, same):
    """The tensors move, the rest stays."""
    batch = {"images": [torch.zeros(2), torch.ones(1)], "name": "two"}
    due = {"images": [torch.zeros(2).to("cuda"), torch.ones(1).to("cuda")], "name": "two"}
    same(student.to_device(batch, "cuda"), due, "For a dict with a list in it")
