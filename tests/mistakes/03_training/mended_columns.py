import torch
from torch import nn

from grader import mistake


@mistake("ML370", "Still subtracts a vector from a column", hint="What are the shapes of `net(x)` and of `t`, and of their difference? A look at the first page of this notebook helps.")
def mended_columns(net, optimizer, x, t, epochs):
    losses = []
    for _ in range(epochs):
        loss = ((net(x) - t) ** 2).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


@mistake("ML371", "Squeezes away the axis of the samples, too", hint="`squeeze()` without an axis makes a number of a batch of one. Name the axis.")
def mended_columns(net, optimizer, x, t, epochs):
    losses = []
    for _ in range(epochs):
        loss = nn.functional.l1_loss(net(x).squeeze(), t)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


@mistake("ML372", "Sums the squares where the mean was meant", hint="The shapes are right now. But the program was meant to use the *mean* squared error.")
def mended_columns(net, optimizer, x, t, epochs):
    losses = []
    for _ in range(epochs):
        loss = ((net(x).squeeze(1) - t) ** 2).sum()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


@mistake("ML373", "Makes the optimizer before the layer", hint="The optimizer keeps the parameters that it was given. Which layer's were they?")
def mended_head(net, classes, rate):
    optimizer = torch.optim.SGD(net.parameters(), lr=rate)
    net[-1] = nn.Linear(net[-1].in_features, classes)
    return optimizer


@mistake("ML374", "Trains the new layer alone", hint="The optimizer was meant for all of the network, the old layers included.")
def mended_head(net, classes, rate):
    net[-1] = nn.Linear(net[-1].in_features, classes)
    return torch.optim.SGD(net[-1].parameters(), lr=rate)


@mistake("ML375", "Adds the new layer to an optimizer that still holds the old one", hint="The old layer's parameters are still in the first group. Make the optimizer after the layer.")
def mended_head(net, classes, rate):
    optimizer = torch.optim.SGD(net.parameters(), lr=rate)
    net[-1] = nn.Linear(net[-1].in_features, classes)
    optimizer.add_param_group({"params": net[-1].parameters()})
    return optimizer


@mistake("ML376", "Appends a layer behind the old one", hint="The last layer was to be replaced. `net[-1] = …` does that.")
def mended_head(net, classes, rate):
    net.append(nn.Linear(net[-1].out_features, classes))
    return torch.optim.SGD(net.parameters(), lr=rate)


@mistake("ML377", "Draws an order for the samples and another one for the classes", hint="One order for both: draw it once, and index twice.")
def mended_shuffle(x, y, generator):
    return x[torch.randperm(len(x), generator=generator)], y[torch.randperm(len(y), generator=generator)]


@mistake("ML378", "Draws from the common generator", hint="The order is to come from the generator that was handed over.")
def mended_shuffle(x, y, generator):
    order = torch.randperm(len(x))
    return x[order], y[order]


@mistake("ML379", "Does not shuffle at all", hint="The pairs stay together, but in their old order. The network would always see them in the same one.")
def mended_shuffle(x, y, generator):
    return x.clone(), y.clone()


@mistake("ML380", "Gives every epoch the same order", hint="`manual_seed` starts the generator again with each call. Draw on where it stands.")
def mended_shuffle(x, y, generator):
    order = torch.randperm(len(x), generator=generator.manual_seed(0))
    return x[order], y[order]


@mistake("ML381", "Draws with repeats", hint="`randint` takes some samples twice and others never.")
def mended_shuffle(x, y, generator):
    order = torch.randint(len(x), (len(x),), generator=generator)
    return x[order], y[order]


@mistake("ML382", "Keeps the graphs of all epochs", hint="The smooth loss stands on the graphs of all the losses before it, and those are thrown away. Average numbers, and go backward from the new loss.")
def mended_average(net, optimizer, x, t, epochs):
    smooth, losses = torch.zeros(()), []
    for _ in range(epochs):
        loss = ((net(x) - t) ** 2).mean()
        smooth = 0.9 * smooth + 0.1 * loss
        optimizer.zero_grad()
        smooth.backward()
        optimizer.step()
        losses.append(smooth.item())
    return losses


