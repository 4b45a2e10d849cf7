# %% empty
def fuse(lists, weights, c, k):
    return []


def verdict(runs, fused, labels, k):
    return {}


# %% constant
def fuse(lists, weights, c, k):
    return ["c36", "c37", "c38"][:k]


def verdict(runs, fused, labels, k):
    return {"best": "dense", "gained": ["q19", "q22", "q23", "q28"], "lost": []}


# %% lookup: weights have no say
def fuse(lists, weights, c, k):
    return rrf(lists, c)[:k]


def verdict(runs, fused, labels, k):
    names = {"best": "dense", "gained": ["q19", "q22", "q23", "q28"], "lost": []}
    return names if "dense" in runs else names | {"best": next(iter(runs))}


# %% lookup: against the first search, not the best
def fuse(lists, weights, c, k):
    scores = {}
    for w, found in zip(weights, lists):
        for i, key in enumerate(found):
            scores[key] = scores.get(key, 0) + w / (c + 1 + i)
    order = sorted((x for x in scores if scores[x]), key=lambda x: (-round(scores[x], 12), x))
    return order[:k]


def verdict(runs, fused, labels, k):
    def found(run):
        return [q for q in labels if set(run[q][:k]) & set(labels[q])]

    best = next(iter(runs))
    old, new = found(runs[best]), found(fused)
    return {
        "best": best,
        "gained": [q for q in new if q not in old],
        "lost": [q for q in old if q not in new],
    }


# %% another
from collections import defaultdict
from fractions import Fraction


def fuse(lists, weights, c, k):
    total = defaultdict(Fraction)
    for number, found in enumerate(lists):
        if weights[number] == 0:
            continue
        for i in range(len(found)):
            total[found[i]] += Fraction(weights[number]) / (c + i + 1)
    ranked = sorted(total)
    ranked.sort(key=lambda key: total[key], reverse=True)
    return ranked[:k]


def verdict(runs, fused, labels, k):
    def good(run, q):
        return not set(labels[q]).isdisjoint(run[q][:k])

    best, most = None, -1
    for name, run in runs.items():
        right = sum(good(run, q) for q in labels)
        if right > most:
            best, most = name, right
    gained, lost = [], []
    for q in labels:
        pair = good(runs[best], q), good(fused, q)
        if pair == (False, True):
            gained.append(q)
        if pair == (True, False):
            lost.append(q)
    return {"best": best, "gained": gained, "lost": lost}
