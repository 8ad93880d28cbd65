import json


def write(folder, notebook):
    cells = [
        {
            "cell_type": "code",
            "input": "".join(c["source"]).splitlines(True),
            "outputs": [],
            "language": "python",
            "collapsed": False,
            "metadata": {},
        }
        for c in notebook["cells"]
    ]
    old = {
        "nbformat": 3,
        "nbformat_minor": 0,
        "metadata": {"name": ""},
        "worksheets": [{"cells": cells, "metadata": {}}],
    }
    (folder / "notebook.ipynb").write_text(json.dumps(old))
