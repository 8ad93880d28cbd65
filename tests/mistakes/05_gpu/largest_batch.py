import bisect
import torch

from grader import mistake


@mistake("MG266", "Stops at a power of two", hint="Between the largest that worked and the smallest that did not there are more sizes to try.")
def largest_batch(step, limit):
    size = 0
    while max(1, 2 * size) <= limit:
        try:
            step(max(1, 2 * size))
        except torch.OutOfMemoryError:
            break
        size = max(1, 2 * size)
    return size


@mistake("MG267", "Counts up by one", hint="That takes as many tries as samples fit. Double, then halve the gap.")
def largest_batch(step, limit):
    size = 0
    while size < limit:
        try:
            step(size + 1)
        except torch.OutOfMemoryError:
            break
        size += 1
    return size


@mistake("MG268", "Swallows other errors", hint="A wrong shape is a RuntimeError, too. Catch `torch.OutOfMemoryError` and nothing else.")
def largest_batch(step, limit):
    good, bad = 0, limit + 1
    while bad - good > 1:
        middle = (good + bad) // 2
        try:
            step(middle)
            good = middle
        except RuntimeError:
            bad = middle
    return good


@mistake("MG269", "Swallows everything", hint="Only `torch.OutOfMemoryError` says that a smaller size might work.")
def largest_batch(step, limit):
    good, bad = 0, limit + 1
    while bad - good > 1:
        middle = (good + bad) // 2
        try:
            step(middle)
            good = middle
        except Exception:
            bad = middle
    return good


@mistake("MG270", "Returns the first size that fails", hint="The largest size that works is one smaller.")
def largest_batch(step, limit):
    good, bad = 0, limit + 1
    while bad - good > 1:
        middle = (good + bad) // 2
        try:
            step(middle)
            good = middle
        except torch.OutOfMemoryError:
            bad = middle
    return bad


@mistake("MG271", "Tries sizes beyond the limit", hint="Sizes above the limit are not to be tried, also while doubling.")
def largest_batch(step, limit):
    def works(n):
        try:
            step(n)
        except torch.OutOfMemoryError:
            return False
        return True

    good, bad = 0, 1
    while good < limit and works(bad):
        good, bad = bad, 2 * bad
    while bad - good > 1:
        middle = (good + bad) // 2
        if works(middle):
            good = middle
        else:
            bad = middle
    return min(good, limit)


@mistake("MG272", "Thinks that one sample always fits", hint="If not even 1 works, the answer is 0.")
def largest_batch(step, limit):
    good, bad = 1, limit + 1
    while bad - good > 1:
        middle = (good + bad) // 2
        try:
            step(middle)
            good = middle
        except torch.OutOfMemoryError:
            bad = middle
    return good


@mistake("MG273", "Never reaches the limit itself", hint="A size that equals the limit is allowed.")
def largest_batch(step, limit):
    good, bad = 0, limit
    while bad - good > 1:
        middle = (good + bad) // 2
        try:
            step(middle)
            good = middle
        except torch.OutOfMemoryError:
            bad = middle
    return good


@mistake("MG440", "Takes the limit for too large", hint="The limit itself is allowed, also if it is 2.")
def largest_batch(step, limit):
    low, high = 0, max(limit, 2)
    while low + 1 < high:
        mid = (low + high) // 2
        try:
            step(mid)
        except torch.OutOfMemoryError:
            high = mid
        else:
            low = mid
    return low


@mistake("MG488", "Goes by the words of the message", hint="Messages differ, and other errors speak of memory, too. The kind of the exception says it: `torch.OutOfMemoryError`.")
def largest_batch(step, limit):
    def works(size):
        try:
            step(size)
        except RuntimeError as error:
            if "out of memory" in str(error):
                return False
            raise
        return True

    good, bad = 0, limit + 1
    while bad - good > 1:
        middle = (good + bad) // 2
        good, bad = (middle, bad) if works(middle) else (good, middle)
    return good


@mistake("MG489", "Takes what the step returns for an answer", hint="Whether a size works is said by an exception alone. What `step` returns means nothing, and may be 0.")
def largest_batch(step, limit):
    def works(size):
        try:
            result = step(size)
        except torch.OutOfMemoryError:
            return False
        return result is None or bool(result)

    good, bad = 0, limit + 1
    while bad - good > 1:
        middle = (good + bad) // 2
        good, bad = (middle, bad) if works(middle) else (good, middle)
    return good
