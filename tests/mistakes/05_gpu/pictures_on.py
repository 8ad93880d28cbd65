import torch

from grader import mistake


@mistake("MG123", "Makes floats before it sends", hint="Floats are four times as large as the bytes they came from. Send first, then convert.")
def pictures_on(images, device):
    return (images.permute(0, 3, 1, 2) / 255).to(device)


@mistake("MG124", "Sends picture by picture", hint="Each copy has a fixed cost. Move the whole batch at once.")
def pictures_on(images, device):
    return torch.stack([image.to(device).permute(2, 0, 1) / 255 for image in images])


@mistake("MG125", "Leaves the channels at the end", hint="Networks want (N, C, H, W).")
def pictures_on(images, device):
    return images.to(device) / 255


@mistake("MG126", "Divides by 256", hint="The largest value of a byte is 255, and it should become 1.")
def pictures_on(images, device):
    return images.to(device).permute(0, 3, 1, 2) / 256
