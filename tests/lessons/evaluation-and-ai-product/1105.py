# %% empty
def lean(rows, version):
    return 0


def better(judged, of, rows):
    return "open"


def worth(good, of, rows):
    return 0


# %% constant
def lean(rows, version):
    return {"A": 0.0, "B": 0.15}[version]


def better(judged, of, rows):
    return "open"


def worth(good, of, rows):
    return 76


# %% lookup: believes the judge
def lean(rows, version):
    mine = [r for r in rows if r["version"] == version]
    judge = sum(r["judge"] == "good" for r in mine)
    return (judge - sum(r["person"] == "good" for r in mine)) / len(mine)


def better(judged, of, rows):
    if abs(judged["A"] - judged["B"]) < 0.07 * of:
        return "open"
    return "A" if judged["A"] > judged["B"] else "B"


def worth(good, of, rows):
    half = corrected(good, of, rows)[1]
    p = sum(r["person"] == "good" for r in rows) / len(rows)
    return round(p * (1 - p) / (half / 1.96) ** 2)


# %% lookup: one lean for all versions
def lean(rows, version):
    judge = sum(r["judge"] == "good" for r in rows)
    return (judge - sum(r["person"] == "good" for r in rows)) / len(rows)


def better(judged, of, rows):
    return "A" if judged["A"] > judged["B"] else "B"


def worth(good, of, rows):
    half = corrected(good, of, rows)[1]
    p = sum(r["person"] == "good" for r in rows) / len(rows)
    return round(p * (1 - p) / (half / 1.96) ** 2)


# %% lookup: what isn't bad is good
def lean(rows, version):
    mine = [r for r in rows if r["version"] == version]
    judge = sum(r["judge"] != "bad" for r in mine)
    return (judge - sum(r["person"] != "bad" for r in mine)) / len(mine)


def better(judged, of, rows):
    parts = [corrected(judged[v], of, [r for r in rows if r["version"] == v]) for v in "AB"]
    (a, x), (b, y) = parts
    return "open" if abs(a - b) <= (x * x + y * y) ** 0.5 else "AB"[b > a]


def worth(good, of, rows):
    half = corrected(good, of, rows)[1]
    p = sum(r["person"] == "good" for r in rows) / len(rows)
    return round(p * (1 - p) / (half / 1.96) ** 2)


# %% another
from statistics import fmean, pvariance


def differences(rows):
    return [(r["judge"] == "good") - (r["person"] == "good") for r in rows]


def lean(rows, version):
    return fmean(differences(r for r in rows if r["version"] == version))


def squared(good, of, rows):
    rate = good / of
    return rate * (1 - rate) / of + pvariance(differences(rows)) / len(rows)


def better(judged, of, rows):
    gap, error = 0, 0
    for sign, version in ((1, "A"), (-1, "B")):
        mine = [r for r in rows if r["version"] == version]
        gap += sign * (judged[version] / of - lean(mine, version))
        error += squared(judged[version], of, mine)
    if gap * gap <= 1.96**2 * error:
        return "open"
    return "A" if gap > 0 else "B"


def worth(good, of, rows):
    return round(pvariance([r["person"] == "good" for r in rows]) / squared(good, of, rows))
