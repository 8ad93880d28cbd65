from grader import alternative


@alternative("parts with names")
def gpu_seconds(flops, nbytes, machine, times=1):
    way = nbytes / machine["bus"]
    starts = times * machine["start"]
    arithmetic = times * flops / machine["gpu"]
    return way + starts + arithmetic


@alternative("a difference")
def worth_moving(flops, nbytes, machine, times=1):
    saved = times * (flops / machine["cpu"] - flops / machine["gpu"] - machine["start"])
    return saved > nbytes / machine["bus"]
