def write(folder, notebook):
    (folder / "notebook.ipynb").write_text('{"cells": [' + "[]," * 10_000_000 + "[]]}")
