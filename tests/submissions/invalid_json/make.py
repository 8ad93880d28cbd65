def write(folder, notebook):
    (folder / "notebook.ipynb").write_text('{"cells": [{"cell_type": "code", "source": "impo')
