import math

from grader import mistake


@mistake("MC08", "Leaves out the + 1", hint="A kernel as large as the picture has one position, not none.")
def conv_out(n, k, stride=1, padding=0):
    if k > n + 2 * padding:
        raise ValueError
    return (n + 2 * padding - k) // stride


@mistake("MC08b", "Rounds up", hint="Where the filter would stick out, it is not applied: round down.")
def conv_out(n, k, stride=1, padding=0):
    if k > n + 2 * padding:
        raise ValueError
    return math.ceil((n + 2 * padding - k) / stride) + 1


@mistake("MC08c", "Divides without rounding", hint="A number of positions is an int: use integer division.")
def conv_out(n, k, stride=1, padding=0):
    if k > n + 2 * padding:
        raise ValueError
    return (n + 2 * padding - k) / stride + 1


@mistake("MC08d", "Counts the padding once", hint="Zeros are put on both sides.")
def conv_out(n, k, stride=1, padding=0):
    if k > n + padding:
        raise ValueError
    return (n + padding - k) // stride + 1


@mistake("MC08e", "Ignores the padding", hint="The padding makes the axis longer, on both sides.")
def conv_out(n, k, stride=1, padding=0):
    if k > n:
        raise ValueError
    return (n - k) // stride + 1


@mistake("MC08f", "Ignores the stride", hint="With a stride of 2 only every second position counts.")
def conv_out(n, k, stride=1, padding=0):
    if k > n + 2 * padding:
        raise ValueError
    return n + 2 * padding - k + 1


@mistake("MC08g", "Adds 1 before dividing", hint="First divide, then add 1.")
def conv_out(n, k, stride=1, padding=0):
    if k > n + 2 * padding:
        raise ValueError
    return (n + 2 * padding - k + 1) // stride


@mistake("MC227", "Accepts kernels that do not fit", hint="What is the result for a kernel of 5 on 4 pixels? Raise a ValueError instead.")
def conv_out(n, k, stride=1, padding=0):
    return (n + 2 * padding - k) // stride + 1


@mistake("MC227b", "Refuses kernels that fit thanks to the padding", hint="It is the padded axis that must be long enough.")
def conv_out(n, k, stride=1, padding=0):
    if k > n:
        raise ValueError
    return (n + 2 * padding - k) // stride + 1


@mistake("MC228", "Pads by the whole kernel", hint="The output has k - 1 numbers less than the input. Make up for that on two sides.")
def same_padding(k):
    if k % 2 == 0:
        raise ValueError
    return k - 1


@mistake("MC229", "Has a padding for even kernels", hint="With an even kernel an odd number of pixels is missing, which cannot be the same on both sides.")
def same_padding(k):
    return k // 2


@mistake("MC609", "Rounds to the nearest", hint="Where the filter would stick out, it is not applied: always round down.")
def conv_out(n, k, stride=1, padding=0):
    if k > n + 2 * padding:
        raise ValueError("kernel too large")
    return round((n + 2 * padding - k) / stride) + 1


@mistake("MC713", "Refuses a kernel that is exactly as large as the padded axis", hint="Such a kernel fits, in one position.")
def conv_out(n, k, stride=1, padding=0):
    if n + 2 * padding <= k:
        raise ValueError("kernel too large")
    return (n + 2 * padding - k) // stride + 1


@mistake("MC714", "Compares the kernel with the picture without its padding", hint="Zeros are put around first, on both sides; then a larger kernel may fit.")
def conv_out(n, k, stride=1, padding=0):
    if k > n:
        raise ValueError("kernel too large")
    return (n + 2 * padding - k) // stride + 1


@mistake("MC715", "Pads for a kernel of 1", hint="A kernel of 1 keeps the size by itself: it needs no padding.")
def same_padding(k):
    if k % 2 == 0:
        raise ValueError
    return max(1, k // 2)


@mistake("MC716", "Takes the kernel for the stride where none is given", hint="`stride` is 1 unless one says otherwise, as the first line of the function says. (Only the pooling of PyTorch takes the kernel.)")
def conv_out(n, k, stride=None, padding=0):
    stride = stride or k
    if k > n + 2 * padding:
        raise ValueError
    return (n + 2 * padding - k) // stride + 1


@mistake("MC811", "Overlooks some kernels that do not fit, if the stride is larger than 1", hint="`int` rounds -1/2 up, to 0, and one position seems to be left. Compare the kernel with the padded axis.")
def conv_out(n, k, stride=1, padding=0):
    positions = int((n + 2 * padding - k) / stride) + 1
    if positions <= 0:
        raise ValueError("the kernel is too large")
    return positions
