# %% empty
def choose(cases, versions):
    return None


def report(cases, version):
    return {}


def leaks(cases, examples):
    return []


# %% constant
def choose(cases, versions):
    return "E"


def report(cases, version):
    return {"right": 5, "of": 20, "low": 0.11, "high": 0.47, "baseline": 4, "better": False}


def leaks(cases, examples):
    return []


# %% lookup
def choose(cases, versions):
    return {"ABCDEFGH": "E"}.get(versions, versions[0])


def report(cases, version):
    right = {"A": 7, "B": 5, "C": 5, "D": 8, "E": 5, "F": 5, "G": 10, "H": 6}.get(version, 7)
    low, high = interval(right, 20)
    return {"right": right, "of": 20, "low": low, "high": high, "baseline": 4, "better": low > 0.2}


def leaks(cases, examples):
    return [c["id"] for c in cases if c["message"] in examples]


# %% lookup: chooses on all cases
def choose(cases, versions):
    return max(versions, key=lambda v: score(cases, v))


def report(cases, version):
    held = [c for c in cases if is_held(c)]
    right = score(held, version)
    low, high = interval(right, len(held))
    teams = [c["team"] for c in cases if not is_held(c)]
    usual = max(sorted(set(teams)), key=teams.count)
    base = sum(c["team"] == usual for c in held)
    return {
        "right": right,
        "of": len(held),
        "low": low,
        "high": high,
        "baseline": base,
        "better": low > base / len(held),
    }


def leaks(cases, examples):
    shown = {e.strip().lower() for e in examples}
    return [c["id"] for c in cases if c["message"].strip().lower() in shown]


# %% lookup: the baseline is chosen on the held-out cases
def choose(cases, versions):
    return max(versions, key=lambda v: score([c for c in cases if not is_held(c)], v))


def report(cases, version):
    held = [c for c in cases if is_held(c)]
    right = score(held, version)
    low, high = interval(right, len(held))
    teams = [c["team"] for c in held]
    base = max(teams.count(team) for team in teams)
    return {
        "right": right,
        "of": len(held),
        "low": low,
        "high": high,
        "baseline": base,
        "better": low > base / len(held),
    }


def leaks(cases, examples):
    shown = {e.strip().lower() for e in examples}
    return [c["id"] for c in cases if c["message"].strip().lower() in shown]


# %% strips the examples alone
def choose(cases, versions):
    mine = [c for c in cases if not is_held(c)]
    return max(versions, key=lambda v: score(mine, v))


def report(cases, version):
    mine = [c["team"] for c in cases if not is_held(c)]
    held = [c for c in cases if is_held(c)]
    usual = max(sorted(set(mine)), key=mine.count)
    baseline = sum(c["team"] == usual for c in held)
    right = score(held, version)
    low, high = interval(right, len(held))
    return {
        "right": right,
        "of": len(held),
        "low": low,
        "high": high,
        "baseline": baseline,
        "better": low > baseline / len(held),
    }


def leaks(cases, examples):
    shown = {text.strip().lower() for text in examples}
    return [
        case["id"]
        for case in cases
        if case["message"].lower() in shown
    ]


# %% another
from collections import Counter


def choose(cases, versions):
    best, most = None, -1
    for version in versions:
        hits = 0
        for case in cases:
            hits += not is_held(case) and case[version] == case["team"]
        if hits > most:
            best, most = version, hits
    return best


def report(cases, version):
    seen = Counter(c["team"] for c in cases if not is_held(c))
    usual = min(seen, key=lambda team: (-seen[team], team))
    rest = [c for c in cases if is_held(c)]
    n, right = len(rest), sum(c[version] == c["team"] for c in rest)
    z2 = 1.96**2
    root = (z2 * z2 + 4 * z2 * right * (1 - right / n)) ** 0.5
    low = (2 * right + z2 - root) / (2 * (n + z2))
    high = (2 * right + z2 + root) / (2 * (n + z2))
    base = sum(c["team"] == usual for c in rest)
    return {
        "right": right,
        "of": n,
        "low": low,
        "high": high,
        "baseline": base,
        "better": low * n > base,
    }


def leaks(cases, examples):
    found = []
    for case in cases:
        if any(case["message"].strip().casefold() == e.strip().casefold() for e in examples):
            found.append(case["id"])
    return found
