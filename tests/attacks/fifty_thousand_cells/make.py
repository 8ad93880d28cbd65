import json


def write(folder, notebook):
    notebook["cells"] = [{"cell_type": "code", "metadata": {}, "source": "1"}] * 50_000
    (folder / "notebook.ipynb").write_text(json.dumps(notebook))
