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


@mistake("MG416", "Knows no card with a number", hint="A card may be called `cuda:0`, or be a torch.device. Look at the type.")
def legacy_name(dtype, device):
    names = {
        torch.uint8: "Byte", torch.int8: "Char", torch.int16: "Short", torch.int32: "Int", torch.int64: "Long",
        torch.float16: "Half", torch.bfloat16: "BFloat16", torch.float32: "Float", torch.float64: "Double",
        torch.bool: "Bool",
    }
    prefix = "torch.cuda." if str(device) == "cuda" else "torch."
    return f"{prefix}{names[dtype]}Tensor"


@mistake("MG417", "Writes bfloat16 with one capital", hint="The old name of bfloat16 has capitals in two places.")
def legacy_name(dtype, device):
    old = {"uint8": "byte", "int8": "char", "int16": "short", "int32": "int", "int64": "long",
           "float16": "half", "float32": "float", "float64": "double"}
    name = str(dtype).split(".")[1]
    name = old.get(name, name).capitalize()
    return ("torch.cuda." if torch.device(device).type == "cuda" else "torch.") + name + "Tensor"


@mistake("MG418", "Exchanges Byte and Char", hint="`Byte` has no sign, `Char` has one.")
def legacy_name(dtype, device):
    names = {
        torch.int8: "Byte", torch.uint8: "Char", torch.int16: "Short", torch.int32: "Int", torch.int64: "Long",
        torch.float16: "Half", torch.bfloat16: "BFloat16", torch.float32: "Float", torch.float64: "Double",
        torch.bool: "Bool",
    }
    where = "torch.cuda." if torch.device(device).type == "cuda" else "torch."
    return where + names[dtype] + "Tensor"


@mistake("MG525", "Writes the number of the card into the name", hint="All cards have the same name: `torch.cuda.FloatTensor`, without a number.")
def legacy_name(dtype, device):
    kind = torch.empty(0, dtype=dtype).type().removeprefix("torch.")
    device = torch.device(device)
    if device.type == "cpu":
        return f"torch.{kind}"
    return f"torch.{device}.{kind}" if device.index else f"torch.cuda.{kind}"
