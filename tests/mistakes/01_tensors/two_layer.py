import torch

from grader import mistake


@mistake("MT160", "Has no activation between the layers", hint="Without an activation in between, two linear layers are no more than one.")
def two_layer(x, w1, w2, b1, b2):
    hidden = x @ w1 + b1
    return hidden, torch.sigmoid(hidden @ w2 + b2)


@mistake("MT161", "Has no activation at the end", hint="Both layers have a sigmoid.")
def two_layer(x, w1, w2, b1, b2):
    hidden = torch.sigmoid(x @ w1 + b1)
    return hidden, hidden @ w2 + b2


@mistake("MT162", "Forgets both biases", hint="Each layer adds its bias before the sigmoid.")
def two_layer(x, w1, w2, b1, b2):
    hidden = torch.sigmoid(x @ w1)
    return hidden, torch.sigmoid(hidden @ w2)


@mistake("MT163", "Transposes the weights as nn.Linear does", hint="Here w1 has the shape (D, H) already.")
def two_layer(x, w1, w2, b1, b2):
    hidden = torch.sigmoid(x @ w1.T + b1)
    return hidden, torch.sigmoid(hidden @ w2.T + b2)


@mistake("MT164", "Feeds the second layer with the sum before its activation", hint="The outputs of the first layer, after the sigmoid, are the inputs of the second.")
def two_layer(x, w1, w2, b1, b2):
    z = x @ w1 + b1
    return torch.sigmoid(z), torch.sigmoid(z @ w2 + b2)


@mistake("MT352", "Returns the hidden layer before its sigmoid", hint="Both outputs are asked for after the sigmoid.")
def two_layer(x, w1, w2, b1, b2):
    hidden = x @ w1 + b1
    return hidden, torch.sigmoid(torch.sigmoid(hidden) @ w2 + b2)


@mistake("MT353", "Computes in float32", hint="float64 was given, so float64 is due; leave the dtypes alone.")
def two_layer(x, w1, w2, b1, b2):
    hidden = torch.sigmoid(torch.matmul(x.float(), w1.float()) + b1.float())
    return hidden, torch.sigmoid(torch.matmul(hidden, w2.float()) + b2.float())


@mistake("MT438", 'Divides infinity by infinity', hint='For large z, e to the z is infinite, and so is what it is divided by. In `1 / (1 + e⁻ᶻ)` nothing goes wrong; nor in `torch.sigmoid`.')
def two_layer(x, w1, w2, b1, b2):
    def sigmoid(z):
        return z.exp() / (z.exp() + 1)

    hidden = sigmoid(x @ w1 + b1)
    return hidden, sigmoid(hidden @ w2 + b2)


@mistake("MT516", 'Transposes square weights', hint='Here w1 has the shape (D, H) and w2 (H, O), also where both sizes are the same.')
def two_layer(x, w1, w2, b1, b2):
    def layer(x, w, b):
        if w.shape[0] == w.shape[1]:
            w = w.T
        return torch.sigmoid(x @ w + b)

    hidden = layer(x, w1, b1)
    return hidden, layer(hidden, w2, b2)


@mistake("MT517", 'Adds the biases to the first row only', hint='Every row of the batch gets the bias. Broadcasting does that: (N, H) + (1, H).')
def two_layer(x, w1, w2, b1, b2):
    h = x @ w1
    h[:1] += b1
    h = torch.sigmoid(h)
    o = h @ w2
    o[:1] += b2
    return h, torch.sigmoid(o)


@mistake("MT518", 'Ends with softmax where there are several outputs', hint='Both layers have a sigmoid, however many outputs there are.')
def two_layer(x, w1, w2, b1, b2):
    hidden = torch.sigmoid(x @ w1 + b1)
    z = hidden @ w2 + b2
    return hidden, torch.sigmoid(z) if z.shape[1] == 1 else torch.softmax(z, dim=1)
