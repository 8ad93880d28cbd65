import os


def write(folder, notebook):
    os.symlink("../diary/notebook.ipynb", folder / "notebook.ipynb")
    os.symlink("../diary", folder / "work")
