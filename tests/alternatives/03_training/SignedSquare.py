import torch

from grader import alternative


@alternative("saves the derivative, and the sign is a function")
class SignedSquare(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(2 * x.abs())
        return torch.sign(x) * x**2

    @staticmethod
    def backward(ctx, above):
        return above * ctx.saved_tensors[0]


@alternative("an attribute of ctx, and where")
class SignedSquare(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.x = x
        return torch.where(x < 0, -x.square(), x.square())

    @staticmethod
    def backward(ctx, above):
        return 2 * above * torch.where(ctx.x < 0, -ctx.x, ctx.x)


@alternative("forward and setup_context")
class SignedSquare(torch.autograd.Function):
    @staticmethod
    def forward(x):
        return torch.copysign(x**2, x)

    @staticmethod
    def setup_context(ctx, inputs, output):
        ctx.save_for_backward(*inputs)

    @staticmethod
    def backward(ctx, above):
        (x,) = ctx.saved_tensors
        return torch.mul(above, x.abs()).mul(2)
