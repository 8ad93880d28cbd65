import itertools
import math

from grader import alternative


@alternative("tries every combination")
def legal_shapes(n, rank):
    divisors = [d for d in range(1, n + 1) if n % d == 0]
    return {sizes for sizes in itertools.product(divisors, repeat=rank) if math.prod(sizes) == n}
