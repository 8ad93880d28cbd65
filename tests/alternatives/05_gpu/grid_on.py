import torch

from grader import alternative


@alternative("fills an empty tensor")
def grid_on(height, width, device):
    grid = torch.empty(height, width, 2, dtype=torch.float32, device=device)
    grid[..., 0] = torch.arange(height, device=device)[:, None]
    grid[..., 1] = torch.arange(width, device=device)
    return grid


@alternative("cartesian product")
def grid_on(height, width, device):
    rows = torch.arange(height, device=device).float()
    columns = torch.arange(width, device=device).float()
    return torch.cartesian_prod(rows, columns).reshape(height, width, 2)


@alternative("with a default device")
def grid_on(height, width, device):
    with torch.device(device):
        return torch.ones(height, width).nonzero().reshape(height, width, 2).float()


@alternative("row by row")
def grid_on(height, width, device):
    grid = torch.empty((height, width, 2), dtype=torch.float32, device=device)
    for i in range(height):
        grid[i, :, 0].fill_(i)
    for j in range(width):
        grid[:, j, 1].fill_(j)
    return grid
