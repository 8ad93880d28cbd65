import json


def write(folder, notebook):
    (folder / "notebook.ipynb").write_bytes(b"\xef\xbb\xbf" + json.dumps(notebook).encode())
