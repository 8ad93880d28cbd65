# %% question="draw_then_move"
torch.manual_seed(0)

def draw_then_move(shape, seed, device):
    torch.manual_seed(seed)
    t = torch.rand(shape).to(device)
    print(t)
    return t

def extremes(seed, device):
    torch.manual_seed(seed)
    a = torch.rand(2, 3).to(device)
    b = torch.rand(2, 3).to(device)
    p = a @ b.T
    print(p, p.device)
    return {"product": p, "max": p.max().item(), "min": p.min().item(), "argmax": p.argmax().item(), "argmin": p.argmin().item()}

print(draw_then_move((2, 2), 1, "cuda"), extremes(1234, "cuda"))

# %%
def seed_everything(seed):
    for module in (random, np.random):
        module.seed(seed)
    torch.manual_seed(seed)
    torch.cuda.manual_seed_all(seed)
    torch.backends.cudnn.deterministic = True
    print("seeded", seed)

seed_everything(1)
