# %%
# my final versions, all together
def same_device(a, b):
    return str(a).split(":")[0] == str(b).split(":")[0]

def to_device(obj, device):
    if isinstance(obj, torch.Tensor):
        return obj.to(device)
    if isinstance(obj, dict):
        return {k: to_device(v, device) for k, v in obj.items()}
    if isinstance(obj, (list, tuple)):
        return [to_device(v, device) for v in obj]
    return obj

class Scale(nn.Module):
    def __init__(self, features, device=None, dtype=None):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(features).to(device, dtype))
        self.bias = nn.Parameter(torch.zeros(features).to(device, dtype))

    def forward(self, x):
        return x * self.weight + self.bias
