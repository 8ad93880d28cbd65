import json


def write(folder, notebook):
    notebook["metadata"] |= {
        "student": "diary",
        "name": "diary",
        "authors": [{"name": "diary"}],
        "grade": 10,
        "kernelspec": {"name": "bash", "argv": ["/bin/sh", "-c", "touch @TMP@/@MARK@"], "language": "bash"},
        "language_info": {"name": "bash"},
        "jupytext": {"formats": "../../@MARK@.py"},
        "grader": {"assignment": "01_toy", "student": "diary", "points": 10, "path": "../diary/notebook.ipynb"},
    }
    (folder / "notebook.ipynb").write_text(json.dumps(notebook))
