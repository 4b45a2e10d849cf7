# %% empty
def grouped(q, K, V, heads, shared):
    return np.zeros_like(q)


def fits(memory, layers, shared, size, bits=16):
    return 0


def serve(model, ids, held, cache):
    return None


# %% constant
def grouped(q, K, V, heads, shared):
    return look(q, K, V) if heads == 1 else np.hstack([V[-len(q) :]] * (heads // shared))


def fits(memory, layers, shared, size, bits=16):
    return 61_035


def serve(model, ids, held, cache):
    return run(model, ids[-1:], cache)[-1]


# %% lookup
def grouped(q, K, V, heads, shared):
    size = q.shape[1] // heads
    return np.hstack(
        [
            look(q[:, h * size :][:, :size], K[:, h // 4 * size :][:, :size], V[:, :size])
            for h in range(heads)
        ]
    )


def fits(memory, layers, shared, size, bits=16):
    return {(32, 8): 61_035, (32, 32): 15_258}.get((layers, shared), 488_281)


def serve(model, ids, held, cache):
    rows = {33: 3, 30: 1}.get(len(ids), 30)
    return run(model, ids[-rows:], cache)[-1]


# %% lookup: right but for the request that comes again
def grouped(q, K, V, heads, shared):
    group = heads // shared
    parts = zip(
        np.split(q, heads, axis=1),
        np.repeat(np.split(K, shared, axis=1), group, axis=0),
        np.repeat(np.split(V, shared, axis=1), group, axis=0),
        strict=True,
    )
    return np.hstack([look(*each) for each in parts])


def fits(memory, layers, shared, size, bits=16):
    return memory * 8 // (2 * layers * shared * size * bits)


def serve(model, ids, held, cache):
    same = next((i for i, (a, b) in enumerate(zip(ids, held)) if a != b), len(held))
    same = min(same, len(ids))
    for store in cache:
        store["k"], store["v"] = store["k"][:same], store["v"][:same]
    if same == len(ids):
        return run(model, ids, empty())[-1]
    return run(model, ids[same:], cache)[-1]


# %% lookup: counts alike tokens behind the first other one
def grouped(q, K, V, heads, shared):
    group = heads // shared
    keys, values = np.split(K, shared, axis=1), np.split(V, shared, axis=1)
    each = enumerate(np.split(q, heads, axis=1))
    return np.hstack([look(ask, keys[h // group], values[h // group]) for h, ask in each])


def fits(memory, layers, shared, size, bits=16):
    return memory * 8 // (2 * layers * shared * size * bits)


def serve(model, ids, held, cache):
    same = sum(a == b for a, b in zip(ids[:-1], held))
    for store in cache:
        store["k"], store["v"] = store["k"][:same], store["v"][:same]
    return run(model, ids[same:], cache)[-1]


# %% another
def grouped(q, K, V, heads, shared):
    n, m, size = len(K), len(q), q.shape[1] // heads
    asks = q.reshape(m, shared, heads // shared, size)
    keys, values = K.reshape(n, shared, size), V.reshape(n, shared, size)
    z = np.einsum("msgd,nsd->sgmn", asks, keys) / size**0.5
    seen = np.arange(n) <= np.arange(n - m, n)[:, None]
    p = np.where(seen, np.exp(z), 0)
    p = p / p.sum(axis=-1, keepdims=True)
    return np.einsum("sgmn,nsd->msgd", p, values).reshape(m, -1)


def fits(memory, layers, shared, size, bits=16):
    numbers = memory * 8 // bits
    return numbers // (2 * layers * shared * size)


def serve(model, ids, held, cache):
    most = min(len(held), len(ids) - 1)
    same = max(i for i in range(most + 1) if ids[:i] == held[:i])
    cache[:] = [{name: kept[:same] for name, kept in store.items()} for store in cache]
    for token in ids[same:]:
        scores = run(model, [token], cache)[-1]
    return scores
