import random

import numpy as np
import torch

from grader import alternative


@alternative("to be on the safe side")
def seed_everything(seed):
    torch.manual_seed(seed)
    if torch.cuda.is_available():
        torch.cuda.manual_seed(seed)
        torch.cuda.manual_seed_all(seed)
    for module in (random, np.random):
        module.seed(seed)
