from grader import mistake


@mistake("MD74", "Takes the mean of integers", hint="`mean` refuses integers, and pictures from files are uint8. Convert first.")
def brightness(image):
    return image.mean().item()


@mistake("MD75", "Leaves the brightness as a tensor", hint="A Python float was asked for. A tensor of rank 0 is not one yet.")
def brightness(image):
    return image.float().mean()


@mistake("MD76", "Looks at the brightest pixel of each channel", hint="A single glaring pixel should not decide. Compare the means of the channels.")
def dominant_channel(image):
    return ("red", "green", "blue")[int(image.float().amax(dim=(1, 2)).argmax())]


@mistake("MD77", "Averages over the wrong axes", hint="The axes that you name disappear. Which one has to stay, so that three numbers remain?")
def dominant_channel(image):
    return ("red", "green", "blue")[int(image.float().mean(dim=(0, 1)).argmax()) % 3]


@mistake("MD78", "Returns the place of the channel instead of its name", hint="The answer is one of the words \"red\", \"green\" and \"blue\".")
def dominant_channel(image):
    return int(image.float().mean(dim=(1, 2)).argmax())


@mistake("MD315", "Flattens by `view`", hint="`view` refuses a picture that was cut out of a larger one, since its rows do not follow each other in memory. Name two axes in `mean`, or flatten by `reshape`.")
def dominant_channel(image):
    means = image.view(3, -1).double().mean(dim=1)
    return ("red", "green", "blue")[means.argmax().item()]


@mistake("MD316", "Cuts to whole numbers for the brightness", hint="Of a picture between 0 and 1 nearly nothing is left in whole numbers. Keep to floating point, for the values and for their mean.")
def brightness(image):
    return float(image.long().sum()) / image.numel()


@mistake("MD317", "Cuts to whole numbers", hint="Of a picture between 0 and 1 nearly nothing is left in whole numbers. Keep to floating point, for the values and for their means.")
def dominant_channel(image):
    sums = image.long().sum(dim=(1, 2)).tolist()
    return {0: "red", 1: "green", 2: "blue"}[sums.index(max(sums))]


@mistake("MD382", "Counts in how many pixels each channel wins", hint="A few very bright pixels may outweigh many that are a little brighter. Compare the means of the channels.")
def dominant_channel(image):
    winners = image.argmax(dim=0).flatten()
    return ["red", "green", "blue"][int(torch.bincount(winners, minlength=3).argmax())]


@mistake("MD383", "Weighs the channels", hint="That is how bright it looks to the eye. Asked for is the plain mean, to which all values count alike.")
def brightness(image):
    r, g, b = image.double()
    return float((0.299 * r + 0.587 * g + 0.114 * b).mean())


@mistake("MD384", "Brings bytes to 0…1 first", hint="Brightness is the mean of the values as they are: of bytes, a number from 0 to 255.")
def brightness(image):
    if image.dtype == torch.uint8:
        image = image.float() / 255
    return image.double().mean().item()


@mistake("MD385", "Leaves the sign of the means out", hint="A mean of -2 is less than one of 1. The largest one is asked for.")
def dominant_channel(image):
    return ("red", "green", "blue")[int(image.double().mean(dim=(1, 2)).abs().argmax())]