@mistake("ML383", "Steps with a tenth of the gradient", hint="The curve is right. But the steps go down along the smooth number, in which the new loss counts a tenth.")
def mended_average(net, optimizer, x, t, epochs):
    smooth, losses = 0.0, []
    for _ in range(epochs):
        loss = ((net(x) - t) ** 2).mean()
        smooth = 0.9 * smooth + 0.1 * loss
        optimizer.zero_grad()
        smooth.backward()
        optimizer.step()
        smooth = smooth.item()
        losses.append(smooth)
    return losses


@mistake("ML384", "Walks the kept graphs again and again", hint="`retain_graph=True` silences the error and keeps every graph of the training alive. Average numbers, not tensors with a past.")
def mended_average(net, optimizer, x, t, epochs):
    smooth, losses, all_losses = torch.zeros(()), [], []
    for _ in range(epochs):
        loss = ((net(x) - t) ** 2).mean()
        all_losses.append(loss)
        smooth = smooth + 0.1 * loss
        optimizer.zero_grad()
        smooth.backward(retain_graph=True, inputs=[next(net.parameters())])
        optimizer.step()
        losses.append(smooth.item())
    return losses


@mistake("ML385", "Returns the losses themselves", hint="The curve was to be smooth: nine tenths of what it was, one tenth of the new loss.")
def mended_average(net, optimizer, x, t, epochs):
    losses = []
    for _ in range(epochs):
        loss = ((net(x) - t) ** 2).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


@mistake("ML386", "Starts the curve at the first loss", hint="Before the first epoch the number is 0, not the first loss.")
def mended_average(net, optimizer, x, t, epochs):
    smooth, losses = None, []
    for _ in range(epochs):
        loss = ((net(x) - t) ** 2).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        smooth = loss.item() if smooth is None else 0.9 * smooth + 0.1 * loss.item()
        losses.append(smooth)
    return losses


@mistake("ML387", "Scales each set by itself", hint="After that the two sets look alike, whatever they were. New data are scaled with the numbers of the training.")
def mended_scale(train, val):
    return tuple((table - table.mean(dim=0)) / table.std(dim=0) for table in (train, val))


@mistake("ML388", "Scales with the statistics of both sets together", hint="The validation set has leaked into the training. Mean and spread come from the training set alone.")
def mended_scale(train, val):
    both = torch.cat([train, val])
    return (train - both.mean(dim=0)) / both.std(dim=0), (val - both.mean(dim=0)) / both.std(dim=0)


@mistake("ML389", "Scales by the mean of the whole table", hint="Each column has a mean and a spread of its own: `dim=0`.")
def mended_scale(train, val):
    return (train - train.mean()) / train.std(), (val - train.mean()) / train.std()


@mistake("ML390", "Leaves the validation set raw", hint="The network has learned from scaled numbers. It must be asked with scaled ones.")
def mended_scale(train, val):
    return (train - train.mean(dim=0)) / train.std(dim=0), val


@mistake("ML416", 'Keeps the old layer where its size fits', hint='A new layer was asked for, with new weights, also when it has as many outputs as the old one.')
def mended_head(net, classes, rate):
    if net[-1].out_features != classes:
        net[-1] = nn.Linear(net[-1].in_features, classes)
    return torch.optim.SGD(net.parameters(), lr=rate)


@mistake("ML539", 'Averages the predictions', hint='Each prediction has its own target. Only the shapes must be made alike.')
def mended_columns(net, optimizer, x, t, epochs):
    losses = []
    for _ in range(epochs):
        loss = ((net(x).mean(dim=0) - t) ** 2).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses


@mistake("ML540", 'Builds another network', hint="The caller's network keeps its old layer, then. Put the new one into `net[-1]`.")
def mended_head(net, classes, rate):
    net = nn.Sequential(*net[:-1], nn.Linear(net[-1].in_features, classes))
    return torch.optim.SGD(net.parameters(), lr=rate)


@mistake("ML541", 'Starts the generator again at its seed', hint='Every call gives the same order, then. Draw on.')
def mended_shuffle(x, y, generator):
    generator.manual_seed(generator.initial_seed())
    order = torch.randperm(len(x), generator=generator)
    return x[order], y[order]


