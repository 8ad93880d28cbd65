import io
import zipfile


def write(folder, notebook):
    data = b"no notebook"
    for depth in range(4):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            archive.writestr("inner.zip" if depth else "x.txt", data)
        data = buffer.getvalue()
    (folder / "work.zip").write_bytes(data)
