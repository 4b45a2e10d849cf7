# %% empty
def heavy(users, share):
    return 0.0


def best_limit(users, plan, each, beyond, margin):
    return None


# %% constant
def heavy(users, share):
    return 0.58


def best_limit(users, plan, each, beyond, margin):
    return 1200, sum(n > 1200 for n in users)


# %% lookup
def heavy(users, share):
    return {200: 0.578}.get(len(users), share)


def best_limit(users, plan, each, beyond, margin):
    known = {0.5: (1200, 38), 0.7: (300, 101), 0.9: (0, 200)}
    return known.get(margin, (20_000, 0))


# %% lookup: takes the users as they come
def heavy(users, share):
    number = int(len(users) * share)
    return sum(users[-number:]) / sum(users) if number else 0


def best_limit(users, plan, each, beyond, margin):
    for limit in range(20_000, -1, -100):
        cost = sum(min(n, limit) * each + max(0, n - limit) * beyond for n in users)
        if 1 - cost / (plan * len(users)) >= margin:
            return limit, sum(n > limit for n in users)
    return None


# %% lookup: what is past the limit is free
def heavy(users, share):
    number = int(len(users) * share)
    return sum(sorted(users)[len(users) - number :]) / sum(users)


def best_limit(users, plan, each, beyond, margin):
    for limit in range(20_000, -1, -100):
        cost = sum(min(n, limit) * each for n in users)
        if 1 - cost / (plan * len(users)) >= margin:
            return limit, sum(n > limit for n in users)
    return None


# %% another
def heavy(users, share):
    rest = list(users)
    taken = 0
    for _ in range(int(len(users) * share)):
        most = max(rest)
        rest.remove(most)
        taken += most
    return taken / (taken + sum(rest))


def best_limit(users, plan, each, beyond, margin):
    allowed = (1 - margin) * plan * len(users)
    best = None
    for limit in range(0, 20_100, 100):
        past = [n - limit for n in users if n > limit]
        cost = each * (sum(users) - sum(past)) + beyond * sum(past)
        if cost <= allowed:
            best = limit, len(past)
    return best
