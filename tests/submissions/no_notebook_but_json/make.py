def write(folder, notebook):
    (folder / "notebook.ipynb").write_text("[1, 2, 3]")
