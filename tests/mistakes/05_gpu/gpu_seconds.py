from grader import mistake


@mistake("MG199", "Forgets the way", hint="The bus is usually the largest part.")
def gpu_seconds(flops, nbytes, machine, times=1):
    return times * (machine["start"] + flops / machine["gpu"])


@mistake("MG200", "Pays for the way at every run", hint="The data stay on the card: they cross once.")
def gpu_seconds(flops, nbytes, machine, times=1):
    return times * (nbytes / machine["bus"] + machine["start"] + flops / machine["gpu"])


@mistake("MG201", "Starts once for all runs", hint="Every run has to be started.")
def gpu_seconds(flops, nbytes, machine, times=1):
    return nbytes / machine["bus"] + machine["start"] + times * flops / machine["gpu"]


@mistake("MG202", "Computes at the speed of the CPU", hint='The arithmetic is done by the card: `machine["gpu"]`.')
def gpu_seconds(flops, nbytes, machine, times=1):
    return nbytes / machine["bus"] + times * (machine["start"] + flops / machine["cpu"])


@mistake("MG203", "Compares the arithmetic only", hint="The card has to win with the way included.")
def worth_moving(flops, nbytes, machine, times=1):
    return times * flops / machine["gpu"] < times * flops / machine["cpu"]


@mistake("MG204", "Lets the CPU compute once only", hint="The CPU has to do all the runs, too.")
def worth_moving(flops, nbytes, machine, times=1):
    return gpu_seconds(flops, nbytes, machine, times) < flops / machine["cpu"]


@mistake("MG205", "Counts the runs in another way", hint="Which of the costs come once, and which with every run? The card's and the CPU's count alike.")
def worth_moving(flops, nbytes, machine, times=1):
    return gpu_seconds(flops, nbytes, machine) < flops / machine["cpu"]


@mistake("MG356", "Moves although it makes no difference", hint="If both take equally long, the card does not finish earlier.")
def worth_moving(flops, nbytes, machine, times=1):
    return gpu_seconds(flops, nbytes, machine, times) <= times * flops / machine["cpu"]
