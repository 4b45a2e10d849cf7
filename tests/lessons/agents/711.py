# %% empty
def split(task):
    return []


def handover(task, group, facts):
    return {}


def saved(task, groups, wrong, a_token):
    return 0.0


# %% constant: never split, tell everything
def split(task):
    return [list(task)]


def handover(task, group, facts):
    return facts


def saved(task, groups, wrong, a_token):
    return -1.0


# %% lookup: the page's two tasks
def split(task):
    if "compare" in task:
        return SPLITS["  by supplier"][1]
    return [list(task)]


def handover(task, group, facts):
    return {f"note {n}": facts[f"note {n}"] for n in WHO if f"note {n}" in facts}


def saved(task, groups, wrong, a_token):
    return {12: 0.48, 4: 0.14}.get(len(groups), 0.0)


# %% lookup: only direct needs, and facts that are missing are left out
def split(task):
    *rest, last = task
    groups = []
    for step in rest:
        for group in groups:
            if set(task[step][1]) & set(group):
                group.append(step)
                break
        else:
            groups.append([step])
    return [*groups, [last]] if len(groups) > 1 else [list(task)]


def handover(task, group, facts):
    needed = crossing(task, group)
    return {step: facts[step] for step in task if step in needed and step in facts}


def saved(task, groups, wrong, a_token):
    tokens, _, right = price(task, groups)
    return (price(task, [list(task)])[0] - tokens) * a_token - (1 - right) * wrong


# %% another
def split(task):
    *rest, last = task
    near = {step: {step} for step in rest}
    for step in rest:
        for each in task[step][1]:
            whole = near[step] | near[each]
            for name in whole:
                near[name] = whole
    groups = []
    for step in rest:
        group = [name for name in rest if name in near[step]]
        if group not in groups:
            groups.append(group)
    if len(groups) < 2:
        return [list(task)]
    return groups + [[last]]


def handover(task, group, facts):
    told, missing = {}, []
    for step in task:
        if step in group or not any(step in task[each][1] for each in group):
            continue
        if step in facts:
            told[step] = facts[step]
        else:
            missing.append(step)
    if missing:
        raise ValueError(", ".join(missing))
    return told


def saved(task, groups, wrong, a_token):
    costs = []
    for some in ([list(task)], groups):
        tokens, _, right = price(task, some)
        costs.append(tokens * a_token + wrong - right * wrong)
    return costs[0] - costs[1]
