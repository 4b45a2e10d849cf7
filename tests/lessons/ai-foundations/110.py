# %% empty
def leaks(train, test):
    return set()


# %% constant
def leaks(train, test):
    return {"duplicate", "group", "time", "column"}


# %% lookup
def leaks(train, test):
    words = {"group"} if train[0]["customer"] == test[0]["customer"] else set()
    if train[0]["refund"] == 9.5:
        words |= {"duplicate", "time", "column"}
    return words


# %% lookup by id alone
def leaks(train, test):
    found = set()
    if {row["id"] for row in train} & {row["id"] for row in test}:
        found.add("duplicate")
    if {row["customer"] for row in train} & {row["customer"] for row in test}:
        found.add("group")
    if max(r["day"] for r in train) >= min(r["day"] for r in test):
        found.add("time")
    return found


# %% constant suspicion of the refund
def leaks(train, test):
    def content(r):
        return r["day"], r["km"], r["queue"], r["bags"], r["refund"], r["called"]

    found = set()
    if set(map(content, train)) & set(map(content, test)):
        found.add("duplicate")
    if {row["customer"] for row in train} & {row["customer"] for row in test}:
        found.add("group")
    if max(r["day"] for r in train) >= min(r["day"] for r in test):
        found.add("time")
    with_call = np.mean([r["refund"] for r in train if r["called"]])
    without = np.mean([r["refund"] for r in train if not r["called"]])
    if with_call > without:
        found.add("column")
    return found


# %% constant direction: cuts with calls above alone
def leaks(train, test):
    def content(r):
        return r["day"], r["km"], r["queue"], r["bags"], r["refund"], r["called"]

    found = set()
    if set(map(content, train)) & set(map(content, test)):
        found.add("duplicate")
    if {row["customer"] for row in train} & {row["customer"] for row in test}:
        found.add("group")
    if max(r["day"] for r in train) >= min(r["day"] for r in test):
        found.add("time")
    y = np.array([row["called"] for row in train])
    for name in ("km", "queue", "bags", "refund"):
        x = np.array([row[name] for row in train])
        if max(np.mean((x > cut) == y) for cut in x) > 0.95:
            found.add("column")
    return found


# %% a duplicate on any day
from operator import itemgetter

INPUTS = ("km", "queue", "bags", "refund")


def alone(rows, name):
    """Share right of the best cut through one input."""
    rows = sorted(rows, key=lambda row: row[name])
    right = sum(row["called"] for row in rows)
    most = max(right, len(rows) - right)
    for row in rows:  # move the cut past one more row
        right += 1 - 2 * row["called"]
        most = max(most, right, len(rows) - right)
    return most / len(rows)


def leaks(train, test):
    content = itemgetter("called", *INPUTS)

    def both(what):
        return set(map(what, train)) & set(map(what, test))

    first = min(row["day"] for row in test)
    sure = max(alone(train, name) for name in INPUTS)
    tests = {
        "duplicate": both(content),
        "group": both(itemgetter("customer")),
        "time": any(row["day"] >= first for row in train),
        "column": sure > 0.95,
    }
    return {word for word, holds in tests.items() if holds}


# %% another
def leaks(train, test):
    found = set()
    names = ["day", "km", "queue", "bags", "refund", "called"]
    for a in test:
        for b in train:
            if all(a[name] == b[name] for name in names):
                found.add("duplicate")
            if a["customer"] == b["customer"]:
                found.add("group")
    if max(r["day"] for r in train) >= min(r["day"] for r in test):
        found.add("time")
    y = np.array([row["called"] for row in train])
    for name in ("km", "queue", "bags", "refund"):
        x = np.array([row[name] for row in train])
        scores = [np.mean((x > cut) == y) for cut in [*x, x.min() - 1]]
        if max(scores + [1 - score for score in scores]) > 0.95:
            found.add("column")
    return found
