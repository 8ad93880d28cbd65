"""How long the graphs of a loop's steps live. The suites of the loops share it."""

import torch


def watched_graphs(model):
    """A list that grows at each forward pass of a model: how many graphs of earlier passes are still alive then."""
    import weakref

    class Tag:
        pass

    class Mark(torch.autograd.Function):
        @staticmethod
        def forward(ctx, t):
            ctx.tag = Tag()
            tags.append(weakref.ref(ctx.tag))
            return t.clone()

        @staticmethod
        def backward(ctx, grad):
            return grad

    def watch(module, given, result):
        alive.append(sum(tag() is not None for tag in tags))
        return Mark.apply(result)

    tags, alive = [], []
    model.register_forward_hook(watch)
    return alive


def beyond_one(alive):
    """The most graphs of earlier passes that were alive at a time, but one: a variable may still name the last."""
    return max(max(alive, default=0) - 1, 0)
