# %% empty
def blame_any(stages, needs, right):
    return None


def next_fix(blames, order):
    return None


def lucky(run, needs):
    return []


# %% constant
def blame_any(stages, needs, right):
    return "right" if right else "search"


def next_fix(blames, order):
    return "search" if "search" in order else order[0]


def lucky(run, needs):
    return ["q06"]


# %% lookup: the three stages of the page
def blame_any(stages, needs, right):
    if right:
        return "right"
    for name in ("cut", "search", "rank"):
        if needs and name in stages and not holds(stages[name], needs):
            return name
    return "answer"


def next_fix(blames, order):
    n = Counter(blames.values())
    return max(order, key=lambda stage: n[stage])


def lucky(run, needs):
    return [q for q in needs if run["traces"][q]["right"] and blame(run, q) != "right"]


# %% lookup: blames the last stage without the fact
def blame_any(stages, needs, right):
    if right:
        return "right"
    without = [name for name, texts in stages.items() if needs and not holds(texts, needs)]
    return without[-1] if without else "answer"


def next_fix(blames, order):
    n = Counter(blames.values())
    best = max(order, key=lambda stage: n[stage])
    return best if n[best] else None


def lucky(run, needs):
    return [
        q
        for q in needs
        if needs[q]
        and run["traces"][q]["right"]
        and not holds([run["passages"][p] for p in run["traces"][q]["given"]], needs[q])
    ]


# %% lookup: parts may stand in several passages; what was found counts as given
def blame_any(stages, needs, right):
    if right:
        return "right"
    for name, texts in stages.items():
        if not all(any(part in text.lower() for text in texts) for part in needs):
            return name
    return "answer"


def next_fix(blames, order):
    n = Counter(blames.values())
    best = max(order, key=lambda stage: n[stage])
    return best if n[best] else None


def lucky(run, needs):
    return [
        q
        for q in needs
        if needs[q]
        and run["traces"][q]["right"]
        and not holds([run["passages"][p] for p in run["traces"][q]["found"]], needs[q])
    ]


# %% another
def shown(texts, needs):
    for text in texts:
        missing = [part for part in needs if text.lower().find(part) < 0]
        if not missing:
            return True
    return not needs


def blame_any(stages, needs, right):
    if right:
        return "right"
    lost = (name for name in stages if not shown(stages[name], needs))
    return next(lost, "answer")


def next_fix(blames, order):
    best, most = None, 0
    for stage in order:
        count = sum(1 for q in blames if blames[q] == stage)
        if count > most:
            best, most = stage, count
    return best


def lucky(run, needs):
    found = []
    for q, parts in needs.items():
        trace = run["traces"][q]
        texts = [run["passages"][p] for p in trace["given"]]
        if trace["right"] and parts and not shown(texts, parts):
            found.append(q)
    return found
