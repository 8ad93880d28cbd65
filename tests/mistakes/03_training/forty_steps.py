import torch

from grader import mistake


@mistake("MQ301", "Steps too timidly", hint="Forty steps are few. How far does the loss fall with a rate that is ten or thirty times as large?")
def forty_steps():
    return {"units": 64, "spread": 1.0, "rates": [0.01] * 40, "momentum": 0.0}


@mistake("MQ302", "Steps so far that it diverges", hint="Look at the loss of each step: with a rate this large it climbs. Momentum makes steps longer still.")
def forty_steps():
    return {"units": 32, "spread": 1.0, "rates": [2.0] * 40, "momentum": 0.9}


@mistake("MQ303", "Starts with all weights at zero", hint="Hidden units with equal weights get equal gradients, and stay equal for ever. What does a spread of 0 do?")
def forty_steps():
    return {"units": 64, "spread": 0.0, "rates": [0.3] * 40, "momentum": 0.5}


@mistake("MQ304", "Has too few hidden units", hint="Ten digits through two numbers: how much can pass a layer as narrow as that?")
def forty_steps():
    return {"units": 2, "spread": 1.0, "rates": [0.3] * 40, "momentum": 0.0}


@mistake("MQ305", "Names one rate for all steps", hint='"rates" has a number for each of the forty steps: a list, also where all of them are the same.')
def forty_steps():
    return {"units": 32, "spread": 1.0, "rates": 0.3, "momentum": 0.0}


@mistake("MQ306", "Seeds the generator that all share", hint="Settings are plain numbers. Nobody needs a seed to write them down, and everybody else draws other numbers after it.")
def forty_steps():
    torch.manual_seed(0)
    return {"units": 32, "spread": 1.0, "rates": [0.3] * 40, "momentum": 0.5}
