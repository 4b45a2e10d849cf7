# %% empty
def went_wrong(before, calls, needed):
    return None


def report(tasks, k):
    return 0.0, 0.0, []


# %% constant
def went_wrong(before, calls, needed):
    return 3


def report(tasks, k):
    return 0.8, 0.65, []


# %% lookup: the days of the page
def went_wrong(before, calls, needed):
    return {tuple(c): at for c, at in ((tuple(RUNS["Tuesday"]), 3), (tuple(RUNS["Wednesday"]), 3))
            }.get(tuple(calls))


def report(tasks, k):
    shares = [sum(each) / len(each) for each in tasks.values()]
    return sum(shares) / len(shares), sum(s**k for s in shares) / len(shares), []


# %% lookup: one right order, and the power instead of the draw
def went_wrong(before, calls, needed):
    changing = [(at, c) for at, c in enumerate(calls) if act(before, c) != before]
    for (at, call), want in zip(changing, needed):
        if call != want:
            return at
    if len(changing) > len(needed):
        return changing[len(needed)][0]
    return len(calls) if len(changing) < len(needed) else None


def report(tasks, k):
    shares = [sum(each) / len(each) for each in tasks.values()]
    return (sum(shares) / len(shares), sum(s**k for s in shares) / len(shares),
            sorted(name for name in tasks if not any(tasks[name])))


# %% another
from collections import Counter
from itertools import combinations as draws


def went_wrong(before, calls, needed):
    budget, state = Counter(needed), before
    for place in range(len(calls)):
        after = act(state, calls[place])
        if after == state:
            continue
        budget[calls[place]] -= 1
        if budget[calls[place]] < 0:
            return place
        state = after
    return len(calls) if any(budget.values()) else None


def report(tasks, k):
    def mean(numbers):
        numbers = list(numbers)
        return sum(numbers) / len(numbers)

    whole = mean(mean(all(some) for some in draws(tries, k)) for tries in tasks.values())
    return (mean(mean(tries) for tries in tasks.values()), whole,
            [name for name in sorted(tasks) if sum(tasks[name]) == 0])
