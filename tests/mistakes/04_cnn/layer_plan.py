from itertools import pairwise

from grader import mistake


@mistake("MC02", "Forgets the poolings", hint="Behind each convolution height and width are halved.")
def layer_plan(shape, convs, hidden, classes):
    c, h, w = shape
    plan = []
    for filters, k in convs:
        plan.append(("conv", c, filters, k))
        c, h, w = filters, h - k + 1, w - k + 1
    return plan + [("linear", a, b) for a, b in pairwise([c * h * w, *hidden, classes])]


@mistake("MC02b", "Leaves the channels out of the first linear layer", hint="What is flattened are all channels, each with its height and width.")
def layer_plan(shape, convs, hidden, classes):
    c, h, w = shape
    plan = []
    for filters, k in convs:
        plan.append(("conv", c, filters, k))
        c, h, w = filters, (h - k + 1) // 2, (w - k + 1) // 2
    return plan + [("linear", a, b) for a, b in pairwise([h * w, *hidden, classes])]


@mistake("MC02c", "Takes pictures for square", hint="Follow height and width, each on its own.")
def layer_plan(shape, convs, hidden, classes):
    c, h, w = shape
    plan = []
    for filters, k in convs:
        plan.append(("conv", c, filters, k))
        c, h = filters, (h - k + 1) // 2
    return plan + [("linear", a, b) for a, b in pairwise([c * h * (h if convs else w), *hidden, classes])]


@mistake("MC10", "Adds a padding that keeps the size", hint="There is no padding: a 5×5 filter makes 24 of 28.")
def layer_plan(shape, convs, hidden, classes):
    c, h, w = shape
    plan = []
    for filters, k in convs:
        plan.append(("conv", c, filters, k))
        c, h, w = filters, h // 2, w // 2
    return plan + [("linear", a, b) for a, b in pairwise([c * h * w, *hidden, classes])]


@mistake("MC270", "Gives every convolution the channels of the picture", hint="What goes into the second convolution is what came out of the first one.")
def layer_plan(shape, convs, hidden, classes):
    c, h, w = shape
    plan = []
    last = c
    for filters, k in convs:
        plan.append(("conv", c, filters, k))
        last, h, w = filters, (h - k + 1) // 2, (w - k + 1) // 2
    return plan + [("linear", a, b) for a, b in pairwise([last * h * w, *hidden, classes])]


@mistake("MC271", "Rounds up in the pooling", hint="A row that fills no window is left out: 13 pixels make 6.")
def layer_plan(shape, convs, hidden, classes):
    c, h, w = shape
    plan = []
    for filters, k in convs:
        plan.append(("conv", c, filters, k))
        c, h, w = filters, (h - k + 2) // 2, (w - k + 2) // 2
    return plan + [("linear", a, b) for a, b in pairwise([c * h * w, *hidden, classes])]


@mistake("MC272", "Leaves the last layer out", hint="The last linear layer has one unit per class.")
def layer_plan(shape, convs, hidden, classes):
    c, h, w = shape
    plan = []
    for filters, k in convs:
        plan.append(("conv", c, filters, k))
        c, h, w = filters, (h - k + 1) // 2, (w - k + 1) // 2
    return plan + [("linear", a, b) for a, b in pairwise([c * h * w, *hidden])]


@mistake("MC273", "Has no idea what to do without hidden layers", hint="Without hidden layers the last one is connected to what was flattened.")
def layer_plan(shape, convs, hidden, classes):
    c, h, w = shape
    plan = []
    for filters, k in convs:
        plan.append(("conv", c, filters, k))
        c, h, w = filters, (h - k + 1) // 2, (w - k + 1) // 2
    plan.append(("linear", c * h * w, hidden[0]))
    plan += [("linear", a, b) for a, b in pairwise(hidden)]
    return [*plan, ("linear", hidden[-1], classes)]


@mistake("MC611", "Appends to the list of hidden layers that it was given", hint="The list belongs to somebody else, and must stay as it is. Make a new one.")
def layer_plan(shape, convs, hidden, classes):
    c, h, w = shape
    plan = []
    for filters, k in convs:
        plan.append(("conv", c, filters, k))
        c, h, w = filters, (h - k + 1) // 2, (w - k + 1) // 2
    n = c * h * w
    hidden.append(classes)
    for units in hidden:
        plan.append(("linear", n, units))
        n = units
    return plan


@mistake("MC728", "Forgets the channels where there is no convolution", hint="Then the pictures themselves are flattened, with all of their channels.")
def layer_plan(shape, convs, hidden, classes):
    c, h, w = shape
    plan, filters = [], 1
    for o, k in convs:
        plan.append(("conv", c, o, k))
        c = filters = o
        h, w = (h - k + 1) // 2, (w - k + 1) // 2
    sizes = [filters * h * w, *hidden, classes]
    return plan + [("linear", a, b) for a, b in zip(sizes, sizes[1:])]


@mistake("MC815", "Takes the width of the pictures for their height", hint="The shape is (C, H, W): follow height and width, each on its own.")
def layer_plan(shape, convs, hidden, classes):
    c, _, size = shape
    plan = []
    for filters, k in convs:
        plan.append(("conv", c, filters, k))
        c, size = filters, (size - k + 1) // 2
    return plan + [("linear", a, b) for a, b in pairwise([c * size * size, *hidden, classes])]
