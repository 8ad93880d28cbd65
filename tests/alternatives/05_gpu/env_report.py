import torch

from grader import alternative


@alternative("a loop, and free memory asked for")
def env_report():
    report = {"built_for": torch.version.cuda, "torch": torch.__version__, "names": [], "bytes": []}
    report["available"] = torch.cuda.is_available()
    if report["available"]:
        for i in range(torch.cuda.device_count()):
            report["names"].append(torch.cuda.get_device_name(i))
            report["bytes"].append(torch.cuda.mem_get_info(i)[1])
    return report


@alternative("each card made the current one")
def env_report():
    names, sizes = [], []
    for i in range(torch.cuda.device_count()):
        with torch.cuda.device(i):
            names.append(torch.cuda.get_device_name())
            sizes.append(torch.cuda.get_device_properties(torch.cuda.current_device()).total_memory)
    return {
        "torch": torch.__version__,
        "built_for": torch.version.cuda,
        "available": len(names) > 0,
        "names": names,
        "bytes": sizes,
    }
