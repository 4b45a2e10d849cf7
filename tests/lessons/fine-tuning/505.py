# %% empty
def tune(w, train, valid, rate, patience):
    return None, None


def choose(w, train, valid, rates, patience):
    return None


def step(w, X, y, rates):
    return None


# %% constant
def tune(w, train, valid, rate, patience):
    return w, 37


def choose(w, train, valid, rates, patience):
    return 0.3


def step(w, X, y, rates):
    return dict(w)


# %% lookup
def tune(w, train, valid, rate, patience):
    epoch = {0.03: 150, 0.1: 111, 0.3: 37, 1.0: 69}.get(rate, 10)
    for _ in range(epoch):
        g = gradient(w, *train)
        w = {k: w[k] - rate * g[k] for k in w}
    return w, epoch


def choose(w, train, valid, rates, patience):
    return 0.3 if 0.3 in rates else rates[1]


def step(w, X, y, rates):
    g = gradient(w, X, y)
    return {k: w[k] - rates.get(k, 0) * g[k] for k in w}


# %% lookup: returns the last weights
def tune(w, train, valid, rate, patience):
    low, at, epoch = loss(w, *valid), 0, 0
    while epoch - at < patience and epoch < 200:
        w = step(w, *train, dict.fromkeys(w, rate))
        epoch += 1
        if loss(w, *valid) < low:
            low, at = loss(w, *valid), epoch
    return w, at


def choose(w, train, valid, rates, patience):
    return min(rates, key=lambda r: loss(tune(w, train, valid, r, patience)[0], *valid))


def step(w, X, y, rates):
    g = gradient(w, X, y)
    return {k: w[k] - rates.get(k, 0) * g[k] for k in w}


# %% another
def tune(w, train, valid, rate, patience):
    kept = [w]
    losses = [loss(w, *valid)]
    while True:
        at = losses.index(min(losses))
        if len(losses) - 1 - at >= patience or len(losses) > 200:
            return kept[at], at
        now = {k: v.copy() for k, v in kept[-1].items()}
        for name, slope in gradient(now, *train).items():
            now[name] -= rate * slope
        kept.append(now)
        losses.append(loss(now, *valid))


def choose(w, train, valid, rates, patience):
    lows = []
    for rate in rates:
        best, _ = tune(w, train, valid, rate, patience)
        lows.append(loss(best, *valid))
    return rates[lows.index(min(lows))]


def step(w, X, y, rates):
    new = {k: v.copy() for k, v in w.items()}
    slopes = gradient(w, X, y)
    for name, rate in rates.items():
        new[name] -= rate * slopes[name]
    return new
