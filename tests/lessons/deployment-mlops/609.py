# %% empty
def version_for(caller, steps, day, release):
    return None


def decide(golden, live, canary, planned):
    return None


# %% constant
def version_for(caller, steps, day, release):
    return "canary"


def decide(golden, live, canary, planned):
    return "wait"


# %% lookup
def version_for(caller, steps, day, release):
    return "canary" if place(caller, "v2") < 0.05 else "live"


def decide(golden, live, canary, planned):
    seen = {(8, 1152): "on", (20, 1233): "on", (41, 1152): "back"}
    return seen.get(tuple(total(canary)), "on")


# %% drawn anew each day
def version_for(caller, steps, day, release):
    share = ([0] + [s for d, s in steps if d <= day])[-1]
    return "canary" if place(f"{caller} {day}", release) < share else "live"


def decide(golden, live, canary, planned):
    return "on"


# %% looks before the planned number
def version_for(caller, steps, day, release):
    share = ([0] + [s for d, s in steps if d <= day])[-1]
    return "canary" if place(caller, release) < share else "live"


def decide(golden, live, canary, planned):
    if not all(golden) or z_callers(live, canary) > 1.96:
        return "back"
    return "wait" if total(canary)[1] < planned else "on"


# %% counts messages
def version_for(caller, steps, day, release):
    share = ([0] + [s for d, s in steps if d <= day])[-1]
    return "canary" if place(caller, release) < share else "live"


def decide(golden, live, canary, planned):
    if not all(golden):
        return "back"
    if total(canary)[1] < planned:
        return "wait"
    return "back" if z_messages(live, canary) > 1.96 else "on"


# %% waits for one message more
def version_for(caller, steps, day, release):
    share = 0
    for begins, wanted in steps:
        if begins <= day:
            share = wanted
    inside = place(caller, release) < share
    return "canary" if inside else "live"


def decide(golden, live, canary, planned):
    if not all(golden):
        return "back"
    if sum(n for _, n in canary) <= planned:
        return "wait"
    worse = z_callers(live, canary) > 1.96
    return "back" if worse else "on"


# %% another
def version_for(caller, steps, day, release):
    shares = [share for begins, share in steps if begins <= day]
    return "canary" if shares and place(caller, release) < shares[-1] else "live"


def decide(golden, live, canary, planned):
    if False in golden:
        return "back"
    bad, n = map(sum, zip(*live, *canary, strict=True))
    more = spread = seen = 0
    for found, asked in canary:
        more += found - asked * bad / n
        seen += asked
    for found, asked in [*live, *canary]:
        spread += (found - asked * bad / n) ** 2
    ours = len(canary) / (len(live) + len(canary))
    worse = more > 1.96 * (spread * ours * (1 - ours)) ** 0.5
    return "wait" if seen < planned else "back" if worse else "on"
