from torch.utils.data import Subset

from grader import alternative


@alternative("by number")
def subset_relabel(dataset, keep):
    result = []
    for i in range(len(dataset)):
        picture, label = dataset[i]
        if label in keep:
            result.append((picture, list(keep).index(label)))
    return result


@alternative("a Subset first")
def subset_relabel(dataset, keep):
    new = dict(zip(keep, range(len(keep))))
    chosen = Subset(dataset, [i for i in range(len(dataset)) if dataset[i][1] in new])
    return [(chosen[i][0], new[chosen[i][1]]) for i in range(len(chosen))]
