# %% empty
def forecast(right):
    return 0.0, 0.0


def vote(p, n):
    return 0.0


def gain(right, n, price, worth):
    return 0.0


def enough(spread, within):
    return 0


# %% constant
def forecast(right):
    return 15.1, 2.7


def vote(p, n):
    return 0.68


def gain(right, n, price, worth):
    return -1.4


def enough(spread, within):
    return 10


# %% lookup
def forecast(right):
    return sum(right), sum(p * (1 - p) for p in right) ** 0.5


def vote(p, n):
    return {0.9: 0.99144, 0.6: 0.68256, 0.5: 0.5, 0.4: 0.31744, 0.2: 0.05792}.get(p, p)


def gain(right, n, price, worth):
    more = sum(vote(p, n) - p for p in right)
    return more * worth - (n - 1) * len(right) * price


def enough(spread, within):
    return {1: 29}.get(within, 4)


# %% lookup: the spread of the mean chance, and the first call priced too
def forecast(right):
    p = sum(right) / len(right)
    return sum(right), (len(right) * p * (1 - p)) ** 0.5


def vote(p, n):
    return sum(comb(n, k) * p**k * (1 - p) ** (n - k) for k in range(n // 2 + 1, n + 1))


def gain(right, n, price, worth):
    return sum(vote(p, n) - p for p in right) * worth - n * len(right) * price


def enough(spread, within):
    return next(n for n in range(1, 9999) if 1.96 * spread <= within * n**0.5)


# %% another
def forecast(right):
    law = [1.0]
    for p in right:
        law = [a * (1 - p) + b * p for a, b in zip([*law, 0.0], [0.0, *law])]
    middle = sum(k * w for k, w in enumerate(law))
    return middle, sum((k - middle) ** 2 * w for k, w in enumerate(law)) ** 0.5


def vote(p, n):
    law = [1.0]
    for _ in range(n):
        law = [a * (1 - p) + b * p for a, b in zip([*law, 0.0], [0.0, *law])]
    return sum(law[n // 2 + 1 :])


def gain(right, n, price, worth):
    return sum(worth * (vote(p, n) - p) - (n - 1) * price for p in right)


def enough(spread, within):
    return max(1, -int(-((1.96 * spread / within) ** 2) // 1))
