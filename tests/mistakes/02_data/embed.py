import torch
from torch import nn

from grader import mistake


@mistake("MD44", "Lets the ids decide on the width of one-hot", hint="Without the number of classes, the one-hot rows end with the highest id that occurs, and the table has more rows.")
def embed(ids, table):
    return nn.functional.one_hot(ids).float() @ table


@mistake("MD176", "Takes columns of the table", hint="Each word is a row of the table.")
def embed(ids, table):
    return table[:, ids]


@mistake("MD177", "Flattens a batch of sentences", hint="The result has the shape of the ids, and one axis more.")
def embed(ids, table):
    return table[ids.flatten()]


@mistake("MD178", "Multiplies the table with a table of integers", hint="`F.one_hot` gives int64, and a matrix product wants two tensors of one dtype.")
def embed(ids, table):
    return nn.functional.one_hot(ids, len(table)) @ table


@mistake("MD179", "Answers with one of the three words", hint="The nearest row is often that of c itself. a, b and c do not count.")
def analogy(table, a, b, c):
    return int((table - (table[b] - table[a] + table[c])).norm(dim=1).argmin())


@mistake("MD180", "Takes the step backwards", hint="From a to b is `table[b] - table[a]`, and c is where you start.")
def analogy(table, a, b, c):
    distances = (table - (table[a] - table[b] + table[c])).norm(dim=1)
    distances[[a, b, c]] = torch.inf
    return int(distances.argmin())


@mistake("MD181", "Takes the largest dot product for the nearest row", hint="Near means a small distance; a long vector has large dot products with many.")
def analogy(table, a, b, c):
    scores = table @ (table[b] - table[a] + table[c])
    scores[[a, b, c]] = -torch.inf
    return int(scores.argmax())


@mistake("MD182", "Returns the id as a tensor", hint="A Python int was asked for.")
def analogy(table, a, b, c):
    distances = (table - (table[b] - table[a] + table[c])).norm(dim=1)
    distances[[a, b, c]] = torch.inf
    return distances.argmin()


@mistake("MD275", "Expects a table in float32", hint="A matrix product wants two tensors of one dtype. Which one has the table?")
def embed(ids, table):
    return nn.functional.one_hot(ids, len(table)).float() @ table


@mistake("MD276", "Lets a be the answer", hint="a, b and c do not count, all three of them.")
def analogy(table, a, b, c):
    distances = (table - (table[b] - table[a] + table[c])).norm(dim=1)
    distances[[b, c]] = torch.inf
    return int(distances.argmin())


@mistake("MD339", "Takes the fourth-nearest row", hint="The three given words need not be the three nearest ones. Leave out those three, wherever they lie, and take the nearest of the rest.")
def analogy(table, a, b, c):
    distance = torch.norm(table - (table[b] - table[a] + table[c]), dim=1)
    return distance.argsort()[3].item()


@mistake("MD340", "Writes into the caller's table", hint="What you make infinite in the table stays infinite. Write into the distances instead, or into a copy.")
def analogy(table, a, b, c):
    target = table[b] - table[a] + table[c]
    table[[a, b, c]] = float("inf")
    return int(((table - target) ** 2).sum(dim=1).argmin())


@mistake("MD341", "Compares directions instead of distances", hint="Near means a small Euclidean distance. The cosine does not see how long a vector is.")
def analogy(table, a, b, c):
    target = table[b] - table[a] + table[c]
    close = torch.nn.functional.cosine_similarity(table, target.unsqueeze(0), dim=1)
    close[[a, b, c]] = -2.0
    return close.argmax().item()


@mistake("MD458", "Leaves out other words that lie where a, b or c do", hint="a, b and c do not count; a fourth word does, even on the same spot. Leave them out by their ids, not by their vectors.")
def analogy(table, a, b, c):
    distance = (table - (table[b] - table[a] + table[c])).norm(dim=1)
    for k in (a, b, c):
        distance[(table == table[k]).all(dim=1)] = torch.inf
    return int(distance.argmin())


@mistake("MD459", "Leaves out a word where the step ends", hint="A distance of 0 is the nearest there is.")
def analogy(table, a, b, c):
    distance = (table - (table[b] - table[a] + table[c])).norm(dim=1)
    distance[[a, b, c]] = torch.inf
    distance[distance < 1e-9] = torch.inf
    return int(distance.argmin())


@mistake("MD460", "Looks at the three nearest rows only", hint="The three given words may be the three nearest. Leave them out first.")
def analogy(table, a, b, c):
    distance = (table - (table[b] - table[a] + table[c])).norm(dim=1)
    nearest = distance.topk(3, largest=False).indices.tolist()
    return next((k for k in nearest if k not in (a, b, c)), nearest[-1])


@mistake("MD461", "Gives the place in a table without the three", hint="Once rows are taken out, the ones behind them move up. Make their distances infinite instead.")
def analogy(table, a, b, c):
    goal = table[b] - table[a] + table[c]
    rest = [k for k in range(len(table)) if k not in (a, b, c)]
    return int((table[rest] - goal).norm(dim=1).argmin())


@mistake("MD462", "Adds the distances along the axes up", hint="That is another distance. The Euclidean one is the root of the sum of squares: `norm`.")
def analogy(table, a, b, c):
    distance = (table - (table[b] - table[a] + table[c])).abs().sum(dim=1)
    distance[[a, b, c]] = torch.inf
    return int(distance.argmin())


@mistake("MD463", "Shortens long vectors", hint="The rows come as they stand in the table: `max_norm` changes them.")
def embed(ids, table):
    return nn.functional.embedding(ids, table, max_norm=1.0)


@mistake("MD464", "Gives number 0 no vector", hint="Number 0 has a row like all others. Here nothing is filling.")
def embed(ids, table):
    return table[ids] * (ids != 0).unsqueeze(-1).to(table.dtype)


@mistake("MD543", "Stacks rows, of which there may be none", hint="`torch.stack` refuses an empty list, and there may be no ids. With the ids as the index, an empty result comes by itself.")
def embed(ids, table):
    rows = [table[i] for i in ids.flatten().tolist()]
    return torch.stack(rows).reshape(*ids.shape, -1)
