def write(folder, notebook):
    (folder / "notebook.ipynb").write_bytes(b"")
