# %% empty
def forecast(C, L, at):
    return 0.0, 0.0


def split(C, N, budget):
    return None, None


def needed(C, L, target):
    return None


# %% constant
def forecast(C, L, at):
    return 2.49, 2.58


def split(C, N, budget):
    return 47_281, 694_000


def needed(C, L, target):
    return 1_259 * C[-1]


# %% lookup
def forecast(C, L, at):
    return {6: (2.49, 2.58)}.get(len(C), (1.74, 2.15))


def split(C, N, budget):
    return N[-1], budget / 6 / N[-1]


def needed(C, L, target):
    return {2.0: 1_259}.get(target, 1) * C[-1] if target > 1.45 else None


# %% lookup: one law alone, the root of the budget, no floor
def forecast(C, L, at):
    said = [law(at, *fit(np.delete(C, i), np.delete(L, i))) for i in range(len(C))]
    return min(said), max(said)


def split(C, N, budget):
    weights = N[-1] * (budget / C[-1]) ** 0.5
    return weights, budget / 6 / weights


def needed(C, L, target):
    E, A, a = fit(C, L, floor=False)
    return (target / A) ** (-1 / a)


# %% lookup: the whole fit twice, and forgets the 6
def forecast(C, L, at):
    said = [law(at, *fit(C, L, floor)) for floor in (True, False)]
    return min(said), max(said)


def split(C, N, budget):
    slope, start = np.polyfit(np.log(C), np.log(N), 1)
    weights = np.exp(start + slope * np.log(budget))
    return weights, budget / weights


def needed(C, L, target):
    E, A, a = fit(C, L)
    return ((target - E) / A) ** (-1 / a) if target > E else None


# %% another
def forecast(C, L, at):
    laws = []
    for out in range(len(C)):
        keep = [i for i in range(len(C)) if i != out]
        laws += [fit(C[keep], L[keep]), fit(C[keep], L[keep], False)]
    said = sorted(E + A / at**a for E, A, a in laws)
    return said[0], said[-1]


def split(C, N, budget):
    X = np.transpose([np.ones(len(C)), np.log(C)])
    start, slope = np.linalg.solve(X.T @ X, X.T @ np.log(N))
    weights = np.exp(start) * budget**slope
    return weights, budget / (6 * weights)


def needed(C, L, target):
    E, A, a = fit(C, L)
    if not target > E:
        return None
    return float(np.exp((np.log(A) - np.log(target - E)) / a))
