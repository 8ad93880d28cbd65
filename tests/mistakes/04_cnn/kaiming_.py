import torch
from torch import nn

from grader import mistake


@mistake("MC370", "Takes the number of outputs for the fan-in", hint="Fan-in counts what goes *into* one unit: the numbers in one filter, or in one row of a linear weight.")
def kaiming_(model):
    for part in model.modules():
        if isinstance(part, nn.Conv2d | nn.Linear):
            nn.init.normal_(part.weight, std=(2 / part.weight[:, 0].numel()) ** 0.5)
            if part.bias is not None:
                nn.init.zeros_(part.bias)


@mistake("MC371", "Forgets the kernel in the fan-in of a convolution", hint="A unit of a convolution has C·k·k inputs, not C.")
def kaiming_(model):
    for part in model.modules():
        if isinstance(part, nn.Conv2d | nn.Linear):
            nn.init.normal_(part.weight, std=(2 / part.weight.shape[1]) ** 0.5)
            if part.bias is not None:
                nn.init.zeros_(part.bias)


@mistake("MC372", "Takes the variance for the standard deviation", hint="A root is missing.")
def kaiming_(model):
    for part in model.modules():
        if isinstance(part, nn.Conv2d | nn.Linear):
            nn.init.normal_(part.weight, std=2 / part.weight[0].numel())
            if part.bias is not None:
                nn.init.zeros_(part.bias)


@mistake("MC373", "Leaves out the 2", hint="ReLU sets half of the numbers to 0; the 2 makes up for it.")
def kaiming_(model):
    for part in model.modules():
        if isinstance(part, nn.Conv2d | nn.Linear):
            nn.init.normal_(part.weight, std=(1 / part.weight[0].numel()) ** 0.5)
            if part.bias is not None:
                nn.init.zeros_(part.bias)


@mistake("MC374", "Draws uniformly", hint="A normal distribution was asked for.")
def kaiming_(model):
    for part in model.modules():
        if isinstance(part, nn.Conv2d | nn.Linear):
            nn.init.kaiming_uniform_(part.weight, nonlinearity="relu")
            if part.bias is not None:
                nn.init.zeros_(part.bias)


@mistake("MC375", "Leaves the biases random", hint="Biases start at 0.")
def kaiming_(model):
    for part in model.modules():
        if isinstance(part, nn.Conv2d | nn.Linear):
            nn.init.normal_(part.weight, std=(2 / part.weight[0].numel()) ** 0.5)


@mistake("MC376", "Treats the outermost parts only", hint="`children` does not look into parts of parts; `modules` does.")
def kaiming_(model):
    for part in [model, *model.children()]:
        if isinstance(part, nn.Conv2d | nn.Linear):
            nn.init.normal_(part.weight, std=(2 / part.weight[0].numel()) ** 0.5)
            if part.bias is not None:
                nn.init.zeros_(part.bias)


@mistake("MC377", "Treats parameters of other parts, too", hint="Batch norm and embeddings have weights and biases, too, which are to stay. Ask for the kind of layer.")
def kaiming_(model):
    for name, p in model.named_parameters():
        if name.endswith("weight"):
            nn.init.normal_(p, std=(2 / max(p[0].numel(), 1)) ** 0.5)
        else:
            nn.init.zeros_(p)


@mistake("MC378", "Puts new parameters in the place of the old ones", hint="An optimizer may hold the old ones already. Change their numbers, not the objects.")
def kaiming_(model):
    for part in model.modules():
        if isinstance(part, nn.Conv2d | nn.Linear):
            part.weight = nn.Parameter(torch.randn(part.weight.shape) * (2 / part.weight[0].numel()) ** 0.5)
            if part.bias is not None:
                part.bias = nn.Parameter(torch.zeros(part.bias.shape))


@mistake("MC379", "Fails for layers without a bias", hint="`bias` may be None.")
def kaiming_(model):
    for part in model.modules():
        if isinstance(part, nn.Conv2d | nn.Linear):
            nn.init.normal_(part.weight, std=(2 / part.weight[0].numel()) ** 0.5)
            nn.init.zeros_(part.bias)


@mistake("MC380", "Treats convolutions only", hint="Linear layers, too.")
def kaiming_(model):
    for part in model.modules():
        if isinstance(part, nn.Conv2d):
            nn.init.normal_(part.weight, std=(2 / part.weight[0].numel()) ** 0.5)
            if part.bias is not None:
                nn.init.zeros_(part.bias)


@mistake("MC381b", "Looks into the parts of a network, and not at the network itself", hint="The model may be a layer itself; `modules` begins with it.")
def kaiming_(model):
    for name, part in model.named_modules():
        if name and isinstance(part, nn.Conv2d | nn.Linear):
            nn.init.normal_(part.weight, std=(2 / part.weight[0].numel()) ** 0.5)
            if part.bias is not None:
                nn.init.zeros_(part.bias)


@mistake("MC382b", "Starts the common generator anew each time", hint="`torch.manual_seed` decides about all later draws of the program; whoever wants the same weights calls it outside.")
def kaiming_(model):
    torch.manual_seed(0)
    for part in model.modules():
        if isinstance(part, nn.Conv2d | nn.Linear):
            nn.init.normal_(part.weight, std=(2 / part.weight[0].numel()) ** 0.5)
            if part.bias is not None:
                nn.init.zeros_(part.bias)
