# %% empty
def reached(arrows, strangers, harm):
    return set()


def cut(arrows, strangers, harm):
    return None


# %% constant
def reached(arrows, strangers, harm):
    return {(a, b) for a in strangers for b in harm}


def cut(arrows, strangers, harm):
    return {("reply", "picture from any site")}


# %% lookup: the page's cuts for whatever is asked
def reached(arrows, strangers, harm):
    return {(a, way[-1]) for a in strangers for way in ways(arrows, a, harm)}


def cut(arrows, strangers, harm):
    named = {("assistant", "refund"), ("reply", "picture from any site"),
             ("send_mail", "data at a stranger")}
    return named & set(arrows)


# %% lookup: the cheapest arrow of each way, which is not the cheapest set
def reached(arrows, strangers, harm):
    return {(a, way[-1]) for a in strangers for end in harm for way in ways(arrows, a, end)}


def cut(arrows, strangers, harm):
    gone = set()
    for stranger in strangers:
        for way in ways(arrows, stranger, harm):
            steps = [each for each in zip(way, way[1:]) if arrows[each]]
            if not steps:
                return None
            if not gone & set(steps):
                gone.add(min(steps, key=lambda each: arrows[each]))
    return gone


# %% another
def reached(arrows, strangers, harm):
    def closure(start, seen):
        for a, b in arrows:
            if a == start and b not in seen:
                seen.add(b)
                closure(b, seen)
        return seen

    return {(a, b) for a in strangers for b in closure(a, {a}) & set(harm)}


def cut(arrows, strangers, harm):
    best = [float("inf"), None]
    some = [each for each in arrows if arrows[each]]

    def go(place, gone, days):
        if days >= best[0]:
            return
        left = [each for each in arrows if each not in gone]
        if not reached(left, strangers, harm):
            best[:] = [days, set(gone)]
        elif place < len(some):
            go(place + 1, gone | {some[place]}, days + arrows[some[place]])
            go(place + 1, gone, days)

    go(0, frozenset(), 0)
    return best[1]
