import json


def write(folder, notebook):
    (folder / "notebook.ipynb").write_bytes(json.dumps(notebook).encode("utf-16"))
