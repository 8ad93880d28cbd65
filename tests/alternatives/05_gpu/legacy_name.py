import torch

from grader import alternative


@alternative("a table")
def legacy_name(dtype, device):
    names = {
        torch.uint8: "Byte", torch.int8: "Char", torch.int16: "Short", torch.int32: "Int", torch.int64: "Long",
        torch.float16: "Half", torch.bfloat16: "BFloat16", torch.float32: "Float", torch.float64: "Double",
        torch.bool: "Bool",
    }
    place = "torch.cuda." if torch.device(device).type == "cuda" else "torch."
    return place + names[dtype] + "Tensor"
