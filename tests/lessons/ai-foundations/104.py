# %% empty
def by_date(dates):
    return [], [], []


def optimism(tries, n, right):
    return 0


rows_needed = 1300


# %% constant
def by_date(dates):
    parts, have = ([], [], []), 0
    for day in sorted(set(dates)):
        rows = [i for i, date in enumerate(dates) if date == day]
        share = have / len(dates)
        parts[(share >= 0.6) + (share >= 0.8)].extend(rows)
        have += len(rows)
    return parts


def optimism(tries, n, right):
    return 0.085


rows_needed = 1300


# %% lookup
def by_date(dates):
    order = sorted(range(len(dates)), key=lambda i: dates[i])
    return order[:120], order[120:160], order[160:]


def optimism(tries, n, right):
    return {100: 0.085, 400: 0.044, 1600: 0.022}.get(n, 0.02)


rows_needed = 1300


# %% at random
def by_date(dates):
    return split(len(dates), 1)


def optimism(tries, n, right):
    rng = np.random.default_rng(0)
    scores = rng.binomial(n, right, size=(5000, tries))
    return scores.max(axis=1).mean() / n - right


rows_needed = 1300


# %% rows needed by eye
def by_date(dates):
    parts, have = ([], [], []), 0
    for day in sorted(set(dates)):
        rows = [i for i, date in enumerate(dates) if date == day]
        share = have / len(dates)
        parts[(share >= 0.6) + (share >= 0.8)].extend(rows)
        have += len(rows)
    return parts


def optimism(tries, n, right):
    rng = np.random.default_rng(0)
    scores = rng.binomial(n, right, size=(5000, tries))
    return scores.max(axis=1).mean() / n - right


rows_needed = 1600


# %% another
def by_date(dates):
    dates = np.array(dates)
    order = np.argsort(dates, kind="stable")
    days = dates[order]
    ends = np.flatnonzero(np.append(days[1:] != days[:-1], True)) + 1
    cuts = [ends[ends >= share * len(dates)][0] for share in (0.6, 0.8)]
    return np.split(order, cuts)


def optimism(tries, n, right):
    rng = np.random.default_rng(12)
    best = [rng.binomial(n, right, tries).max() for _ in range(5000)]
    return np.mean(best) / n - right


rows_needed = next(
    n for n in range(1000, 9000, 100) if optimism(50, n, 0.8) <= 0.025
)
