# %% empty
def merge(rows):
    return []


def state(finding, calls, starts, holes):
    return None


def gate(findings, exceptions, today):
    return [], []


# %% constant: everything is unknown and stops
def merge(rows):
    return [row | {"scanners": [row["scanner"]]} for row in rows]


def state(finding, calls, starts, holes):
    return "unknown"


def gate(findings, exceptions, today):
    return findings, exceptions


# %% lookup: what the page's rows come to
def merge(rows):
    same = {"PY-7": "CV-31", "GH-88": "CV-31", "PY-12": "CV-40", "GH-90": "CV-40"}
    found = {}
    for row in rows:
        key = name_of(row["thing"]), same.get(row["ids"][0], row["ids"][0])
        new = found.setdefault(
            key,
            {"thing": key[0], "ids": [], "scanners": [], "severity": row["severity"]},
        )
        new["ids"] = sorted({*new["ids"], *row["ids"]})
        new["scanners"] = sorted({*new["scanners"], row["scanner"]})
    return sorted(found.values(), key=lambda f: (f["thing"], f["ids"]))


def state(finding, calls, starts, holes):
    return {"libshow": "present", "pdf-read": "present"}.get(finding["thing"], "reached")


def gate(findings, exceptions, today):
    return [f for f in findings if f["severity"] in ("high", "critical")], []


# %% lookup: right, but joins a row with the first group only
def merge(rows):
    levels = ["low", "medium", "high", "critical"]
    groups = []
    for row in rows:
        name = name_of(row["thing"])
        for old in groups:
            if old["thing"] == name and {*old["ids"]} & {*row["ids"]}:
                break
        else:
            old = {"thing": name, "ids": [], "scanners": [], "severity": "low"}
            groups.append(old)
        old["ids"] = sorted({*old["ids"], *row["ids"]})
        old["scanners"] = sorted({*old["scanners"], row["scanner"]})
        old["severity"] = max(old["severity"], row["severity"], key=levels.index)
    return sorted(groups, key=lambda f: (f["thing"], f["ids"]))


def state(finding, calls, starts, holes):
    goes = set().union(*(reached(calls, start) for start in starts))
    known = [each for each in finding["ids"] if each in holes]
    if any(goes & {*holes[each]} for each in known):
        return "reached"
    return "unknown" if not known or "*" in goes else "present"


def gate(findings, exceptions, today):
    def fits(each, finding):
        return each["thing"] == finding["thing"] and each["id"] in finding["ids"]

    holding = [each for each in exceptions if each["until"] >= today]
    stops = [
        finding
        for finding in findings
        if finding["severity"] in ("high", "critical")
        and finding["state"] != "present"
        and not any(fits(each, finding) for each in holding)
    ]
    fitting = [each for each in holding if any(fits(each, f) for f in findings)]
    return stops, [each for each in exceptions if each not in fitting]


# %% lookup: right, but what nobody has looked into is out of reach
def merge(rows):
    levels = ["low", "medium", "high", "critical"]
    left, found = [dict(row, thing=name_of(row["thing"])) for row in rows], []
    while left:
        some, ids, thing = [], {*left[0]["ids"]}, left[0]["thing"]
        while more := [r for r in left if r["thing"] == thing and ids & {*r["ids"]}]:
            some += more
            ids = ids.union(*(row["ids"] for row in more))
            left = [row for row in left if row not in more]
        worst = max((row["severity"] for row in some), key=levels.index)
        names = sorted({row["scanner"] for row in some})
        found.append({"thing": thing, "ids": sorted(ids), "scanners": names, "severity": worst})
    return sorted(found, key=lambda f: (f["thing"], f["ids"]))


def state(finding, calls, starts, holes):
    goes = set().union(*(reached(calls, start) for start in starts))
    functions = {name for each in finding["ids"] for name in holes.get(each, [])}
    return "reached" if goes & functions else "present"


def gate(findings, exceptions, today):
    severe = [f for f in findings if f["severity"] in ("high", "critical")]
    holding = {(e["thing"], e["id"]) for e in exceptions if e["until"] >= today}
    stops = [
        f
        for f in severe
        if f["state"] != "present" and not holding & {(f["thing"], i) for i in f["ids"]}
    ]
    known = {(f["thing"], i) for f in findings for i in f["ids"]}
    stale = [e for e in exceptions if e["until"] < today or (e["thing"], e["id"]) not in known]
    return stops, stale


# %% another: sets of rows that grow, and a table of exceptions
def merge(rows):
    levels = ["low", "medium", "high", "critical"]
    left, found = [dict(row, thing=name_of(row["thing"])) for row in rows], []
    while left:
        some, ids, thing = [], {*left[0]["ids"]}, left[0]["thing"]
        while more := [r for r in left if r["thing"] == thing and ids & {*r["ids"]}]:
            some += more
            ids = ids.union(*(row["ids"] for row in more))
            left = [row for row in left if row not in more]
        worst = max((row["severity"] for row in some), key=levels.index)
        names = sorted({row["scanner"] for row in some})
        found.append({"thing": thing, "ids": sorted(ids), "scanners": names, "severity": worst})
    return sorted(found, key=lambda f: (f["thing"], f["ids"]))


def state(finding, calls, starts, holes):
    goes, waiting = {*starts}, list(starts)
    for here in waiting:
        for there in calls.get(here, []):
            if there not in goes:
                goes.add(there)
                waiting.append(there)
    functions = [holes[each] for each in finding["ids"] if each in holes]
    if goes & {name for names in functions for name in names}:
        return "reached"
    return "present" if functions and "*" not in goes else "unknown"


def gate(findings, exceptions, today):
    severe = [f for f in findings if f["severity"] in ("high", "critical")]
    holding = {(e["thing"], e["id"]) for e in exceptions if e["until"] >= today}
    stops = [
        f
        for f in severe
        if f["state"] != "present" and not holding & {(f["thing"], i) for i in f["ids"]}
    ]
    known = {(f["thing"], i) for f in findings for i in f["ids"]}
    stale = [e for e in exceptions if e["until"] < today or (e["thing"], e["id"]) not in known]
    return stops, stale
