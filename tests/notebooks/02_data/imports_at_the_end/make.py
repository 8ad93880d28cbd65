def edit(notebook):
    """The cell with the imports has been dragged to the end; the answers stand before it."""
    cells = notebook["cells"]
    (imports,) = [cell for cell in cells if "import torch\n" in "".join(cell["source"])]
    notebook["cells"] = [cell for cell in cells if cell is not imports] + [imports]
