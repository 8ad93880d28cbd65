import torch

from grader import mistake


@mistake("ML300", "Forgets what arrives from above", hint="The derivative of the operation is one factor of the chain rule. The other one is the argument of `backward`.")
class SignedSquare(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x * x.abs()

    @staticmethod
    def backward(ctx, above):
        (x,) = ctx.saved_tensors
        return 2 * x.abs()


@mistake("ML301", "Has the wrong slope for negative numbers", hint="x·|x| rises everywhere. Its derivative is 2·|x|, and never negative.")
class SignedSquare(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x * x.abs()

    @staticmethod
    def backward(ctx, above):
        (x,) = ctx.saved_tensors
        return above * 2 * x


@mistake("ML302", "Loses the sign", hint="The square of a negative number is to stay negative.")
class SignedSquare(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x**2

    @staticmethod
    def backward(ctx, above):
        (x,) = ctx.saved_tensors
        return above * 2 * x.abs()


@mistake("ML303", "Loses the factor 2 of the derivative", hint="Compare with central differences, or let `gradcheck` do it.")
class SignedSquare(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x * x.abs()

    @staticmethod
    def backward(ctx, above):
        (x,) = ctx.saved_tensors
        return above * x.abs()


@mistake("ML304", "Saves the result and takes it for the input", hint="`backward` needs x. What did `forward` save?")
class SignedSquare(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        y = x * x.abs()
        ctx.save_for_backward(y)
        return y

    @staticmethod
    def backward(ctx, above):
        (x,) = ctx.saved_tensors
        return above * 2 * x.abs()


@mistake("ML305", "Adds the derivative instead of multiplying", hint="Along a chain the derivatives are multiplied.")
class SignedSquare(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x * x.abs()

    @staticmethod
    def backward(ctx, above):
        (x,) = ctx.saved_tensors
        return above + 2 * x.abs()


@mistake("ML306", "Saves nothing for the way back", hint="`backward` does not see the variables of `forward`. `ctx.save_for_backward` takes along what it needs.")
class SignedSquare(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        return x * x.abs()

    @staticmethod
    def backward(ctx, above):
        (x,) = ctx.saved_tensors
        return above * 2 * x.abs()


@mistake("ML307", "Changes its argument", hint="An underscore at the end of a method's name, or `*=`, changes the caller's tensor. Make a new one.")
class SignedSquare(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x.clone())
        return x.mul_(x.abs())

    @staticmethod
    def backward(ctx, above):
        (x,) = ctx.saved_tensors
        return above * 2 * x.abs()


@mistake("ML308", "Leaves the derivative to autograd", hint="The question is about your own `backward`; `apply` of a `torch.autograd.Function` calls it.")
class SignedSquare(torch.autograd.Function):
    @staticmethod
    def apply(x):
        return x * x.abs()


@mistake("ML400", 'Keeps the input in one place for all calls', hint='The next call overwrites what the last one kept. `ctx` belongs to one call: `ctx.save_for_backward`.')
class SignedSquare(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        SignedSquare.sizes = x.detach().abs()
        return x * SignedSquare.sizes
    @staticmethod
    def backward(ctx, above):
        return 2 * SignedSquare.sizes * above


@mistake("ML530", 'Averages what arrives from above', hint='Each element has a gradient of its own.')
class SignedSquare(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x * x.abs()
    @staticmethod
    def backward(ctx, above):
        (x,) = ctx.saved_tensors
        return above.mean() * 2 * x.abs()


@mistake("ML531", 'Clips the gradient', hint='The chain rule multiplies, and leaves the product as it is.')
class SignedSquare(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x.sign() * x**2
    @staticmethod
    def backward(ctx, above):
        (x,) = ctx.saved_tensors
        return (above * 2 * x.abs()).clamp(-1, 1)


@mistake("ML532", 'Divides by x, which may be 0', hint='The derivative at 0 is 0. Multiply by |x|, and nothing is divided.')
class SignedSquare(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        y = x * x.abs()
        ctx.save_for_backward(x, y)
        return y
    @staticmethod
    def backward(ctx, above):
        x, y = ctx.saved_tensors
        return above * 2 * y / x


@mistake("MQ307", "Takes |x| from the root of the result", hint="In float32 the square of 1e-25 is 0, and that of 1e20 is infinite: no root brings |x| back. Keep x itself.")
class SignedSquare(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        result = x * x.abs()
        ctx.save_for_backward(result)
        return result

    @staticmethod
    def backward(ctx, above):
        (result,) = ctx.saved_tensors
        return above * 2 * result.abs().sqrt()
