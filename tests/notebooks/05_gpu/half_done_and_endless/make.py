def edit(notebook):
    """A training that never ends, right after `timed`; the last seven questions are not there."""
    cells = notebook["cells"]
    asked = [cell for cell in cells if cell["metadata"].get("grader", {}).get("question")]
    place = next(i for i, c in enumerate(cells) if c["metadata"].get("grader", {}).get("question") == "timed")
    cells.insert(place + 1, cells.pop())
    for cell in asked[-7:]:
        cells.remove(cell)
