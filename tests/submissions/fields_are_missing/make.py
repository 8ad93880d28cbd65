import json


def write(folder, notebook):
    bare = [{"cell_type": c["cell_type"], "source": "".join(c["source"])} for c in notebook["cells"]]
    (folder / "notebook.ipynb").write_text(json.dumps({"nbformat": 4, "cells": bare}))
