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


@mistake("MC764", "Takes kernels for square", hint="The fan-in is the number of weights of one filter: channels times height times width of the kernel.")
def kaiming_(model):
    for m in model.modules():
        if isinstance(m, nn.Conv2d):
            n = m.in_channels * m.kernel_size[0] ** 2
        elif isinstance(m, nn.Linear):
            n = m.in_features
        else:
            continue
        with torch.no_grad():
            m.weight.normal_(0, (2 / n) ** 0.5)
            if m.bias is not None:
                m.bias.zero_()


@mistake("MC765", "Thaws frozen layers", hint="They require gradients as before: a frozen layer gets new numbers, and stays frozen.")
def kaiming_(model):
    for m in model.modules():
        if isinstance(m, (nn.Conv2d, nn.Linear)):
            m.requires_grad_(False)
            nn.init.kaiming_normal_(m.weight, nonlinearity="relu")
            if m.bias is not None:
                m.bias.zero_()
            m.requires_grad_(True)


@mistake("MC766", "Leaves frozen layers out", hint="Every convolution and linear layer gets new numbers, whether it requires gradients or not.")
def kaiming_(model):
    for m in model.modules():
        if isinstance(m, (nn.Conv2d, nn.Linear)):
            if m.weight.requires_grad:
                nn.init.kaiming_normal_(m.weight, nonlinearity="relu")
            if m.bias is not None and m.bias.requires_grad:
                nn.init.zeros_(m.bias)


@mistake("MC767", "Takes the fan-out of convolutions", hint="What counts is how many inputs a unit adds up, not how many outputs there are.")
def kaiming_(model):
    for m in model.modules():
        if isinstance(m, (nn.Conv2d, nn.Linear)):
            mode = "fan_out" if isinstance(m, nn.Conv2d) else "fan_in"
            nn.init.kaiming_normal_(m.weight, mode=mode, nonlinearity="relu")
            if m.bias is not None:
                nn.init.zeros_(m.bias)


@mistake("MC768", "Leaves the 2 out for the last layer", hint="The text makes no exception: sqrt(2 / fan-in) for every layer.")
def kaiming_(model):
    layers = [m for m in model.modules() if isinstance(m, (nn.Conv2d, nn.Linear))]
    for m in layers:
        last = m is layers[-1] and len(layers) > 1
        nn.init.kaiming_normal_(m.weight, nonlinearity="linear" if last else "relu")
        if m.bias is not None:
            nn.init.zeros_(m.bias)


@mistake("MC769", "Looks two levels deep only", hint="`modules()` goes through all parts, however deep they lie.")
def kaiming_(model):
    for m in [model, *model.children(), *(g for c in model.children() for g in c.children())]:
        if isinstance(m, (nn.Conv2d, nn.Linear)):
            nn.init.kaiming_normal_(m.weight, nonlinearity="relu")
            if m.bias is not None:
                nn.init.zeros_(m.bias)
