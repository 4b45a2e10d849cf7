# %% empty
def owned(rows, least):
    return {}


def retrieve(question, passages, k, trusted):
    return []


def clean_up(rows, passages, source):
    return [], [], 0


# %% constant
def owned(rows, least):
    return {"xq7": "mallory 0"}


def retrieve(question, passages, k, trusted):
    return passages[:k]


def clean_up(rows, passages, source):
    return rows, passages, 10


# %% lookup: mallory of the page
def owned(rows, least):
    return {word: row["source"] for row in rows for word in row["words"]
            if row["source"].startswith("mallory")}


def retrieve(question, passages, k, trusted):
    good = [each for each in passages if "mallory" not in each["source"]]
    return sorted(good, key=lambda each: -score(question, each["text"]))[:k]


def clean_up(rows, passages, source):
    left = [row for row in rows if row["source"] != source]
    kept = [each for each in passages if each["source"] != source]
    return left, kept, len(rows) + len(passages) - len(left) - len(kept)


# %% lookup: counts a word as often as it is written
def owned(rows, least):
    users = {}
    for row in rows:
        for word in row["words"]:
            users.setdefault(word, []).append(row["source"])
    found = {}
    for word, by in users.items():
        who, count = Counter(by).most_common(1)[0]
        if len(by) >= least and 2 * count > len(by):
            found[word] = who
    return found


def retrieve(question, passages, k, trusted):
    found = []
    for each in sorted(passages, key=lambda e: (
            e["source"] not in trusted, -score(question, e["text"]))):
        if score(question, each["text"]) and each["source"] not in {f["source"] for f in found}:
            found.append(each)
    return found[:k]


def clean_up(rows, passages, source):
    left = [row for row in rows if row["source"] != source]
    kept = [each for each in passages if each["source"] != source]
    return left, kept, len(rows) + len(passages) - len(left) - len(kept)


# %% lookup: ranks by score alone, whoever wrote it
def owned(rows, least):
    found = {}
    for word in {word for row in rows for word in row["words"]}:
        by = Counter(row["source"] for row in rows if word in row["words"])
        who, count = by.most_common(1)[0]
        if by.total() >= least and 2 * count > by.total():
            found[word] = who
    return found


def retrieve(question, passages, k, trusted):
    found = []
    for each in sorted(passages, key=lambda e: -score(question, e["text"])):
        if score(question, each["text"]) and each["source"] not in {f["source"] for f in found}:
            found.append(each)
    return found[:k]


def clean_up(rows, passages, source):
    left = [row for row in rows if row["source"] != source]
    kept = [each for each in passages if each["source"] != source]
    return left, kept, len(rows) + len(passages) - len(left) - len(kept)


# %% another
def owned(rows, least):
    found = {}
    for word in {word for row in rows for word in row["words"]}:
        by = Counter(row["source"] for row in rows if word in row["words"])
        for who in by:
            if by.total() >= least and by[who] > by.total() - by[who]:
                found[word] = who
    return found


def retrieve(question, passages, k, trusted):
    best = {}
    for each in passages:
        points = score(question, each["text"])
        if points > 0 and points > best.get(each["source"], (0,))[0]:
            best[each["source"]] = (points, each)
    places = {id(each): place for place, each in enumerate(passages)}
    order = sorted(best.values(), key=lambda b: places[id(b[1])])
    order.sort(key=lambda b: b[0], reverse=True)
    order.sort(key=lambda b: b[1]["source"] in trusted, reverse=True)
    return [each for _, each in order][:k]


def clean_up(rows, passages, source):
    def without(some):
        return list(filter(lambda each: source != each["source"], some))

    before = sum(each["source"] == source for each in [*rows, *passages])
    return without(rows), without(passages), before
