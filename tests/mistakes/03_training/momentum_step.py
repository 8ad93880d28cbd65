from grader import mistake


@mistake("ML142", "Moves by the old velocity", hint="First update the velocity, then move by the new one.")
def momentum_step(p, g, v, rate, momentum):
    return p - rate * v, momentum * v + g


@mistake("ML143", "Averages gradient and velocity", hint="In PyTorch's form the gradient is added in full, not with the weight 1 - momentum.")
def momentum_step(p, g, v, rate, momentum):
    v = momentum * v + (1 - momentum) * g
    return p - rate * v, v


@mistake("ML144", "Puts the rate into the velocity", hint=(
    "The velocity collects gradients, without the rate.",
    "Look at where the rate stands: in the line of the velocity, or in the line of the parameters?",
    "Multiply by the rate when the parameters move. As long as the rate never changes nothing differs but the velocity; then a schedule comes.",
))
def momentum_step(p, g, v, rate, momentum):
    v = momentum * v + rate * g
    return p - v, v


@mistake("ML145", "Walks uphill", hint="The parameters move against the velocity.")
def momentum_step(p, g, v, rate, momentum):
    v = momentum * v + g
    return p + rate * v, v


@mistake("ML146", "Changes the caller's velocity", hint="Methods with a trailing underscore change the tensor that you were given.")
def momentum_step(p, g, v, rate, momentum):
    v.mul_(momentum).add_(g)
    return p - rate * v, v


@mistake("ML147", "Looks ahead as Nesterov does", hint="That is another method. Here the parameters move by the velocity itself.")
def momentum_step(p, g, v, rate, momentum):
    v = momentum * v + g
    return p - rate * (g + momentum * v), v


@mistake("ML456", 'Returns the old velocity where there is no momentum', hint='With momentum 0 the new velocity is the gradient.')
def momentum_step(p, g, v, rate, momentum):
    if momentum == 0:
        return p - rate * g, v.clone()
    v = momentum * v + g
    return p - rate * v, v
