# %% empty
def faults(demo, report, memo, decided, today):
    return []


def adopt(complaints, cases):
    return []


# %% constant
def faults(demo, report, memo, decided, today):
    return ["old", "numbers"]


def adopt(complaints, cases):
    return [{"id": "m51", "text": "tap", "team": "rent"}]


# %% lookup
def faults(demo, report, memo, decided, today):
    return ["old", "numbers"] if today == 40 else []


def adopt(complaints, cases):
    return [c | {"id": f"m{51 + i}"} for i, c in enumerate(complaints) if c["team"]]


# %% lookup: the memo may say anything
def faults(demo, report, memo, decided, today):
    lines = {f"version {demo['version']}", report["lines"][0], memo["lines"][0]}
    rules = {
        "closed": not demo["open"],
        "version": len(lines) > 1,
        "old": today - report["day"] > 30,
        "unread": any(not c["read"] and today - c["day"] > 7 for c in demo["complaints"]),
    }
    return [word for word in rules if rules[word]]


def adopt(complaints, cases):
    return []


# %% lookup: takes every complaint, and numbers after the last line
def faults(demo, report, memo, decided, today):
    first = {f"version {demo['version']}", report["lines"][0], memo["lines"][0]}
    found = {"closed": not demo["open"], "version": len(first) > 1}
    found["old"] = today - report["day"] > 30
    known = "\n".join(report["lines"][1:])
    used = re.findall(r"\d+(?:\.\d+)?", "\n".join(memo["lines"][1:]))
    found["numbers"] = any(n not in decided and n not in known for n in used)
    found["unread"] = any(not c["read"] and today - c["day"] > 7 for c in demo["complaints"])
    return [word for word in found if found[word]]


def adopt(complaints, cases):
    number = int(cases[-1]["id"][1:])
    held = [c for c in complaints if c["team"]]
    return [c | {"id": f"m{number + i}"} for i, c in enumerate(held, start=1)]


# %% lookup: spaces at the ends of a case's text make it another
def faults(demo, report, memo, decided, today):
    def found(lines):
        return {n for line in lines[1:] for n in re.findall(r"\d+(?:\.\d+)?", line)}

    words = []
    if not demo["open"]:
        words.append("closed")
    if not report["lines"][0] == memo["lines"][0] == "version " + demo["version"]:
        words.append("version")
    if report["day"] + 30 < today:
        words.append("old")
    if not found(memo["lines"]) <= found(report["lines"]) | set(decided):
        words.append("numbers")
    for each in demo["complaints"]:
        if each["day"] + 7 < today and not each["read"]:
            words.append("unread")
            break
    return words


def adopt(complaints, cases):
    first = {}
    for each in complaints:
        if each["team"]:
            first.setdefault(each["text"].strip().casefold(), each)
    for case in cases:
        first.pop(case["text"].casefold(), None)
    last = max(int(case["id"].lstrip("m")) for case in cases)
    return [
        {"id": f"m{last + n}", "text": each["text"], "team": each["team"]}
        for n, each in enumerate(first.values(), start=1)
    ]


# %% another
def faults(demo, report, memo, decided, today):
    def found(lines):
        return {n for line in lines[1:] for n in re.findall(r"\d+(?:\.\d+)?", line)}

    words = []
    if not demo["open"]:
        words.append("closed")
    if not report["lines"][0] == memo["lines"][0] == "version " + demo["version"]:
        words.append("version")
    if report["day"] + 30 < today:
        words.append("old")
    if not found(memo["lines"]) <= found(report["lines"]) | set(decided):
        words.append("numbers")
    for each in demo["complaints"]:
        if each["day"] + 7 < today and not each["read"]:
            words.append("unread")
            break
    return words


def adopt(complaints, cases):
    first = {}
    for each in complaints:
        if each["team"]:
            first.setdefault(each["text"].strip().casefold(), each)
    for case in cases:
        first.pop(case["text"].strip().casefold(), None)
    last = max(int(case["id"].lstrip("m")) for case in cases)
    return [
        {"id": f"m{last + n}", "text": each["text"], "team": each["team"]}
        for n, each in enumerate(first.values(), start=1)
    ]
