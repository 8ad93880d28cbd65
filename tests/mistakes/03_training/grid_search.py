import math
from itertools import product

from grader import mistake


@mistake("ML270", "Changes the first setting fastest", hint="Of two runs in a row, the *last* setting is the one that differs.")
def product_runs(space):
    names = list(space)[::-1]
    found = [dict(zip(names, values)) for values in product(*(space[name] for name in names))]
    return [{name: run[name] for name in space} for run in found]


@mistake("ML271", "Pairs the values instead of combining them", hint="Every value of one setting meets every value of the others: 3 rates and 2 widths make 6 runs.")
def product_runs(space):
    return [dict(zip(space, values)) for values in zip(*space.values())]


@mistake("ML272", "Returns the values without their names", hint="Each run is a dict from the names of the settings to values.")
def product_runs(space):
    return list(product(*space.values()))


@mistake("ML273", "Sorts the settings by name", hint="The keys keep the order of `space`.")
def product_runs(space):
    names = sorted(space)
    return [dict(zip(names, values)) for values in product(*(space[name] for name in names))]


@mistake("ML274", "Returns one dict, filled again and again", hint="A list may hold one object many times. Make a new dict for each run.")
def product_runs(space):
    run, found = {}, []
    for values in product(*space.values()):
        run.update(zip(space, values))
        found.append(run)
    return found


@mistake("ML53b", "Chooses by the training loss", hint="The training loss would always vote for the largest network. The validation loss decides.")
def grid_search(score, space):
    runs = [dict(zip(space, values)) for values in product(*space.values())]
    return min(runs, key=lambda run: score(**run)["train"])


@mistake("ML53c", "Chooses by the test loss", hint="Whoever chooses by the test data has trained on them. The validation loss decides.")
def grid_search(score, space):
    runs = [dict(zip(space, values)) for values in product(*space.values())]
    return min(runs, key=lambda run: score(**run)["test"])


@mistake("ML275", "Does not expect NaN", hint="Every comparison with NaN is False, so `min` keeps a NaN that comes first. Leave these runs out.")
def grid_search(score, space):
    runs = [dict(zip(space, values)) for values in product(*space.values())]
    return min(runs, key=lambda run: score(**run)["val"])


@mistake("ML276", "Takes the last of several best runs", hint=(
    "If several runs have the lowest loss, the first of them was asked for.",
    "Look at the comparison with the best loss so far.",
    "Is an equal loss an improvement? It must not replace what was found before.",
))
def grid_search(score, space):
    best, lowest = {}, float("inf")
    for values in product(*space.values()):
        run = dict(zip(space, values))
        loss = score(**run)["val"]
        if loss <= lowest:
            best, lowest = run, loss
    return best


@mistake("ML277", "Takes the highest loss", hint="A loss is small when things are good.")
def grid_search(score, space):
    best, highest = {}, float("-inf")
    for values in product(*space.values()):
        run = dict(zip(space, values))
        loss = score(**run)["val"]
        if loss > highest:
            best, highest = run, loss
    return best


@mistake("ML278", "Trains every run more than once", hint="Call `score` once for each combination, and keep what it says. A training may take hours.")
def grid_search(score, space):
    runs = [dict(zip(space, values)) for values in product(*space.values())]
    runs = [run for run in runs if score(**run)["val"] == score(**run)["val"]]
    return min(runs, key=lambda run: score(**run)["val"])


@mistake("ML279", "Returns the lowest loss instead of the settings", hint="Whoever searches wants to know the settings, not only how good they are.")
def grid_search(score, space):
    losses = [score(**dict(zip(space, values)))["val"] for values in product(*space.values())]
    return min(loss for loss in losses if loss == loss)


@mistake("ML280", "Adds the training loss to the validation loss", hint="The validation loss alone decides.")
def grid_search(score, space):
    best, lowest = {}, float("inf")
    for values in product(*space.values()):
        run = dict(zip(space, values))
        losses = score(**run)
        if losses["train"] + losses["val"] < lowest:
            best, lowest = run, losses["train"] + losses["val"]
    return best


@mistake("ML393", "Puts a run out for any loss that is not finite", hint="Only the validation loss decides, also about which run is left out. The other losses may be what they like.")
def grid_search(score, space):
    best, lowest = {}, math.inf
    for values in product(*space.values()):
        run = dict(zip(space, values, strict=True))
        losses = score(**run)
        if all(map(math.isfinite, losses.values())) and losses["val"] < lowest:
            best, lowest = run, losses["val"]
    return best


@mistake("ML526", 'Sorts the values of each setting', hint='The order in which the values were given counts.')
def product_runs(space):
    return [dict(zip(space, values)) for values in product(*(sorted(v, key=str) for v in space.values()))]


@mistake("ML527", 'Ends at the first run that diverged', hint='A run with NaN is never the best; the others are still to be tried.')
def grid_search(score, space):
    best, winner = math.inf, None
    for run in product_runs(space):
        loss = score(**run)["val"]
        if not math.isfinite(loss):
            break
        if loss < best:
            best, winner = loss, run
    return winner or product_runs(space)[0]


@mistake("ML528", 'Improves one setting after the other', hint='All combinations were to be tried; the best ones may lie apart.')
def grid_search(score, space):
    def val(run):
        loss = score(**run)["val"]
        return math.inf if math.isnan(loss) else loss
    run = {name: values[0] for name, values in space.items()}
    for name, values in space.items():
        run = min(({**run, name: value} for value in values), key=val)
    return run


@mistake("ML529", 'Trains the best settings once more', hint='Each combination once, and no more.')
def grid_search(score, space):
    best, winner = math.inf, None
    for run in product_runs(space):
        loss = score(**run)["val"]
        if loss < best:
            best, winner = loss, run
    score(**winner)
    return winner


@mistake("ML547", 'Lets the training loss decide between equal runs', hint='The validation loss alone decides; of equal ones the first.')
def grid_search(score, space):
    results = [(score(**run), run) for run in product_runs(space)]
    valid = [(r["val"], r["train"], i) for i, (r, _) in enumerate(results) if not math.isnan(r["val"])]
    return results[min(valid)[2]][1]


@mistake("ML561", "Expects exactly two settings", hint="There may be one setting, or five. Go through whatever `space` holds, without naming them one by one.")
def product_runs(space):
    (a, firsts), (b, seconds) = space.items()
    return [{a: first, b: second} for first in firsts for second in seconds]


@mistake("MQ323", "Takes a loss of 0 for none", hint="`if not lowest` is true for 0.0 as well, which no later run can beat. Begin with infinity, or with None, and compare with that.")
def grid_search(score, space):
    best, lowest = {}, None
    for run in product_runs(space):
        loss = score(**run)["val"]
        if not math.isnan(loss) and (not lowest or loss < lowest):
            best, lowest = run, loss
    return best
