import torch


def test_all_pairs(student, reference, agree, rng):
    """There is a cosine for each picture with each sentence, and for each picture the best sentence."""
    cases = {
        "four pictures, six sentences": (torch.randn(4, 5, generator=rng), torch.randn(6, 5, generator=rng)),
        "five of each": (torch.randn(5, 3, generator=rng), torch.randn(5, 3, generator=rng)),
        "one picture": (torch.randn(1, 8, generator=rng), torch.randn(3, 8, generator=rng)),
        "as many numbers as pictures": (torch.randn(3, 3, generator=rng), torch.randn(3, 3, generator=rng)),
        "nothing below zero": (torch.rand(3, 4, generator=rng), torch.rand(2, 4, generator=rng)),
        "one of each": (torch.randn(1, 4, generator=rng), torch.randn(1, 4, generator=rng)),
    }
    agree(student.best_captions, reference.best_captions, cases, parts="similarity, best sentences")


def test_lengths_do_not_count(student, reference, agree, rng):
    """Long vectors are no better than short ones."""
    lengths = torch.tensor([[0.01], [1.0], [100.0], [7.0]])
    cases = [(lengths * torch.randn(4, 3, generator=rng), lengths.flip(0) * torch.randn(4, 3, generator=rng))]
    cases.append((cases[0][1], cases[0][0]))
    agree(student.best_captions, reference.best_captions, cases, parts="similarity, best sentences")
