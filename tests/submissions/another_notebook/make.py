import json


def write(folder, notebook):
    notebook["metadata"].pop("grader")
    (folder / "notebook.ipynb").write_text(json.dumps(notebook))
