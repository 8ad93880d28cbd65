import io
import json
import os
import pickle
import zipfile


class Evil:
    def __reduce__(self):
        return os.system, ("touch @TMP@/@MARK@ @FOLDER@/@MARK@",)


def write(folder, notebook):
    data = pickle.dumps(Evil())
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("archive/data.pkl", data)
    for name in ("weights.pkl", "conftest.pyc", "model.joblib", "x.npy"):
        (folder / name).write_bytes(data)
    (folder / "weights.pt").write_bytes(archive.getvalue())
    for name in ("conftest.py", "sitecustomize.py", "torch.py", "pytest.ini", "setup.cfg"):
        (folder / name).write_text("import os; os.system('touch @TMP@/@MARK@')")
    (folder / "notebook.ipynb").write_text(json.dumps(notebook))
