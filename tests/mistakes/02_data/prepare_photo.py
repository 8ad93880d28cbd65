import torch
from PIL import Image
from torchvision.transforms import v2

from grader import mistake


@mistake("MD59", "Normalises before the conversion to floats", hint="`Normalize` wants floats. Order the steps by what each one takes and returns.")
def prepare_photo(path, resize, crop, mean=None, std=None):
    steps = [v2.ToImage(), v2.Resize(resize), v2.CenterCrop(crop)]
    if mean is not None:
        steps.append(v2.Normalize(mean, std))
    steps.append(v2.ToDtype(torch.float32, scale=True))
    return v2.Compose(steps)(Image.open(path).convert("RGB")).unsqueeze(0)


@mistake("MD249", "Changes the type without scaling", hint="The values are still 0…255. `ToDtype` scales only when told to.")
def prepare_photo(path, resize, crop, mean=None, std=None):
    steps = [v2.ToImage(), v2.Resize(resize), v2.CenterCrop(crop), v2.ToDtype(torch.float32)]
    if mean is not None:
        steps.append(v2.Normalize(mean, std))
    return v2.Compose(steps)(Image.open(path).convert("RGB")).unsqueeze(0)


@mistake("MD250", "Squashes the photograph into a square", hint="`Resize` with two numbers changes the proportions; with one number it keeps them.")
def prepare_photo(path, resize, crop, mean=None, std=None):
    steps = [v2.ToImage(), v2.Resize((resize, resize)), v2.CenterCrop(crop), v2.ToDtype(torch.float32, scale=True)]
    if mean is not None:
        steps.append(v2.Normalize(mean, std))
    return v2.Compose(steps)(Image.open(path).convert("RGB")).unsqueeze(0)


@mistake("MD251", "Returns a picture instead of a batch", hint="Networks take batches. Add an axis in front.")
def prepare_photo(path, resize, crop, mean=None, std=None):
    steps = [v2.ToImage(), v2.Resize(resize), v2.CenterCrop(crop), v2.ToDtype(torch.float32, scale=True)]
    if mean is not None:
        steps.append(v2.Normalize(mean, std))
    return v2.Compose(steps)(Image.open(path).convert("RGB"))


@mistake("MD252", "Keeps the alpha channel", hint="Some files have four channels; the network takes three.")
def prepare_photo(path, resize, crop, mean=None, std=None):
    steps = [v2.ToImage(), v2.Resize(resize), v2.CenterCrop(crop), v2.ToDtype(torch.float32, scale=True)]
    if mean is not None:
        steps.append(v2.Normalize(mean, std))
    return v2.Compose(steps)(Image.open(path)).unsqueeze(0)


@mistake("MD253", "Normalises without being told to", hint="Without mean and std the values stay between 0 and 1. The recipe belongs to the network.")
def prepare_photo(path, resize, crop, mean=None, std=None):
    mean, std = mean or [0.485, 0.456, 0.406], std or [0.229, 0.224, 0.225]
    steps = [v2.ToImage(), v2.Resize(resize), v2.CenterCrop(crop), v2.ToDtype(torch.float32, scale=True)]
    return v2.Compose([*steps, v2.Normalize(mean, std)])(Image.open(path).convert("RGB")).unsqueeze(0)


@mistake("MD254", "Crops without resizing first", hint="The square is cut out of the resized picture; out of the original it shows much less.")
def prepare_photo(path, resize, crop, mean=None, std=None):
    steps = [v2.ToImage(), v2.CenterCrop(crop), v2.ToDtype(torch.float32, scale=True)]
    if mean is not None:
        steps.append(v2.Normalize(mean, std))
    return v2.Compose(steps)(Image.open(path).convert("RGB")).unsqueeze(0)


@mistake("MD255", "Ignores the statistics", hint="When mean and std are given, the picture is normalised with them.")
def prepare_photo(path, resize, crop, mean=None, std=None):
    steps = [v2.ToImage(), v2.Resize(resize), v2.CenterCrop(crop), v2.ToDtype(torch.float32, scale=True)]
    return v2.Compose(steps)(Image.open(path).convert("RGB")).unsqueeze(0)


