def edit(notebook):
    """The endless cell, right after center_rows; the last seven questions are not there."""
    cells = notebook["cells"]
    asked = [cell for cell in cells if cell["metadata"].get("grader", {}).get("question")]
    place = next(i for i, c in enumerate(cells) if c["metadata"].get("grader", {}).get("question") == "center_rows")
    cells.insert(place + 1, cells.pop())
    for cell in asked[-7:]:
        cells.remove(cell)
