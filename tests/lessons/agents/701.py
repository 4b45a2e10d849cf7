# %% empty
def needed(emails, steps, **terms):
    return None


def excess(routes, name, **terms):
    return 0.0


# %% constant
def needed(emails, steps, **terms):
    return 0.97


def excess(routes, name, **terms):
    return 36.56


# %% lookup: the page's routes at the page's terms
def needed(emails, steps, **terms):
    return {(96, 3): 0.9952, (5, 6): 0.96}.get((emails, steps), 0.97)


def excess(routes, name, **terms):
    return {"code": 36.56, "agent": 111.55, "person": 316.17}[name]


# %% lookup: a choice for each step, and none for the answer
def needed(emails, steps, **terms):
    code, always, person = prices(emails, steps, right=1.0, **terms)
    never = prices(emails, steps, right=0.0, **terms)[1]
    best = min(code, person)
    if always > best:
        return None
    if never <= best:
        return 0.0
    return (1 - (best - always) / (never - always)) ** (1 / steps)


def excess(routes, name, **terms):
    costs = [prices(*each, **terms) for each in routes]
    return sum(each[NAMES.index(name)] - min(each) for each in costs)


# %% another
def needed(emails, steps, **terms):
    def cheap(right):
        code, agent, person = prices(emails, steps, right=right, **terms)
        return agent <= min(code, person)

    if not cheap(1.0):
        return None
    if cheap(0.0):
        return 0.0
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (low, middle) if cheap(middle) else (middle, high)
    return high


def excess(routes, name, **terms):
    total = best = 0.0
    for emails, steps in routes:
        three = dict(zip(NAMES, prices(emails, steps, **terms)))
        total += three[name]
        best += min(three.values())
    return total - best