@mistake("MD359", "Resizes both sides to one number", hint="With two numbers `resize` squashes the picture; a list of one keeps the proportions.")
def prepare_photo(path, resize, crop, mean=None, std=None):
    steps = [v2.Resize((resize, resize)), v2.CenterCrop(crop), v2.ToImage(), v2.ToDtype(torch.float32, scale=True)]
    if mean is not None:
        steps.append(v2.Normalize(mean, std))
    return v2.Compose(steps)(Image.open(path).convert("RGB")).unsqueeze(0)


@mistake("MD360", "Converts to floats before it resizes", hint="Resized as bytes, the values are rounded to whole numbers; as floats they are not. The text wants the resizing first.")
def prepare_photo(path, resize, crop, mean=None, std=None):
    steps = [v2.ToImage(), v2.ToDtype(torch.float32, scale=True), v2.Resize(resize), v2.CenterCrop(crop)]
    if mean is not None and std is not None:
        steps.append(v2.Normalize(mean, std))
    return v2.Compose(steps)(Image.open(path).convert("RGB")).unsqueeze(0)


@mistake("MD508", "Takes means of 0 for none", hint="Statistics are given unless they are None. A mean of 0 still leaves the spread to divide by.")
def prepare_photo(path, resize, crop, mean=None, std=None):
    steps = [v2.ToImage(), v2.Resize(resize), v2.CenterCrop(crop), v2.ToDtype(torch.float32, scale=True)]
    if mean and any(mean):
        steps.append(v2.Normalize(mean, std))
    with Image.open(path) as image:
        return torch.as_tensor(v2.Compose(steps)(image.convert("RGB")))[None]


@mistake("MD509", "Paints transparent pictures over white", hint="Alpha is to be dropped, not applied: red, green and blue stay as stored.")
def prepare_photo(path, resize, crop, mean=None, std=None):
    steps = [v2.ToImage(), v2.Resize(resize), v2.CenterCrop(crop), v2.ToDtype(torch.float32, scale=True)]
    if mean is not None:
        steps.append(v2.Normalize(mean, std))
    with Image.open(path) as image:
        whole = image.convert("RGBA")
    flat = Image.alpha_composite(Image.new("RGBA", whole.size, "white"), whole).convert("RGB")
    return torch.as_tensor(v2.Compose(steps)(flat))[None]


@mistake("MD510", "Resizes without smoothing", hint="The default settings average over all pixels that become one. Leave `antialias` and the interpolation alone.")
def prepare_photo(path, resize, crop, mean=None, std=None):
    steps = [v2.ToImage(), v2.Resize(resize, antialias=False), v2.CenterCrop(crop), v2.ToDtype(torch.float32, scale=True)]
    if mean is not None:
        steps.append(v2.Normalize(mean, std))
    with Image.open(path) as image:
        return torch.as_tensor(v2.Compose(steps)(image.convert("RGB")))[None]


@mistake("MD511", "Takes the height for the shorter side", hint="A photograph may stand. One number for `Resize` leaves it to torchvision which side is shorter.")
def prepare_photo(path, resize, crop, mean=None, std=None):
    with Image.open(path) as image:
        t = v2.functional.to_image(image.convert("RGB"))
    h, w = t.shape[-2:]
    t = v2.functional.resize(t, [resize, max(crop, resize * w // h)])
    t = v2.functional.to_dtype(v2.functional.center_crop(t, [crop, crop]), torch.float32, scale=True)
    if mean is not None:
        t = v2.functional.normalize(t, mean, std)
    return torch.as_tensor(t)[None]


@mistake("MD512", "Cuts before it resizes", hint="The square is cut out of the resized picture.")
def prepare_photo(path, resize, crop, mean=None, std=None):
    with Image.open(path) as image:
        t = v2.functional.to_image(image.convert("RGB"))
    side = min(t.shape[-2:])
    t = v2.functional.resize(v2.functional.center_crop(t, [side, side]), [crop])
    t = v2.functional.to_dtype(t, torch.float32, scale=True)
    if mean is not None:
        t = v2.functional.normalize(t, mean, std)
    return torch.as_tensor(t)[None]
