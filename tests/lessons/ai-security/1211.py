# %% empty
def severity(impact, hits, tries, most):
    return None


def retest(old, new, attack, variants, honest, tries):
    return None, [], [], []


# %% constant: everything is open
def severity(impact, hits, tries, most):
    return "high" if hits else None


def retest(old, new, attack, variants, honest, tries):
    return "open", list(variants), [], []


# %% lookup: the mends of the page
def severity(impact, hits, tries, most):
    return {(9, 5): "critical", (0, 5): None}.get((hits, most), GRID[impact][1])


def retest(old, new, attack, variants, honest, tries):
    mend = getattr(new(), "mend", "owner")
    return {
        "word": ("partly", ["words", "tool"], [], []),
        "tool": ("partly", ["tool"], [], []),
        "all": ("too much", [], [], ["own"]),
    }.get(mend, ("mended", [], [], []))


# %% lookup: right, but without the old version as a control
def severity(impact, hits, tries, most):
    if not hits:
        return None
    chance = a_day(hits, tries, most)
    return GRID[impact][sum(chance >= edge for edge in (0.05, 0.5))]


def tried(case, old, new, tries):
    try:
        return [[bool(case(app())) for _ in range(tries)] for app in (old, new)]
    except Exception:
        return None


def retest(old, new, attack, variants, honest, tries):
    left, void, lost, shown, same = [], [], [], 0, 0
    for name, case in variants.items():
        seen = tried(case, old, new, tries)
        if seen and any(seen[1]):
            left.append(name)
        elif not seen or not any(seen[0]):
            void.append(name)
        shown += bool(seen and any(seen[0]))
    for name, case in honest.items():
        seen = tried(case, old, new, tries)
        if not seen or not all(seen[0]):
            void.append(name)
            continue
        same += 1
        lost += [name] * (not all(seen[1]))
    main = tried(attack, old, new, tries)
    if not main:
        return "not shown", left, void, lost
    if any(main[1]):
        return "open", left, void, lost
    if left or lost:
        return "partly" if left else "too much", left, void, lost
    return "mended" if shown and same else "unproven", left, void, lost


# %% lookup: right, but one try of each is enough
def severity(impact, hits, tries, most):
    if not hits:
        return None
    chance = a_day(hits, tries, most)
    return GRID[impact][sum(chance >= edge for edge in (0.05, 0.5))]


def tried(case, old, new, tries):
    try:
        return [[bool(case(app())) for _ in range(1)] for app in (old, new)]
    except Exception:
        return None


def retest(old, new, attack, variants, honest, tries):
    left, void, lost, shown, same = [], [], [], 0, 0
    for name, case in variants.items():
        seen = tried(case, old, new, tries)
        if seen and any(seen[1]):
            left.append(name)
        elif not seen or not any(seen[0]):
            void.append(name)
        shown += bool(seen and any(seen[0]))
    for name, case in honest.items():
        seen = tried(case, old, new, tries)
        if not seen or not all(seen[0]):
            void.append(name)
            continue
        same += 1
        lost += [name] * (not all(seen[1]))
    main = tried(attack, old, new, tries)
    if not main or not any(main[0]):
        return "not shown", left, void, lost
    if any(main[1]):
        return "open", left, void, lost
    if left or lost:
        return "partly" if left else "too much", left, void, lost
    return "mended" if shown and same else "unproven", left, void, lost


# %% lookup: right, but nothing has to be shown by a variant
def severity(impact, hits, tries, most):
    if not hits:
        return None
    chance = a_day(hits, tries, most)
    return GRID[impact][sum(chance >= edge for edge in (0.05, 0.5))]


def tried(case, old, new, tries):
    try:
        return [[bool(case(app())) for _ in range(tries)] for app in (old, new)]
    except Exception:
        return None


def retest(old, new, attack, variants, honest, tries):
    left, void, lost, shown, same = [], [], [], 0, 0
    for name, case in variants.items():
        seen = tried(case, old, new, tries)
        if seen and any(seen[1]):
            left.append(name)
        elif not seen or not any(seen[0]):
            void.append(name)
        shown += bool(seen and any(seen[0]))
    for name, case in honest.items():
        seen = tried(case, old, new, tries)
        if not seen or not all(seen[0]):
            void.append(name)
            continue
        same += 1
        lost += [name] * (not all(seen[1]))
    main = tried(attack, old, new, tries)
    if not main or not any(main[0]):
        return "not shown", left, void, lost
    if any(main[1]):
        return "open", left, void, lost
    if left or lost:
        return "partly" if left else "too much", left, void, lost
    return "mended", left, void, lost


# %% another: for each name a pair, and a table of rules
def severity(impact, hits, tries, most):
    if not hits:
        return None
    chance = a_day(hits, tries, most)
    return GRID[impact][sum(chance >= edge for edge in (0.05, 0.5))]


def tried(case, old, new, tries):
    try:
        return [[bool(case(app())) for _ in range(tries)] for app in (old, new)]
    except Exception:
        return None


def retest(old, new, attack, variants, honest, tries):
    left, void, lost, shown, same = [], [], [], 0, 0
    for name, case in variants.items():
        seen = tried(case, old, new, tries)
        if seen and any(seen[1]):
            left.append(name)
        elif not seen or not any(seen[0]):
            void.append(name)
        shown += bool(seen and any(seen[0]))
    for name, case in honest.items():
        seen = tried(case, old, new, tries)
        if not seen or not all(seen[0]):
            void.append(name)
            continue
        same += 1
        lost += [name] * (not all(seen[1]))
    main = tried(attack, old, new, tries)
    if not main or not any(main[0]):
        return "not shown", left, void, lost
    if any(main[1]):
        return "open", left, void, lost
    if left or lost:
        return "partly" if left else "too much", left, void, lost
    return "mended" if shown and same else "unproven", left, void, lost
