# %% empty
def steady(asked, copies, up, down):
    return []


def choose(days, options, most_late, start):
    return None


# %% constant
def steady(asked, copies, up, down):
    return [copies] * len(asked)


def choose(days, options, most_late, start):
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


def choose(days, options, most_late, start):
    return {(2, 1): (8, 1), (2, 3): (7, 1)}.get((start, len(days)), (5, 1))


# %% grows at once
def steady(asked, copies, up, down):
    return [max(asked[max(0, i - down) : i]) for i in range(1, len(asked) + 1)]


def choose(days, options, most_late, start):
    good = {}
    for option in options:
        runs = [simulate(day, *option, start) for day in days]
        if max(run[0] for run in runs) <= most_late:
            good[option] = sum(run[2] for run in runs)
    return min(good, key=good.get) if good else None


# %% the days together
def steady(asked, copies, up, down):
    counts = []
    for i in range(1, len(asked) + 1):
        copies = max(min(asked[max(0, i - up) : i]), min(copies, max(asked[max(0, i - down) : i])))
        counts.append(copies)
    return counts


def choose(days, options, most_late, start):
    good = {}
    for option in options:
        runs = [simulate(day, *option, start) for day in days]
        if sum(run[0] for run in runs) / len(runs) <= most_late:
            good[option] = sum(run[2] for run in runs)
    return min(good, key=good.get) if good else None


# %% the fewest late
def steady(asked, copies, up, down):
    counts = []
    for i in range(1, len(asked) + 1):
        copies = max(min(asked[max(0, i - up) : i]), min(copies, max(asked[max(0, i - down) : i])))
        counts.append(copies)
    return counts


def choose(days, options, most_late, start):
    return min(options, key=lambda o: simulate(days[0], *o, start))


# %% asks for less than what may be late
def steady(asked, copies, up, down):
    counts = []
    for i in range(1, len(asked) + 1):
        low = min(asked[max(0, i - up) : i])
        high = max(asked[max(0, i - down) : i])
        if low > copies:
            copies = low
        elif high < copies:
            copies = high
        counts.append(copies)
    return counts


def choose(days, options, most_late, start):
    good = []
    for option in options:
        runs = [simulate(day, *option, start) for day in days]
        if all(late < most_late for late, _, _ in runs):
            paid = sum(run[2] for run in runs)
            good.append((paid, option))
    return min(good)[1] if good else None


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


def choose(days, options, most_late, start):
    best, least = None, float("inf")
    for option in options:
        late = paid = 0
        for one in days:
            share, _, hours = simulate(one, *option, start)
            late, paid = max(late, share), paid + hours
        if late <= most_late and paid < least:
            best, least = option, paid
    return best
