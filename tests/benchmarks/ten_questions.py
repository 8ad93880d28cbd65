"""Ten questions about tensors, for comparing graders: the same functions and the same checks for each of them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Question:
    """A function, and the arguments that it is tried with. `parameters` as they stand in its signature."""

    name: str
    parameters: str
    body: str
    arguments: tuple[str, ...]

    @property
    def solution(self) -> str:
        return f"def {self.name}({self.parameters}):\n    {self.body}\n"

    @property
    def assertions(self) -> str:
        """The checks as a teacher would write them in a notebook: the right function beside, and assertions."""
        right = f"def right({self.parameters}):\n    {self.body}\n"
        lines = [f"x = {a}\nassert torch.allclose({self.name}(x), right(x)), 'for {a}'" for a in self.arguments]
        seeded = "generator = torch.manual_seed(0)"  # a value that is only mentioned would be printed, and compared
        return right + "\n".join([seeded, *lines]) + "\n"

    @property
    def suite(self) -> str:
        """The checks as this package's hidden suites say them."""
        cases = ", ".join(f"({a},)" for a in self.arguments)
        return (
            f"import torch\n\n\ndef test_values(student, reference, agree):\n"
            f'    """`{self.name}` is right for every case."""\n'
            f"    torch.default_generator.manual_seed(0)\n"
            f"    agree(student.{self.name}, reference.{self.name}, [{cases}])\n"
        )


SQUARE = ("torch.rand(4, 4)", "torch.rand(7, 7)")
TABLE = ("torch.rand(3, 5)", "torch.rand(6, 2)")

QUESTIONS = (
    Question("double", "x", "return x * 2", TABLE),
    Question("flatten", "x", "return x.flatten(1)", ("torch.rand(2, 3, 4)", "torch.rand(5, 2, 2)")),
    Question("centre", "x", "return x - x.mean(dim=1, keepdim=True)", TABLE),
    Question("standardise", "x", "return (x - x.mean(0)) / x.std(0)", TABLE),
    Question("softmax", "x", "return x.exp() / x.exp().sum(1, keepdim=True)", TABLE),
    Question("symmetric", "x", "return (x + x.T) / 2", SQUARE),
    Question("trace", "x", "return x.diagonal().sum()", SQUARE),
    Question("gram", "x", "return x.T @ x", TABLE),
    Question("largest", "x", "return x.max(dim=1).values", TABLE),
    Question("to_chw", "x", "return x.permute(2, 0, 1).contiguous()", ("torch.rand(4, 5, 3)", "torch.rand(2, 2, 3)")),
)
IMPORTS = "import torch\nimport numpy as np\nimport matplotlib.pyplot as plt\n"
