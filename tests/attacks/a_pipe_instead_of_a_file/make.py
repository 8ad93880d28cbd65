import os


def write(folder, notebook):
    os.mkfifo(folder / "notebook.ipynb")
