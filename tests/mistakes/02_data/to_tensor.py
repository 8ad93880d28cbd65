import numpy as np
import torch

from grader import mistake


@mistake("MD01", "Divides uint8 in place", hint="An in-place operation cannot change the type, and uint8 has no place for fractions. Change the type first.")
def to_tensor(array):
    t = torch.tensor(array)
    t = t.unsqueeze(0) if t.ndim == 2 else t.permute(2, 0, 1)
    if t.dtype is torch.uint8:
        t /= 255
    return t.float()


@mistake("MD02", "Divides as integers", hint="`//` drops everything below 1, and then nearly nothing is left. Divide as floating point.")
def to_tensor(array):
    t = torch.tensor(array)
    t = t.unsqueeze(0) if t.ndim == 2 else t.permute(2, 0, 1)
    return (t // 255).float() if t.dtype is torch.uint8 else t.float()


@mistake("MD04", "Divides by 256", hint="The brightest value is 255, and it should become 1.")
def to_tensor(array):
    t = torch.tensor(array)
    t = t.unsqueeze(0) if t.ndim == 2 else t.permute(2, 0, 1)
    return t.float() / 256 if t.dtype is torch.uint8 else t.float()


@mistake("MD04a", "Divides by the brightest pixel of the picture", hint=(
    "The same grey comes out differently in a dim picture and in a bright one.",
    "Look at what you divide by, and where that number comes from.",
    "The divisor belongs to the format, not to the picture: it is the largest number that 8 bits can hold.",
))
def to_tensor(array):
    t = torch.tensor(array)
    t = t.unsqueeze(0) if t.ndim == 2 else t.permute(2, 0, 1)
    return t.float() / t.max() if t.dtype is torch.uint8 else t.float()


@mistake("MD05", "Scales floating-point pictures as well", hint="Only 8-bit values are divided; floats keep the range that they have.")
def to_tensor(array):
    t = torch.tensor(array)
    t = t.unsqueeze(0) if t.ndim == 2 else t.permute(2, 0, 1)
    return t.float() / 255


@mistake("MD79", "Reshapes instead of moving the channel axis", hint=(
    "The picture comes out scrambled: right shape, wrong places.",
    "Print a picture of 2 by 2 with three channels before and after.",
    "`reshape` reads the numbers in the order in which they lie; it never moves an axis. Another method does.",
))
def to_tensor(array):
    h, w, *c = array.shape
    t = torch.tensor(array).reshape(*(c or [1]), h, w)
    return t.float() / 255 if t.dtype is torch.uint8 else t.float()


@mistake("MD80", "Returns float64", hint="NumPy divides in float64. The result was to be float32.")
def to_tensor(array):
    array = array / 255.0 if array.dtype == np.uint8 else array.astype(np.float64)
    t = torch.tensor(array)
    return t.unsqueeze(0) if t.ndim == 2 else t.permute(2, 0, 1)


@mistake("MD81", "Gives a grey picture no channel axis", hint="A grey picture (H, W) has one channel, too: the result is (1, H, W).")
def to_tensor(array):
    t = torch.tensor(array)
    t = t if t.ndim == 2 else t.permute(2, 0, 1)
    return t.float() / 255 if t.dtype is torch.uint8 else t.float()


@mistake("MD65", "Shares the memory of a floating-point array", hint="`from_numpy` and `permute` copy nothing, and `float()` on float32 does nothing. The result should own its numbers.")
def to_tensor(array):
    t = torch.from_numpy(array)
    t = t.unsqueeze(0) if t.ndim == 2 else t.permute(2, 0, 1)
    return t.float() / 255 if t.dtype is torch.uint8 else t.float()


@mistake("MD318", "Leaves float64 as it is", hint="NumPy computes in float64. Networks read float32, whatever precision the array had.")
def to_tensor(array):
    if array.dtype == np.uint8:
        array = array / np.float32(255)
    else:
        array = array.copy()
    if array.ndim == 2:
        array = array[None]
    else:
        array = np.moveaxis(array, 2, 0)
    return torch.from_numpy(np.ascontiguousarray(array))


@mistake("MD386", "Limits floats to 0…1", hint="Floating-point values stay what they are, beyond 1 as well.")
def to_tensor(array):
    t = torch.tensor(array)
    t = t.unsqueeze(0) if t.ndim == 2 else t.permute(2, 0, 1)
    return (t.float() / 255 if array.dtype == np.uint8 else t.float()).clamp(0, 1)


@mistake("MD387", "Tells from the last size whether there are channels", hint="A picture has channels if it has three axes, however many they are: two are as right as three. Ask `ndim`.")
def to_tensor(array):
    if array.shape[-1] not in (1, 3, 4):
        array = array.reshape(*array.shape[:2], -1)
        if array.shape[-1] not in (1, 3, 4):
            array = array.mean(axis=-1, keepdims=True).astype(array.dtype)
    elif array.ndim == 2:
        array = array[..., None]
    t = torch.tensor(array).permute(2, 0, 1)
    return t.float() / 255 if array.dtype == np.uint8 else t.float()


@mistake("MD388", "Squeezes before it looks for the channels", hint="A picture of one row has an axis of size 1 that is no channel. Ask `ndim`, and take nothing away.")
def to_tensor(array):
    t = torch.tensor(array.squeeze())
    if t.ndim == 2:
        t = t.unsqueeze(0)
    else:
        t = t.permute(2, 0, 1)
    return t.float() / 255 if array.dtype == np.uint8 else t.float()


@mistake("MD549", "Expects a channel axis in a grey picture", hint="A grey picture is (H, W), and `permute` with three numbers wants three axes. Give it an axis of its own first.")
def to_tensor(array):
    t = torch.tensor(array).permute(2, 0, 1)
    return t.float() / 255 if array.dtype == np.uint8 else t.float()


@mistake("MD550", "Takes `contiguous` for a copy", hint="`contiguous` copies only what does not lie in order, and `float()` only what is not float32: a grey picture in float32 still shares its memory with the array. `clone` always copies.")
def to_tensor(array):
    t = torch.from_numpy(array)
    t = t.unsqueeze(0) if t.ndim == 2 else t.permute(2, 0, 1)
    t = t.contiguous()
    return t.float() / 255 if t.dtype == torch.uint8 else t.float()
