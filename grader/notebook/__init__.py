"""What a student works with: `check("question")` and what it shows.

It needs the Python standard library, PyTorch, NumPy, and IPython where there is one: nothing else that the grader uses,
and nothing that one kind of system has and another lacks.
"""
