# %% question="center_rows"
def center_rows(x):
    return x - x.mean(1).unsqueeze(1)

# %%
while True:
    x = torch.rand(100) * 2
