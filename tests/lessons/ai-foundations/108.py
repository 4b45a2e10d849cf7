# %% empty
def cheapest(scores, urgent, miss_costs, alarm_costs):
    return 9


def changed(cases, old_from, new_from):
    return {}


# %% constant
def cheapest(scores, urgent, miss_costs, alarm_costs):
    return 0.27


def changed(cases, old_from, new_from):
    return {"fixed": [], "broken": ["27"]}


# %% lookup
def cheapest(scores, urgent, miss_costs, alarm_costs):
    return {(60, 5): 0.27, (1, 1): 0.5}.get((miss_costs, alarm_costs), 0.6)


def changed(cases, old_from, new_from):
    was = [(c["old"] >= old_from) == c["urgent"] for c in cases]
    now = [(c["new"] >= new_from) == c["urgent"] for c in cases]
    ids = [c["id"] for c in cases]
    return {
        "fixed": [i for i, a, b in zip(ids, was, now) if b and not a],
        "broken": [i for i, a, b in zip(ids, was, now) if a and not b],
    }


# %% trusts the scores as probabilities
def cheapest(scores, urgent, miss_costs, alarm_costs):
    return alarm_costs / (alarm_costs + miss_costs)


def changed(cases, old_from, new_from):
    lists = {"fixed": [], "broken": []}
    for case in sorted(cases, key=lambda c: not c["urgent"]):
        was = (case["old"] >= old_from) == case["urgent"]
        now = (case["new"] >= new_from) == case["urgent"]
        if was != now:
            lists["fixed" if now else "broken"].append(case["id"])
    return lists


# %% the best F1
def cheapest(scores, urgent, miss_costs, alarm_costs):
    def f1(t):
        hit = sum(s >= t and u for s, u in zip(scores, urgent))
        wrong = sum((s >= t) != u for s, u in zip(scores, urgent))
        return 2 * hit / (2 * hit + wrong) if hit else 0

    return max(scores, key=f1)


def changed(cases, old_from, new_from):
    lists = {"fixed": [], "broken": []}
    for case in sorted(cases, key=lambda c: not c["urgent"]):
        was = (case["old"] >= old_from) == case["urgent"]
        now = (case["new"] >= new_from) == case["urgent"]
        if was != now:
            lists["fixed" if now else "broken"].append(case["id"])
    return lists


# %% always flags something
def cheapest(scores, urgent, miss_costs, alarm_costs):
    def bill(threshold):
        pairs = list(zip(scores, urgent))
        misses = sum(truth and score < threshold for score, truth in pairs)
        alarms = sum(not truth and score >= threshold for score, truth in pairs)
        return misses * miss_costs + alarms * alarm_costs

    return min(scores, key=bill)


def changed(cases, old_from, new_from):
    def right(case, column, threshold):
        return case["urgent"] is (case[column] >= threshold)

    first = [c for c in cases if c["urgent"]]
    rows = first + [c for c in cases if not c["urgent"]]
    before = {c["id"] for c in rows if right(c, "old", old_from)}
    after = {c["id"] for c in rows if right(c, "new", new_from)}
    return {
        "fixed": [c["id"] for c in rows if c["id"] in after - before],
        "broken": [c["id"] for c in rows if c["id"] in before - after],
    }


# %% flags what lies above a threshold alone
def cheapest(scores, urgent, miss_costs, alarm_costs):
    def bill(threshold):
        total = 0
        for score, truth in zip(scores, urgent):
            if truth and score < threshold:
                total += miss_costs
            if not truth and score >= threshold:
                total += alarm_costs
        return total

    nothing = max(scores) + 1  # flags no case
    return min([*scores, nothing], key=bill)


def changed(cases, old_from, new_from):
    lists = {"fixed": [], "broken": []}
    for urgent in (True, False):
        for case in cases:
            if case["urgent"] != urgent:
                continue
            was = (case["old"] > old_from) == urgent
            now = (case["new"] > new_from) == urgent
            if now and not was:
                lists["fixed"].append(case["id"])
            if was and not now:
                lists["broken"].append(case["id"])
    return lists


# %% another
def cheapest(scores, urgent, miss_costs, alarm_costs):
    order = sorted(zip(scores, urgent), reverse=True)
    bill = least = miss_costs * sum(urgent)
    best, i = 2.0, 0
    while i < len(order):
        score = order[i][0]
        while i < len(order) and order[i][0] == score:
            bill += -miss_costs if order[i][1] else alarm_costs
            i += 1
        if bill < least:
            least, best = bill, score
    return best


def changed(cases, old_from, new_from):
    def right(case, column, threshold):
        return case["urgent"] is (case[column] >= threshold)

    first = [c for c in cases if c["urgent"]]
    rows = first + [c for c in cases if not c["urgent"]]
    before = {c["id"] for c in rows if right(c, "old", old_from)}
    after = {c["id"] for c in rows if right(c, "new", new_from)}
    return {
        "fixed": [c["id"] for c in rows if c["id"] in after - before],
        "broken": [c["id"] for c in rows if c["id"] in before - after],
    }
