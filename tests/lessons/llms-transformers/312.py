# %% empty
def overlap(case, text, n):
    return None


def report(cases, column, text):
    return {}


def verdict(cases, column):
    return None


# %% constant
def overlap(case, text, n):
    return n if leaked(case, text, n) else 0


def report(cases, column, text):
    return {"all": (31, 50), "clean": (25, 38), "low": 0.5, "high": 0.79}


def verdict(cases, column):
    return "not shown"


# %% lookup
def overlap(case, text, n):
    return min(n, 6) if case["word"] in {"worm", "words", "do", "hatch", "away"} else 1


def report(cases, column, text):
    good = [c for c in cases if c.get("id", "0") not in {"5", "7", "8", "9", "10", "11", "13"}]
    n = right(good, column)
    low, high = interval(n, len(good))
    return {
        "all": (right(cases, column), len(cases)),
        "clean": (n, len(good)),
        "low": low,
        "high": high,
    }


def verdict(cases, column):
    return {"table": "by heart"}.get(column, "not shown")


# %% lookup: runs need not be in a row
def overlap(case, text, n):
    inside = set(words(text))
    return min(n, sum(w in inside for w in [*words(case["text"]), case["word"]]))


def report(cases, column, text):
    good = [c for c in cases if overlap(c, text, 6) < 6]
    n = right(good, column)
    low, high = interval(n, len(good))
    return {
        "all": (right(cases, column), len(cases)),
        "clean": (n, len(good)),
        "low": low,
        "high": high,
    }


def verdict(cases, column):
    up, down = flips(cases, column, column + "_reworded")
    return "by heart" if down > up else "not shown"


# %% lookup: forgets the control
def overlap(case, text, n):
    own, inside = [*words(case["text"]), case["word"]], f" {' '.join(words(text))} "
    runs = [own[i:j] for i in range(len(own)) for j in range(i + 1, len(own) + 1)]
    return min(n, max((len(r) for r in runs if f" {' '.join(r)} " in inside), default=0))


def report(cases, column, text):
    good = [c for c in cases if overlap(c, text, 6) < min(6, len(words(c["text"])) + 1)]
    n = right(good, column)
    low, high = interval(n, len(good)) if good else (None, None)
    return {
        "all": (right(cases, column), len(cases)),
        "clean": (n, len(good)),
        "low": low,
        "high": high,
    }


def verdict(cases, column):
    group = [c for c in cases if c["kind"] == "public"]
    up, down = flips(group, column, column + "_reworded")
    return "by heart" if down > up and chance(up, down) <= 0.05 else "not shown"


# %% another
def overlap(case, text, n):
    own, row = [*words(case["text"]), *words(case["word"])], words(text)
    best, before = 0, [0] * (len(row) + 1)
    for word in own:
        now = [0] * (len(row) + 1)
        for k, other in enumerate(row):
            if word == other:
                now[k + 1] = before[k] + 1
        best, before = max(best, *now), now
    return min(best, n)


def report(cases, column, text):
    marks = []
    for case in cases:
        size = len(words(case["text"] + " " + case["word"]))
        if overlap(case, text, size) < min(size, 6):
            marks.append(case[column] == case["word"])
    low, high = interval(sum(marks), len(marks)) if marks else (None, None)
    clean = (sum(marks), len(marks))
    return {"all": (right(cases, column), len(cases)), "clean": clean, "low": low, "high": high}


def verdict(cases, column):
    falls = {}
    for kind in ("public", "fresh"):
        up, down = flips([c for c in cases if c["kind"] == kind], column, f"{column}_reworded")
        falls[kind] = down > up and chance(up, down) <= 0.05
    return "bad twins" if falls["fresh"] else "by heart" if falls["public"] else "not shown"
