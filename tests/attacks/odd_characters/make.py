import json


def write(folder, notebook):
    notebook["cells"].append(
        {
            "cell_type": "code",
            "id": "odd",
            "metadata": {"grader": {"question": "\ud800\u202e\x00"}},
            "outputs": [],
            "execution_count": None,
            "source": ["s = '\ud800 \u202e'\r\n", "t = 'nul \x00'\r", "u = 1"],
        }
    )
    (folder / "notebook.ipynb").write_text(json.dumps(notebook))
