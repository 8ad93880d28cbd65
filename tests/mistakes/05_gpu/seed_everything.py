import random
import time

import numpy as np
import torch

from grader import mistake


@mistake("MG23", "Seeds the card and not the CPU", hint="`torch.cuda.manual_seed` leaves the CPU's generator alone.")
def seed_everything(seed):
    random.seed(seed)
    np.random.seed(seed)
    torch.cuda.manual_seed_all(seed)


@mistake("MG181", "Forgets NumPy", hint="`np.random` has a generator of its own.")
def seed_everything(seed):
    random.seed(seed)
    torch.manual_seed(seed)


@mistake("MG182", "Forgets Python's random", hint="Python's module `random` has a generator of its own.")
def seed_everything(seed):
    np.random.seed(seed)
    torch.manual_seed(seed)


@mistake("MG183", "Seeds one card of several", hint="`torch.cuda.manual_seed` seeds the current card only.")
def seed_everything(seed):
    random.seed(seed)
    np.random.seed(seed)
    torch.default_generator.manual_seed(seed)
    torch.cuda.manual_seed(seed)


@mistake("MG184", "Seeds the CPU's generator only", hint="The generator's own method seeds only that one; `torch.manual_seed` seeds the cards, too.")
def seed_everything(seed):
    random.seed(seed)
    np.random.seed(seed)
    torch.default_generator.manual_seed(seed)


@mistake("MG185", "Uses a seed of its own choice", hint="The seed is an argument.")
def seed_everything(seed):
    random.seed(42)
    np.random.seed(42)
    torch.manual_seed(42)


@mistake("MG361", "Folds the seeds", hint="Two seeds of the range that the text names are one to it. Hand the seed on as it is.")
def seed_everything(seed):
    random.seed(seed % 2**31)
    np.random.seed(seed % 2**31)
    torch.manual_seed(seed % 2**31)


@mistake("MG529", "Takes the time for a seed of 0", hint="0 is a seed like any other, but `seed or …` takes it for none.")
def seed_everything(seed):
    seed = seed or int(time.time())
    random.seed(seed)
    np.random.seed(seed)
    torch.manual_seed(seed)
