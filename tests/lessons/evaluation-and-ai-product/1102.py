# %% empty
def needed(person, call, mistakes):
    return None


def route(cases, version):
    return set(), 0.0


# %% constant
def needed(person, call, mistakes):
    return 0.914


def route(cases, version):
    return {"damaged", "late"}, 1.43


# %% lookup
def needed(person, call, mistakes):
    return {14: 0.914}.get(len(mistakes), 0.951)


def route(cases, version):
    seen = {"A": ({"damaged", "late"}, 1.43), "B": ({"damaged"}, 4.63)}
    return seen.get(version, (set(), PERSON))


# %% lookup: chooses and reports on all cases
def needed(person, call, mistakes):
    if call >= person:
        return None
    return max(0, 1 - (person - call) / (sum(mistakes) / len(mistakes)))


def route(cases, version):
    own, total = set(), 0
    for kind in {c["kind"] for c in cases}:
        some = [c for c in cases if c["kind"] == kind]
        if sum(costs(some, version)) < PERSON * len(some):
            own.add(kind)
    for case, cost in zip(cases, costs(cases, version)):
        total += cost if case["kind"] in own else PERSON
    return own, total / len(cases)


# %% lookup: one price for every mistake
def needed(person, call, mistakes):
    return None if call >= person else max(0, 1 - (person - call) / 42.5)


def route(cases, version):
    odd = [c for c in cases if int(c["id"]) % 2]
    even = [c for c in cases if not int(c["id"]) % 2]
    own = set()
    for kind in {c["kind"] for c in odd}:
        some = [c for c in odd if c["kind"] == kind]
        wrong = sum(c[version] != c["right"] for c in some)
        if CALL + 42.5 * wrong / len(some) < PERSON:
            own.add(kind)
    total = sum(
        cost if c["kind"] in own else PERSON for c, cost in zip(even, costs(even, version))
    )
    return own, total / len(even)


# %% lookup: a share below 0 where mistakes are cheap
from collections import defaultdict


def needed(person, call, mistakes):
    if person <= call:
        return None
    wrong = len(mistakes) * (person - call) / sum(mistakes)
    return 1 - wrong


def route(cases, version):
    gains = defaultdict(float)
    for case, cost in zip(cases, costs(cases, version)):
        if case["id"][-1] in "13579":
            gains[case["kind"]] += PERSON - cost
    own = {kind for kind, gain in gains.items() if gain > 1e-12}
    rest = [c for c in cases if c["id"][-1] in "02468"]
    paid = [x if c["kind"] in own else PERSON for c, x in zip(rest, costs(rest, version))]
    return own, sum(paid) / len(rest)


# %% another
from collections import defaultdict


def needed(person, call, mistakes):
    if person <= call:
        return None
    wrong = len(mistakes) * (person - call) / sum(mistakes)
    return 1 - min(1, wrong)


def route(cases, version):
    gains = defaultdict(float)
    for case, cost in zip(cases, costs(cases, version)):
        if case["id"][-1] in "13579":
            gains[case["kind"]] += PERSON - cost
    own = {kind for kind, gain in gains.items() if gain > 1e-12}
    rest = [c for c in cases if c["id"][-1] in "02468"]
    paid = [x if c["kind"] in own else PERSON for c, x in zip(rest, costs(rest, version))]
    return own, sum(paid) / len(rest)
