import json

NAMES = ("../../../etc/passwd", "/@FOLDER@/secret.txt", "<script>", "--out", "x" * 10_000, "", "\x00", "mean_of\n")


def write(folder, notebook):
    notebook["metadata"]["grader"]["assignment"] = "../../../@COURSE@/tests/hidden/01_toy"
    for name in NAMES:
        notebook["cells"].append(
            {"cell_type": "markdown", "id": "m", "metadata": {"grader": {"question": name}}, "source": name}
        )
        notebook["cells"].append(
            {"cell_type": "code", "id": "m", "metadata": {"grader": {"question": name}}, "source": "1"}
        )
    (folder / "notebook.ipynb").write_text(json.dumps(notebook))
