import torch

from grader import mistake


@mistake("MD13", "Lets the test rows take part in the statistics", hint="That is leakage: mean and spread are learnt, and must come from the training rows alone.")
def standardise_columns(train, test):
    both = torch.cat([train, test])
    mean, std = both.mean(dim=0), both.std(dim=0)
    std = torch.where(std == 0, 1.0, std)
    return (train - mean) / std, (test - mean) / std


@mistake("MD13a", "Gives the test rows a scale of their own", hint="The same wine must get the same numbers, in training and in the test. There is one scale, that of the training rows.")
def standardise_columns(train, test):
    results = []
    for table in (train, test):
        std = table.std(dim=0)
        results.append((table - table.mean(dim=0)) / torch.where(std == 0, 1.0, std))
    return tuple(results)


@mistake("MD14a", "Divides by the variance", hint="The standard deviation is the root of the variance.")
def standardise_columns(train, test):
    mean, var = train.mean(dim=0), train.var(dim=0)
    var = torch.where(var == 0, 1.0, var)
    return (train - mean) / var, (test - mean) / var


@mistake("MD16", "Divides constant columns by zero", hint="A column that never changes has a spread of 0. Decide what to divide by then.")
def standardise_columns(train, test):
    mean, std = train.mean(dim=0), train.std(dim=0)
    return (train - mean) / std, (test - mean) / std


@mistake("MD16a", "Adds a tiny number to every spread", hint="No NaN any more, but a test row that differs in a constant column explodes. Such columns are not to be divided.")
def standardise_columns(train, test):
    mean, std = train.mean(dim=0), train.std(dim=0) + 1e-8
    return (train - mean) / std, (test - mean) / std


@mistake("MD17", "Makes statistics of rows", hint="Rows are samples. The axis that you name is the one that disappears, and the columns have to stay.")
def standardise_columns(train, test):
    mean, std = train.mean(dim=1), train.std(dim=1)
    std = torch.where(std == 0, 1.0, std)
    return (train - mean) / std, (test - mean) / std


@mistake("MD124", "Makes one mean and one spread of the whole table", hint="Every column has a scale of its own: give `mean` and `std` an axis.")
def standardise_columns(train, test):
    return (train - train.mean()) / train.std(), (test - train.mean()) / train.std()


@mistake("MD125", "Changes the caller's tables", hint="`-=` and `/=` write into the tensors that were passed.")
def standardise_columns(train, test):
    mean, std = train.mean(dim=0), train.std(dim=0)
    std = torch.where(std == 0, 1.0, std)
    for table in (train, test):
        table -= mean
        table /= std
    return train, test


@mistake("MD126", "Divides by n instead of n − 1", hint="PyTorch's default spread divides by n − 1. Stay with it here.")
def standardise_columns(train, test):
    mean, std = train.mean(dim=0), train.std(dim=0, correction=0)
    std = torch.where(std == 0, 1.0, std)
    return (train - mean) / std, (test - mean) / std


@mistake("MD301", "Looks for a spread of exactly 0", hint="Rounding makes the spread of a constant column tiny instead of 0, and what is divided by it enormous. Compare each row with the first one.")
def standardise_columns(train, test):
    mean, std = train.mean(dim=0), train.std(dim=0)
    std = torch.where(std == 0, torch.ones_like(std), std)
    return (train - mean) / std, (test - mean) / std


@mistake("MD325", "Takes mean and spread over both tables", hint="That is leakage: mean and spread are learnt, and must come from the training rows alone.")
def standardise_columns(train, test):
    both = torch.cat((train, test))
    mean, std = both.mean(dim=0), both.std(dim=0)
    std = torch.where((train == train[0]).all(dim=0), torch.ones_like(std), std)
    return (train - mean) / std, (test - mean) / std


@mistake("MD326", "Makes constant columns 0", hint="A column that is constant in training may vary in the test. There it is centred and keeps its differences.")
def standardise_columns(train, test):
    mean, std = train.mean(dim=0), train.std(dim=0)
    constant = (train == train[0]).all(dim=0)
    return tuple(torch.where(constant, torch.zeros_like(t), (t - mean) / std) for t in (train, test))


@mistake("MD327", "Takes a small spread for none", hint="Columns of very small numbers vary, too, and are to be divided. Constant is a column whose rows are all equal.")
def standardise_columns(train, test):
    mean, std = train.mean(dim=0), train.std(dim=0)
    constant = (train == train[0]).all(dim=0) | (std < 1e-4)
    std = std.masked_fill(constant, 1.0)
    return (train - mean) / std, (test - mean) / std


@mistake("MD411", "Asks of each table which of its columns are constant", hint="What is divided is decided by the training rows, for both tables. A test of a single row is constant everywhere.")
def standardise_columns(train, test):
    mean, std = train.mean(dim=0), train.std(dim=0)

    def scaled(t):
        constant = (t == t[0]).all(dim=0)
        return (t - mean) / torch.where(constant, torch.ones_like(std), std)

    return scaled(train), scaled(test)


@mistake("MD412", "Leaves constant columns as they are", hint="They are not divided, but centred: the mean over the training rows is subtracted.")
def standardise_columns(train, test):
    mean, std = train.mean(dim=0), train.std(dim=0)
    constant = (train == train[0]).all(dim=0)
    return torch.where(constant, train, (train - mean) / std), torch.where(constant, test, (test - mean) / std)


@mistake("MD413", "Takes nearly equal numbers for equal", hint="`isclose` has a tolerance. A column with a small spread varies, and is to be divided by it; constant means equal.")
def standardise_columns(train, test):
    mean, std = train.mean(dim=0), train.std(dim=0)
    constant = torch.isclose(train, train[0], rtol=1e-5, atol=1e-8).all(dim=0)
    std = torch.where(constant, torch.ones_like(std), std)
    return (train - mean) / std, (test - mean) / std


@mistake("MD414", "Compares the first row with the last only", hint="Between them the column may vary. It is constant if all rows are equal.")
def standardise_columns(train, test):
    mean, std = train.mean(dim=0), train.std(dim=0)
    std = torch.where(train[0] == train[-1], torch.ones_like(std), std)
    return (train - mean) / std, (test - mean) / std


@mistake("MD547", "Puts each table on a scale of its own", hint="The same row must get the same numbers, in training and in the test. There is one scale, that of the training rows.")
def standardise_columns(train, test):
    def scaled(table):
        spread = table.std(dim=0)
        spread[(table == table[0]).all(dim=0)] = 1
        return (table - table.mean(dim=0)) / spread

    return scaled(train), scaled(test)