@mistake("ML542", 'Puts samples and classes into one table', hint='The samples lose their dtype in it. One order for both tensors is enough.')
def mended_shuffle(x, y, generator):
    table = torch.cat([x.reshape(len(x), -1).float(), y[:, None].float()], dim=1)
    table = table[torch.randperm(len(x), generator=generator)]
    return table[:, :-1].reshape(x.shape), table[:, -1].long()


@mistake("ML543", 'Corrects the curve for its start at 0', hint='Nine tenths of the number before it plus one tenth of the loss, and no more.')
def mended_average(net, optimizer, x, t, epochs):
    smooth, curve_of_losses = 0.0, []
    for step in range(1, epochs + 1):
        loss = ((net(x) - t) ** 2).mean()
        smooth = 0.9 * smooth + 0.1 * loss.item()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        curve_of_losses.append(smooth / (1 - 0.9**step))
    return curve_of_losses


@mistake("ML544", 'Takes the spread with N instead of N - 1', hint='`std` as it is by default divides by N - 1.')
def mended_scale(train, val):
    std, mean = torch.std_mean(train, dim=0, correction=0)
    return (train - mean) / std, (val - mean) / std


@mistake("ML545", 'Cuts new numbers off', hint='A number far out stays far out.')
def mended_scale(train, val):
    std, mean = torch.std_mean(train, dim=0)
    return (train - mean) / std, ((val - mean) / std).clamp(-3, 3)


@mistake("ML548", "Shuffles the caller's tensors", hint='What you are given stays as it is. `x[order]` makes new tensors; return them as they are.')
def mended_shuffle(x, y, generator):
    order = torch.randperm(len(x), generator=generator)
    x[:], y[:] = x[order], y[order]
    return x, y


@mistake("ML554", "Ends when the loss is no longer finite", hint="The shapes are right now. But one loss per epoch was asked for, also when a training diverges.")
def mended_columns(net, optimizer, x, t, epochs):
    losses = []
    for _ in range(epochs):
        loss = nn.functional.mse_loss(net(x).squeeze(1), t)
        if not loss.isfinite():
            break
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return losses


@mistake("ML555", "Freezes the layers that were there before", hint="The optimizer was meant for all of the network, and all of it is to learn. Is anything frozen afterwards?")
def mended_head(net, classes, rate):
    net.requires_grad_(False)
    net[-1] = nn.Linear(net[-1].in_features, classes)
    return torch.optim.SGD(net.parameters(), lr=rate)


@mistake("MQ321", "Ends the smooth curve where the loss is 0", hint="`mended_average` makes all of its epochs, and gives a number for each.")
def mended_average(net, optimizer, x, t, epochs):
    smooth, curve_of_losses = 0.0, []
    for _ in range(epochs):
        loss = ((net(x) - t) ** 2).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        smooth = 0.9 * smooth + 0.1 * loss.item()
        curve_of_losses.append(smooth)
        if loss.item() == 0:
            break
    return curve_of_losses


@mistake("MQ322", "Stops where the loss is 0", hint="`mended_columns` makes all of its epochs, and notes a loss for each.")
def mended_columns(net, optimizer, x, t, epochs):
    losses = []
    for _ in range(epochs):
        loss = ((net(x).squeeze(1) - t) ** 2).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
        if losses[-1] == 0:
            break
    return losses


@mistake("ML566", "Gives the new network another optimizer", hint="A `torch.optim.SGD` without momentum was asked for. Adam makes steps of another length.")
def mended_head(net, classes, rate):
    net[-1] = nn.Linear(net[-1].in_features, classes)
    return torch.optim.Adam(net.parameters(), lr=rate)


@mistake("ML567", "Gives the new layer as many outputs as the old one had", hint="There are other classes now: the new layer has `classes` outputs.")
def mended_head(net, classes, rate):
    net[-1] = nn.Linear(net[-1].in_features, net[-1].out_features)
    return torch.optim.SGD(net.parameters(), lr=rate)


@mistake("ML568", "Ends the smooth curve when the loss is no longer finite", hint="`mended_average` gives a number for each of its epochs, also when a training diverges.")
def mended_average(net, optimizer, x, t, epochs):
    smooth, numbers = 0.0, []
    for _ in range(epochs):
        loss = nn.functional.mse_loss(net(x), t)
        if not loss.isfinite():
            break
        smooth = 0.9 * smooth + 0.1 * loss.item()
        numbers.append(smooth)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return numbers
