# %% empty
def reasons(memo):
    return []


def needed(memo):
    return memo["cases"]


# %% constant
def reasons(memo):
    return ["open"]


def needed(memo):
    return 379


# %% lookup
def reasons(memo):
    known = {"letters": ["open"], "shifts": ["unasked"], "sizes": ["below"]}
    return known.get(memo.get("id"), [])


def needed(memo):
    return {50: 379}.get(memo["cases"], memo["cases"])


# %% lookup: more is always better
def reasons(memo):
    ahead = memo["score"] - memo["bar"]
    rules = {
        "late": memo["bar_day"] >= memo["run_day"],
        "seen": not memo["held_back"],
        "limit": memo["limit_broken"] > 0,
        "below": ahead < -memo["half"],
        "open": abs(ahead) <= memo["half"],
        "unasked": not set(memo["bears"]) <= set(memo["agreed"]),
    }
    return [word for word in rules if rules[word]]


def needed(memo):
    gap = abs(memo["score"] - memo["bar"])
    return round(memo["cases"] * (memo["half"] / gap) ** 2) if gap else None


# %% lookup: somebody has agreed, and cases grow with the width
def reasons(memo):
    rules = {
        "late": memo["bar_day"] >= memo["run_day"],
        "seen": not memo["held_back"],
        "limit": memo["limit_broken"] > 0,
        "below": side(memo) < 0,
        "open": side(memo) == 0,
        "unasked": not memo["agreed"],
    }
    return [word for word in rules if rules[word]]


def needed(memo):
    gap = abs(memo["score"] - memo["bar"])
    return max(memo["cases"], int(memo["cases"] * memo["half"] / gap) + 1) if gap else None


# %% another
def reasons(memo):
    found = []
    if not memo["bar_day"] < memo["run_day"]:
        found.append("late")
    if not memo["held_back"]:
        found.append("seen")
    if memo["limit_broken"]:
        found.append("limit")
    ends = [memo["score"] - memo["half"] - memo["bar"], memo["score"] + memo["half"] - memo["bar"]]
    if memo["worse"] == "more":
        ends = [-ends[1], -ends[0]]
    if ends[1] < 0:
        found.append("below")
    elif ends[0] <= 0:
        found.append("open")
    if [who for who in memo["bears"] if who not in memo["agreed"]]:
        found.append("unasked")
    return found


def needed(memo):
    gap2 = (memo["score"] - memo["bar"]) ** 2
    if not gap2:
        return None
    n = memo["cases"]
    while gap2 * n <= memo["half"] ** 2 * memo["cases"]:
        n += 1
    return n
