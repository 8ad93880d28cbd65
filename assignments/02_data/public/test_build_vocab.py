import torch


def test_a_short_text(student, same):
    """ "The dog, the cat." has three words; "A cat!" is one unknown word and the word 1."""
    vocab = {"<unk>": 0, "cat": 1, "dog": 2, "the": 3}
    same(student.build_vocab("The dog, the cat."), vocab, "build_vocab(text)")
    same(student.encode_words("A cat!", vocab), torch.tensor([0, 1]), 'encode_words("A cat!", vocab)')
