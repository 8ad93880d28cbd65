RENAMED = {"root": "square_root", "rows_of_file": "means_of_rows"}


def edit(notebook):
    notebook["metadata"]["grader"] |= {"release": "2019", "questions": ["old"]}
    for cell in notebook["cells"]:
        question = cell["metadata"].get("grader", {}).get("question")
        if question in RENAMED:
            cell["metadata"]["grader"]["question"] = RENAMED[question]
            cell["source"] = [line.replace(question, RENAMED[question]) for line in cell["source"]]
    gone = {
        "cell_type": "code",
        "metadata": {"grader": {"question": "gone"}},
        "source": "def gone(): ...",
        "outputs": [],
    }
    notebook["cells"].append(gone)
