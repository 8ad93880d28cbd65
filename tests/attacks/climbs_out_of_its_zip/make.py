import json
import stat
import zipfile


def write(folder, notebook):
    text, wrong = json.dumps(notebook), json.dumps(notebook).replace("sqrt", "exp")
    with zipfile.ZipFile(folder / "work.zip", "w") as archive:
        for name in (
            "../../planted-from-a-zip.ipynb",
            "/tmp/planted-from-a-zip.ipynb",
            "..\\..\\planted-from-a-zip.ipynb",
            "C:\\planted-from-a-zip.ipynb",
            "a/" * 60 + "p.ipynb",
        ):
            archive.writestr(zipfile.ZipInfo(name, (2001, 1, 1, 0, 0, 0)), wrong)
        archive.writestr(zipfile.ZipInfo("p.ipynb", (2025, 1, 1, 0, 0, 0)), text)
        for name in ("../../planted-from-a-zip", "/tmp/planted-from-a-zip", "conftest.py", "../conftest.py"):
            archive.writestr(name, "raise SystemExit")
        link = zipfile.ZipInfo("link.ipynb", (2026, 1, 1, 0, 0, 0))
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "../diary/notebook.ipynb")
