# %% empty
def mrr(run, labels, k):
    return 0


def compare(old, new, labels, k):
    return {}


def misses(run, labels, kinds, k):
    return {}


# %% constant
def mrr(run, labels, k):
    return 0.59


def compare(old, new, labels, k):
    return {"gained": ["q01", "q11", "q32"], "lost": []}


def misses(run, labels, kinds, k):
    return {"inbox": 13, "close": 2}


# %% lookup
def mrr(run, labels, k):
    return 0.59 if run is runs["words"] else 0.65


def compare(old, new, labels, k):
    if k == 1:
        return {"gained": ["q03", "q08", "q10", "q30", "q32"], "lost": ["q29", "q37"]}
    return {"gained": ["q01", "q11", "q32"], "lost": []}


def misses(run, labels, kinds, k):
    return {"inbox": 13, "close": 2} if run is runs["words"] else {"inbox": 12}


# %% lookup: questions without an answer count, too
def mrr(run, labels, k):
    places = [place(run[q][:k], labels[q]) for q in labels]
    return sum(1 / p for p in places if p) / len(places)


def compare(old, new, labels, k):
    def reach(run):
        return {q for q in labels if place(run[q][:k], labels[q])}

    a, b = reach(old), reach(new)
    return {"gained": [q for q in labels if q in b - a], "lost": [q for q in labels if q in a - b]}


def misses(run, labels, kinds, k):
    counts = {}
    for q in labels:
        if not place(run[q][:k], labels[q]):
            counts[kinds[q]] = counts.get(kinds[q], 0) + 1
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


# %% lookup: places after k count
def mrr(run, labels, k):
    places = [place(run[q], labels[q]) for q in labels if labels[q]]
    return sum(1 / p for p in places if p) / len(places)


def compare(old, new, labels, k):
    return {"gained": [], "lost": []}


def misses(run, labels, kinds, k):
    return {}


# %% another
def mrr(run, labels, k):
    total = asked = 0
    for q, right in labels.items():
        asked += bool(right)
        total += max((1 / (i + 1) for i, p in enumerate(run[q][:k]) if p in right), default=0)
    return total / asked


def compare(old, new, labels, k):
    told = {"gained": [], "lost": []}
    for q, right in labels.items():
        before, after = (not set(right).isdisjoint(run[q][:k]) for run in (old, new))
        if before != after:
            told["gained" if after else "lost"].append(q)
    return told


def misses(run, labels, kinds, k):
    counts = {}
    for q, right in labels.items():
        if right and set(right).isdisjoint(run[q][:k]):
            counts[kinds[q]] = counts.get(kinds[q], 0) + 1
    return {x: counts[x] for x in sorted(sorted(counts), key=counts.get, reverse=True)}
