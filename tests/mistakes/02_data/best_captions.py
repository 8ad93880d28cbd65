import torch
from torch import nn

from grader import mistake


@mistake("MD183", "Leaves the vectors at their lengths", hint="A cosine lies between -1 and 1. Divide each vector by its length first.")
def best_captions(images, texts):
    similarity = images @ texts.T
    return similarity, similarity.argmax(dim=1)


@mistake("MD184", "Finds the best picture for each sentence", hint="One answer per picture: which axis has to disappear?")
def best_captions(images, texts):
    similarity = nn.functional.normalize(images, dim=1) @ nn.functional.normalize(texts, dim=1).T
    return similarity, similarity.argmax(dim=0)


@mistake("MD185", "Normalises the axes of the space instead of the vectors", hint="Each row is a vector, and its length is a sum along the row.")
def best_captions(images, texts):
    similarity = nn.functional.normalize(images, dim=0) @ nn.functional.normalize(texts, dim=0).T
    return similarity, similarity.argmax(dim=1)


@mistake("MD186", "Compares picture i with sentence i alone", hint="Every picture is to be compared with every sentence: (N, M).")
def best_captions(images, texts):
    similarity = nn.functional.cosine_similarity(images, texts, dim=1)
    return similarity, similarity.argmax()


@mistake("MD187", "Returns the best similarity instead of its place", hint="`max` gives heights and places. Which sentence it is, is asked.")
def best_captions(images, texts):
    similarity = nn.functional.normalize(images, dim=1) @ nn.functional.normalize(texts, dim=1).T
    return similarity, similarity.max(dim=1).values


@mistake("MD342", "Divides only the sentences by their lengths", hint="The best sentence stays the same, but a cosine needs both vectors at length 1.")
def best_captions(images, texts):
    similarity = images @ (texts / texts.norm(dim=1, keepdim=True)).T
    return similarity, similarity.argmax(dim=1)


@mistake("MD343", "Divides the caller's vectors in place", hint="What writes in place, such as `/=`, changes the tensors that were passed. Make new ones.")
def best_captions(images, texts):
    images /= images.norm(dim=-1, keepdim=True)
    texts /= texts.norm(dim=-1, keepdim=True)
    similarity = images @ texts.T
    return similarity, similarity.max(dim=1).indices


@mistake("MD465", "Finds the best by the unscaled vectors", hint="The best sentence is the one with the largest cosine, and long vectors have large products.")
def best_captions(images, texts):
    similarity = nn.functional.normalize(images, dim=1) @ nn.functional.normalize(texts, dim=1).T
    return similarity, (images @ texts.T).argmax(dim=1)


@mistake("MD466", "Divides short vectors by more than their length", hint="Vectors may be as short as 0.001. Divide by the length itself.")
def best_captions(images, texts):
    a = images / images.norm(dim=1, keepdim=True).clamp(min=0.05)
    b = texts / texts.norm(dim=1, keepdim=True).clamp(min=0.05)
    similarity = a @ b.T
    return similarity, similarity.argmax(dim=1)


@mistake("MD467", "Divides by the sum of the absolute values", hint="The length of a vector is the root of the sum of its squares.")
def best_captions(images, texts):
    similarity = nn.functional.normalize(images, p=1, dim=1) @ nn.functional.normalize(texts, p=1, dim=1).T
    return similarity, similarity.argmax(dim=1)


@mistake("MD468", "Takes opposite directions for similar", hint="A cosine of -1 is as far as one can get. The largest one is asked for, with its sign.")
def best_captions(images, texts):
    similarity = nn.functional.normalize(images, dim=1) @ nn.functional.normalize(texts, dim=1).T
    return similarity, similarity.abs().argmax(dim=1)


@mistake("MD469", "Cuts the similarity off below 0", hint="A cosine lies between -1 and 1, and those below 0 are asked for, too.")
def best_captions(images, texts):
    similarity = nn.functional.normalize(images, dim=1) @ nn.functional.normalize(texts, dim=1).T
    similarity = similarity.clamp(0, 1)
    return similarity, similarity.argmax(dim=1)


@mistake("MD470", "Uses each sentence once", hint="Two pictures may have the same best sentence.")
def best_captions(images, texts):
    similarity = nn.functional.normalize(images, dim=1) @ nn.functional.normalize(texts, dim=1).T
    left, best = similarity.clone(), []
    for row in left:
        best.append(int(row.argmax()))
        if len(best) < left.shape[1]:
            left[:, best[-1]] = -torch.inf
    return similarity, torch.tensor(best)
