import torch

from grader import mistake


@mistake("MC22", "Asks in training mode", hint="Dropout and batch norm behave differently then. Call `model.eval()` first.")
def predict_proba(model, x):
    before = model.training
    model.train()
    with torch.no_grad():
        found = model(x).softmax(dim=1)
    model.train(before)
    return found


@mistake("MC311", "Leaves the model in evaluation mode", hint="Remember `model.training`, and put it back.")
def predict_proba(model, x):
    model.eval()
    with torch.no_grad():
        return model(x).softmax(dim=1)


@mistake("MC312", "Puts the model into training mode, whatever it was", hint="It may have been in evaluation mode before.")
def predict_proba(model, x):
    model.eval()
    with torch.no_grad():
        found = model(x).softmax(dim=1)
    model.train()
    return found


@mistake("MC313", "Builds a graph", hint="`eval` is about behaviour; recording is switched off by `no_grad`.")
def predict_proba(model, x):
    before = model.training
    model.eval()
    found = model(x).softmax(dim=1)
    model.train(before)
    return found


@mistake("MC314", "Normalises over the pictures", hint="The probabilities of one picture add up to 1: the softmax runs along the classes.")
def predict_proba(model, x):
    before = model.training
    model.eval()
    with torch.no_grad():
        found = model(x).softmax(dim=0)
    model.train(before)
    return found


@mistake("MC315", "Returns the scores", hint="Scores are no probabilities: apply the softmax.")
def predict_proba(model, x):
    before = model.training
    model.eval()
    with torch.no_grad():
        found = model(x)
    model.train(before)
    return found


@mistake("MC316", "Takes the sigmoid of each score", hint="The sigmoid looks at one score alone; the probabilities of all classes must add up to 1.")
def predict_proba(model, x):
    before = model.training
    model.eval()
    with torch.no_grad():
        found = model(x).sigmoid()
    model.train(before)
    return found


@mistake("MC07", "Gives the picture without a batch axis", hint="A single picture is a batch of one: add an axis in front.")
def classify_one(model, image, names):
    p = predict_proba(model, image).flatten()
    return names[int(p.argmax())], p.max().item()


@mistake("MC317", "Returns the number of the class", hint="The name of the class was asked for.")
def classify_one(model, image, names):
    p = predict_proba(model, image.unsqueeze(0))[0]
    return int(p.argmax()), p.max().item()


@mistake("MC318", "Leaves the probability in a tensor", hint="A Python float was asked for.")
def classify_one(model, image, names):
    p = predict_proba(model, image.unsqueeze(0))[0]
    return names[int(p.argmax())], p.max()


@mistake("MC319", "Names the least probable class", hint="The largest probability wins.")
def classify_one(model, image, names):
    p = predict_proba(model, image.unsqueeze(0))[0]
    return names[int(p.argmin())], p.min().item()


@mistake("MC320", "Returns the score where the probability is due", hint="The score of a class may be any number; its probability comes from the softmax.")
def classify_one(model, image, names):
    model.eval()
    with torch.no_grad():
        scores = model(image.unsqueeze(0))[0]
    return names[int(scores.argmax())], scores.max().item()


@mistake("MC637", "Adds the batch axis to the picture itself", hint="`unsqueeze_` changes its tensor. Without the underscore you get a new view, and the picture stays.")
def classify_one(model, image, names):
    before = model.training
    model.eval()
    with torch.no_grad():
        p = torch.softmax(model(image.unsqueeze_(0)), dim=-1)[0]
    model.train(before)
    return names[p.argmax().item()], p.max().item()


@mistake("MC638", "Applies the softmax twice", hint="Probabilities that go through a softmax once more lie close together.")
def classify_one(model, image, names):
    before = model.training
    model.eval()
    with torch.no_grad():
        p = torch.softmax(model(image.unsqueeze(0)), dim=1)
    model.train(before)
    best = p.softmax(dim=1).max(dim=1)
    return names[best.indices.item()], best.values.item()


@mistake("MC738", "Lets large scores overflow", hint="`exp` of a few hundred is infinite. `softmax` subtracts the largest score of each row first.")
def predict_proba(model, x):
    modes = [(m, m.training) for m in model.modules()]
    with torch.no_grad():
        e = model.eval()(x).exp()
    for m, mode in modes:
        m.training = mode
    return e / e.sum(1, keepdim=True)


@mistake("MC739", "Subtracts the largest score of the whole batch", hint="A row whose scores are much smaller becomes 0 divided by 0. Each row has a largest score of its own.")
def predict_proba(model, x):
    modes = [(m, m.training) for m in model.modules()]
    with torch.no_grad():
        z = model.eval()(x)
        e = (z - z.max()).exp()
    for m, mode in modes:
        m.training = mode
    return e / e.sum(1, keepdim=True)


@mistake("MC740", "Switches gradients on afterwards, whether they were on or not", hint="`with torch.no_grad():` puts back what was before.")
def predict_proba(model, x):
    modes = [(m, m.training) for m in model.modules()]
    torch.set_grad_enabled(False)
    p = torch.softmax(model.eval()(x), dim=1)
    torch.set_grad_enabled(True)
    for m, mode in modes:
        m.training = mode
    return p


@mistake("MC741", "Asks in the mode in which the model is", hint="In training mode dropout drops: ask in evaluation mode, and put the mode back.")
def classify_one(model, image, names):
    with torch.no_grad():
        p = model(image[None]).softmax(1)[0]
    i = int(p.argmax())
    return names[i], float(p[i])


@mistake("MC742", "Gives the score in the place of the probability", hint="A score may be any number; the softmax over all classes makes probabilities of them.")
def classify_one(model, image, names):
    modes = [(m, m.training) for m in model.modules()]
    with torch.no_grad():
        z = model.eval()(image[None])[0]
    for m, mode in modes:
        m.training = mode
    i = int(z.argmax())
    return names[i], float(z.sigmoid()[i])


@mistake("MC743", "Rounds the probability", hint="It was asked for as it is, with all its digits.")
def classify_one(model, image, names):
    modes = [(m, m.training) for m in model.modules()]
    with torch.no_grad():
        p = model.eval()(image[None]).softmax(1)[0]
    for m, mode in modes:
        m.training = mode
    i = int(p.argmax())
    return names[i], round(float(p[i]), 3)
