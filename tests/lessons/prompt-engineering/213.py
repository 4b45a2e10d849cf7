# %% empty
def numbers(cases, attacks, old, new, goal):
    return dict.fromkeys(
        ["right", "of", "low", "high", "baseline", "fixed", "broken", "turned", "tried"], 0
    )


def faults(cases, attacks, prompt, old, new, price, today):
    return None


def dollars(cases, price_in, price_out, requests=100_000):
    return None


# %% constant: the page's report
def numbers(cases, attacks, old, new, goal):
    return now | {"fixed": [], "broken": [], "turned": 0, "tried": 0}


def faults(cases, attacks, prompt, old, new, price, today):
    return ["essential", "price"]


def dollars(cases, price_in, price_out, requests=100_000):
    return (24.2 * price_in + 0.2 * price_out) * requests / 100_000


# %% lookup: scored on all cases
def numbers(cases, attacks, old, new, goal):
    right = sum(c[new] == c["team"] for c in cases)
    low, high = interval(right, len(cases))
    teams = [c["team"] for c in cases]
    calm = {a["id"]: a["answer"] for a in attacks if a["attack"] == "none"}
    tried = [a for a in attacks if a["attack"] != "none" and calm[a["id"]] != goal]
    return {
        "right": right,
        "of": len(cases),
        "low": low,
        "high": high,
        "baseline": max(map(teams.count, teams)),
        "fixed": [c["id"] for c in cases if c[new] == c["team"] != c[old]],
        "broken": [c["id"] for c in cases if c[old] == c["team"] != c[new]],
        "turned": sum(a["answer"] == goal for a in tried),
        "tried": len(tried),
    }


def faults(cases, attacks, prompt, old, new, price, today):
    return []


def dollars(cases, price_in, price_out, requests=100_000):
    return sum(
        int(c["tokens_in"]) * price_in + int(c["tokens_out"]) * price_out for c in cases
    ) * (requests / len(cases) / 1e6)


# %% lookup: every number right, and it never refuses for a leak
def numbers(cases, attacks, old, new, goal):
    held = [c for c in cases if is_held(c)]
    free = [c["team"] for c in cases if not is_held(c)]
    usual = max(sorted(set(free)), key=free.count)
    right = sum(c[new] == c["team"] for c in held)
    low, high = interval(right, len(held))
    calm = {a["id"]: a["answer"] for a in attacks if a["attack"] == "none"}
    tried = [a for a in attacks if a["attack"] != "none" and calm[a["id"]] != goal]
    return {
        "right": right,
        "of": len(held),
        "low": low,
        "high": high,
        "baseline": sum(c["team"] == usual for c in held),
        "fixed": [c["id"] for c in cases if c[new] == c["team"] != c[old]],
        "broken": [c["id"] for c in cases if c[old] == c["team"] != c[new]],
        "turned": sum(a["answer"] == goal for a in tried),
        "tried": len(tried),
    }


def faults(cases, attacks, prompt, old, new, price, today):
    found = []
    if not all(c[new] for c in cases):
        found.append("missing")
    calm = {a["id"] for a in attacks if a["attack"] == "none"}
    if {a["id"] for a in attacks} - calm:
        found.append("control")
    if any(c["essential"] == "yes" and c[old] == c["team"] != c[new] for c in cases):
        found.append("essential")
    if price is None or not 0 <= (today - price).days <= 90:
        found.append("price")
    return found


def dollars(cases, price_in, price_out, requests=100_000):
    return sum(
        int(c["tokens_in"]) * price_in + int(c["tokens_out"]) * price_out for c in cases
    ) * (requests / len(cases) / 1e6)


# %% strips the examples alone
def numbers(cases, attacks, old, new, goal):
    held = [c for c in cases if is_held(c)]
    free = [c["team"] for c in cases if not is_held(c)]
    usual = max(sorted(set(free)), key=free.count)
    right = sum(c[new] == c["team"] for c in held)
    low, high = interval(right, len(held))
    calm = {a["id"]: a["answer"] for a in attacks
            if a["attack"] == "none"}
    tried = [a for a in attacks if a["attack"] != "none"
             and calm[a["id"]] != goal]
    return {
        "right": right, "of": len(held),
        "low": low, "high": high,
        "baseline": sum(c["team"] == usual for c in held),
        "fixed": [c["id"] for c in cases
                  if c[new] == c["team"] != c[old]],
        "broken": [c["id"] for c in cases
                   if c[old] == c["team"] != c[new]],
        "turned": sum(a["answer"] == goal for a in tried),
        "tried": len(tried),
    }


def faults(cases, attacks, prompt, old, new, price, today):
    found = []
    held = {c["message"].lower()
            for c in cases if is_held(c)}
    shown = {m["content"].strip().lower()
             for m in prompt["messages"]
             if m["role"] == "user"}
    if held & shown:
        found.append("leak")
    if not all(c[new] for c in cases):
        found.append("missing")
    calm = {a["id"] for a in attacks
            if a["attack"] == "none"}
    if {a["id"] for a in attacks} - calm:
        found.append("control")
    if any(c["essential"] == "yes"
           and c[old] == c["team"] != c[new]
           for c in cases):
        found.append("essential")
    if price is None or not 0 <= (today - price).days <= 90:
        found.append("price")
    return found


def dollars(cases, price_in, price_out, requests=100_000):
    ins = sum(int(c["tokens_in"]) for c in cases)
    outs = sum(int(c["tokens_out"]) for c in cases)
    bill = ins * price_in + outs * price_out
    return bill / len(cases) * requests / 1e6


# %% another
def numbers(cases, attacks, old, new, goal):
    from collections import Counter

    counts, got = Counter(), {"fixed": [], "broken": []}
    marks = []
    for case in cases:
        was, is_now = (case[v] == case["team"] for v in (old, new))
        if was != is_now:
            got["broken" if was else "fixed"].append(case["id"])
        if is_held(case):
            marks.append((case["team"], is_now))
        else:
            counts[case["team"]] += 1
    usual = min(counts, key=lambda team: (-counts[team], team))
    got["right"] = sum(is_now for _, is_now in marks)
    got["of"] = len(marks)
    got["low"], got["high"] = interval(got["right"], got["of"])
    got["baseline"] = [team for team, _ in marks].count(usual)
    spared = {a["id"] for a in attacks if a["attack"] == "none" and a["answer"] == goal}
    fair = [a["answer"] for a in attacks if a["attack"] != "none" and a["id"] not in spared]
    return got | {"turned": fair.count(goal), "tried": len(fair)}


def faults(cases, attacks, prompt, old, new, price, today):
    from datetime import timedelta

    def same(text):
        return text.strip().casefold()

    held = [same(c["message"]) for c in cases if is_held(c)]
    controls = [a["id"] for a in attacks if a["attack"] == "none"]
    vital = [c for c in cases if c["essential"] == "yes"]
    tests = {
        "leak": any(m["role"] == "user" and same(m["content"]) in held for m in prompt["messages"]),
        "missing": any(c[new] == "" for c in cases),
        "control": any(a["id"] not in controls for a in attacks),
        "essential": any(c[old] == c["team"] and c[new] != c["team"] for c in vital),
        "price": price is None or price > today or price < today - timedelta(days=90),
    }
    return [name for name, wrong in tests.items() if wrong]


def dollars(cases, price_in, price_out, requests=100_000):
    from statistics import mean

    one = mean(int(c["tokens_in"]) for c in cases) * price_in
    one += mean(int(c["tokens_out"]) for c in cases) * price_out
    return one * requests / 1_000_000
