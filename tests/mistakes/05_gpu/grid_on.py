import torch

from grader import mistake


@mistake("MG113", "Makes the grid on the CPU and sends it over", hint="Count with `crossings`. Each factory takes a `device=`.")
def grid_on(height, width, device):
    rows, columns = torch.arange(height, dtype=torch.float32), torch.arange(width, dtype=torch.float32)
    return torch.stack(torch.meshgrid(rows, columns, indexing="ij"), dim=2).to(device)


@mistake("MG114", "Ignores the device", hint="The result must be on the device that was asked for.")
def grid_on(height, width, device):
    rows, columns = torch.arange(height, dtype=torch.float32), torch.arange(width, dtype=torch.float32)
    return torch.stack(torch.meshgrid(rows, columns, indexing="ij"), dim=2)


@mistake("MG115", "Makes whole numbers", hint="`arange` of ints is int64; float32 was asked for.")
def grid_on(height, width, device):
    rows, columns = torch.arange(height, device=device), torch.arange(width, device=device)
    return torch.stack(torch.meshgrid(rows, columns, indexing="ij"), dim=2)


@mistake("MG116", "Puts the column first", hint="Element [i, j] is (i, j): the row, then the column.")
def grid_on(height, width, device):
    rows = torch.arange(height, dtype=torch.float32, device=device)
    columns = torch.arange(width, dtype=torch.float32, device=device)
    return torch.stack(torch.meshgrid(rows, columns, indexing="ij")[::-1], dim=2)


@mistake("MG355", "Takes PyTorch's default dtype", hint="`torch.zeros` is float32 only until somebody sets another default. Say `dtype=torch.float32`.")
def grid_on(height, width, device):
    grid = torch.zeros(height, width, 2, device=device)
    grid[..., 0] += torch.arange(height, device=device)[:, None]
    grid[..., 1] += torch.arange(width, device=device)
    return grid


@mistake("MG524", "Sets PyTorch's default dtype", hint="That holds for the whole program. Say `dtype=` where the tensor is made.")
def grid_on(height, width, device):
    torch.set_default_dtype(torch.float32)
    rows, columns = torch.arange(float(height), device=device), torch.arange(float(width), device=device)
    return torch.stack(torch.meshgrid(rows, columns, indexing="ij"), dim=-1)
