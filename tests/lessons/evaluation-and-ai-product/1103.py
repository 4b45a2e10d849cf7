# %% empty
def select(tickets, quota):
    return set()


def bounds(cases, sizes):
    return 0, 1


# %% constant
def select(tickets, quota):
    return {t["id"] for t in fifty}


def bounds(cases, sizes):
    return 0.66, 0.84


# %% lookup: the copies stay
def select(tickets, quota):
    return {t["id"] for t in draw(tickets, quota)}


def bounds(cases, sizes):
    right = sum(c["right"] == "1" for c in cases) / len(cases)
    return right, right


# %% lookup: of copies the first in the list stays
def select(tickets, quota):
    unique = {}
    for ticket in tickets:
        unique.setdefault(fold(ticket["text"]), ticket)
    return {t["id"] for t in draw(unique.values(), quota)}


def bounds(cases, sizes):
    return bounds_of(cases, sizes)


def bounds_of(cases, sizes):
    ends = []
    for unknown in 0, 1:
        total = 0
        for kind, size in sizes.items():
            mine = [int(c["right"]) for c in cases if c["kind"] == kind]
            total += size * (sum(mine) / len(mine) if mine else unknown)
        ends.append(total / sum(sizes.values()))
    return tuple(ends)


# %% lookup: kinds without a case are left out of the score
def select(tickets, quota):
    unique = {}
    for ticket in sorted(tickets, key=lambda t: t["id"]):
        unique.setdefault(fold(ticket["text"]), ticket)
    return {t["id"] for t in draw(unique.values(), quota)}


def bounds(cases, sizes):
    total = weight = 0
    for kind, size in sizes.items():
        mine = [int(c["right"]) for c in cases if c["kind"] == kind]
        if mine:
            total += size * sum(mine) / len(mine)
            weight += size
    return total / weight, total / weight


# %% another
from collections import defaultdict


def select(tickets, quota):
    copies = defaultdict(list)
    for ticket in tickets:
        copies[fold(ticket["text"])].append(ticket)
    kept = [min(some, key=lambda t: t["id"]) for some in copies.values()]
    chosen, taken = set(), Counter()
    for ticket in sorted(kept, key=mark):
        if taken[ticket["kind"]] < quota.get(ticket["kind"], 0):
            taken[ticket["kind"]] += 1
            chosen.add(ticket["id"])
    return chosen


def bounds(cases, sizes):
    total, seen = sum(sizes.values()), Counter(c["kind"] for c in cases)
    low = sum(
        sizes[c["kind"]] / seen[c["kind"]] / total
        for c in cases
        if c["right"] == "1" and c["kind"] in sizes
    )
    return low, low + sum(n for kind, n in sizes.items() if not seen[kind]) / total
