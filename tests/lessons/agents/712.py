# %% empty
def breaches(plan, week):
    return []


def verdict(plan, week):
    return None


# %% constant: whatever the page's week gives
def breaches(plan, week):
    return [(4, "claim"), (4, "days"), (6, "approval")]


def verdict(plan, week):
    return "stop"


# %% lookup: reads what the runs say of themselves
def breaches(plan, week):
    found = set()
    for run in week:
        if sum(run["tokens"]) > plan["tokens"]:
            found.add((run["day"], "budget"))
        if run["plan"] != digest(plan):
            found.add((run["day"], "plan"))
    return sorted(found)


def verdict(plan, week):
    return "keep" if sum(run["says"] == "done" for run in week) >= plan["bar"] else "narrow"


# %% lookup: everything right, but any yes of the day will do
def breaches(plan, week):
    found, keys, runs = set(), set(), [run["day"] for run in week]
    for run in week:
        day, tools = run["day"], plan["tools"]
        sent = [c for c in run["calls"] if tools.get(c["tool"]) == "ask" and c["ended"] != "failed"]
        twice = False
        for call in run["calls"]:
            if call["ended"] == "done":
                twice |= call["key"] in keys
                keys.add(call["key"])
        for word, broken in (
                ("plan", run["plan"] != digest(plan)),
                ("days", day not in plan["days"]),
                ("budget", sum(run["tokens"]) > plan["tokens"]),
                ("tool", any(c["tool"] not in tools for c in run["calls"])),
                ("approval", bool(sent) and not any(a["yes"] for a in run["answers"])),
                ("twice", twice),
                ("claim", run["says"] == "done" and run["after"] != run["wanted"])):
            if broken:
                found.add((day, word))
    return sorted(found | {(day, "days") for day in plan["days"] if runs.count(day) != 1})


def verdict(plan, week):
    words = {word for _, word in breaches(plan, week)}
    good = sum(run["after"] == run["wanted"] for run in week)
    return ("stop" if words & {"approval", "tool", "twice"} else
            "void" if words & {"plan", "days", "claim"} else
            "narrow" if good < plan["bar"] or words else "keep")


# %% another
from collections import Counter


def of_runs(plan, run):
    yield "plan", run["plan"] == digest(plan)
    yield "days", run["day"] in plan["days"]
    yield "budget", sum(run["tokens"]) <= plan["tokens"]
    yield "tool", {call["tool"] for call in run["calls"]} <= set(plan["tools"])
    yield "claim", run["says"] != "done" or run["after"] == run["wanted"]
    yield "approval", all_allowed(plan, run)


def all_allowed(plan, run):
    yeses = sorted((a for a in run["answers"] if a["yes"]), key=lambda a: a["at"])
    for call in run["calls"]:
        if call["ended"] in ("done", "open") and plan["tools"].get(call["tool"]) == "ask":
            for n, each in enumerate(yeses):
                same = (each["tool"], each["arguments"]) == (call["tool"], call["arguments"])
                if same and each["at"] <= call["at"] < each["at"] + plan["valid_minutes"]:
                    del yeses[n]
                    break
            else:
                return False
    return True


def breaches(plan, week):
    broken = [(run["day"], word) for run in week for word, kept in of_runs(plan, run) if not kept]
    times = Counter(run["day"] for run in week)
    broken += [(day, "days") for day in plan["days"] if times[day] != 1]
    done = Counter()
    for run in week:
        for call in run["calls"]:
            if call["ended"] == "done":
                done[call["key"]] += 1
                if done[call["key"]] > 1:
                    broken.append((run["day"], "twice"))
    return sorted(set(broken))


def verdict(plan, week):
    worst = dict.fromkeys(["approval", "tool", "twice"], 3)
    worst |= dict.fromkeys(["plan", "days", "claim"], 2) | {"budget": 1}
    level = max((worst[word] for _, word in breaches(plan, week)), default=0)
    if level == 0 and [r["after"] == r["wanted"] for r in week].count(True) < plan["bar"]:
        level = 1
    return ["keep", "narrow", "void", "stop"][level]
