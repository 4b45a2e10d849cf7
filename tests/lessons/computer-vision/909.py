# %% empty
def field_score(rows, share):
    return None


def collect(rows, share, bar, budget):
    return dict.fromkeys(share, 0)


# %% constant
def field_score(rows, share):
    return 0.878


def collect(rows, share, bar, budget):
    return {where: budget // len(share) for where in share}


# %% lookup: by the field's shares alone
def field_score(rows, share):
    score = 0
    for where, part in share.items():
        here = [row["right"] for row in rows if row["where"] == where]
        if not here and part > 0:
            return None
        score += part * sum(here) / (len(here) or 1)
    return score


def collect(rows, share, bar, budget):
    exact = {where: budget * part for where, part in share.items()}
    plan = {where: int(n) for where, n in exact.items()}
    left = budget - sum(plan.values())
    for where in sorted(exact, key=lambda w: plan[w] - exact[w])[:left]:
        plan[where] += 1
    return plan


# %% lookup: by how many were wrong in the test set
def field_score(rows, share):
    score = 0
    for where, part in share.items():
        here = [row["right"] for row in rows if row["where"] == where]
        if not here and part > 0:
            return None
        score += part * sum(here) / (len(here) or 1)
    return score


def collect(rows, share, bar, budget):
    wrong = {w: sum(r["where"] == w and not r["right"] for r in rows) for w in share}
    total = sum(wrong.values())
    if not total:
        wrong, total = share, 1
    exact = {where: budget * n / total for where, n in wrong.items()}
    plan = {where: int(n) for where, n in exact.items()}
    left = budget - sum(plan.values())
    for where in sorted(exact, key=lambda w: plan[w] - exact[w])[:left]:
        plan[where] += 1
    return plan


# %% lookup: a condition without rows gets nothing
def field_score(rows, share):
    score = 0
    for where, part in share.items():
        here = [row["right"] for row in rows if row["where"] == where]
        if not here and part > 0:
            return None
        score += part * sum(here) / (len(here) or 1)
    return score


def collect(rows, share, bar, budget):
    need = {}
    for where, part in share.items():
        here = [row["right"] for row in rows if row["where"] == where]
        need[where] = part * max(0, bar - sum(here) / len(here)) if here else 0
    if not any(need.values()):
        need = share
    total = sum(need.values())
    exact = {where: budget * n / total for where, n in need.items()}
    plan = {where: int(n) for where, n in exact.items()}
    left = budget - sum(plan.values())
    for where in sorted(exact, key=lambda w: plan[w] - exact[w])[:left]:
        plan[where] += 1
    return plan


# %% lookup: what is unknown counts as wrong
def field_score(rows, share):
    score = 0
    for where, part in share.items():
        here = [row["right"] for row in rows if row["where"] == where]
        score += part * sum(here) / (len(here) or 1)
    return score


def collect(rows, share, bar, budget):
    return {where: round(budget * part) for where, part in share.items()}


# %% another
from itertools import accumulate


def levels(rows, share):
    right, seen = dict.fromkeys(share, 0), dict.fromkeys(share, 0)
    for row in rows:
        if row["where"] in share:
            seen[row["where"]] += 1
            right[row["where"]] += bool(row["right"])
    return {where: right[where] / seen[where] for where in share if seen[where]}


def field_score(rows, share):
    level = levels(rows, share)
    if {where for where, part in share.items() if part} - set(level):
        return None
    return sum(part * level.get(where, 0) for where, part in share.items())


def collect(rows, share, bar, budget):
    level = levels(rows, share)
    need = [part * max(bar - level.get(where, 0), 0) for where, part in share.items()]
    if sum(need) == 0:
        need = list(share.values())
    ends = [round(budget * end / sum(need)) for end in accumulate(need)]
    ends[-1] = budget
    return {where: b - a for where, a, b in zip(share, [0, *ends], ends)}
