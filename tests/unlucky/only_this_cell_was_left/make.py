def edit(notebook):
    notebook["cells"] = [cell for cell in notebook["cells"] if not cell["metadata"] or "root" in str(cell["metadata"])]
