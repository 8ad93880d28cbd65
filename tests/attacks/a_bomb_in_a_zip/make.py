import zipfile


def write(folder, notebook):
    with zipfile.ZipFile(folder / "work.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("p.ipynb", bytes(300 << 20))
