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


@mistake("MG423", "Lays the pictures on their side", hint="Two axes exchanged are not three axes moved: where have height and width gone?")
def pictures_on(images, device):
    return images.to(device).transpose(1, 3).to(torch.float32).div(255)


@mistake("MG424", "Reshapes in the place of permuting", hint="`reshape` keeps the order of the bytes: colours become pixels. The axes have to be moved.")
def pictures_on(images, device):
    n, h, w, c = images.shape
    return images.to(device).reshape(n, c, h, w).float() / 255


@mistake("MQ511", "Divides whole numbers, and gets PyTorch's default dtype", hint="uint8 divided by a number has the default dtype, which somebody may have changed. Who needs `float32` says so.")
def pictures_on(images, device):
    return images.to(device).permute(0, 3, 1, 2) / 255


@mistake("MQ515", "Sets the default dtype to float32 for all", hint="What others have set is not yours to change: say `float32` where you make the numbers.")
def pictures_on(images, device):
    torch.set_default_dtype(torch.float32)
    return images.to(device).permute(0, 3, 1, 2) / 255
