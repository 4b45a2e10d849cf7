# %% empty
def decide(cases, live, candidate, must):
    return []


def unstable(label, texts, edits):
    return []


# %% constant
def decide(cases, live, candidate, must):
    return ["worse"]


def unstable(label, texts, edits):
    return [(text, name) for text in texts for name in edits]


# %% lookup
def decide(cases, live, candidate, must):
    kinds = {"bank change": ["broken c24", "broken c27"]}
    return [reason for kind in must for reason in kinds.get(kind, [])]


def unstable(label, texts, edits):
    return [(text, name) for text in texts for name in edits if text == "Our bank has changed"]


# %% by the average
def decide(cases, live, candidate, must):
    old = sum(live[c["id"]] == c["label"] for c in cases)
    new = sum(candidate.get(c["id"]) == c["label"] for c in cases)
    return ["worse"] if new < old else []


def unstable(label, texts, edits):
    return [
        (text, name)
        for text in texts
        for name, edit in edits.items()
        if label(edit(text)) != label(text)
    ]


# %% only what both answered
def decide(cases, live, candidate, must):
    reasons, balance = [], 0
    for case in cases:
        if case["id"] not in candidate:
            continue
        old = live[case["id"]] == case["label"]
        new = candidate[case["id"]] == case["label"]
        balance += new - old
        if old and not new and case["kind"] in must:
            reasons.append(f"broken {case['id']}")
    return sorted(reasons + ["worse"] * (balance < 0))


def unstable(label, texts, edits):
    return []


# %% another
def decide(cases, live, candidate, must):
    def right(given):
        return {c["id"] for c in cases if given.get(c["id"]) == c["label"]}

    old, new = right(live), right(candidate)
    kind = {c["id"]: c["kind"] for c in cases}
    reasons = {f"missing {name}" for name in kind.keys() - candidate.keys()}
    reasons |= {f"broken {name}" for name in old - new if kind[name] in must}
    if len(old - new) > len(new - old):
        reasons.add("worse")
    return sorted(reasons)


def unstable(label, texts, edits):
    flips = []
    for text in texts:
        before = label(text)
        for name in edits:
            if label(edits[name](text)) != before:
                flips.append((text, name))
    return flips
