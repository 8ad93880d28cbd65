import time

import torch

from grader import alternative


@alternative("two loops and a helper")
def timed(fn, device, warmup=3, repeats=10, clock=time.perf_counter):
    def wait():
        if str(device).startswith("cuda"):
            torch.cuda.synchronize(device)

    for _ in range(warmup):
        fn()
    found = []
    for _ in range(repeats):
        wait()
        begin = clock()
        fn()
        wait()
        end = clock()
        found.append(end - begin)
    return found


@alternative("measures a function that waits")
def timed(fn, device, warmup=3, repeats=10, clock=time.perf_counter):
    card = torch.device(device).type != "cpu"

    def finished():
        fn()
        if card:
            torch.cuda.synchronize(device)

    for _ in range(warmup):
        finished()
    if card:
        torch.cuda.synchronize(device)
    return [-(clock() - [finished(), clock()][1]) for _ in range(repeats)]


@alternative("with the card made the current one")
def timed(fn, device, warmup=3, repeats=10, clock=time.perf_counter):
    def wait():
        if torch.device(device).type == "cuda":
            with torch.cuda.device(device):
                torch.cuda.synchronize()

    for _ in range(warmup):
        fn()
    times = []
    for _ in range(repeats):
        wait()
        start = clock()
        fn()
        wait()
        times.append(clock() - start)
    return times
