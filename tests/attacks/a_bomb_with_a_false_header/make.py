import zipfile


def write(folder, notebook):
    with zipfile.ZipFile(folder / "work.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open("p.ipynb", "w") as member:
            for _ in range(300):
                member.write(bytes(1 << 20))
    data = bytearray((folder / "work.zip").read_bytes())
    at = data.rindex(b"PK\x01\x02") + 24  # the size in the directory
    data[at : at + 4] = (1000).to_bytes(4, "little")
    (folder / "work.zip").write_bytes(data)
