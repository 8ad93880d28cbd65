import torch
from torch import nn

from grader import alternative


@alternative("the function of PyTorch")
class Dropout(nn.Module):
    def __init__(self, p):
        if p < 0 or p >= 1:
            raise ValueError("p")
        super().__init__()
        self.p = p

    def forward(self, x):
        return nn.functional.dropout(x, self.p, self.training)

    def extra_repr(self):
        return "p=" + str(self.p)


@alternative("bernoulli_ and where")
class Dropout(nn.Module):
    def __init__(self, p):
        super().__init__()
        if not (p >= 0 and p < 1):
            raise ValueError(f"{p} is not in [0, 1)")
        self.keep = 1 - p
        self._p = p

    def forward(self, x):
        if self.training:
            kept = torch.empty_like(x).bernoulli_(self.keep).bool()
            x = torch.where(kept, x / self.keep, torch.zeros_like(x))
        return x

    def __repr__(self):
        return f"Dropout(p={self._p})"
