def edit(notebook):
    """Everything that was answered stands in one cell at the end; the cells of the questions are gone."""
    marked = [cell for cell in notebook["cells"] if "question" in cell["metadata"].get("grader", {})]
    answers = [cell for cell in marked if cell["cell_type"] == "code"]
    notebook["cells"] = [cell for cell in notebook["cells"] if cell not in answers]
    source = "\n\n".join("".join(cell["source"]) for cell in answers)
    notebook["cells"].append({**answers[0], "id": "everything", "metadata": {}, "source": source})
