# %%
net, x = nn.Linear(2, 2).to("cuda"), torch.rand(4, 2).to("cuda")
while True:
    net(x).sum().backward()
