import torch

from grader import mistake


@mistake("ML241", "Changes the random numbers of everybody else", hint="Put the state of the common generator back, or let `fork_rng` do it.")
def seeded(build, seed):
    torch.manual_seed(seed)
    return build()


@mistake("ML242", "Does not set the seed", hint="Without the seed every call gives other weights.")
def seeded(build, seed):
    return build()


@mistake("ML243", "Sets the seed after the weights are drawn", hint="The weights are drawn from the common generator, while the model is made. Seed that one, and before.")
def seeded(build, seed):
    state = torch.get_rng_state()
    model = build()
    torch.manual_seed(seed)
    torch.set_rng_state(state)
    return model


@mistake("ML55b", "Gives all weights the same value", hint="Reproducible does not mean equal. Units that start alike stay alike.")
def seeded(build, seed):
    with torch.random.fork_rng(devices=[]):
        model = build()
    with torch.no_grad():
        for p in model.parameters():
            p.fill_(0.01 * seed)
    return model


@mistake("ML61", "Seeds in every epoch", hint="A seed in every epoch gives every epoch the same order. Seed once, then draw on.")
def batch_orders(n, epochs, seed):
    return [torch.randperm(n, generator=torch.Generator().manual_seed(seed)) for _ in range(epochs)]


@mistake("ML244", "Draws without the seed", hint="The same seed was to give the same list again.")
def batch_orders(n, epochs, seed):
    return [torch.randperm(n) for _ in range(epochs)]


@mistake("ML245", "Draws samples repeatedly", hint="`randint` may give a number twice and leave another one out. Every sample comes once per epoch.")
def batch_orders(n, epochs, seed):
    generator = torch.Generator().manual_seed(seed)
    return [torch.randint(n, (n,), generator=generator) for _ in range(epochs)]


@mistake("ML246", "Does not shuffle", hint="A random order was asked for.")
def batch_orders(n, epochs, seed):
    return [torch.arange(n) for _ in range(epochs)]


@mistake("ML355", "Draws one order and only turns it", hint="An order that is turned keeps its neighbours. Draw anew for every epoch.")
def batch_orders(n, epochs, seed):
    order = torch.randperm(n, generator=torch.Generator().manual_seed(seed))
    return [order.roll(epoch) for epoch in range(epochs)]
