PLOT = """
_, many = plt.subplots(1, 2, figsize=(3, 1.5))
for place, one in enumerate(many.flat):
    one.imshow(np.random.rand(20, 20), cmap="gray")
    one.set_title(f"picture {place}")
plt.tight_layout()
plt.show()
"""


def edit(notebook):
    """A figure behind every answer, and a style for all of them."""
    cells = []
    for cell in notebook["cells"]:
        cells.append(cell)
        question = cell["metadata"].get("grader", {}).get("question")
        if question and cell["cell_type"] == "code":
            plot = {**cell, "id": f"plot-{question}", "metadata": {}, "source": PLOT}
            cells.append(plot)
    cells.insert(2, {**plot, "id": "style", "source": "%matplotlib inline\nplt.style.use('ggplot')\n"})
    notebook["cells"] = cells
