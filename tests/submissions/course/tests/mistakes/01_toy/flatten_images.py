from grader import mistake


@mistake("MX07", "Flattens the batch as well", hint="Keep axis 0 out of it.")
def flatten_images(batch):
    return batch.flatten()


@mistake("MX08", "Uses view", hint="Think about the strides.")
def flatten_images(batch):
    return batch.view(len(batch), -1)
