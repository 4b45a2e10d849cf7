# %% empty
def steady(talks, k):
    return 0.0


def lost(talk):
    return None


def mended(talk):
    return set()


# %% constant
def steady(talks, k):
    return 0.4


def lost(talk):
    return "ask detail"


def mended(talk):
    return {"order"}


# %% lookup
def steady(talks, k):
    return {1: 0.7, 2: 0.5, 3: 0.4}[k]


def lost(talk):
    if talk["turns"][-1]["state"] == talk["goal"]:
        return None
    return talk["turns"][-1]["doing"]


def mended(talk):
    return {"order"} if talk.get("id") == "c17" else set()


# %% lookup: the last turn is to blame
def steady(talks, k):
    ok = [t["turns"][-1]["state"] == t["goal"] for t in talks]
    return (sum(ok) / len(ok)) ** k


def lost(talk):
    end = talk["turns"][-1]["state"]
    if end == talk["goal"]:
        return None
    wrong = [s for s in end if end[s] != talk["goal"].get(s)]
    return talk["turns"][-1]["doing"] if wrong else "never asked"


def mended(talk):
    return set()


# %% lookup: the first wrong turn, though it was mended
def steady(talks, k):
    runs = {}
    for t in talks:
        runs.setdefault(t["task"], []).append(t["turns"][-1]["state"] == t["goal"])
    full = [all(r[:k]) for r in runs.values() if len(r) >= k]
    return sum(full) / len(full) if full else 0.0


def lost(talk):
    if talk["turns"][-1]["state"] == talk["goal"]:
        return None
    for turn in talk["turns"]:
        if any(v != talk["goal"].get(s) for s, v in turn["state"].items()):
            return turn["doing"]
    return "never asked"


def mended(talk):
    goal, end = talk["goal"], talk["turns"][-1]["state"]
    return {
        s
        for turn in talk["turns"]
        for s in goal
        if turn["state"].get(s, goal[s]) != goal[s] and end.get(s) == goal[s]
    }


# %% another
def wrong(talk):
    """For each turn the set of slots that are wrong."""
    return [
        {s for s, v in turn["state"].items() if talk["goal"].get(s) != v} for turn in talk["turns"]
    ]


def steady(talks, k):
    runs = {}
    for t in talks:
        runs.setdefault(t["task"], []).append(lost(t) is None)
    full = [set(r[:k]) == {True} for r in runs.values() if len(r) >= k]
    return full.count(True) / len(full) if full else 0.0


def lost(talk):
    sets = wrong(talk)
    if not sets[-1]:
        return None if talk["turns"][-1]["state"] == talk["goal"] else "never asked"
    kept, place = set(sets[-1]), len(sets) - 1
    earliest = place
    while place >= 0 and kept:
        kept &= sets[place]
        if kept:
            earliest = place
        place -= 1
    return talk["turns"][earliest]["doing"]


def mended(talk):
    sets = wrong(talk)
    ever = set().union(*sets)
    end = talk["turns"][-1]["state"]
    return {s for s in ever if s in end and s in talk["goal"] and s not in sets[-1]}
