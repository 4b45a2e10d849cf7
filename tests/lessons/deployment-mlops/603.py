# %% empty
def in_flight(arrived, ends, t):
    return None


def smallest_cap(arrived, limit, caps, base, each):
    return None


def cards(rate, limit, cap, base, each, most=8):
    return None


# %% constant
def in_flight(arrived, ends, t):
    return 1


def smallest_cap(arrived, limit, caps, base, each):
    return caps[-1]


def cards(rate, limit, cap, base, each, most=8):
    return 2


# %% lookup
def in_flight(arrived, ends, t):
    return int(np.sum((arrived <= t) & (t < ends)))


def smallest_cap(arrived, limit, caps, base, each):
    return {0.12: 16, 0.25: 16}.get(limit)


def cards(rate, limit, cap, base, each, most=8):
    return {0.08: 7, 0.12: 2, 0.25: 1}.get(limit)


# %% the ends are closed
def in_flight(arrived, ends, t):
    return int(np.sum((arrived <= t) & (t <= ends)))


def smallest_cap(arrived, limit, caps, base, each):
    for cap in caps:
        if np.percentile(serve(arrived, cap, base, each) - arrived, 95) <= limit:
            return cap
    return None


def cards(rate, limit, cap, base, each, most=8):
    return 1


# %% by the mean
def in_flight(arrived, ends, t):
    return int(np.sum((arrived <= t) & (t < ends)))


def smallest_cap(arrived, limit, caps, base, each):
    for cap in caps:
        if (serve(arrived, cap, base, each) - arrived).mean() <= limit:
            return cap
    return None


def cards(rate, limit, cap, base, each, most=8):
    return 1


# %% cards by capacity alone
def in_flight(arrived, ends, t):
    return int(np.sum((arrived <= t) & (t < ends)))


def smallest_cap(arrived, limit, caps, base, each):
    for cap in caps:
        if np.percentile(serve(arrived, cap, base, each) - arrived, 95) <= limit:
            return cap
    return None


def cards(rate, limit, cap, base, each, most=8):
    return int(np.ceil(rate * (base + each * cap) / cap))


# %% another
def in_flight(arrived, ends, t):
    return np.searchsorted(arrived, t, "right") - np.searchsorted(ends, t, "right")


def p95(arrived, cap, base, each):
    return np.quantile(serve(arrived, cap, base, each) - arrived, 0.95)


def smallest_cap(arrived, limit, caps, base, each):
    return next((cap for cap in caps if p95(arrived, cap, base, each) <= limit), None)


def cards(rate, limit, cap, base, each, most=8):
    arrived = arrivals(rate, 4000)
    for k in range(1, most + 1):
        hands = [arrived[i::k] for i in range(k)]
        took = np.concatenate([serve(hand, cap, base, each) - hand for hand in hands])
        if np.quantile(took, 0.95) <= limit:
            return k
    return None
