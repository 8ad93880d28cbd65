import itertools
import math

from grader import mistake


@mistake("MT96", "Lists each set of sizes once", hint="(2, 6) and (6, 2) are two shapes.")
def legal_shapes(n, rank):
    if rank == 1:
        return {(n,)}
    return {tuple(sorted((d, *rest))) for d in range(1, n + 1) if n % d == 0 for rest in legal_shapes(n // d, rank - 1)}


@mistake("MT97", "Leaves out sizes of 1", hint="An axis of size 1 is a legal axis.")
def legal_shapes(n, rank):
    if rank == 1:
        return {(n,)}
    return {(d, *rest) for d in range(2, n) if n % d == 0 for rest in legal_shapes(n // d, rank - 1)}


@mistake("MT98", "Always gives rank 2", hint="The second argument says how many axes the shapes have.")
def legal_shapes(n, rank):
    return {(d, n // d) for d in range(1, n + 1) if n % d == 0}


@mistake("MT327", "Leaves n out of its own divisors", hint="`range(1, n)` ends before n, and n divides n: (1, n) is a shape, too.")
def legal_shapes(n, rank):
    divisors = [d for d in range(1, n) if n % d == 0]
    return {s for s in itertools.product(divisors, repeat=rank) if math.prod(s) == n}


@mistake("MT436", 'Gives sizes that are floats', hint='`/` gives a float also where nothing is left over. Sizes are ints: divide with `//`.')
def legal_shapes(n, rank):
    if rank == 1:
        return {(n,)}
    return {(d, *rest) for d in range(1, int(n) + 1) if n % d == 0 for rest in legal_shapes(n / d, rank - 1)}


@mistake("MT539", "Begins with pairs, for rank 1 as well", hint="With rank 1 there is a single size: n. Where does your code go for it?")
def legal_shapes(n, rank):
    found = {(a, n // a) for a in range(1, n + 1) if n % a == 0}
    for _ in range(rank - 2):
        found = {
            (*first, a, last // a) for *first, last in found for a in range(1, last + 1) if last % a == 0
        }
    return found
