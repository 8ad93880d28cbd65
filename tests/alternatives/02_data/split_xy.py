import torch

from grader import alternative


@alternative("split and squeeze(1)")
def split_xy(table):
    inputs, target = table.split([table.shape[1] - 1, 1], dim=1)
    return inputs.contiguous(), target.squeeze(1).to(torch.int64)


@alternative("narrow and select")
def split_xy(table):
    last = table.size(1) - 1
    return [table.narrow(1, 0, last), table.select(1, last).type(torch.long)]
