# %% empty
def fallback(data, memory, k):
    return lambda before: {}


def choose(data, tune, memories, amounts):
    return None


def bits_per_byte(model, text, cut):
    return None


# %% constant
def fallback(data, memory, k):
    tokens = {t for _, t in steps(data)}
    return lambda before: {t: 1 / len(tokens) for t in tokens}


def choose(data, tune, memories, amounts):
    return 2, 1


def bits_per_byte(model, text, cut):
    return 0.54


# %% lookup
def fallback(data, memory, k):
    table = counted(data, memory, k / 39)
    known = {("\n", "Your", " order", " is"): {" on": 0.87}}
    return lambda before: known.get(before, table(before))


def choose(data, tune, memories, amounts):
    return {(1, 2, 3): (2, 1)}.get(tuple(memories), (memories[0], amounts[0]))


def bits_per_byte(model, text, cut):
    return {8: 1.03, 5: 0.54}.get(len(text), 1.0)


# %% lookup: adds the same to all, and divides by characters
def fallback(data, memory, k):
    tokens = {t for _, t in steps(data)}
    return counted(data, memory, k / len(tokens))


def choose(data, tune, memories, amounts):
    pairs = [(m, k) for m in memories for k in amounts]
    return min(pairs, key=lambda pair: perplexity(fallback(data, *pair), tune))


def bits_per_byte(model, text, cut):
    return sum(surprise(model, rows(text, cut))) / len(text)


# %% looks no further back than one
def fallback(data, memory, k):
    table = {}
    for before, token in steps(data):
        table.setdefault(tail(before, min(memory, 1)), Counter())[token] += 1
    vocabulary = sorted({t for _, t in steps(data)})
    shorter = fallback(data, memory - 1, k) if memory else None

    def model(before):
        seen = table.get(tail(before, min(memory, 1)), Counter())
        below = shorter(before) if shorter else dict.fromkeys(vocabulary, 1 / len(vocabulary))
        return {t: (seen[t] + k * below[t]) / (seen.total() + k) for t in vocabulary}

    return model


def choose(data, tune, memories, amounts):
    pairs = [(m, k) for m in memories for k in amounts]
    return min(pairs, key=lambda pair: perplexity(fallback(data, *pair), tune))


def bits_per_byte(model, text, cut):
    return sum(surprise(model, rows(text, cut))) / len(text.encode())


# %% chosen on the old text
def fallback(data, memory, k):
    table = [counted(data, m) for m in range(memory + 1)]
    seen = [Counter(tail(b, m) for b, _ in steps(data)) for m in range(memory + 1)]
    tokens = sorted({t for _, t in steps(data)})

    def model(before):
        p = dict.fromkeys(tokens, 1 / len(tokens))
        for m in range(memory + 1):
            n, own = seen[m][tail(before, m)], table[m](before)
            p = {t: (n * own[t] + k * p[t]) / (n + k) for t in tokens}
        return p

    return model


def choose(data, tune, memories, amounts):
    pairs = [(m, k) for m in memories for k in amounts]
    return min(pairs, key=lambda pair: perplexity(fallback(data, *pair), data))


def bits_per_byte(model, text, cut):
    return sum(surprise(model, rows(text, cut))) / len(text.encode())


# %% another
def fallback(data, memory, k):
    table = [counted(data, m) for m in range(memory + 1)]
    seen = [Counter(tail(b, m) for b, _ in steps(data)) for m in range(memory + 1)]
    tokens = sorted({t for _, t in steps(data)})

    def model(before):
        p = dict.fromkeys(tokens, 1 / len(tokens))
        for m in range(memory + 1):
            n, own = seen[m][tail(before, m)], table[m](before)
            p = {t: (n * own[t] + k * p[t]) / (n + k) for t in tokens}
        return p

    return model


def choose(data, tune, memories, amounts):
    best = None
    for m in memories:
        for k in amounts:
            score = perplexity(fallback(data, m, k), tune)
            if best is None or score < best[0]:
                best = score, (m, k)
    return best[1]


def bits_per_byte(model, text, cut):
    total = 0
    for row in rows(text, cut):
        for i in range(1, len(row)):
            total -= math.log2(model(row[:i])[row[i]])
    return total / len(bytes(text, "utf-8"))
