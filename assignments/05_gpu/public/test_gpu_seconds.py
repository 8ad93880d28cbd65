MACHINE = {"cpu": 1e11, "gpu": 1e13, "bus": 1e10, "start": 1e-5}


def test_the_text(student, same):
    """Adding two vectors does not pay off, multiplying two matrices does."""
    same(student.gpu_seconds(1e6, 12e6, MACHINE), 1.2e-3 + 1e-5 + 1e-7, "Seconds for the sum of two vectors")
    same(student.worth_moving(1e6, 12e6, MACHINE), False, "Whether the sum of two vectors is worth it")
    same(student.worth_moving(2e9, 12e6, MACHINE), True, "Whether the product of two matrices is worth it")
