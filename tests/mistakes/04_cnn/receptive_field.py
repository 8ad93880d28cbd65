from grader import mistake


@mistake("MC254", "Ignores the strides", hint="Behind a layer with stride 2 neighbouring numbers are two pixels apart: keep the jump.")
def receptive_field(layers):
    return 1 + sum(k - 1 for k, _ in layers)


@mistake("MC255", "Multiplies the jump before it is used", hint="The stride of a layer matters for the layers behind it, not for its own kernel.")
def receptive_field(layers):
    field, jump = 1, 1
    for k, stride in layers:
        jump *= stride
        field += (k - 1) * jump
    return field


@mistake("MC256", "Adds the whole kernel", hint="One pixel is counted already: a layer adds k - 1.")
def receptive_field(layers):
    field, jump = 1, 1
    for k, stride in layers:
        field += k * jump
        jump *= stride
    return field


@mistake("MC257", "Adds the strides up", hint="Two layers with stride 2 make a jump of 4, three of 8.")
def receptive_field(layers):
    field, jump = 1, 0
    for k, stride in layers:
        field += (k - 1) * max(jump, 1)
        jump += stride if stride > 1 else 0
    return field


@mistake("MC258", "Starts with 0", hint="A pixel of the picture itself depends on one pixel.")
def receptive_field(layers):
    field, jump = 0, 1
    for k, stride in layers:
        field += (k - 1) * jump
        jump *= stride
    return field


@mistake("MC259", "Multiplies the kernels", hint="Windows overlap: two filters of 3 see 5 pixels, not 9.")
def receptive_field(layers):
    field = 1
    for k, _ in layers:
        field *= k
    return field


@mistake("MC625", "Remembers the last stride only", hint="The jump is the product of all strides so far.")
def receptive_field(layers):
    field, jump = 1, 1
    for k, s in layers:
        field += (k - 1) * jump
        jump = s
    return field


@mistake("MC626", "Expects at least one layer", hint="Without layers an output is a pixel: start with 1 and 1.")
def receptive_field(layers):
    field, jump = layers[0]
    for k, s in layers[1:]:
        field += (k - 1) * jump
        jump *= s
    return field


@mistake("MC723", "Adds the strides", hint="Behind a stride of 2 and one of 3, neighbours are 6 pixels apart, not 5: jumps multiply.")
def receptive_field(layers):
    field = jump = 1
    for k, s in layers:
        field += (k - 1) * jump
        jump += s - 1
    return field


@mistake("MC724", "Walks from the last layer to the first with the rule for the other direction", hint="Field and jump are those of the layers so far: begin with the first layer.")
def receptive_field(layers):
    field = jump = 1
    for k, s in layers[::-1]:
        field += (k - 1) * jump
        jump *= s
    return field
