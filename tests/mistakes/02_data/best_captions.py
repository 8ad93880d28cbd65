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


@mistake("MD343", "Divides the caller's vectors in place", hint="`/=` writes into the tensors that were passed. Make new ones.")
def best_captions(images, texts):
    images /= images.norm(dim=-1, keepdim=True)
    texts /= texts.norm(dim=-1, keepdim=True)
    similarity = images @ texts.T
    return similarity, similarity.max(dim=1).indices
