def write(folder, notebook):
    (folder / "notebook.ipynb").write_text('{"cells": [], "nbformat": ' + "9" * 5_000_000 + "}")
