import torch

from grader import mistake


@mistake("MT81", "Cuts the decimals off instead of rounding", hint="Going to an integer dtype truncates. Round first.")
def quantise(t, scale, zero_point):
    return (t / scale + zero_point).clamp(0, 255).to(torch.uint8)


@mistake("MT82", "Does not limit the codes", hint="Codes beyond 0 and 255 wrap around in uint8. Clamp before you convert.")
def quantise(t, scale, zero_point):
    return (torch.round(t / scale) + zero_point).to(torch.int64).to(torch.uint8)


@mistake("MT83", "Multiplies by the scale", hint="The scale is what one step is worth: how many steps make up t?")
def quantise(t, scale, zero_point):
    return (torch.round(t * scale) + zero_point).clamp(0, 255).to(torch.uint8)


@mistake("MT84", "Forgets the zero point", hint="0.0 has the code `zero_point`, not the code 0.")
def quantise(t, scale, zero_point):
    return torch.round(t / scale).clamp(0, 255).to(torch.uint8)
