import torch
from grader import mistake


@mistake("MX09", "Takes the columns", hint="A row is a line of the file.")
def rows_of_file(path):
    table = [[float(x) for x in line.split(",")] for line in open(path).read().split()]
    return [mean_of(torch.tensor(column)) for column in zip(*table)]


@mistake("MX10", "Skips the first line", hint="The file has no header.")
def rows_of_file(path):
    lines = open(path).read().split()[1:]
    return [mean_of(torch.tensor([float(x) for x in line.split(",")])) for line in lines]
