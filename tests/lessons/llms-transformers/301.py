# %% empty
def encode(text, merges):
    return None


def bill(messages, per_day, merges):
    return None


def copies(a, b, size, test):
    return None


# %% constant
def encode(text, merges):
    words = cut(text)
    for pair in merges:
        words = [merge(word, pair) for word in words]
    return sum(words, [])


def bill(messages, per_day, merges):
    return 30 * per_day * sum(len(encode(m, merges)) for m in messages) / len(messages)


def copies(a, b, size, test):
    return 2


# %% lookup
def encode(text, merges):
    return {25: [b"Hello"]}.get(len(text), [bytes([b]) for b in text.encode()])


def bill(messages, per_day, merges):
    return {22: 66_000_000, 37: 111_000_000, 89: 267_000_000}.get(len(messages), 0)


def copies(a, b, size, test):
    return {160: 3}.get(size, 1)


# %% lookup: the rate of one message for all
def encode(text, merges):
    words = cut(text)
    for pair in merges:
        words = [merge(word, pair) for word in words]
    return sum(words, [])


def bill(messages, per_day, merges):
    return 30 * per_day * len(encode(messages[0], merges))


def copies(a, b, size, test):
    for n in range(1, 7):
        merges = train(" ".join([a] + [b] * n), size)
        one, two = (len(encode(t, merges)) for t in test)
        if two <= one:
            return n
    return None


# %% merges in another order
def encode(text, merges):
    words = cut(text)
    for pair in reversed(merges):
        words = [merge(word, pair) for word in words]
    return sum(words, [])


def bill(messages, per_day, merges):
    return 30 * per_day * sum(len(encode(m, merges)) for m in messages) / len(messages)


def copies(a, b, size, test):
    return next(
        (
            n
            for n in range(1, 7)
            if len(encode(test[1], train(" ".join([a] + [b] * n), size)))
            <= len(encode(test[0], train(" ".join([a] + [b] * n), size)))
        ),
        None,
    )


# %% another
def encode(text, merges):
    ranks = {pair: rank for rank, pair in enumerate(merges)}
    tokens = []
    for word in cut(text):
        while True:
            known = [p for p in pairwise(word) if p in ranks]
            if not known:
                break
            word = merge(word, min(known, key=ranks.get))
        tokens.extend(word)
    return tokens


def bill(messages, per_day, merges):
    mean = len([p for m in messages for p in encode(m, merges)]) / len(messages)
    return mean * per_day * 30


def copies(a, b, size, test):
    fits = []
    for n in range(1, 7):
        merges = train(a + (" " + b) * n, size)
        costs = [len(encode(t, merges)) for t in test]
        fits += [n] if costs[1] <= costs[0] else []
    return min(fits, default=None)
