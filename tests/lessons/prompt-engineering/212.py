# %% empty
def strays(records, releases):
    return []


def back_to(releases, when, broken):
    return None


def trust(people, judge, least):
    return {}


# %% constant
def strays(records, releases):
    return ["t1"]


def back_to(releases, when, broken):
    return old


def trust(people, judge, least):
    return {"agree": 15, "constant": 15, "caught": 1, "use": False}


# %% lookup: releases in the order in which they stand
def strays(records, releases):
    found = []
    for r in records:
        live = [mark for day, mark in releases if day <= r["when"]]
        if r["trace"] not in found and (not live or live[-1] != r["prompt"]):
            found.append(r["trace"])
    return found


def back_to(releases, when, broken):
    fine = [mark for day, mark in releases if day < when and mark not in broken]
    return fine[-1] if fine else None


def trust(people, judge, least):
    agree = sum(a == b for a, b in zip(people, judge))
    bad = people.count("bad")
    caught = sum(a == b == "bad" for a, b in zip(people, judge))
    most = max(bad, len(people) - bad)
    use = bad > 0 and agree > most and caught >= least * bad
    return {"agree": agree, "constant": most, "caught": caught, "use": use}


# %% lookup: no constant beside the judge
def strays(records, releases):
    odd = [r["trace"] for r in records if live_at(releases, r["when"]) != r["prompt"]]
    return sorted(set(odd), key=odd.index)


def back_to(releases, when, broken):
    fine = [each for each in sorted(releases) if each[0] < when and each[1] not in broken]
    return fine[-1][1] if fine else None


def trust(people, judge, least):
    agree = sum(a == b for a, b in zip(people, judge))
    bad = people.count("bad")
    caught = sum(a == b == "bad" for a, b in zip(people, judge))
    most = max(bad, len(people) - bad)
    return {
        "agree": agree,
        "constant": most,
        "caught": caught,
        "use": bad > 0 and caught >= least * bad,
    }


# %% another
def strays(records, releases):
    from bisect import bisect_right

    line = sorted(releases)
    days = [day for day, _ in line]
    found = {}
    for record in records:
        at = bisect_right(days, record["when"])
        if at == 0 or line[at - 1][1] != record["prompt"]:
            found[record["trace"]] = None
    return [*found]


def back_to(releases, when, broken):
    best = None
    for release in releases:
        if release[0] < when and release[1] not in broken and (best is None or release > best):
            best = release
    return best[1] if best else None


def trust(people, judge, least):
    table = {}
    for pair in zip(people, judge):
        table[pair] = table.get(pair, 0) + 1
    good, bad = people.count("good"), people.count("bad")
    caught = table.get(("bad", "bad"), 0)
    agree = caught + table.get(("good", "good"), 0)
    use = bool(bad) and agree > max(good, bad) and caught / bad >= least
    return {"constant": max(good, bad), "agree": agree, "use": use, "caught": caught}
