import torch


def test_plain_values_for_every_shape(student, reference, agree):
    """`describe` gives all six facts, as plain Python values, for every rank."""
    agree(
        student.describe,
        reference.describe,
        {
            "a matrix": (torch.zeros(3, 4),),
            "a scalar": (torch.tensor(7.0),),
            "a vector": (torch.zeros(6),),
            "rank 4": (torch.zeros(2, 3, 5, 1),),
            "an empty tensor": (torch.zeros(0, 5),),
            "a slice": (torch.zeros(40, 30)[2:, ::3],),
            "a row": (torch.zeros(1, 4),),
            "a square": (torch.eye(3) - 2,),
            "pictures": (torch.zeros(2, 5, 4, 4),),
        },
    )


def test_bytes_follow_the_dtype(student, reference, agree):
    """The bytes and the dtype are right for wide and narrow numbers."""
    dtypes = (torch.float64, torch.float16, torch.uint8, torch.int64, torch.bool, torch.int8)
    agree(
        student.describe,
        reference.describe,
        [(torch.ones(2, 200).to(dtype),) for dtype in dtypes],
        dtypes="any",
        layouts=["sliced", "expanded"],
    )
