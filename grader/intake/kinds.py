"""What a file is that is called a notebook and is not one: a sentence that says so, and what to do about it."""

from __future__ import annotations

_SNIFFED = 1 << 16  # bytes
_HAND_IN = "Hand in the notebook (.ipynb) itself."
_STARTS = (
    ("# Databricks notebook source", "it was exported from Databricks as source. Export it as IPython notebook."),
    ("%PDF", f"it is a PDF. {_HAND_IN}"),
    ("{\\rtf", f"it is a rich-text document. {_HAND_IN}"),
    ("version https://git-lfs", "it only says where Git LFS keeps the notebook. Fetch it with `git lfs pull`."),
    ("<!doctype", f"it is a web page. {_HAND_IN}"),
    ("<html", f"it is a web page. {_HAND_IN}"),
    ("<?xml", f"it is an XML document. {_HAND_IN}"),
    ("---\n", "it is an R Markdown or Quarto document. Render it as a notebook."),
)
_PYTHON = ("import ", "from ", "def ", "class ", "async def ", "@", "#!", '"""', "'''", "get_ipython()")


def what_it_is(data: bytes) -> str:
    """The end of a sentence about a file that is not valid JSON; it begins with "it" or "its"."""
    if _has_line(data, b"<<<<<<< ") and _has_line(data, b">>>>>>> "):
        return "it holds Git's conflict marks (<<<<<<<). Keep one of the two versions, and hand it in again."
    text = data[:_SNIFFED].decode("utf-8-sig", "replace").replace("\r\n", "\n").lstrip()
    for start, said in _STARTS:
        if text.lower().startswith(start.lower()):
            return said
    lines = text.split("\n")
    if not text.startswith(("{", "[")) and any(line.startswith(("# %%", "#%%", "# In[")) for line in lines):
        return "it is a script with cells (# %%). Hand in the notebook itself, or convert it with Jupytext."
    code = next((line for line in lines if line.strip() and not line.startswith("#")), lines[0])
    if code.startswith(_PYTHON):
        return f"it starts like a Python file. {_HAND_IN}"
    return "its content is not valid JSON."


def _has_line(data: bytes, start: bytes) -> bool:
    return data.startswith(start) or b"\n" + start in data
