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


@mistake("ML422", 'Takes the seed 0 for none', hint='`if seed:` is False for 0, which is a seed like any other.')
def seeded(build, seed):
    with torch.random.fork_rng(devices=[]):
        if seed:
            torch.manual_seed(seed)
        return build()


@mistake("ML516", 'Seeds the common generator again', hint='The first seed gives the first numbers again. What was drawn since then is in `get_rng_state` only.')
def seeded(build, seed):
    old = torch.initial_seed()
    torch.manual_seed(seed)
    model = build()
    torch.manual_seed(old)
    return model


@mistake("ML517", 'Builds two models', hint='The second one gets the numbers after those of the first. Build once, right after the seed.')
def seeded(build, seed):
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        build()
        return build()


@mistake("ML518", 'Goes on where the last call ended', hint='The same seed was to give the same list again: a new generator for each call.')
def batch_orders(n, epochs, seed):
    known = batch_orders.__dict__.setdefault("known", {})
    generator = known.setdefault(seed, torch.Generator().manual_seed(seed))
    return [torch.randperm(n, generator=generator) for _ in range(epochs)]


@mistake("ML519", 'Returns one tensor, shuffled again and again', hint='All epochs of your list are the same object, in its last order.')
def batch_orders(n, epochs, seed):
    generator, order, orders = torch.Generator().manual_seed(seed), torch.arange(n), []
    for _ in range(epochs):
        order.copy_(order[torch.randperm(n, generator=generator)])
        orders.append(order)
    return orders


@mistake("MQ314", "Takes the seed 0 for no seed", hint="`if seed` is false for 0, and 0 is a seed like any other.")
def batch_orders(n, epochs, seed):
    generator = torch.Generator()
    if seed:
        generator.manual_seed(seed)
    else:
        generator.seed()
    return [torch.randperm(n, generator=generator) for _ in range(epochs)]
