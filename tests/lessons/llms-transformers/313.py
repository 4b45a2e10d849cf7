# %% empty
def boundary(tried, bar):
    return None


def cause(plain, probes):
    return None


def longest(p, bar):
    return None


# %% constant
def boundary(tried, bar):
    return 1


def cause(plain, probes):
    return None


def longest(p, bar):
    return 5


# %% lookup
def boundary(tried, bar):
    return {(80, 0.8): 0}.get((len(tried), bar), 1)


def cause(plain, probes):
    return max(probes, key=lambda name: sum(probes[name]))


def longest(p, bar):
    return {0.9: 0, 0.99: 5, 0.999: 51}.get(p, 10)


# %% lookup: goes by the share, and skips a hole
def boundary(tried, bar):
    good = [0]
    for steps in {steps for steps, _ in tried}:
        hits = [ok for size, ok in tried if size == steps]
        if interval(sum(hits), len(hits))[0] >= bar:
            good.append(steps)
    return max(good)


def cause(plain, probes):
    luck = {}
    for name, after in probes.items():
        up = sum(b and not a for a, b in zip(plain, after))
        down = sum(a and not b for a, b in zip(plain, after))
        luck[name] = chance(up, down)
    best = min(luck, key=luck.get)
    return best if luck[best] <= 0.05 else None


def longest(p, bar):
    n = 0
    while p ** (n + 1) >= bar:
        n += 1
    return max(n, 1)


# %% lookup: rounds up
def boundary(tried, bar):
    trusted = 0
    for steps in sorted({steps for steps, _ in tried}):
        hits = [ok for size, ok in tried if size == steps]
        if sum(hits) / len(hits) < bar:
            return trusted
        trusted = steps
    return trusted


def cause(plain, probes):
    return None


def longest(p, bar):
    n = 1
    while p**n >= bar:
        n += 1
    return n


# %% helps, though it breaks more than it fixes
from math import floor, log


def boundary(tried, bar):
    trusted = 0
    for steps in sorted({steps for steps, _ in tried}):
        hits = [ok for size, ok in tried if size == steps]
        if interval(sum(hits), len(hits))[0] < bar:
            break
        trusted = steps
    return trusted


def cause(plain, probes):
    best, lowest = None, 0.05
    for name, after in probes.items():
        pairs = list(zip(plain, after))
        fixed = pairs.count((False, True))
        broken = pairs.count((True, False))
        luck = chance(fixed, broken)
        better = luck < lowest or (best is None and luck == lowest)
        if better:
            best, lowest = name, luck
    return best


def longest(p, bar):
    return floor(log(bar) / log(p))


# %% another
def boundary(tried, bar):
    hits = {}
    for steps, ok in tried:
        hits.setdefault(steps, []).append(ok)
    sizes = sorted(hits)
    bad = [k for k in sizes if interval(sum(hits[k]), len(hits[k]))[0] < bar]
    return max((k for k in sizes if not bad or k < bad[0]), default=0)


def cause(plain, probes):
    found = []
    for place, (name, after) in enumerate(probes.items()):
        gain = [int(b) - int(a) for a, b in zip(plain, after)]
        luck = chance(gain.count(1), gain.count(-1))
        if sum(gain) > 0 and luck <= 0.05:
            found.append((luck, place, name))
    return min(found)[2] if found else None


def longest(p, bar):
    n = 0
    while p ** (n + 1) >= bar:
        n += 1
    return n
