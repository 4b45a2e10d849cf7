# %% empty
def top_k(p, k):
    return 0 * p


def top_p(p, share):
    return 0 * p


def clean(p, share):
    return 0.0


# %% constant
def top_k(p, k):
    return greedy(p)


def top_p(p, share):
    return greedy(p)


def clean(p, share):
    return 0.85


# %% lookup
def top_k(p, k):
    kept = np.argsort(-p, kind="stable")[: {2: 2, 4: 4}.get(k, 1)]
    q = np.zeros_like(p)
    q[kept] = p[kept]
    return q / q.sum()


def top_p(p, share):
    return top_k(p, {0.7: 3, 0.8: 3, 0.95: 4}.get(share, 2))


def clean(p, share):
    return share**10


# %% stops one too early
def top_k(p, k):
    kept = np.argsort(-p, kind="stable")[:k]
    q = np.zeros_like(p)
    q[kept] = p[kept]
    return q / q.sum()


def top_p(p, share):
    order = np.argsort(-p, kind="stable")
    return top_k(p, max(1, int((np.cumsum(p[order]) < share).sum())))


def clean(p, share):
    return p[top_p(p, share) > 0].sum() ** 10


# %% not divided by the sum
def top_k(p, k):
    q = p.copy()
    q[np.argsort(-p, kind="stable")[k:]] = 0
    return q


def top_p(p, share):
    order = np.argsort(-p, kind="stable")
    return top_k(p, (np.cumsum(p[order]) >= share - 1e-12).argmax() + 1)


def clean(p, share):
    return top_p(p, share).sum() ** 10


# %% another
def top_k(p, k):
    ranked = sorted(enumerate(p), key=lambda pair: -pair[1])[:k]
    total = sum(chance for _, chance in ranked)
    q = [0.0] * len(p)
    for i, chance in ranked:
        q[i] = chance / total
    return np.array(q)


def top_p(p, share):
    k, total = 0, 0.0
    for chance in sorted(p, reverse=True):
        k, total = k + 1, total + chance
        if total >= share - 1e-12:
            break
    return top_k(p, k)


def clean(p, share):
    dropped = p[top_p(p, share) == 0].sum()
    return (1 - dropped) ** 10
