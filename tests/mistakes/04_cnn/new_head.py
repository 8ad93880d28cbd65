import torch
from torch import nn

from grader import mistake


@mistake("MC484", "Freezes the new layer as well", hint="Freeze first; a layer that is made afterwards is not frozen.")
def new_head(model, classes):
    model.fc = nn.Linear(model.fc.in_features, classes)
    for p in model.parameters():
        p.requires_grad = False
    return list(model.fc.parameters())


@mistake("MC37", "Freezes nothing", hint="`requires_grad = False` for all old parameters.")
def new_head(model, classes):
    model.fc = nn.Linear(model.fc.in_features, classes)
    return list(model.fc.parameters())


@mistake("MC485", "Returns all parameters", hint="Only those that are to be trained go to the optimizer.")
def new_head(model, classes):
    for p in model.parameters():
        p.requires_grad = False
    model.fc = nn.Linear(model.fc.in_features, classes)
    return list(model.parameters())


@mistake("MC486", "Sets `requires_grad` on the module", hint="A module has no such attribute, and accepts it silently. Each parameter has one.")
def new_head(model, classes):
    model.requires_grad = False
    model.fc = nn.Linear(model.fc.in_features, classes)
    return [p for p in model.parameters() if p.requires_grad]


@mistake("MC487", "Keeps the old layer, with another number on it", hint="Setting `out_features` changes nothing but the text. Make a new layer.")
def new_head(model, classes):
    for p in model.parameters():
        p.requires_grad = False
    model.fc.out_features = classes
    for p in model.fc.parameters():
        p.requires_grad = True
    return list(model.fc.parameters())


@mistake("MC488", "Puts the new layer behind the old one", hint="The new layer takes the place of the old one, and has its inputs.")
def new_head(model, classes):
    for p in model.parameters():
        p.requires_grad = False
    head = nn.Linear(model.fc.out_features, classes)
    model.fc = nn.Sequential(model.fc, head)
    return list(head.parameters())


@mistake("MC489", "Leaves the bias out", hint="The new layer has a bias, as linear layers do by default.")
def new_head(model, classes):
    for p in model.parameters():
        p.requires_grad = False
    model.fc = nn.Linear(model.fc.in_features, classes, bias=False)
    return list(model.fc.parameters())


@mistake("MC490", "Forgets to freeze the biases", hint="All old parameters: weights and biases.")
def new_head(model, classes):
    for name, p in model.named_parameters():
        if "weight" in name:
            p.requires_grad = False
    model.fc = nn.Linear(model.fc.in_features, classes)
    return list(model.fc.parameters())


@mistake("MC615", "Makes a bias only where there was one", hint="The new layer has a bias in any case.")
def new_head(model, classes):
    model.requires_grad_(False)
    old = model.fc
    model.fc = nn.Linear(old.in_features, classes, bias=old.bias is not None)
    return [p for p in model.parameters() if p.requires_grad]


@mistake("MC616", "Spares every layer whose name begins with fc", hint="Other layers may be called `fc1`. Compare more than the beginning of a name, or freeze before the new layer is there.")
def new_head(model, classes):
    model.fc = nn.Linear(model.fc.in_features, classes)
    for name, p in model.named_parameters():
        if not name.startswith("fc"):
            p.requires_grad = False
    return [p for p in model.parameters() if p.requires_grad]


@mistake("MC793", "Freezes the parameters of the parts only", hint="A model may have parameters of its own: `model.parameters()` has them all.")
def new_head(model, classes):
    for name, part in model.named_children():
        if name != "fc":
            part.requires_grad_(False)
    model.fc = nn.Linear(model.fc.in_features, classes)
    return list(model.fc.parameters())
