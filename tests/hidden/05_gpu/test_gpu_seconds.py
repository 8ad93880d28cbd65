MACHINES = {
    "the machine of the text": {"cpu": 1e11, "gpu": 1e13, "bus": 1e10, "start": 1e-5},
    "a slow bus": {"cpu": 5e10, "gpu": 8e12, "bus": 1e9, "start": 2e-5},
    "a card hardly faster than the CPU": {"cpu": 1e11, "gpu": 1.2e11, "bus": 1e10, "start": 1e-5},
    "a slow start": {"cpu": 2e11, "gpu": 2e12, "bus": 3e10, "start": 1e-3},
}
JOBS = ((1e6, 12e6), (2e9, 12e6), (2e9, 12e6, 10), (5e7, 4e6, 100), (1e10, 0.0), (1e8, 8e7, 3), (3e8, 1e3), (3e8, 1e7))


def cases():
    return {f"{job} on {name}": (*job[:2], machine, *job[2:]) for name, machine in MACHINES.items() for job in JOBS}


def test_seconds(student, reference, agree):
    """The way once, and start and arithmetic for every run."""
    agree(student.gpu_seconds, reference.gpu_seconds, cases())


def test_worth_it(student, reference, agree):
    """It is worth it if the card, the way included, finishes before the CPU."""
    even = {"cpu": 2.0, "gpu": 4.0, "bus": 4.0, "start": 0.25}
    agree(
        student.worth_moving, reference.worth_moving, cases() | {"a job that takes both equally long": (4.0, 3.0, even)}
    )
