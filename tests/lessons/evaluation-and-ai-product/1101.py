# %% empty
def plan(cases, rules, trust, least):
    return [], cases, 0


# %% constant
def plan(cases, rules, trust, least):
    left = [c for c in cases if not any(rule(c) for rule in rules)]
    return rules, left, 3


# %% lookup
def plan(cases, rules, trust, least):
    if len(cases) == 40:
        return rules, cases[:16], 3
    return rules[:1], cases, 0


# %% lookup: measures each rule on all cases
def plan(cases, rules, trust, least):
    kept, left, wrong = [], cases, 0
    for rule in rules:
        spoken = [c for c in cases if rule(c)]
        right = sum(rule(c) == c["team"] for c in spoken)
        if len(spoken) >= least and right >= trust * len(spoken):
            kept.append(rule)
            wrong += sum(rule(c) not in (None, c["team"]) for c in left)
            left = [c for c in left if not rule(c)]
    return kept, left, wrong


# %% lookup: a rule that isn't kept settles all the same
def plan(cases, rules, trust, least):
    kept, left, wrong = [], cases, 0
    for rule in rules:
        spoken = [c for c in left if rule(c)]
        right = sum(rule(c) == c["team"] for c in spoken)
        left = [c for c in left if not rule(c)]
        if len(spoken) >= least and right >= trust * len(spoken):
            kept.append(rule)
            wrong += len(spoken) - right
    return kept, left, wrong


# %% lookup: keeps rules that speak too rarely
def plan(cases, rules, trust, least):
    kept, left, wrong = [], cases, 0
    for rule in rules:
        spoken = [c for c in left if rule(c)]
        right = sum(rule(c) == c["team"] for c in spoken)
        if right >= trust * len(spoken):
            kept.append(rule)
            wrong += len(spoken) - right
            left = [c for c in left if not rule(c)]
    return kept, left, wrong


# %% lookup: the page's least
def plan(cases, rules, trust, least):
    kept, left, wrong = [], cases, 0
    for rule in rules:
        spoken = [c for c in left if rule(c)]
        right = sum(rule(c) == c["team"] for c in spoken)
        if len(spoken) >= 3 and right >= trust * len(spoken):
            kept.append(rule)
            wrong += len(spoken) - right
            left = [c for c in left if not rule(c)]
    return kept, left, wrong


# %% another
def plan(cases, rules, trust, least):
    if not rules:
        return [], cases, 0
    first, *others = rules
    verdicts = [first(c) == c["team"] for c in cases if first(c) is not None]
    if len(verdicts) < least or sum(verdicts) < trust * len(verdicts):
        return plan(cases, others, trust, least)
    silent = [c for c in cases if first(c) is None]
    kept, left, wrong = plan(silent, others, trust, least)
    return [first, *kept], left, wrong + verdicts.count(False)
