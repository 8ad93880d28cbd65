import torch

from grader import mistake


@mistake("MG110", "Names the dtype in today's way", hint="The old names come from C: int64 was Long, float32 was Float.")
def legacy_name(dtype, device):
    name = str(dtype).removeprefix("torch.").capitalize()
    return f"torch.{'cuda.' if torch.device(device).type == 'cuda' else ''}{name}Tensor"


@mistake("MG111", "Forgets the device", hint="On a card the class belongs to `torch.cuda`.")
def legacy_name(dtype, device):
    return torch.empty(0, dtype=dtype).type()


@mistake("MG112", "Puts the number of the card into the name", hint="The old names know a card, but not which one.")
def legacy_name(dtype, device):
    name = torch.empty(0, dtype=dtype).type()
    return name if str(device) == "cpu" else name.replace("torch.", f"torch.{device}.")
