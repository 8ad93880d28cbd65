UNTOUCHED = {
    "fit_garments": ["def fit_garments(images, labels):"],
    "save_net": ["def save_net(model, settings, path):", "def load_net(path, build):"],
    "load_partial": ["def load_partial(model, weights):"],
    "BasicBlock": ["class BasicBlock(nn.Module):\n    def __init__(self, inputs, outputs, stride=1):\n    "],
    "recognise": ["def read_labels(path):", "def recognise(model, prepare, photo, names, k):"],
    "new_head": ["def new_head(model, classes):"],
    "mend": ["class Tall(nn.Module):\n    def __init__(self):\n    "],
}


def edit(notebook):
    """The last questions still are what the handout had in their cells."""
    for cell in notebook["cells"]:
        question = cell["metadata"].get("grader", {}).get("question", "")
        if question in UNTOUCHED and cell["cell_type"] == "code":
            heads = [f"{head}\n    raise NotImplementedError\n" for head in UNTOUCHED[question]]
            cell["source"] = "\n\n".join([*heads, f"check({question!r})\n"]).replace("    \n    raise", "        raise")
