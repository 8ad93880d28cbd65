import io
import json
import zipfile


def write(folder, notebook):
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("my work/p1.ipynb", json.dumps(notebook))
        archive.writestr("__MACOSX/my work/._p1.ipynb", b"noise")
    with zipfile.ZipFile(folder / "handed in.zip", "w") as archive:
        archive.writestr("work.zip", inner.getvalue())
