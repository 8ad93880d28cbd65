def edit(notebook):
    for cell in notebook["cells"]:
        cell["id"] = "same"
