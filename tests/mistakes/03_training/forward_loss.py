import torch

from grader import mistake


@mistake("ML157", "Leaves the recording switched off", hint="Called as a plain function, `set_grad_enabled` stays in force. Use it with `with`.")
def forward_loss(f, params, x, t, train):
    torch.set_grad_enabled(train)
    return ((f(x, *params) - t) ** 2).mean()


@mistake("ML26", "Builds a graph in evaluation, too", hint="Validation observes and never teaches. Nothing needs to be recorded there.")
def forward_loss(f, params, x, t, train):
    return ((f(x, *params) - t) ** 2).mean()


@mistake("ML23", "Records nothing in training", hint="Only evaluation looks away. In training the loss must have a history.")
def forward_loss(f, params, x, t, train):
    with torch.no_grad():
        return ((f(x, *params) - t) ** 2).mean()


@mistake("ML158", "Switches the recording on in the end, whatever it was", hint="It may have been off before the call, and must be off afterwards, then. `with` puts back what was there.")
def forward_loss(f, params, x, t, train):
    torch.set_grad_enabled(train)
    loss = ((f(x, *params) - t) ** 2).mean()
    torch.set_grad_enabled(True)
    return loss


@mistake("ML159", "Does it the wrong way round", hint="`train` means: with a graph.")
def forward_loss(f, params, x, t, train):
    with torch.set_grad_enabled(not train):
        return ((f(x, *params) - t) ** 2).mean()


@mistake("ML412", 'Freezes the parameters and leaves them so', hint="The parameters are the caller's, who wants to go on training them. Switch the recording off, not the parameters.")
def forward_loss(f, params, x, t, training):
    for p in params:
        p.requires_grad_(training)
    return ((f(x, *params) - t) ** 2).mean()


@mistake("ML467", 'Cuts the parameters off in training, too', hint='A loss that is made to require gradients afterwards has no way back to the parameters.')
def forward_loss(f, params, x, t, training):
    predicted = f(x, *[p.detach() for p in params])
    loss = ((predicted - t) ** 2).mean()
    return loss.requires_grad_(training)
