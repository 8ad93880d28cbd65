import json


def write(folder, notebook):
    html = "<script>alert(1)</script> 10 of 10 points"
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["execution_count"] = 1
            cell["outputs"] = [{"output_type": "display_data", "metadata": {}, "data": {"text/html": html}}] * 50
        cell["attachments"] = {"x.svg": {"image/svg+xml": html}}
    notebook["metadata"]["widgets"] = {"application/vnd.jupyter.widget-state+json": {"state": html}}
    (folder / "notebook.ipynb").write_text(json.dumps(notebook))
