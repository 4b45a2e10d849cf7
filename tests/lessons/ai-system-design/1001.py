# %% empty
def flips(page, worth):
    return set()


def pairs(page, worth):
    return set()


# %% constant
def flips(page, worth):
    return {"searches a day", "minutes a search"}


def pairs(page, worth):
    return {("share found", "euros a year")}


# %% lookup
def flips(page, worth):
    return set(list(page)[:2]) if len(page) > 2 else set()


def pairs(page, worth):
    names = list(page)
    return {(names[-2], names[-1])} if len(names) > 3 else set()


# %% lookup: the widest line
def flips(page, worth):
    return {max(page, key=lambda name: page[name][2] - page[name][0])}


def pairs(page, worth):
    return set()


# %% lookup: pairs at their low ends or at their high ends alone
from itertools import combinations


def turns(page, worth, names):
    likely = {name: line[1] for name, line in page.items()}
    before = worth(*likely.values()) > 0
    return any(
        (worth(*(likely | {n: page[n][end] for n in names}).values()) > 0) != before
        for end in (0, 2)
    )


def flips(page, worth):
    return {n for n in page if turns(page, worth, [n])}


def pairs(page, worth):
    rest = [n for n in page if n not in flips(page, worth)]
    return {p for p in combinations(rest, 2) if turns(page, worth, p)}


# %% another
def holds(page, worth, **moved):
    return worth(*(moved.get(name, line[1]) for name, line in page.items())) > 0


def flips(page, worth):
    found = set()
    for name, (low, _, high) in page.items():
        sides = {holds(page, worth), holds(page, worth, **{name: low}), holds(page, worth, **{name: high})}
        if len(sides) == 2:
            found.add(name)
    return found


def pairs(page, worth):
    names, found = list(page), set()
    alone = flips(page, worth)
    for i, a in enumerate(names):
        for b in names[i + 1 :]:
            if {a, b} & alone:
                continue
            ends = [{a: x, b: y} for x in (page[a][0], page[a][2]) for y in (page[b][0], page[b][2])]
            if any(holds(page, worth, **end) != holds(page, worth) for end in ends):
                found.add((a, b))
    return found
