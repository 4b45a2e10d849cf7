# %% empty
def gate(cases, seen, bar):
    return None


# %% constant
def gate(cases, seen, bar):
    return ["reach", "room", "proof"]


# %% lookup
def gate(cases, seen, bar):
    return {"11/15/2026": ["reach", "room", "proof"]}.get(cases[0]["text"], [])


# %% constant: proof by luck alone, whichever side is ahead
def gate(cases, seen, bar):
    old = [c["five"] == c["due"] for c in cases]
    new = [c["tuned"] == c["due"] for c in cases]
    top = sum(c["person"] == c["due"] for c in cases)
    up = sum(b > a for a, b in zip(old, new))
    down = sum(a > b for a, b in zip(old, new))
    bad = {
        "leak": any(c["text"] in seen for c in cases),
        "need": sum(old) >= bar,
        "reach": top < bar,
        "room": top - sum(old) < 6,
        "proof": luck(up, down) >= 0.05,
    }
    return [line for line in bad if bad[line]]


# %% another
def gate(cases, seen, bar):
    floor = ceiling = fixed = broken = leaked = 0
    for case in cases:
        old, new = case["five"] == case["due"], case["tuned"] == case["due"]
        floor += old
        ceiling += case["person"] == case["due"]
        fixed += new and not old
        broken += old and not new
        leaked += case["text"] in set(seen)
    lines = []
    if leaked:
        lines.append("leak")
    if floor >= bar:
        lines.append("need")
    if ceiling < bar:
        lines.append("reach")
    if ceiling <= floor or luck(ceiling - floor, 0) >= 0.05:
        lines.append("room")
    if broken >= fixed or luck(fixed, broken) >= 0.05:
        lines.append("proof")
    return lines
