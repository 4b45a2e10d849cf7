# %% empty
def clash(rows):
    return None


def first(rows, days):
    return None


def enough(names, limit):
    return None


# %% constant
def clash(rows):
    return "made up", "old rule"


def first(rows, days):
    return "no hand-over"


def enough(names, limit):
    return 11


# %% lookup: by number
def clash(rows):
    pairs = Counter(tuple(sorted([r["ana"], r["ben"]])) for r in rows if r["ana"] != r["ben"])
    return max(sorted(pairs), key=pairs.get, default=None)


def first(rows, days):
    counts = Counter(r["ana"] for r in rows if r["ana"] == r["ben"] and r["ana"] in days)
    return max(sorted(counts), key=counts.get, default=None)


def enough(names, limit):
    ok = [n for n in range(10, len(names) + 1) if unseen(names[:n]) < limit]
    return min(ok, default=None)


# %% lookup: whoever gave which matters
def clash(rows):
    pairs = Counter((r["ana"], r["ben"]) for r in rows if r["ana"] != r["ben"])
    return max(sorted(pairs), key=pairs.get, default=None)


def first(rows, days):
    gain = Counter()
    for r in rows:
        if r["ana"] == r["ben"] and r["ana"] in days and r["mended"] == "1":
            gain[r["ana"]] += int(r["euros"]) / days[r["ana"]]
    return max(sorted(gain), key=gain.get, default=None)


def enough(names, limit):
    ok = [n for n in range(10, len(names) + 1) if unseen(names[:n]) < limit]
    return min(ok, default=None)


# %% lookup: forgets the days
def clash(rows):
    pairs = Counter(tuple(sorted([r["ana"], r["ben"]])) for r in rows if r["ana"] != r["ben"])
    return max(sorted(pairs), key=pairs.get, default=None)


def first(rows, days):
    gain = Counter()
    for r in rows:
        if r["ana"] == r["ben"] and r["ana"] in days and r["mended"] == "1":
            gain[r["ana"]] += int(r["euros"])
    return max(sorted(gain), key=gain.get, default=None)


def enough(names, limit):
    ok = [n for n in range(10, len(names) + 1) if unseen(names[:n]) < limit]
    return min(ok, default=None)


# %% another
def clash(rows):
    found = {}
    for row in rows:
        pair = (min(row["ana"], row["ben"]), max(row["ana"], row["ben"]))
        if pair[0] != pair[1]:
            found[pair] = found.get(pair, 0) + 1
    ranked = sorted(found.items(), key=lambda each: (-each[1], each[0]))
    return ranked[0][0] if ranked else None


def first(rows, days):
    best, most = None, 0
    for name in sorted(days):
        saved = 0
        for row in rows:
            if row["ana"] == name == row["ben"] and int(row["mended"]):
                saved += int(row["euros"])
        if saved / days[name] > most:
            best, most = name, saved / days[name]
    return best


def enough(names, limit):
    counts, once = Counter(), 0
    for n, name in enumerate(names, 1):
        counts[name] += 1
        once += {1: 1, 2: -1}.get(counts[name], 0)
        if n >= 10 and once < limit * n:
            return n
    return None
