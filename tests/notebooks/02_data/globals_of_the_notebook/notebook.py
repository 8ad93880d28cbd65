# %%
picture = Image.open("data/images/tomato.png")
width, height = picture.size

# %% question="load_batch"
def load_batch(paths):
    batch = torch.zeros(len(paths), 3, height, width, dtype=torch.uint8)
    for i, path in enumerate(paths):
        batch[i] = torch.from_numpy(np.array(Image.open(path))).permute(2, 0, 1)[:3]
    return batch


check("load_batch")

# %%
names, table = load_table("data/wine.csv", ";")

# %% question="group_means"
def group_means(wines, low, high):
    inputs, quality = table[:, :-1], table[:, -1]
    masks = quality <= low, (quality > low) & (quality < high), quality >= high
    return torch.stack([inputs[mask].mean(dim=0) for mask in masks])


# %% question="build_vocab"
def build_vocab(text):
    words = sorted(set(clean_words(text)))
    vocab = {"<unk>": 0}
    for i, w in enumerate(words):
        vocab[w] = i + 1
    return vocab


def encode_words(line, vocab):
    return torch.tensor([vocab.get(w, 0) for w in clean_words(line)], dtype=torch.int64)


# %%
def clean_words(text):
    return [w for w in re.split(r"\W+", text) if w]


print(clean_words("total = price * (1 - discount)"))


