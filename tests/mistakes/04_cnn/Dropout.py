import torch
from torch import nn

from grader import mistake


@mistake("MC394", "Does not enlarge what remains", hint="Divide by 1 - p, so that the expected size stays the same.")
class Dropout(nn.Module):
    def __init__(self, p):
        super().__init__()
        if not 0 <= p < 1:
            raise ValueError(p)
        self.p = p

    def forward(self, x):
        return x * (torch.rand(x.shape) >= self.p) if self.training else x

    def extra_repr(self):
        return f"p={self.p}"


@mistake("MC395", "Drops in evaluation mode, too", hint="Ask `self.training`.")
class Dropout(nn.Module):
    def __init__(self, p):
        super().__init__()
        if not 0 <= p < 1:
            raise ValueError(p)
        self.p = p

    def forward(self, x):
        return x * (torch.rand(x.shape) >= self.p) / (1 - self.p)

    def extra_repr(self):
        return f"p={self.p}"


@mistake("MC396", "Keeps with probability p", hint="p is the probability to become 0.")
class Dropout(nn.Module):
    def __init__(self, p):
        super().__init__()
        if not 0 <= p < 1:
            raise ValueError(p)
        self.p = p

    def forward(self, x):
        return x * (torch.rand(x.shape) < self.p) / (1 - self.p) if self.training else x

    def extra_repr(self):
        return f"p={self.p}"


@mistake("MC397", "Drops the same numbers in each call", hint="Draw in `forward`, without a seed: other numbers in each call.")
class Dropout(nn.Module):
    def __init__(self, p):
        super().__init__()
        if not 0 <= p < 1:
            raise ValueError(p)
        self.p = p

    def forward(self, x):
        if not self.training:
            return x
        mask = torch.rand(x.shape, generator=torch.Generator().manual_seed(0)) >= self.p
        return x * mask / (1 - self.p)

    def extra_repr(self):
        return f"p={self.p}"


@mistake("MC398", "Drops whole rows", hint="One draw per number: the mask has the shape of x.")
class Dropout(nn.Module):
    def __init__(self, p):
        super().__init__()
        if not 0 <= p < 1:
            raise ValueError(p)
        self.p = p

    def forward(self, x):
        if not self.training:
            return x
        mask = torch.rand(len(x), *[1] * (x.ndim - 1)) >= self.p
        return x * mask / (1 - self.p)

    def extra_repr(self):
        return f"p={self.p}"


@mistake("MC399", "Writes into the argument", hint="`x[mask] = 0` changes the tensor that the layer before has computed. Make a new one.")
class Dropout(nn.Module):
    def __init__(self, p):
        super().__init__()
        if not 0 <= p < 1:
            raise ValueError(p)
        self.p = p

    def forward(self, x):
        if not self.training:
            return x
        x.data[torch.rand(x.shape) < self.p] = 0
        return x / (1 - self.p)

    def extra_repr(self):
        return f"p={self.p}"


@mistake("MC400", "Accepts everything as a probability", hint="For p = 1 it divides by zero. Raise a ValueError.")
class Dropout(nn.Module):
    def __init__(self, p):
        super().__init__()
        self.p = p

    def forward(self, x):
        return x * (torch.rand(x.shape) >= self.p) / (1 - self.p) if self.training else x

    def extra_repr(self):
        return f"p={self.p}"


@mistake("MC401", "Refuses p = 0", hint="Zero is a probability: nothing is dropped then.")
class Dropout(nn.Module):
    def __init__(self, p):
        super().__init__()
        if not 0 < p < 1:
            raise ValueError(p)
        self.p = p

    def forward(self, x):
        return x * (torch.rand(x.shape) >= self.p) / (1 - self.p) if self.training else x

    def extra_repr(self):
        return f"p={self.p}"


@mistake("MC402", "Prints nothing between the brackets", hint="`extra_repr` returns the text between the brackets.")
class Dropout(nn.Module):
    def __init__(self, p):
        super().__init__()
        if not 0 <= p < 1:
            raise ValueError(p)
        self.p = p

    def forward(self, x):
        return x * (torch.rand(x.shape) >= self.p) / (1 - self.p) if self.training else x

    def extra_repr(self):
        return ""


@mistake("MC403", "Adds noise instead of dropping", hint="A number becomes 0 or is divided by 1 - p. Nothing in between.")
class Dropout(nn.Module):
    def __init__(self, p):
        super().__init__()
        if not 0 <= p < 1:
            raise ValueError(p)
        self.p = p

    def forward(self, x):
        return x * (1 + self.p * torch.randn(x.shape)) if self.training else x

    def extra_repr(self):
        return f"p={self.p}"


@mistake("MC404", "Cuts the chain of gradients", hint="What remains must keep its history.")
class Dropout(nn.Module):
    def __init__(self, p):
        super().__init__()
        if not 0 <= p < 1:
            raise ValueError(p)
        self.p = p

    def forward(self, x):
        if not self.training:
            return x
        y = x.detach() * (torch.rand(x.shape) >= self.p) / (1 - self.p)
        return y + 0 * x

    def extra_repr(self):
        return f"p={self.p}"


