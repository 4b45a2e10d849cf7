# %% empty
def forecast(chances):
    return 0.0, 0.0


def vote(p, n):
    return 0.0


def gain(chances, n, price, worth):
    return 0.0


# %% constant
def forecast(chances):
    return 15.1, 2.7


def vote(p, n):
    return 0.68


def gain(chances, n, price, worth):
    return -1.4


# %% lookup
def forecast(chances):
    return sum(chances), sum(p * (1 - p) for p in chances) ** 0.5


def vote(p, n):
    return {0.9: 0.99144, 0.6: 0.68256, 0.5: 0.5, 0.4: 0.31744, 0.2: 0.05792}.get(p, p)


def gain(chances, n, price, worth):
    more = sum(vote(p, n) - p for p in chances)
    return more * worth - (n - 1) * len(chances) * price


# %% lookup: the spread of the mean chance, and the first call priced too
def forecast(chances):
    p = sum(chances) / len(chances)
    return sum(chances), (len(chances) * p * (1 - p)) ** 0.5


def vote(p, n):
    return sum(comb(n, k) * p**k * (1 - p) ** (n - k) for k in range(n // 2 + 1, n + 1))


def gain(chances, n, price, worth):
    return sum(vote(p, n) - p for p in chances) * worth - n * len(chances) * price


# %% another
def forecast(chances):
    law = [1.0]
    for p in chances:
        law = [a * (1 - p) + b * p for a, b in zip([*law, 0.0], [0.0, *law])]
    middle = sum(k * w for k, w in enumerate(law))
    return middle, sum((k - middle) ** 2 * w for k, w in enumerate(law)) ** 0.5


def vote(p, n):
    law = [1.0]
    for _ in range(n):
        law = [a * (1 - p) + b * p for a, b in zip([*law, 0.0], [0.0, *law])]
    return sum(law[n // 2 + 1 :])


def gain(chances, n, price, worth):
    return sum(worth * (vote(p, n) - p) - (n - 1) * price for p in chances)
