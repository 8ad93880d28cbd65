import torch

from grader import mistake


@mistake("MT17", "Gives one place in the flattened tensor", hint="Without a dim you get a single position in the flattened tensor.")
def predict_rows(scores):
    return scores.argmax()


@mistake("MT20", "Returns the heights instead of the places", hint="`max(dim=1)` gives two things: the first is the height, the second the place.")
def predict_rows(scores):
    values, _ = scores.max(dim=1)
    return values


@mistake("MT142", "Looks for the largest of each column", hint="The dim that you name disappears: for one result per row, the columns must go.")
def predict_rows(scores):
    return scores.argmax(dim=0)


@mistake("MT143", "Takes the smallest score", hint="The prediction is the class with the largest score.")
def predict_rows(scores):
    return scores.argmin(dim=1)


@mistake("MT144", "Keeps the reduced axis", hint="One class per row is a vector of shape (N,).")
def predict_rows(scores):
    return scores.argmax(dim=1, keepdim=True)


@mistake("MT333", "Squeezes the places of the largest scores", hint="With one row, `squeeze()` drops the axis of the rows as well. Name the axis.")
def predict_rows(scores):
    return scores.topk(1, dim=1).indices.squeeze()


@mistake("MT334", "Starts the search at 0", hint="Scores may all be negative; then nothing is larger than 0. Start with the first score, or use `argmax`.")
def predict_rows(scores):
    out = []
    for row in scores:
        best, place = 0.0, 0
        for k, s in enumerate(row.tolist()):
            if s > best:
                best, place = s, k
        out.append(place)
    return torch.tensor(out, dtype=torch.int64)


@mistake("MT335", "Adds noise to the scores", hint="There are no ties to break, and random numbers that nobody asked for are used up.")
def predict_rows(scores):
    return (scores + 1e-12 * torch.rand_like(scores)).argmax(dim=1)


@mistake("MT439", 'Sends the scores through a sigmoid first', hint='The sigmoid of all large scores is 1, rounded, and the first of them wins. Compare the scores themselves.')
def predict_rows(scores):
    return torch.sigmoid(scores).argmax(dim=1)


@mistake("MT440", 'Raises e to the scores first', hint='e to the 200 is infinite in float32, and two infinities tie. Compare the scores themselves.')
def predict_rows(scores):
    return scores.exp().argmax(1)


@mistake("MT441", 'Compares in float16', hint='float16 has about three digits: scores that are near each other become equal there. Leave the dtype alone.')
def predict_rows(scores):
    return scores.half().argmax(dim=1)


@mistake("MT491", 'Takes the score of the largest magnitude', hint='-3 is less than 1, whatever its magnitude. Compare the scores with their signs.')
def predict_rows(scores):
    return scores.abs().argmax(dim=1)


@mistake("MT492", 'Gives places in the flattened table', hint='The class is the place within its own row.')
def predict_rows(scores):
    best = scores.max(dim=1, keepdim=True).values
    return (scores == best).flatten().nonzero().flatten()


@mistake("MT566", "Goes over to float32", hint="float32 has seven digits: of scores around 100,000 it keeps hundredths only. Compare them in the dtype that they have.")
def predict_rows(scores):
    return scores.float().argmax(dim=1)
