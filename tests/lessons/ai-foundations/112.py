# %% empty
def message_vector(text):
    return np.zeros(8)


def find(query, messages):
    return 0


# %% constant
def message_vector(text):
    return np.ones(8) / 8**0.5 if set(text.split()) & set(at) else np.zeros(8)


def find(query, messages):
    return 1


# %% lookup of shared words
def message_vector(text):
    known = [vectors[at[w]] for w in text.split() if w in at]
    units = [v / np.linalg.norm(v) for v in known]
    return np.mean(units, axis=0) if units else np.zeros(8)


def find(query, messages):
    asked = set(query.split())
    shared = [len(asked & set(text.split())) for text in messages]
    known = [any(w in at for w in text.split()) for text in messages]
    return int(np.argmax(np.array(shared) + 0.5 * np.array(known)))


# %% lookup by the first word alone
def message_vector(text):
    known = [vectors[at[w]] for w in text.split() if w in at]
    return known[0] / np.linalg.norm(known[0]) if known else np.zeros(8)


def find(query, messages):
    v = message_vector(query)
    return int(np.argmax([message_vector(t) @ v for t in messages]))


# %% adds up and takes no mean
def message_vector(text):
    units = [np.zeros(8)]
    for word in text.split():
        if word in at:
            v = vectors[at[word]]
            units.append(v / np.linalg.norm(v))
    return sum(units) / min(1, len(units))


def find(query, messages):
    asked, best, most = message_vector(query), 0, -2.0
    for number, text in enumerate(messages):
        v = message_vector(text)
        if v.any() and cosine(asked, v) > most:
            best, most = number, cosine(asked, v)
    return best


# %% the dot product, which favors long vectors
def message_vector(text):
    known = [vectors[at[w]] for w in text.split() if w in at]
    units = [v / np.linalg.norm(v) for v in known]
    return np.mean(units, axis=0) if units else np.zeros(8)


def find(query, messages):
    asked = message_vector(query)
    made = [message_vector(text) for text in messages]
    return int(np.argmax([asked @ v if v.any() else -9 for v in made]))


# %% another
def message_vector(text):
    total, n = np.zeros(vectors.shape[1]), 0
    for word in text.split():
        if word in at:
            v = vectors[at[word]]
            total = total + v / (v @ v) ** 0.5
            n += 1
    return total / max(n, 1)


def find(query, messages):
    table = np.array([message_vector(text) for text in messages])
    length = np.sqrt((table**2).sum(axis=1))
    score = table @ message_vector(query) / np.maximum(length, 1e-12)
    return int(np.argmax(np.where(length > 0, score, -9)))
