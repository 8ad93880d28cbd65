from grader import alternative


@alternative("None")
def add_batch_and_channel(image):
    return image[None, None]


@alternative("view with sizes")
def add_batch_and_channel(image):
    h, w = image.shape
    return image.view(1, 1, h, w)
