# %% empty
def search(index, length, question, k, k1=1.2, b=0.75):
    return []


def shares(index, length, question, key):
    return {}


# %% constant
def search(index, length, question, k, k1=1.2, b=0.75):
    return ["p2", "e4", "a1"][:k]


def shares(index, length, question, key):
    return {"faster": 3.93}


# %% lookup: the page's collection, whatever is asked
def search(index, length, question, k, k1=1.2, b=0.75):
    part = lambda word, key: bm25(word, key, k1, b)
    return rank(question, part)[:k]


def shares(index, length, question, key):
    return {word: bm25(word, key) for word in words(question) if bm25(word, key)}


# %% lookup: each word of the question once
def search(index, length, question, k, k1=1.2, b=0.75):
    average = sum(length.values()) / len(length)
    scores = {}
    for word in set(words(question)) & index.keys():
        n = len(index[word])
        weight = log(1 + (len(length) - n + 0.5) / (n + 0.5))
        for key, t in index[word].items():
            size = k1 * (1 - b + b * length[key] / average)
            scores[key] = scores.get(key, 0) + weight * t * (k1 + 1) / (t + size)
    return sorted(scores, key=lambda key: (-round(scores[key], 9), key))[:k]


def shares(index, length, question, key):
    return {}


# %% lookup: no length, no rarity
def search(index, length, question, k, k1=1.2, b=0.75):
    scores = Counter()
    for word in words(question):
        scores.update(index.get(word, {}))
    return sorted(scores, key=lambda key: (-scores[key], key))[:k]


def shares(index, length, question, key):
    return {}


# %% another
def weights(index, length, question, k1, b):
    mean = sum(length.values()) / len(length)
    for word, asked in Counter(words(question)).items():
        listed = index.get(word)
        if not listed:
            continue
        rare = log((len(length) + 1) / (len(listed) + 0.5))
        for key, t in listed.items():
            norm = 1 - b * (1 - length[key] / mean)
            yield word, key, asked * rare * (k1 + 1) / (1 + k1 * norm / t)


def search(index, length, question, k, k1=1.2, b=0.75):
    total = {}
    for _, key, score in weights(index, length, question, k1, b):
        total[key] = total.get(key, 0.0) + score
    ranked = sorted(total)
    ranked.sort(key=lambda key: round(total[key], 9), reverse=True)
    return ranked[:k]


def shares(index, length, question, key):
    return {w: s for w, other, s in weights(index, length, question, 1.2, 0.75) if other == key}
