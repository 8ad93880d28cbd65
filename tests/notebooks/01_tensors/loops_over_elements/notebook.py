# %% question="pick_pairs"
def pick_pairs(t, rows, cols):
    picked = [t[i][j].item() for i, j in zip(rows.tolist(), cols.tolist())]
    return torch.tensor(picked, dtype=t.dtype)

# %% question="flatten_images"
def flatten_images(batch):
    rows = []
    for picture in batch:
        row = []
        for channel in picture:
            for line in channel:
                for pixel in line:
                    row.append(pixel)
        rows.append(torch.stack(row))
    return torch.stack(rows)
