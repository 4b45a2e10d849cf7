# %% empty
def version_for(caller, steps, day, release):
    return None


def decide(golden, live, canary, rates):
    return None


# %% constant
def version_for(caller, steps, day, release):
    return "canary"


def decide(golden, live, canary, rates):
    return "wait"


# %% lookup
def version_for(caller, steps, day, release):
    return "canary" if place(caller, "v2") < 0.05 else "live"


def decide(golden, live, canary, rates):
    return {(9, 300): "wait", (46, 2316): "back", (25, 2316): "on"}.get(canary, "on")


# %% drawn anew each day
def version_for(caller, steps, day, release):
    share = ([0] + [s for d, s in steps if d <= day])[-1]
    return "canary" if place(f"{caller} {day}", release) < share else "live"


def decide(golden, live, canary, rates):
    return "on"


# %% looks before the planned number
def version_for(caller, steps, day, release):
    share = ([0] + [s for d, s in steps if d <= day])[-1]
    return "canary" if place(caller, release) < share else "live"


def decide(golden, live, canary, rates):
    if not all(golden) or z_score(*live, *canary) > 1.96:
        return "back"
    return "wait" if canary[1] < needed(*rates) else "on"


# %% another
def version_for(caller, steps, day, release):
    shares = [share for begins, share in steps if begins <= day]
    return "canary" if shares and place(caller, release) < shares[-1] else "live"


def decide(golden, live, canary, rates):
    if False in golden:
        return "back"
    enough = canary[1] >= needed(*rates)
    worse = enough and z_score(live[0], live[1], *canary) > 1.96
    return "back" if worse else "on" if enough else "wait"
