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


@mistake("MD320", "Cuts the positions to whole millimetres", hint="-0.5 and 0.5 both become 0 by `int`, and their slices stay in the order of their names. Sort by the positions as they are.")
def load_volume(folder):
    images = [Image.open(p) for p in sorted(Path(folder).glob("*.png"))]
    images.sort(key=lambda image: int(float(image.info["position"])))
    return torch.from_numpy(np.stack([np.array(i) for i in images])).float()[None]


@mistake("MD321", "Puts the depth in front of the channel", hint="The channel is axis 0, the depth axis 1. Which axis does `stack` make?")
def load_volume(folder):
    slices = {}
    for path in Path(folder).glob("*.png"):
        image = Image.open(path)
        slices[float(image.info["position"])] = torch.from_numpy(np.array(image)).float().unsqueeze(0)
    return torch.stack([slices[k] for k in sorted(slices)])


@mistake("MD397", "Loses slices whose rounded positions are the same", hint="Two slices may be less than a millimetre apart. As a key, rounded, the second takes the place of the first.")
def load_volume(folder):
    by_position = {}
    for path in sorted(Path(folder).glob("*.png")):
        with Image.open(path) as image:
            by_position[round(float(image.info["position"]))] = torch.from_numpy(np.array(image))
    return torch.stack([by_position[p] for p in sorted(by_position)]).float().unsqueeze(0)


@mistake("MD398", "Drops the sign of the positions", hint="-12.5 lies below 7.5. Turn the text into a number as it is.")
def load_volume(folder):
    found = []
    for path in sorted(Path(folder).glob("*.png")):
        with Image.open(path) as image:
            position = float(re.search(r"\d+(\.\d+)?", image.info["position"]).group())
            found.append((position, np.array(image)))
    found.sort(key=lambda pair: pair[0])
    return torch.stack([torch.from_numpy(a) for _, a in found]).float().unsqueeze(0)


@mistake("MD399", "Takes every name with .png in it", hint="\"IM-3.png.old\" does not end in \".png\". Ask for the end of the name.")
def load_volume(folder):
    found = []
    for path in Path(folder).iterdir():
        if ".png" in path.name:
            try:
                with Image.open(path) as image:
                    found.append((float(image.info["position"]), np.array(image)))
            except OSError:
                continue
    found.sort(key=lambda pair: pair[0])
    return torch.stack([torch.from_numpy(a) for _, a in found]).float().unsqueeze(0)


@mistake("MD400", "Glues the volumes together before it adds an axis", hint="A batch needs a new axis in front, which counts the volumes: `stack` makes one. `cat` glues along an axis that is there.")
def batch_volumes(volumes):
    return torch.cat(volumes, dim=0).unsqueeze(1)


@mistake("MD546", "Makes a float32 batch of whatever comes", hint="`torch.zeros` without a dtype makes float32, and what is written into it takes that on. The batch was to have the dtype of the volumes.")
def batch_volumes(volumes):
    batch = torch.zeros(len(volumes), *volumes[0].shape)
    for place, volume in zip(batch, volumes):
        place[...] = volume
    return batch
