import json


def write(folder, notebook):
    home = folder / "Homework (1)" / "week 1" / "final FINAL"
    home.mkdir(parents=True)
    (home / "Untitled (2) - Kopie.ipynb").write_text(json.dumps(notebook))
    (home / ".ipynb_checkpoints").mkdir()
    (home / ".ipynb_checkpoints" / "Untitled-checkpoint.ipynb").write_text("{")
    (folder / "__MACOSX").mkdir()
    (folder / "__MACOSX" / "._Untitled.ipynb").write_bytes(b"\0\5\x16\7")
    (folder / "Thumbs.db").write_bytes(b"x")
