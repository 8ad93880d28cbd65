def write(folder, notebook):
    pass
