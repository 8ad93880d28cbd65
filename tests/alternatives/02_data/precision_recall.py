from grader import alternative


@alternative("true and false positives")
def precision_recall(predicted, actual):
    tp = (predicted * actual).sum().item()
    fp = (predicted & ~actual).sum().item()
    fn = (~predicted & actual).sum().item()
    return tp / max(tp + fp, 1), tp / max(tp + fn, 1)


@alternative("means of selected ones")
def precision_recall(predicted, actual):
    precision = actual[predicted].double().mean().item() if predicted.any() else 0.0
    recall = predicted[actual].double().mean().item() if actual.any() else 0.0
    return [precision, recall]
