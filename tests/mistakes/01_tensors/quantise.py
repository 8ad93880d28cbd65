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


@mistake("MT338", "Rounds halves up", hint="`torch.round` takes a half to the even neighbour; a floor after adding a half takes it up.")
def quantise(t, scale, zero_point):
    q = torch.floor(t / scale + 0.5) + zero_point
    return q.clamp(0, 255).to(torch.uint8)


@mistake("MT339", "Rounds after the zero point is added", hint="With an odd zero point, halves go to another neighbour. Round t / scale first.")
def quantise(t, scale, zero_point):
    return torch.round(t / scale + zero_point).clamp(0, 255).to(torch.uint8)


@mistake("MT340", "Goes through int32 before it limits", hint="What does not fit into int32 becomes some other number. Clamp while the numbers are floats.")
def quantise(t, scale, zero_point):
    return (torch.round(t / scale).to(torch.int32) + zero_point).clamp(min=0, max=255).byte()


@mistake("MT443", 'Goes through int64 before it limits', hint='1e30 does not fit into int64, either, and becomes some other number. Clamp while the numbers are floats.')
def quantise(t, scale, zero_point):
    codes = torch.round(t / scale).to(torch.int64) + zero_point
    return codes.clamp(0, 255).to(torch.uint8)


@mistake("MT500", 'Limits the steps to −128…127', hint='Codes were to be limited, to 0…255, after the zero point was added.')
def quantise(t, scale, zero_point):
    steps = torch.round(t / scale).clamp(-128, 127)
    return (steps + zero_point).clamp(0, 255).to(torch.uint8)


@mistake("MT501", 'Rounds halves away from zero', hint='`torch.round` takes a half to the even neighbour: 2.5 becomes 2.')
def quantise(t, scale, zero_point):
    x = t / scale
    codes = x.sign() * (x.abs() + 0.5).floor() + zero_point
    return codes.clamp(0, 255).to(torch.uint8)


@mistake("MT502", 'Limits the steps on the wrong side', hint='Without the zero point, the steps go from -zero_point to 255 - zero_point. Add it first, then limit.')
def quantise(t, scale, zero_point):
    return (torch.round(t / scale).clamp(zero_point - 255, zero_point) + zero_point).clamp(0, 255).to(torch.uint8)


@mistake("MT558", "Divides in float64", hint="In float32 the quotient may be a half exactly, in float64 a little more or less, and that rounds to another code. The text asks for the division in float32.")
def quantise(t, scale, zero_point):
    return (torch.round(t.double() / scale) + zero_point).clamp(0, 255).to(torch.uint8)
