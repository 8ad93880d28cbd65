def edit(notebook):
    started = True
    for cell in notebook["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown" and "## Layers" in source:
            started = False
        if not started and cell["metadata"].get("grader", {}).get("question"):
            cell["source"] = "# TODO\nraise NotImplementedError\n"
