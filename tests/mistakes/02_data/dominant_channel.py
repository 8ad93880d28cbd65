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
