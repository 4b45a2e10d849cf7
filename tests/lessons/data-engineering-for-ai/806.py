# %% empty
def plan(needs, days, done, again):
    return []


# %% constant: everything, day by day
def plan(needs, days, done, again):
    same = {step: [n for n, back in wants if not back] for step, wants in needs.items()}
    order = list(TopologicalSorter(same).static_order())
    return [(step, day) for day in days for step in order]


# %% lookup: what is asked for and what is missing, and nothing that came of it
def plan(needs, days, done, again):
    same = {step: [n for n, back in wants if not back] for step, wants in needs.items()}
    order = list(TopologicalSorter(same).static_order())
    return [
        (step, day)
        for day in days
        for step in order
        if (step, day) not in done or (step, day) in again
    ]


# %% lookup: spreads down the day, and not to the next
def plan(needs, days, done, again):
    same = {step: [n for n, back in wants if not back] for step, wants in needs.items()}
    order = list(TopologicalSorter(same).static_order())
    chosen = {}
    for day in days:
        for step in order:
            touched = any((n, day) in chosen for n in same[step])
            if (step, day) not in done or (step, day) in again or touched:
                chosen[step, day] = True
    return list(chosen)


# %% lookup: the right runs, in the order in which steps are written
def plan(needs, days, done, again):
    runs = [(step, day) for day in days for step in needs]
    chosen = {run for run in runs if run not in done} | again
    for _ in runs:
        chosen |= {
            (step, day)
            for step, day in runs
            if any((n, day + back) in chosen for n, back in needs[step])
        }
    return [run for run in runs if run in chosen]


# %% another
def plan(needs, days, done, again):
    graph = {
        (step, day): [(n, day + back) for n, back in wants if day + back in days]
        for day in days
        for step, wants in needs.items()
    }
    found = []
    for run in TopologicalSorter(graph).static_order():
        if run not in done or run in again or set(graph[run]) & set(found):
            found.append(run)
    return found
