import time

import torch

from grader import mistake


@mistake("MG194", "Stops the clock while the card still works", hint="The call returns when the work is queued. Wait for the card before the second look at the clock.")
def timed(fn, device, warmup=3, repeats=10, clock=time.perf_counter):
    on_card = torch.device(device).type == "cuda"
    times = []
    for i in range(warmup + repeats):
        if on_card:
            torch.cuda.synchronize(device)
        if i < warmup:
            fn()
            continue
        start = clock()
        fn()
        times.append(clock() - start)
    return times


@mistake("MG195", "Measures what others left in the queue", hint="Before the clock starts, the card has to be idle: wait for it there as well.")
def timed(fn, device, warmup=3, repeats=10, clock=time.perf_counter):
    on_card = torch.device(device).type == "cuda"
    for _ in range(warmup):
        fn()
    times = []
    for _ in range(repeats):
        start = clock()
        fn()
        if on_card:
            torch.cuda.synchronize(device)
        times.append(clock() - start)
    return times


@mistake("MG19", "Measures the first calls too", hint="The first calls pay for set-up. Throw them away.")
def timed(fn, device, warmup=3, repeats=10, clock=time.perf_counter):
    on_card = torch.device(device).type == "cuda"
    times = []
    for _ in range(repeats):
        if on_card:
            torch.cuda.synchronize(device)
        start = clock()
        fn()
        if on_card:
            torch.cuda.synchronize(device)
        times.append(clock() - start)
    return times


@mistake("MG20", "Waits for a card where there is none", hint="`torch.cuda.synchronize` raises on a machine without a card. Call it only for a CUDA device.")
def timed(fn, device, warmup=3, repeats=10, clock=time.perf_counter):
    for _ in range(warmup):
        fn()
    times = []
    for _ in range(repeats):
        torch.cuda.synchronize()
        start = clock()
        fn()
        torch.cuda.synchronize()
        times.append(clock() - start)
    return times


@mistake("MG196", "Gives the average of all calls", hint="A list with the time of each call was asked for. One slow call would hide in an average.")
def timed(fn, device, warmup=3, repeats=10, clock=time.perf_counter):
    on_card = torch.device(device).type == "cuda"
    for _ in range(warmup):
        fn()
    if on_card:
        torch.cuda.synchronize(device)
    start = clock()
    for _ in range(repeats):
        fn()
    if on_card:
        torch.cuda.synchronize(device)
    return [(clock() - start) / repeats] * repeats


@mistake("MG197", "Looks for a number in the device's name", hint='`torch.device("cuda:0")` is a card as well as `"cuda"`. Look at the type.')
def timed(fn, device, warmup=3, repeats=10, clock=time.perf_counter):
    on_card = device == "cuda"
    times = []
    for i in range(warmup + repeats):
        if on_card:
            torch.cuda.synchronize(device)
        start = clock() if i >= warmup else None
        fn()
        if on_card:
            torch.cuda.synchronize(device)
        if i >= warmup:
            times.append(clock() - start)
    return times


@mistake("MG198", "Warms up once, whatever was asked for", hint="`warmup` says how many calls to throw away.")
def timed(fn, device, warmup=3, repeats=10, clock=time.perf_counter):
    on_card = torch.device(device).type == "cuda"
    fn()
    times = []
    for _ in range(repeats):
        if on_card:
            torch.cuda.synchronize(device)
        start = clock()
        fn()
        if on_card:
            torch.cuda.synchronize(device)
        times.append(clock() - start)
    return times


@mistake("MG198b", "Waits for the current card, whichever was asked for", hint="`torch.cuda.synchronize` takes a device. Without one it waits for the current card, which has nothing to do with the work on another.")
def timed(fn, device, warmup=3, repeats=10, clock=time.perf_counter):
    on_card, times = torch.device(device).type == "cuda", []
    for i in range(warmup + repeats):
        if on_card:
            torch.cuda.synchronize()
        if i < warmup:
            fn()
            continue
        start = clock()
        fn()
        if on_card:
            torch.cuda.synchronize()
        times.append(clock() - start)
    return times


@mistake("MG427", "Waits whenever there is a card", hint="The question is not whether there is a card but whether the work runs on one.")
def timed(fn, device, warmup=3, repeats=10, clock=time.perf_counter):
    def sync():
        if torch.cuda.is_available():
            torch.cuda.synchronize(None if torch.device(device).type == "cpu" else device)

    for _ in range(warmup):
        fn()
    out = []
    for _ in range(repeats):
        sync()
        t0 = clock()
        fn()
        sync()
        out.append(clock() - t0)
    return out


@mistake("MG428", "Times the warm-up as well", hint="The clock is read for the measured calls, and at no other time.")
def timed(fn, device, warmup=3, repeats=10, clock=time.perf_counter):
    cuda = torch.device(device).type == "cuda"
    times = []
    for _ in range(warmup + repeats):
        if cuda:
            torch.cuda.synchronize(device)
        start = clock()
        fn()
        if cuda:
            torch.cuda.synchronize(device)
        times.append(clock() - start)
    return times[warmup:]


@mistake("MG503", "Chooses the card for the whole program", hint="`set_device` outlives your function. `torch.cuda.synchronize` takes the device.")
def timed(fn, device, warmup=3, repeats=10, clock=time.perf_counter):
    on_card = torch.device(device).type == "cuda"
    if on_card:
        torch.cuda.set_device(device)
    for _ in range(warmup):
        fn()
    times = []
    for _ in range(repeats):
        if on_card:
            torch.cuda.synchronize()
        start = clock()
        fn()
        if on_card:
            torch.cuda.synchronize()
        times.append(clock() - start)
    return times