@mistake("MC412b", "Turns half precision into float32", hint="A mask of float32 makes the product float32: cast it, or the result, to the dtype of x.")
class Dropout(nn.Module):
    def __init__(self, p):
        super().__init__()
        if not 0 <= p < 1:
            raise ValueError(p)
        self.p = p

    def forward(self, x):
        if not self.training:
            return x
        return x * ((torch.rand(x.shape) >= self.p) / torch.tensor([1 - self.p]))

    def extra_repr(self):
        return f"p={self.p}"


@mistake("MC604", "Calls the ready-made function without its mode", hint="`nn.functional.dropout` does not know the mode of your module, unless it is told.")
class Dropout(nn.Module):
    def __init__(self, p):
        super().__init__()
        if not 0 <= p < 1:
            raise ValueError(p)
        self.p = p

    def forward(self, x):
        return nn.functional.dropout(x, self.p)

    def extra_repr(self):
        return f"p={self.p}"


@mistake("MC605", "Makes float32 of half precision", hint="A mask of float32 takes the product along. What comes in as float16 goes out as float16.")
class Dropout(nn.Module):
    def __init__(self, p):
        super().__init__()
        if p < 0 or p >= 1:
            raise ValueError("p")
        self.p = p

    def forward(self, x):
        if not self.training:
            return x
        mask = (torch.rand(x.shape) >= self.p).float()
        return x * mask / (1 - self.p)

    def extra_repr(self):
        return f"p={self.p}"


@mistake("MC606", "Writes the zeros into its input", hint="The tensor that came in belongs to somebody else. Compute a new one.")
class Dropout(nn.Module):
    def __init__(self, p):
        super().__init__()
        if not (p >= 0 and p < 1):
            raise ValueError("p")
        self.p = p

    def forward(self, x):
        if self.training:
            x[torch.rand(x.shape) < self.p] = 0
            return x / (1 - self.p)
        return x

    def extra_repr(self):
        return f"p={self.p}"


@mistake("MC775", "Drops whole channels together", hint="Each number has its own luck; what drops whole channels is called `Dropout2d`.")
class Dropout(nn.Module):
    def __init__(self, p):
        super().__init__()
        if p < 0 or p >= 1:
            raise ValueError("p")
        self.p = p
    def forward(self, x):
        if not self.training:
            return x
        shape = [*x.shape[:2], *[1] * (x.dim() - 2)]
        return x * (torch.rand(shape) >= self.p).to(x.dtype) / (1 - self.p)
    def extra_repr(self):
        return f"p={self.p}"


@mistake("MC776", "Draws from a generator of its own", hint="Random numbers come from PyTorch's common generator, so that `torch.manual_seed` repeats them.")
class Dropout(nn.Module):
    def __init__(self, p):
        super().__init__()
        if p < 0 or p >= 1:
            raise ValueError("p")
        self.p = p
        self.generator = torch.Generator().manual_seed(0)
    def forward(self, x):
        if not self.training:
            return x
        mask = torch.rand(x.shape, generator=self.generator) >= self.p
        return torch.where(mask, x / (1 - self.p), torch.zeros_like(x))
    def extra_repr(self):
        return f"p={self.p}"


@mistake("MC777", "Keeps its mask", hint="Which numbers are dropped is drawn anew in each call.")
class Dropout(nn.Module):
    def __init__(self, p):
        super().__init__()
        if p < 0 or p >= 1:
            raise ValueError("p")
        self.p = p
        self.mask = None
    def forward(self, x):
        if not self.training:
            return x
        if self.mask is None or self.mask.shape != x.shape:
            self.mask = torch.rand(x.shape) >= self.p
        return x * self.mask.to(x.dtype) / (1 - self.p)
    def extra_repr(self):
        return f"p={self.p}"


@mistake("MC778", "Works in place", hint="x must stay as it is: make a new tensor.")
class Dropout(nn.Module):
    def __init__(self, p):
        super().__init__()
        if p < 0 or p >= 1:
            raise ValueError("p")
        self.p = p
    def forward(self, x):
        return nn.functional.dropout(x, self.p, self.training, inplace=not x.requires_grad and x.is_leaf)
    def extra_repr(self):
        return f"p={self.p}"


@mistake("MC806", "Accepts a p of 1", hint="`nn.Dropout` takes it, this layer does not: raise a ValueError.")
class Dropout(nn.Module):
    def __init__(self, p):
        super().__init__()
        if p < 0 or p > 1:
            raise ValueError("p is a probability")
        self.p = p

    def forward(self, x):
        return nn.functional.dropout(x, p=self.p, training=self.training)

    def extra_repr(self):
        return f"p={self.p}"


@mistake("MC871", "Draws random numbers in evaluation mode, too", hint="In evaluation mode the layer does nothing at all. Whoever drew a number there moves everything that is drawn afterwards.")
class Dropout(nn.Module):
    def __init__(self, p):
        super().__init__()
        self.p = p

    def forward(self, x):
        mask = torch.rand(x.shape, device=x.device) >= self.p
        return x * mask / (1 - self.p) if self.training else x


@mistake("MC886", "Shows p as a float, however it was given", hint="Printed, p stands as it was given: a 0 stays a 0.")
class Dropout(nn.Module):
    def __init__(self, p):
        super().__init__()
        if not 0 <= p < 1:
            raise ValueError(p)
        self.p = float(p)

    def forward(self, x):
        return nn.functional.dropout(x, self.p, self.training)

    def extra_repr(self):
        return f"p={self.p}"
