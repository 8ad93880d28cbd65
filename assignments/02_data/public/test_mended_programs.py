import numpy as np
import torch


def test_a_small_photograph(student, same):
    """Of a photograph of one row, a red pixel and two blue ones, channel by channel."""
    photo = np.array([[[255, 0, 0], [0, 0, 255], [0, 0, 255]]], dtype=np.uint8)
    due = torch.tensor([[[[1.0, 0.0, 0.0]], [[0.0, 0.0, 0.0]], [[0.0, 1.0, 1.0]]]])
    same(student.photos_as_batch([photo]), due, "For a red pixel beside two blue ones")


def test_two_bright_photographs(student, same):
    """The mean of 200 and 200 is 200, and that of 255 and 0 is 127.5."""
    photos = torch.tensor([[[[200, 255]]], [[[200, 0]]]], dtype=torch.uint8)
    same(student.average_photo(photos), torch.tensor([[[200.0, 127.5]]]), "For two photographs of two pixels")


def test_clear_and_storm(student, same):
    """The codes 1 and 4 have their 1 in the slots 0 and 3."""
    hours = torch.tensor([[0.24, 1.0], [0.22, 4.0]])
    due = torch.tensor([[1.0, 0.0, 0.0, 0.0], [0.0, 0.0, 0.0, 1.0]])
    same(student.weather_slots(hours, 1, 4), due, "For a clear hour and a storm")


def test_training_rows(student, same):
    """The three training rows of five have a mean of 0. The others are on the same scale: theirs is not 0."""
    training, validation = student.scaled_parts(torch.tensor([[1.0], [2.0], [3.0], [4.0], [90.0]]), 0.4, 0)
    same(training.mean(dim=0).abs() < 1e-5, torch.tensor([True]), "Whether the mean of the training rows is 0")
    same(len(validation), 2, "How many rows are for validation")
    same(validation.mean(dim=0).abs() < 1e-5, torch.tensor([False]), "Whether the mean of the other rows is 0, too")


def test_four_samples(student, same):
    """Of four samples one is a shirt, three are boots, and none is a bag."""
    batches = [(torch.zeros(2, 1), torch.tensor([0, 1])), (torch.zeros(2, 1), torch.tensor([1, 1]))]
    names = {0: "shirt", 1: "boot", 2: "bag"}
    same(student.names_seen(batches, names), {"shirt": 1, "boot": 3, "bag": 0}, "For two batches of two")
