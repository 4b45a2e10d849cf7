# %% empty
def crossings(zones, flows):
    return []


def choose(flows, sources, harms, controls, days):
    return sum(harms.values()), []


# %% constant
def crossings(zones, flows):
    return [(a, b) for a, b in flows if zones[a] < zones[b]]


def choose(flows, sources, harms, controls, days):
    return 0, sorted(controls)


# %% lookup
def crossings(zones, flows):
    return [flow for flow in flows if flow in FLOWS]


def choose(flows, sources, harms, controls, days):
    known = {1: 55_000, 2: 40_000, 4: 15_000, 5: 0}
    return known.get(days, 0), sorted(controls)[:days]


# %% lookup: the best control for its days, one after another
def crossings(zones, flows):
    reached = [box for box in zones if zones[box] == 0]
    for box in reached:
        reached += [b for a, b in flows if a == box and b not in reached]
    return [(a, b) for a, b in flows if a in reached and zones[a] < zones[b]]


def choose(flows, sources, harms, controls, days):
    chosen, spent = [], 0
    while True:
        now = left(flows, sources, harms, [tuple(controls[c]["at"]) for c in chosen])
        gains = []
        for name in sorted(controls):
            if name in chosen or spent + controls[name]["days"] > days:
                continue
            cut = [tuple(controls[c]["at"]) for c in [*chosen, name]]
            gains.append((now - left(flows, sources, harms, cut), name))
        if not gains or max(gains)[0] <= 0:
            return now, sorted(chosen)
        chosen.append(max(gains)[1])
        spent += controls[chosen[-1]]["days"]


# %% lookup: direct neighbors of zone 0 alone
def crossings(zones, flows):
    return [(a, b) for a, b in flows if zones[a] == 0 and zones[b] > 0]


def choose(flows, sources, harms, controls, days):
    return left(flows, sources, harms, []), []


# %% another
from itertools import chain, product


def crossings(zones, flows):
    dirty, size = {b for b in zones if not zones[b]}, -1
    while size != len(dirty):
        size = len(dirty)
        dirty.update(b for a, b in flows if a in dirty)
    return [flow for flow in flows if flow[0] in dirty and zones[flow[0]] < zones[flow[1]]]


def harm(flows, sources, harms):
    seen, stack = set(), list(sources)
    while stack:
        box = stack.pop()
        if box not in seen:
            seen.add(box)
            stack += [b for a, b in flows if a == box]
    return sum(price for end, price in harms.items() if end in seen)


def choose(flows, sources, harms, controls, days):
    names, best = sorted(controls), None
    for picks in product((False, True), repeat=len(names)):
        chosen = [name for name, pick in zip(names, picks) if pick]
        cost = sum(controls[name]["days"] for name in chosen)
        if cost > days:
            continue
        cut = {tuple(controls[name]["at"]) for name in chosen}
        rest = harm([f for f in flows if f not in cut], sources, harms)
        rank = (rest, cost, len(chosen), chosen)
        best = rank if best is None or rank < best else best
    return best[0], best[3]
