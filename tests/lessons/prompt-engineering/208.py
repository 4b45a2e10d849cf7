# %% empty
def invoice(calls, prices):
    return 0.0


def cascade(cases, least):
    return 0, 0.0


def cheapest(cases, right):
    return None


# %% constant
def invoice(calls, prices):
    return 23.3


def cascade(cases, least):
    return 20, 0.0


def cheapest(cases, right):
    return 0.5


# %% lookup
def invoice(calls, prices):
    return sum(bill(a, b, *prices[m]) for m, a, b in calls)


def cascade(cases, least):
    table = {0: 20, 0.4: 33, 0.5: 45, 0.6: 46, 0.7: 47}
    return table.get(least, len(cases)), sum(c["small_cost"] for c in cases)


def cheapest(cases, right):
    return 0.5


# %% lookup: the small model is free where its answer is passed on
def invoice(calls, prices):
    return sum(bill(a, b, *prices[m]) for m, a, b in calls)


def cascade(cases, least):
    right = dollars = 0
    for case in cases:
        name = "large" if case["sure"] < least else "small"
        right += case[name] == case["team"]
        dollars += case[name + "_cost"]
    return right, dollars


def cheapest(cases, right):
    for least in sorted({0, 2, *(c["sure"] for c in cases)}):
        if cascade(cases, least)[0] >= right:
            return least
    return None


# %% lookup: takes the lowest threshold that suffices, and passes on at the threshold
def invoice(calls, prices):
    return sum(bill(a, b, *prices[m]) for m, a, b in calls)


def cascade(cases, least):
    up = [c for c in cases if c["sure"] <= least]
    kept = [c for c in cases if c["sure"] > least]
    right = sum(c["large"] == c["team"] for c in up) + sum(c["small"] == c["team"] for c in kept)
    return right, sum(c["small_cost"] for c in cases) + sum(c["large_cost"] for c in up)


def cheapest(cases, right):
    return min((cascade(cases, t)[1], t) for t in {0, 2})[1]


# %% another
def invoice(calls, prices):
    total = 0.0
    for model, a, b in calls:
        price_in, price_out = prices[model]
        total += a / 1e6 * price_in + b / 1e6 * price_out
    return total


def cascade(cases, least):
    up = [c for c in cases if c["sure"] < least]
    kept = [c for c in cases if c["sure"] >= least]
    right = sum(c["large"] == c["team"] for c in up) + sum(c["small"] == c["team"] for c in kept)
    return right, sum(c["small_cost"] for c in cases) + sum(c["large_cost"] for c in up)


def cheapest(cases, right):
    options = {0, 2}.union(c["sure"] for c in cases)
    done = {t: cascade(cases, t) for t in options}
    fit = [t for t in options if done[t][0] >= right]
    return min(fit, key=lambda t: (done[t][1], t), default=None)
