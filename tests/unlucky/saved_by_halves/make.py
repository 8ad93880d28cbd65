import json


def write(folder, notebook):
    data = json.dumps(notebook, ensure_ascii=False).replace("torch", "törch").encode()
    (folder / "notebook.ipynb").write_bytes(data[: data.index("ö".encode()) + 1])
