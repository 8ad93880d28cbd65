def write(folder, notebook):
    (folder / "notebook.html").write_text("<html>5 of 5</html>")
    (folder / "notebook.pdf").write_bytes(b"%PDF-1.4")
