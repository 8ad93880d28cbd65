from pathlib import Path

import numpy as np
import torch
from PIL import Image

from grader import mistake


@mistake("MD100", "Sorts the slices by file name", hint="The names say nothing about the order. The position stands in each file's header.")
def load_volume(folder):
    slices = [Image.open(path) for path in sorted(Path(folder).glob("*.png"))]
    return torch.stack([torch.from_numpy(np.array(s)).float() for s in slices]).unsqueeze(0)


@mistake("MD101", "Sorts the positions as text", hint="What stands in the header is a string, and strings sort letter by letter. Make it a number.")
def load_volume(folder):
    slices = sorted((Image.open(path) for path in Path(folder).glob("*.png")), key=lambda s: s.info["position"])
    return torch.stack([torch.from_numpy(np.array(s)).float() for s in slices]).unsqueeze(0)


@mistake("MD102", "Orders the slices from the largest position down", hint="Ascending positions were asked for.")
def load_volume(folder):
    slices = [Image.open(path) for path in Path(folder).glob("*.png")]
    slices.sort(key=lambda s: -float(s.info["position"]))
    return torch.stack([torch.from_numpy(np.array(s)).float() for s in slices]).unsqueeze(0)


@mistake("MD103", "Leaves the channel axis out", hint="A volume is (C, D, H, W), with one channel here.")
def load_volume(folder):
    slices = sorted((Image.open(path) for path in Path(folder).glob("*.png")), key=lambda s: float(s.info["position"]))
    return torch.stack([torch.from_numpy(np.array(s)).float() for s in slices])


@mistake("MD104", "Puts the depth at the end", hint="Depth comes before height and width: (1, D, H, W).")
def load_volume(folder):
    slices = sorted((Image.open(path) for path in Path(folder).glob("*.png")), key=lambda s: float(s.info["position"]))
    return torch.stack([torch.from_numpy(np.array(s)).float() for s in slices], dim=-1).unsqueeze(0)


@mistake("MD105", "Leaves the volume in uint8", hint="The volume was to be float32.")
def load_volume(folder):
    slices = sorted((Image.open(path) for path in Path(folder).glob("*.png")), key=lambda s: float(s.info["position"]))
    return torch.stack([torch.from_numpy(np.array(s)) for s in slices]).unsqueeze(0)


@mistake("MD107", "Opens every file of the folder", hint="Other files may lie there, too. Only the PNG files count.")
def load_volume(folder):
    slices = sorted((Image.open(path) for path in Path(folder).iterdir()), key=lambda s: float(s.info["position"]))
    return torch.stack([torch.from_numpy(np.array(s)).float() for s in slices]).unsqueeze(0)


@mistake("MD106", "Glues volumes together along an axis that they have", hint="A batch needs a new axis in front; `cat` makes none.")
def batch_volumes(volumes):
    return torch.cat(volumes)
