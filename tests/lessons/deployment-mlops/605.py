# %% empty
def steady(asked, copies, up, down):
    return []


def choose(demand, options, most_late, start):
    return None


# %% constant
def steady(asked, copies, up, down):
    return [copies] * len(asked)


def choose(demand, options, most_late, start):
    return (5, 20)


# %% lookup
def steady(asked, copies, up, down):
    counts = []
    for i in range(1, len(asked) + 1):
        low = min(asked[max(0, i - up) : i])
        high = max(asked[max(0, i - down) : i])
        copies = max(low, min(copies, high))
        counts.append(copies)
    return counts


def choose(demand, options, most_late, start):
    return {2: (7, 1), 12: (5, 1)}.get(start)


# %% grows at once
def steady(asked, copies, up, down):
    return [max(asked[max(0, i - down) : i]) for i in range(1, len(asked) + 1)]


def choose(demand, options, most_late, start):
    good = [o for o in options if simulate(demand, *o, start)[0] <= most_late]
    return min(good, key=lambda o: simulate(demand, *o, start)[2]) if good else None


# %% the fewest late
def steady(asked, copies, up, down):
    counts = []
    for i in range(1, len(asked) + 1):
        copies = max(min(asked[max(0, i - up) : i]), min(copies, max(asked[max(0, i - down) : i])))
        counts.append(copies)
    return counts


def choose(demand, options, most_late, start):
    return min(options, key=lambda o: simulate(demand, *o, start))


# %% another
from collections import deque


def steady(asked, copies, up, down):
    ups, downs, counts = deque(maxlen=up), deque(maxlen=down), []
    for wish in asked:
        ups.append(wish)
        downs.append(wish)
        copies = max(min(ups), min(copies, max(downs)))
        counts.append(copies)
    return counts


def choose(demand, options, most_late, start):
    best, least = None, float("inf")
    for option in options:
        late, _, paid = simulate(demand, *option, start)
        if late <= most_late and paid < least:
            best, least = option, paid
    return best
