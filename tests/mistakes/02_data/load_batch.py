import numpy as np
import torch
from PIL import Image

from grader import mistake


@mistake("MD07", "Keeps the alpha channel", hint="A file may have four channels; the batch has three. Take the first three.")
def load_batch(paths):
    pictures = [torch.from_numpy(np.array(Image.open(path))).permute(2, 0, 1) for path in paths]
    batch = torch.zeros(len(pictures), 3, *pictures[0].shape[1:], dtype=torch.uint8)
    for i, picture in enumerate(pictures):
        batch[i] = picture
    return batch


@mistake("MD70", "Reshapes the pictures instead of moving their axes", hint="`reshape` deals the numbers out again in their old order. The channel axis has to move.")
def load_batch(paths):
    pictures = [torch.from_numpy(np.array(Image.open(path)))[..., :3] for path in paths]
    h, w = pictures[0].shape[:2]
    return torch.stack([picture.reshape(3, h, w) for picture in pictures])


@mistake("MD71", "Takes the last three channels", hint="Alpha is the fourth channel: with the last three you lose red and keep alpha.")
def load_batch(paths):
    return torch.stack([torch.from_numpy(np.array(Image.open(path))).permute(2, 0, 1)[-3:] for path in paths])


@mistake("MD72", "Makes a float32 batch", hint="The batch was to be uint8; `torch.zeros`, for one, makes float32 unless you name a dtype.")
def load_batch(paths):
    pictures = [torch.from_numpy(np.array(Image.open(path))).permute(2, 0, 1)[:3] for path in paths]
    batch = torch.zeros(len(pictures), 3, *pictures[0].shape[1:])
    for i, picture in enumerate(pictures):
        batch[i] = picture
    return batch


@mistake("MD08", "Writes values from 0 to 1 into a uint8 batch", hint="The batch's type wins: in uint8, whatever is below 1 becomes 0. No scaling is asked for here.")
def load_batch(paths):
    pictures = [torch.from_numpy(np.array(Image.open(path))).permute(2, 0, 1)[:3] for path in paths]
    batch = torch.zeros(len(pictures), 3, *pictures[0].shape[1:], dtype=torch.uint8)
    for i, picture in enumerate(pictures):
        batch[i] = picture / 255
    return batch


@mistake("MD73", "Leaves the channel at the end", hint="The batch should be (N, 3, H, W); an array from a file is (H, W, 3).")
def load_batch(paths):
    return torch.stack([torch.from_numpy(np.array(Image.open(path)))[..., :3] for path in paths])


@mistake("MD277", "Has the channels where the pictures should be", hint="The batch is (N, 3, H, W): which axis counts the pictures?")
def load_batch(paths):
    pictures = [torch.from_numpy(np.array(Image.open(path))).permute(2, 0, 1)[:3] for path in paths]
    return torch.stack(pictures, dim=1)


@mistake("MD279", "Expects pictures of one certain size", hint="All files of a batch are of one size, but which one it is, only the files know. Ask the first picture.")
def load_batch(paths):
    batch = torch.zeros(len(paths), 3, 96, 96, dtype=torch.uint8)
    for i, path in enumerate(paths):
        batch[i] = torch.from_numpy(np.array(Image.open(path))).permute(2, 0, 1)[:3]
    return batch


@mistake("MD306", "Paints transparent pixels over black", hint="Alpha is to be dropped, not applied: red, green and blue stay as stored. Take the first three channels.")
def load_batch(paths):
    batch = []
    for path in paths:
        picture = Image.open(path)
        if picture.mode == "RGBA":
            black = Image.new("RGBA", picture.size, (0, 0, 0, 255))
            picture = Image.alpha_composite(black, picture).convert("RGB")
        batch.append(torch.from_numpy(np.array(picture)).permute(2, 0, 1))
    return torch.stack(batch)


@mistake("MD313", "Paints transparent pixels over white", hint="Alpha is to be dropped, not applied: red, green and blue stay as stored. Take the first three channels.")
def load_batch(paths):
    pictures = []
    for path in paths:
        rgba = Image.open(path).convert("RGBA")
        white = Image.new("RGBA", rgba.size, (255, 255, 255, 255))
        pictures.append(np.array(Image.alpha_composite(white, rgba).convert("RGB")))
    return torch.from_numpy(np.stack(pictures)).permute(0, 3, 1, 2)


@mistake("MD314", "Takes the width for the height", hint="`size` of a PIL image is (width, height); the shape of its array, and of a tensor, has the height first.")
def load_batch(paths):
    height, width = Image.open(paths[0]).size
    batch = torch.zeros(len(paths), 3, height, width, dtype=torch.uint8)
    for i, path in enumerate(paths):
        array = np.array(Image.open(path))
        batch[i] = torch.from_numpy(array[:, :, :3]).permute(2, 0, 1)
    return batch


@mistake("MD381", "Loads a file that is named twice only once", hint="One picture for each path, also where two paths are the same. What does a dict do with them?")
def load_batch(paths):
    out = []
    for path in dict.fromkeys(paths):
        with Image.open(path) as image:
            out.append(torch.from_numpy(np.array(image.convert("RGB"))).permute(2, 0, 1))
    return torch.stack(out)
