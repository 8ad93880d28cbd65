# %% question="row_col_sums"
def row_col_sums(t):
    columns = [sum(t[i][j].item() for i in range(len(t))) for j in range(len(t[0]))]
    rows = [sum(x.item() for x in row) for row in t]
    return torch.tensor(columns, dtype=t.sum().dtype), torch.tensor(rows, dtype=t.sum().dtype)

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
