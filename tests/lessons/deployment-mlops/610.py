# %% empty
def moved(log, last, tonight, begin, end, fields):
    return ()


def first_bad(changes, wrong, tries):
    return None


# %% constant
def moved(log, last, tonight, begin, end, fields):
    return "pod", "c"


def first_bad(changes, wrong, tries):
    return changes[len(changes) // 2]


# %% lookup
def moved(log, last, tonight, begin, end, fields):
    return {"02:48": ("pod", "c"), "03:10": ("client", "x")}[begin]


def first_bad(changes, wrong, tries):
    return changes[12 % len(changes)]


# %% compares within tonight
def moved(log, last, tonight, begin, end, fields):
    groups = {}
    for r in log:
        if r["night"] == tonight and begin <= r["time"] < end:
            for field in fields:
                groups.setdefault((field, r[field]), []).append(r["label"] == "hold")
    return min(groups, key=lambda key: sum(groups[key]) / len(groups[key]))


def first_bad(changes, wrong, tries):
    return changes[0]


# %% the largest gap, however few replies
def moved(log, last, tonight, begin, end, fields):
    groups = {}
    for r in log:
        if begin <= r["time"] < end:
            for field in fields:
                nights = groups.setdefault((field, r[field]), {last: [], tonight: []})
                nights[r["night"]].append(r["label"] == "hold")

    def gap(key):
        a, b = groups[key].values()
        return abs(sum(a) / (len(a) or 1) - sum(b) / (len(b) or 1))

    return max(groups, key=gap)


def first_bad(changes, wrong, tries):
    good, bad = 0, len(changes)
    while bad - good > 1:
        half = (good + bad) // 2
        good, bad = (good, half) if wrong(changes[:half]) else (half, bad)
    return changes[bad - 1]


# %% compares the nights from end to end
def moved(log, last, tonight, begin, end, fields):
    counts = {}
    for r in log:
        for field in fields:
            nights = counts.setdefault((field, r[field]), {last: [0, 0], tonight: [0, 0]})
            nights[r["night"]][0] += r["label"] == "hold"
            nights[r["night"]][1] += 1

    def distance(key):
        (a, n), (b, m) = counts[key].values()
        if not n or not m:
            return -1
        r = (a + b) / (n + m)
        error = (r * (1 - r) * (1 / n + 1 / m)) ** 0.5
        return abs(a / n - b / m) / error if error else 0

    return max(counts, key=distance)


def first_bad(changes, wrong, tries):
    good, bad = 0, len(changes)
    while bad - good > 1:
        half = (good + bad) // 2
        if any(wrong(changes[:half]) for _ in range(tries)):
            bad = half
        else:
            good = half
    return changes[bad - 1]


# %% one by one
from math import sqrt


def moved(log, last, tonight, begin, end, fields):
    best, most = None, -1
    for field in fields:
        for value in {r[field] for r in log}:
            a, b = (
                [
                    r["label"] == "hold"
                    for r in log
                    if r["night"] == night and r[field] == value and begin <= r["time"] < end
                ]
                for night in (last, tonight)
            )
            if a and b:
                rate = sum(a + b) / len(a + b)
                error = sqrt(rate * (1 - rate) * (1 / len(a) + 1 / len(b))) or 1
                far = abs(sum(a) / len(a) - sum(b) / len(b)) / error
                if far > most:
                    best, most = (field, value), far
    return best


def first_bad(changes, wrong, tries):
    for n in range(1, len(changes)):
        if any(wrong(changes[:n]) for _ in range(tries)):
            return changes[n - 1]
    return changes[-1]


# %% another
from math import sqrt


def moved(log, last, tonight, begin, end, fields):
    best, most = None, -1
    for field in fields:
        for value in sorted({r[field] for r in log}):
            a, b = (
                [
                    r["label"] == "hold"
                    for r in log
                    if r["night"] == night and r[field] == value and begin <= r["time"] < end
                ]
                for night in (last, tonight)
            )
            if a and b:
                rate = sum(a + b) / len(a + b)
                error = sqrt(rate * (1 - rate) * (1 / len(a) + 1 / len(b))) or 1
                far = abs(sum(a) / len(a) - sum(b) / len(b)) / error
                if far > most:
                    best, most = (field, value), far
    return best


def caught(part, wrong, tries):
    for _ in range(tries):
        if wrong(part):
            return True
    return False


def first_bad(changes, wrong, tries, fine=0):
    """changes[:fine] are known to be fine, all of them to be bad."""
    if len(changes) - fine == 1:
        return changes[-1]
    half = (fine + len(changes)) // 2
    if caught(changes[:half], wrong, tries):
        return first_bad(changes[:half], wrong, tries, fine)
    return first_bad(changes, wrong, tries, half)
