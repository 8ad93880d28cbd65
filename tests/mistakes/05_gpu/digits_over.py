import torch

from grader import mistake


@mistake("MQ501", "Makes floats before it sends", hint="A float takes four bytes, whatever number it is. What is sent, and what could be worked out over there?")
def digits_over(images, labels, device):
    return (images / 16).to(device), labels.to(device)


@mistake("MQ502", "Leaves the labels behind", hint="Both are wanted on the card. Where does `y` lie?")
def digits_over(images, labels, device):
    return images.to(device) / 16, labels.to(torch.uint8).long()


@mistake("MQ503", "Packs two numbers into a byte, and 16 becomes 0", hint="Half a byte has room for sixteen values, 0 to 15. How many different ones are there?")
def digits_over(images, labels, device):
    flat = images.reshape(-1)
    packed = ((flat[::2] & 15) | ((flat[1::2] & 15) << 4)).to(device)
    both = torch.stack([packed & 15, packed >> 4], dim=1)
    return both.view(images.shape) / 16, labels.to(device)


@mistake("MQ504", "Sends whole numbers of eight bytes", hint="`int64` takes eight bytes for every number. Which type has room for 16, and takes one?")
def digits_over(images, labels, device):
    return (images.long().to(device) / 16).float(), labels.to(device)


@mistake("MQ505", "Forgets to divide", hint="On the card the numbers are to lie between 0 and 1.")
def digits_over(images, labels, device):
    return images.to(device).float(), labels.to(torch.uint8).to(device).long()


@mistake("MQ506", "Writes the numbers one by one", hint="Each operation on the card is a command that crosses the bus. Let one of them unpack all digits at once.")
def digits_over(images, labels, device):
    x = torch.zeros(images.numel(), device=device)
    for place, number in enumerate(images.flatten().tolist()):
        if number:
            x[place] = number / 16
    return x.view(images.shape), labels.to(torch.uint8).to(device).long()


@mistake("MQ507", "Changes the pictures that it was given", hint="`add_` works in place, on the tensor of whoever called. Make a new one, `images + 1`.")
def digits_over(images, labels, device):
    images.add_(1)
    return (images.to(device).float() - 1) / 16, labels.to(torch.uint8).to(device).long()


@mistake("MQ508", "Sends labels of eight bytes", hint="64 bytes are the picture. What are the other eight, and how many does a number from 0 to 9 need?")
def digits_over(images, labels, device):
    return images.to(device) / 16, labels.to(device)
