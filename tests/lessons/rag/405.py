# %% empty
def nearest(P, query, k):
    return []


def probe(P, home, centers, query, k, lists):
    return [], 0


def lost(found, other, labels, k):
    return []


# %% constant
def nearest(P, query, k):
    return list(range(k))


def probe(P, home, centers, query, k, lists):
    return list(range(k)), 19


def lost(found, other, labels, k):
    return ["q19", "q22", "q23", "q28"]


# %% lookup: what the page has worked out
def nearest(P, query, k):
    for i, known in enumerate(Q):
        if known.shape == query.shape and np.allclose(known, query):
            return order[i][:k]
    return list(range(min(k, len(P))))


def probe(P, home, centers, query, k, lists):
    return nearest(P, query, k), {1: 10, 2: 19, 4: 35}.get(lists, len(P))


def lost(found, other, labels, k):
    return ["q19", "q22", "q23", "q28"] if found is words else []


# %% lookup: takes every vector's length for 1
def nearest(P, query, k):
    return np.argsort(-(P @ query), kind="stable")[:k]


def probe(P, home, centers, query, k, lists):
    inside = np.flatnonzero(np.isin(home, nearest(centers, query, lists)))
    return inside[nearest(P[inside], query, k)], len(inside)


def lost(found, other, labels, k):
    return []


# %% lookup: looks into every list
def nearest(P, query, k):
    return np.argsort(-(unit(P) @ query), kind="stable")[:k]


def probe(P, home, centers, query, k, lists):
    return nearest(P, query, k), len(P)


def lost(found, other, labels, k):
    return []


# %% another
def cosine(a, b):
    return float(sum(a * b)) / (float(sum(a * a)) * float(sum(b * b))) ** 0.5


def nearest(P, query, k):
    return sorted(range(len(P)), key=lambda j: -cosine(P[j], query))[:k]


def probe(P, home, centers, query, k, lists):
    opened = set(nearest(centers, query, lists))
    inside = [j for j in range(len(P)) if int(home[j]) in opened]
    inside.sort(key=lambda j: cosine(P[j], query), reverse=True)
    return inside[:k], len(inside)


def lost(found, other, labels, k):
    told = []
    for q, right in labels.items():
        before = any(p in right for p in found[q][:k])
        after = any(p in right for p in other[q][:k])
        if before and not after:
            told.append(q)
    return told
