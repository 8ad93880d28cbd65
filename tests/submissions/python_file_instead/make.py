def write(folder, notebook):
    (folder / "p1.py").write_text("def double(t):\n    return t * 2\n")
