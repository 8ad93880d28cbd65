# %% question="center_rows"
import numpy as np

def center_rows(x):
    x = np.array(x)
    return x - x.mean(axis=1, keepdims=True)

# %% question="guess_strides"
def guess_strides():
    return {"nine": np.ones(1), "square": np.array([3, 1]), "square[1:, 1:]": [np.int64(2), 1], "square.T": np.ones(2)}

# %% question="two_layer"
def two_layer(x, w1, w2, b1, b2):
    sigmoid = lambda z: 1 / (1 + np.exp(-z))
    hidden = sigmoid(np.array(x) @ np.array(w1) + np.array(b1))
    return hidden, sigmoid(hidden @ np.array(w2) + np.array(b2))
