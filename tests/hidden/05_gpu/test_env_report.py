from grader import probe


@probe
def calls(env_report):
    return [(env_report,)]


def test_this_machine(student, reference, same, untouched):
    """The report on the machine on which it runs is right, and nothing is changed for it."""
    same(student.env_report(), reference.env_report(), "The report", parts="card")
    untouched(student.env_report, calls)


@probe
def elsewhere(env_report, built_for, cards):
    import types

    now = [0]

    def number(device=None):
        index = device if isinstance(device, int) else torch.device(device or "cuda").index  # noqa: F821
        return now[0] if index is None else index

    class Current:
        def __init__(self, device):
            self.index = number(device)

        def __enter__(self):
            self.before, now[0] = now[0], self.index

        def __exit__(self, *error):
            now[0] = self.before

    def properties(device=None):
        name, size = cards[number(device)]
        return types.SimpleNamespace(name=name, total_memory=size)

    cuda = torch.cuda  # noqa: F821
    fakes = {
        "is_available": lambda: len(cards) > 0,
        "device_count": lambda: len(cards),
        "device": Current,
        "current_device": lambda: now[0],
        "set_device": lambda device: now.__setitem__(0, number(device)),
        "get_device_properties": properties,
        "get_device_name": lambda device=None: properties(device).name,
        "mem_get_info": lambda device=None: (0, properties(device).total_memory),
    }
    kept = {name: getattr(cuda, name) for name in fakes}
    version, torch.version.cuda = torch.version.cuda, built_for  # noqa: F821
    for name, fake in fakes.items():
        setattr(cuda, name, fake)
    try:
        return env_report() | {"current card": now[0]}
    finally:
        torch.version.cuda = version  # noqa: F821
        for name, true in kept.items():
            setattr(cuda, name, true)


MACHINES = {
    "On a machine with two cards": ("12.8", [("Card A", 8 << 30), ("Card B", 80 << 30)]),
    "On a machine with two cards of one kind": ("13.0", [("Card A", 8 << 30), ("Card A", 7 << 30)]),
    "For a PyTorch without CUDA": (None, []),
    "For a PyTorch with CUDA on a machine without a card": ("13.0", []),
}


def test_other_machines(student, same, run):
    """It is right on machines with two cards and without any, and for a PyTorch that was built without CUDA."""
    for what, (built_for, cards) in MACHINES.items():
        found = run(elsewhere, student.env_report, built_for, cards)
        if isinstance(found, dict):
            found = {key: value for key, value in found.items() if key != "torch"}
        due = {
            "built_for": built_for,
            "available": len(cards) > 0,
            "names": [name for name, _ in cards],
            "bytes": [size for _, size in cards],
            "current card": 0,
        }
        same(found, due, what, parts="card")
