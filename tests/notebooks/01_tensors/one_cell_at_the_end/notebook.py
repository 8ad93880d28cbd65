# %%
# everything again
def pick_pairs(t, rows, cols):
    return t[rows][:, cols]

def neuron(features, weights, bias):
    return features @ weights.T + bias
