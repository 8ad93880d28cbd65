import json


def write(folder, notebook):
    for cell in notebook["cells"]:
        cell["source"] = [line.replace("\n", "\r\n") for line in cell["source"]]
    (folder / "notebook.ipynb").write_bytes(json.dumps(notebook, indent=1).replace("\n", "\r\n").encode())
