# %% empty
def gate(cases, old, new, essential):
    return None


def blame(cases, versions):
    return {}


# %% constant
def gate(cases, old, new, essential):
    return "hold"


def blame(cases, versions):
    return {case["id"]: versions[-1] for case in cases if case[versions[-1]] != case["team"]}


# %% lookup
def gate(cases, old, new, essential):
    known = {("c", 0): "hold", ("c", 2): "block"}
    return known.get(("c", len(essential)), "ship")


def blame(cases, versions):
    table = {"9": "G", "12": "G", "13": "G", "18": "F", "40": "E", "48": "F"}
    return {c["id"]: table[c["id"]] for c in cases if c["id"] in table}


# %% lookup: looks at the total, and at essential cases that were wrong before
def gate(cases, old, new, essential):
    up = sum(new.get(c["id"]) == c["team"] for c in cases)
    down = sum(old.get(c["id"]) == c["team"] for c in cases)
    if any(new.get(c["id"]) != c["team"] for c in cases if c["id"] in essential):
        return "block"
    return "ship" if up > down else "hold"


def blame(cases, versions):
    return {}


# %% lookup: blames the first break and not the last
def gate(cases, old, new, essential):
    ids = [c["id"] for c in cases]
    if sorted(old) != sorted(ids) or sorted(new) != sorted(ids):
        return "block"
    team = {c["id"]: c["team"] for c in cases}
    up = [i for i in ids if new[i] == team[i] != old[i]]
    down = [i for i in ids if old[i] == team[i] != new[i]]
    if any(i in essential for i in down):
        return "block"
    return "ship" if len(up) > len(down) and chance(len(up), len(down)) <= 0.05 else "hold"


def blame(cases, versions):
    found = {}
    for case in cases:
        seen = False
        for version in versions:
            right = case[version] == case["team"]
            if seen and not right and case[versions[-1]] != case["team"]:
                found.setdefault(case["id"], version)
            seen = seen or right
    return found


# %% takes answers to no case
def gate(cases, old, new, essential):
    ids = {case["id"] for case in cases}
    if not (ids <= set(old) and ids <= set(new)):
        return "block"
    both = [
        {**c, "old": old[c["id"]], "new": new[c["id"]]}
        for c in cases
    ]
    fixed, broken = flips(both, "old", "new")
    if essential & set(broken):
        return "block"
    better = len(fixed) > len(broken)
    sure = chance(len(fixed), len(broken)) <= 0.05
    return "ship" if better and sure else "hold"


def blame(cases, versions):
    found = {}
    for case in cases:
        culprit = None
        seen = False
        for version in versions:
            if case[version] == case["team"]:
                seen, culprit = True, None
            elif seen and culprit is None:
                culprit = version
        if culprit:
            found[case["id"]] = culprit
    return found


def run(version):
    return {case["id"]: case[version] for case in cases}


# %% takes a case without an answer
def gate(cases, old, new, essential):
    ids = {case["id"] for case in cases}
    if set(old) - ids or set(new) - ids:
        return "block"
    both = [
        {**c, "old": old.get(c["id"]), "new": new.get(c["id"])}
        for c in cases
    ]
    fixed, broken = flips(both, "old", "new")
    if essential & set(broken):
        return "block"
    better = len(fixed) > len(broken)
    sure = chance(len(fixed), len(broken)) <= 0.05
    return "ship" if better and sure else "hold"


def blame(cases, versions):
    found = {}
    for case in cases:
        culprit = None
        seen = False
        for version in versions:
            if case[version] == case["team"]:
                seen, culprit = True, None
            elif seen and culprit is None:
                culprit = version
        if culprit:
            found[case["id"]] = culprit
    return found


def run(version):
    return {case["id"]: case[version] for case in cases}


# %% another
def gate(cases, old, new, essential):
    ids = [c["id"] for c in cases]
    if sorted(old) != sorted(ids) or sorted(new) != sorted(ids):
        return "block"
    up = down = 0
    for case in cases:
        before, after = (each[case["id"]] == case["team"] for each in (old, new))
        if before and not after and case["id"] in essential:
            return "block"
        up += after > before
        down += before > after
    return "ship" if up > down and chance(up, down) <= 0.05 else "hold"


def blame(cases, versions):
    found = {}
    for case in cases:
        marks = "".join(str(int(case[v] == case["team"])) for v in versions)
        if "1" in marks and marks[-1] == "0":
            found[case["id"]] = versions[marks.rindex("1") + 1]
    return found
