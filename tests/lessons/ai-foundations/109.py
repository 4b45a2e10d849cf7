# %% empty
def gap(p, y, bins):
    return None


def temperature(z, y):
    return None


def by_group(z, y, group):
    return None


# %% constant
def gap(p, y, bins):
    return 0.012


def temperature(z, y):
    return 2.61


def by_group(z, y, group):
    return z / 2.61


# %% lookup
def gap(p, y, bins):
    return ece(p, y)


def temperature(z, y):
    return min(options, key=lambda T: log_loss(z / T, y))


def by_group(z, y, group):
    return z / np.where(group == 0, 3.0, 1 / 3.0)


# %% one temperature for all
def gap(p, y, bins):
    bin_of = np.minimum((p * bins).astype(int), bins - 1)
    return np.abs(np.bincount(bin_of, weights=p - y)).sum() / len(p)


def temperature(z, y):
    options = np.exp(np.linspace(-2, 3.5, 2000))
    return min(options, key=lambda T: log_loss(z / T, y))


def by_group(z, y, group):
    return z / temperature(z, y)


# %% every group the mean
def gap(p, y, bins):
    bin_of = np.minimum((p * bins).astype(int), bins - 1)
    return np.abs(np.bincount(bin_of, weights=p - y)).sum() / len(p)


def temperature(z, y):
    options = np.exp(np.linspace(-2, 3.5, 1000))
    return min(options, key=lambda T: log_loss(z / T, y))


def by_group(z, y, group):
    share = np.array([y[group == g].mean() for g in (0, 1)])[group]
    return np.log(share / (1 - share))


# %% certainty gets a bin of its own
def gap(p, y, bins):
    bin_of = (p * bins).astype(int)
    too_much = np.bincount(bin_of, weights=p - y)
    return np.abs(too_much).sum() / len(p)


def temperature(z, y):
    low, high = 0.1, 40.0
    while high / low > 1.001:  # keep cutting a third off
        third = (high / low) ** (1 / 3)
        a, b = low * third, high / third
        if log_loss(z / a, y) < log_loss(z / b, y):
            high = b
        else:
            low = a
    return low


def by_group(z, y, group):
    tame = z.astype(float)
    for g in set(group.tolist()):
        rows = group == g
        tame[rows] = z[rows] / temperature(z[rows], y[rows])
    return tame


# %% another
def gap(p, y, bins):
    edges = np.linspace(0, 1, bins + 1)[1:-1]
    bin_of = np.searchsorted(edges, p, side="right")
    total = 0.0
    for b in np.unique(bin_of):
        here = bin_of == b
        total += here.mean() * abs(p[here].mean() - y[here].mean())
    return total


def temperature(z, y):
    a = 0.0  # Newton's method on the factor
    for _ in range(60):
        p = logistic(a * z)
        a -= np.mean((p - y) * z) / np.mean(p * (1 - p) * z * z)
    return 1 / a


def by_group(z, y, group):
    tame = np.array(z, dtype=float)
    for g in np.unique(group):
        tame[group == g] /= temperature(z[group == g], y[group == g])
    return tame
