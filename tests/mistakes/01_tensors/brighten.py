import torch

from grader import mistake


@mistake("MT38", "Adds in uint8", hint="Eight-bit values wrap at 256, and a clamp comes too late for that. Compute in a wider type first.")
def brighten(image, amount):
    return image + amount


@mistake("MT79", "Does not come back to uint8", hint="A picture went in as uint8, and one was to come out.")
def brighten(image, amount):
    return (image.int() + amount).clamp(0, 255)


@mistake("MT80", "Limits only the top", hint="With a negative amount the sums fall below 0, and uint8 has no negative numbers.")
def brighten(image, amount):
    return (image.int() + amount).clamp(max=255).to(torch.uint8)


@mistake("MT13a", "Writes the result into the caller's picture", hint="The picture that was passed belongs to the caller. Return a new one.")
def brighten(image, amount):
    image.copy_((image.int() + amount).clamp(0, 255))
    return image


@mistake("MT307", "Returns the picture itself where nothing is to be added", hint="The result is a new tensor in every case; whoever writes into it must not change the picture.")
def brighten(image, amount):
    if amount == 0:
        return image
    return (image.int() + amount).clamp(0, 255).to(torch.uint8)


@mistake("MT421", 'Halves the amount on the way, and loses its last bit', hint='An odd amount is not twice its half rounded down. Convert to a wider type, and add the whole amount there.')
def brighten(image, amount):
    half = (image // 2).to(torch.int16) + amount // 2
    return (2 * half + image % 2).clamp(0, 255).to(torch.uint8)
