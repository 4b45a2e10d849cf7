# %% empty
def spared(rows, design, wrong, cases):
    return 0.0


def switch(rows, designs, wrongs):
    return []


def drifting(days, window, least):
    return None


# %% constant
def spared(rows, design, wrong, cases):
    return 38.5


def switch(rows, designs, wrongs):
    return [(0.0, "act"), (0.0075, "undo"), (0.01, "source"), (0.0395, "ask")]


def drifting(days, window, least):
    return None


# %% lookup
def spared(rows, design, wrong, cases):
    noticed = {"act": 0, "undo": 0.35, "confirm": 0.45, "source": 0.8, "ask": 0.95}
    return cases * wrong * (1 - noticed[design])


def switch(rows, designs, wrongs):
    return [(wrongs[0], designs[0])]


def drifting(days, window, least):
    return window


# %% lookup: a person catches everything that is clicked
def spared(rows, design, wrong, cases):
    return cases * wrong if design == "act" else 0


def switch(rows, designs, wrongs):
    found = []
    for wrong in wrongs:
        euros = costs(rows, wrong)
        best = min(designs, key=euros.get)
        if not found or found[-1][1] != best:
            found.append((wrong, best))
    return found


def drifting(days, window, least):
    for day in range(window, len(days) + 1):
        part = days[day - window : day]
        if sum(b for _, b in part) < least * sum(a for a, _ in part):
            return day
    return None


# %% lookup: looks at single days
def spared(rows, design, wrong, cases):
    noticed = 0 if design == "act" else measure(rows, design)[0]
    return cases * wrong * (1 - noticed)


def switch(rows, designs, wrongs):
    best = [min(designs, key=costs(rows, wrong).get) for wrong in wrongs]
    return [(w, b) for i, (w, b) in enumerate(zip(wrongs, best)) if not i or best[i - 1] != b]


def drifting(days, window, least):
    for day, (planted, noticed) in enumerate(days, start=1):
        if planted and noticed < least * planted:
            return day
    return None


# %% another
from itertools import accumulate, groupby


def spared(rows, design, wrong, cases):
    planted = [r for r in rows if r["design"] == design and r["planted"] == "1"]
    missed = sum(r["objected"] == "0" for r in planted)
    return wrong * cases * (missed / len(planted) if planted else 1)


def switch(rows, designs, wrongs):
    pairs = []
    for wrong in wrongs:
        euros = costs(rows, wrong)
        pairs.append((wrong, min(designs, key=lambda name: euros[name])))
    return [next(group) for _, group in groupby(pairs, key=lambda pair: pair[1])]


def drifting(days, window, least):
    planted = [0, *accumulate(a for a, _ in days)]
    noticed = [0, *accumulate(b for _, b in days)]
    for day in range(window, len(days) + 1):
        shown = planted[day] - planted[day - window]
        if shown and noticed[day] - noticed[day - window] < least * shown:
            return day
    return None
