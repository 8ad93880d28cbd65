import json
import os


def write(folder, notebook):
    (folder / "first try.ipynb").write_text(json.dumps({**notebook, "cells": notebook["cells"][:2]}))
    (folder / "final.ipynb").write_text(json.dumps(notebook))
    os.utime(folder / "first try.ipynb", (1_000_000_000, 1_000_000_000))
