def write(folder, notebook):
    (folder / ".ipynb_checkpoints").mkdir()
    (folder / ".ipynb_checkpoints" / "notebook-checkpoint.ipynb").write_text("{}")
