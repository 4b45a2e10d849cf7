# %% empty
def peeks(model, X):
    return None


def heads(X, Wq, Wk, Wv, count):
    return None


def lead(share, others):
    return None


# %% constant
def peeks(model, X):
    return []


def heads(X, Wq, Wk, Wv, count):
    return np.zeros((len(X), Wv.shape[1]))


def lead(share, others):
    return 9.1


# %% lookup
def peeks(model, X):
    n = len(X)
    every = [(i, j) for i in range(n) for j in range(i + 1, n)]
    return {"attention": [], "masked_late": every}.get(model.__name__, [])


def heads(X, Wq, Wk, Wv, count):
    parts = [np.split(X @ W, count, axis=1) for W in (Wq, Wk, Wv)]
    return np.hstack([weights(Q, K) @ V for Q, K, V in zip(*parts)])


def lead(share, others):
    return {(0.9, 1000): 9.1}.get((share, others), 2.0)


# %% tries the last token only
def peeks(model, X):
    other = X.copy()
    other[-1] += 1
    moved = np.abs(model(other) - model(X)).max(axis=1)
    last = len(X) - 1
    return [(i, last) for i in range(last) if moved[i] > 1e-9]


def heads(X, Wq, Wk, Wv, count):
    parts = [np.split(X @ W, count, axis=1) for W in (Wq, Wk, Wv)]
    return np.hstack([weights(Q, K) @ V for Q, K, V in zip(*parts)])


def lead(share, others):
    return np.log(others * share / (1 - share))


# %% the root of the whole key
def peeks(model, X):
    pairs, before = [], model(X)
    for j in range(1, len(X)):
        other = X.copy()
        other[j] += 1
        moved = np.abs(model(other) - before).max(axis=1)
        pairs += [(i, j) for i in range(j) if moved[i] > 1e-9]
    return sorted(pairs)


def heads(X, Wq, Wk, Wv, count):
    parts = [np.split(X @ W, count, axis=1) for W in (Wq, Wk, Wv)]
    return np.hstack(
        [weights(Q / np.sqrt(count), K) @ V for Q, K, V in zip(*parts)]
    )


def lead(share, others):
    return np.log(others * share / (1 - share))


# %% every other column to a head
def peeks(model, X):
    pairs, before = [], model(X)
    for j in range(1, len(X)):
        other = X.copy()
        other[j] += 1
        moved = np.abs(model(other) - before).max(axis=1)
        pairs += [(i, j) for i in range(j) if moved[i] > 1e-9]
    return sorted(pairs)


def heads(X, Wq, Wk, Wv, count):
    out = np.zeros((len(X), Wv.shape[1]))
    Q, K, V = X @ Wq, X @ Wk, X @ Wv
    for h in range(count):
        p = weights(Q[:, h::count], K[:, h::count])
        out[:, h::count] = p @ V[:, h::count]
    return out


def lead(share, others):
    return np.log(others * share / (1 - share))


# %% forgets the share of the others
def peeks(model, X):
    pairs, before = [], model(X)
    for j in range(1, len(X)):
        other = X.copy()
        other[j] += 1
        moved = np.abs(model(other) - before).max(axis=1)
        pairs += [(i, j) for i in range(j) if moved[i] > 1e-9]
    return sorted(pairs)


def heads(X, Wq, Wk, Wv, count):
    parts = [np.split(X @ W, count, axis=1) for W in (Wq, Wk, Wv)]
    return np.hstack([weights(Q, K) @ V for Q, K, V in zip(*parts)])


def lead(share, others):
    return np.log(others * share)


# %% another
def peeks(model, X):
    found, plain = [], model(X.copy())
    for i in range(len(X)):
        for j in range(i + 1, len(X)):
            moved = X * (np.arange(len(X)) != j)[:, None]
            if not np.allclose(model(moved)[i], plain[i], atol=1e-12):
                found.append((i, j))
    return found


def heads(X, Wq, Wk, Wv, count):
    def split(W):
        return (X @ W).reshape(len(X), count, -1).transpose(1, 0, 2)

    Q, K, V = split(Wq), split(Wk), split(Wv)
    scores = Q @ K.transpose(0, 2, 1) / Q.shape[2] ** 0.5
    e = np.tril(np.exp(scores))
    p = e / e.sum(axis=-1, keepdims=True)
    return (p @ V).transpose(1, 0, 2).reshape(len(X), -1)


def lead(share, others):
    low, high = -50.0, 50.0
    while high - low > 1e-9:
        middle = (low + high) / 2
        if np.exp(middle) / (np.exp(middle) + others) < share:
            low = middle
        else:
            high = middle
    return low
