import torch

from grader import mistake


@mistake("MG101", "Takes a build for CUDA for a card", hint="`torch.version.cuda` says what PyTorch was built for. Whether a card can be used here is another question.")
def env_report():
    n = torch.cuda.device_count()
    return {
        "torch": str(torch.__version__),
        "built_for": torch.version.cuda,
        "available": torch.version.cuda is not None,
        "names": [torch.cuda.get_device_name(i) for i in range(n)],
        "bytes": [torch.cuda.get_device_properties(i).total_memory for i in range(n)],
    }


@mistake("MG102", "Reports the first card only", hint="There may be several cards: `torch.cuda.device_count()` says how many.")
def env_report():
    there = torch.cuda.is_available()
    return {
        "torch": str(torch.__version__),
        "built_for": torch.version.cuda,
        "available": there,
        "names": [torch.cuda.get_device_name(0)] if there else [],
        "bytes": [torch.cuda.get_device_properties(0).total_memory] if there else [],
    }


@mistake("MG103", "Asks for a card where there is none", hint="A report must work on a machine without a card, too. There, the lists are empty.")
def env_report():
    n = max(torch.cuda.device_count(), 1)
    return {
        "torch": str(torch.__version__),
        "built_for": torch.version.cuda,
        "available": torch.cuda.is_available(),
        "names": [torch.cuda.get_device_name(i) for i in range(n)],
        "bytes": [torch.cuda.get_device_properties(i).total_memory for i in range(n)],
    }


@mistake("MG104", "Hands over the function instead of its answer", hint="`torch.cuda.is_available` without brackets is the function itself.")
def env_report():
    n = torch.cuda.device_count()
    return {
        "torch": str(torch.__version__),
        "built_for": torch.version.cuda,
        "available": torch.cuda.is_available,
        "names": [torch.cuda.get_device_name(i) for i in range(n)],
        "bytes": [torch.cuda.get_device_properties(i).total_memory for i in range(n)],
    }


@mistake("MG362", "Asks whether a function exists", hint="`torch.cuda.is_available` without brackets is the function, and it is always there. Call it.")
def env_report():
    cards = [torch.cuda.get_device_properties(i) for i in range(torch.cuda.device_count())]
    return {
        "torch": str(torch.__version__),
        "built_for": torch.version.cuda,
        "available": bool(torch.cuda.is_available),
        "names": [card.name for card in cards],
        "bytes": [card.total_memory for card in cards],
    }


@mistake("MG413", "Makes a word of None", hint="`str(None)` is a word of four letters. Where there is no version, None was asked for.")
def env_report():
    n = torch.cuda.device_count()
    return dict(
        torch=str(torch.__version__),
        built_for=str(torch.version.cuda),
        available=torch.cuda.is_available(),
        names=[torch.cuda.get_device_properties(i).name for i in range(n)],
        bytes=[int(torch.cuda.get_device_properties(i).total_memory) for i in range(n)],
    )


@mistake("MG414", "Lets the first card stand for all", hint="Every card has a name and a memory of its own.")
def env_report():
    n = torch.cuda.device_count()
    first = torch.cuda.get_device_properties(0) if n else None
    return {
        "torch": torch.__version__,
        "built_for": torch.version.cuda,
        "available": torch.cuda.is_available(),
        "names": [first.name] * n if n else [],
        "bytes": [first.total_memory] * n if n else [],
    }


@mistake("MG486", "Takes cards of one name for one card", hint="Two cards may have the same name. A dict by name keeps the last one only: collect lists.")
def env_report():
    cards = [torch.cuda.get_device_properties(i) for i in range(torch.cuda.device_count())]
    memory = {card.name: card.total_memory for card in cards}
    return {
        "torch": str(torch.__version__),
        "built_for": torch.version.cuda,
        "available": torch.cuda.is_available(),
        "names": list(memory),
        "bytes": list(memory.values()),
    }
