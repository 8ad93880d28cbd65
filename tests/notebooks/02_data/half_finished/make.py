UNTOUCHED = {
    "streaming_stats": ["streaming_stats(batches)"],
    "central_square": ["shorter_side(height, width, size)", "center_crop(image, size)"],
    "prepare_photo": ["prepare_photo(path, resize, crop, mean=None, std=None)"],
    "random_crop": ["random_crop(image, size, generator)"],
}


def edit(notebook):
    """The last four questions still are what the handout had in their cells."""
    for cell in notebook["cells"]:
        question = cell["metadata"].get("grader", {}).get("question", "")
        if question in UNTOUCHED:
            functions = [f"def {signature}:\n    raise NotImplementedError\n" for signature in UNTOUCHED[question]]
            cell["source"] = "\n\n".join([*functions, f"check({question!r})\n"])
