def edit(notebook):
    """The answers, without the calls of `check`, in one cell after everything else."""
    code = [c for c in notebook["cells"] if c["cell_type"] == "code"]
    answers = [c for c in code if c["metadata"].get("grader", {}).get("question")]
    lines = [
        line for c in answers for line in [*"".join(c["source"]).splitlines(), ""] if not line.startswith("check(")
    ]
    notebook["cells"] = [c for c in notebook["cells"] if c not in answers]
    giant = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None}
    notebook["cells"].append({**giant, "id": "giant", "source": "\n".join(lines)})
