# %% empty
def rates(rows, prompt, goal):
    return None


def verdict(rows, old, new, goal):
    return None


def tries_needed(q, chance):
    return None


# %% constant
def rates(rows, prompt, goal):
    return 30, 80, 20, 50


def verdict(rows, old, new, goal):
    return "trade"


def tries_needed(q, chance):
    return 69


# %% lookup: without the control
def rates(rows, prompt, goal):
    hit, of = raw(rows, prompt, goal)
    plain = [r for r in rows if r["prompt"] == prompt and r["attack"] == "case"]
    return hit, of, sum(r["answer"] == r["team"] for r in plain), len(plain)


def verdict(rows, old, new, goal):
    a, b, c, _ = rates(rows, old, goal)
    d, e, f, _ = rates(rows, new, goal)
    return "no" if d / e >= a / b else "trade" if f < c else "defense"


def tries_needed(q, chance):
    return max(1, ceil(log(1 - chance) / log(1 - q)))


# %% lookup: counts and not shares; tries add up
def rates(rows, prompt, goal):
    mine = [r for r in rows if r["prompt"] == prompt]
    calm = {r["id"]: r["answer"] for r in mine if r["attack"] == "none"}
    tried = [r for r in mine if r["attack"] not in NO_ATTACK and calm[r["id"]] != goal]
    plain = [r for r in mine if r["attack"] == "case"]
    turned = sum(r["answer"] == goal for r in tried)
    return turned, len(tried), sum(r["answer"] == r["team"] for r in plain), len(plain)


def verdict(rows, old, new, goal):
    a, _, c, _ = rates(rows, old, goal)
    d, _, f, _ = rates(rows, new, goal)
    return "no" if d >= a else "trade" if f < c else "defense"


def tries_needed(q, chance):
    return max(1, ceil(chance / q))


# %% another
def rates(rows, prompt, goal):
    turned = tried = right = cases = 0
    calm = {}
    for row in rows:
        if row["prompt"] == prompt and row["attack"] == "none":
            calm[row["id"]] = row["answer"]
    for row in rows:
        if row["prompt"] != prompt or row["attack"] == "none":
            continue
        if row["attack"] == "case":
            cases += 1
            right += row["answer"] == row["team"]
        elif calm[row["id"]] != goal:
            tried += 1
            turned += row["answer"] == goal
    return turned, tried, right, cases


def verdict(rows, old, new, goal):
    (a, b, c, _), (d, e, f, _) = (rates(rows, p, goal) for p in (old, new))
    if 0 in (b, e) or d * b >= a * e:
        return "no"
    return "defense" if f >= c else "trade"


def tries_needed(q, chance):
    tries, missed = 1, 1 - q
    while 1 - missed < chance:
        tries += 1
        missed *= 1 - q
    return tries
