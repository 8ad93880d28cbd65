import base64
import json


def write(folder, notebook):
    picture = base64.b64encode(bytes(3_000_000)).decode()
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"] = [
                {
                    "output_type": "display_data",
                    "metadata": {},
                    "data": {"image/png": picture, "text/plain": "<Figure>"},
                },
                {"output_type": "stream", "name": "stdout", "text": "All tests passed: 10 of 10 points"},
            ]
    (folder / "notebook.ipynb").write_text(json.dumps(notebook))
