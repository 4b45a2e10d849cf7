# %% empty
def step(state, source, overlap):
    return None


def repair(state, source):
    return None


# %% constant
def step(state, source, overlap):
    source.since(state["mark"] - overlap)
    state["copy"] = {}


def repair(state, source):
    state["copy"].clear()
    state["copy"].update({t: row for t, *row in source.all()})
    return 3


# %% lookup: no overlap
def step(state, source, overlap):
    copy = state["copy"]
    for ticket, updated, status in source.since(state["mark"]):
        copy[ticket] = updated, status
        state["mark"] = max(state["mark"], updated)
    for ticket in copy.keys() - source.keys():
        del copy[ticket]


def repair(state, source):
    truth = {t: (u, s) for t, u, s in source.all()}
    wrong = sum(map(len, compare(state["copy"], truth)))
    state["copy"] = truth
    return wrong


# %% lookup: what is gone stays
def step(state, source, overlap):
    for ticket, updated, status in source.since(state["mark"] - overlap):
        state["copy"][ticket] = updated, status
        state["mark"] = max(state["mark"], updated)


def repair(state, source):
    truth = {t: (u, s) for t, u, s in source.all()}
    wrong = sum(map(len, compare(state["copy"], truth)))
    state["copy"] = truth
    return wrong


# %% lookup: reads all of it each time
def step(state, source, overlap):
    state["copy"] = {t: (u, s) for t, u, s in source.all()}
    state["mark"] = max([state["mark"], *(u for u, _ in state["copy"].values())])


def repair(state, source):
    truth = {t: (u, s) for t, u, s in source.all()}
    wrong = sum(map(len, compare(state["copy"], truth)))
    state["copy"] = truth
    return wrong


# %% lookup: the mark is the last row's, whatever came before
def step(state, source, overlap):
    copy = state["copy"]
    for ticket, updated, status in source.since(state["mark"] - overlap):
        copy[ticket] = updated, status
        state["mark"] = updated
    for ticket in copy.keys() - source.keys():
        del copy[ticket]


def repair(state, source):
    truth = {t: (u, s) for t, u, s in source.all()}
    wrong = sum(map(len, compare(state["copy"], truth)))
    state["copy"] = truth
    return wrong


# %% another
def step(state, source, overlap):
    new = {t: (u, s) for t, u, s in source.since(state["mark"] - overlap)}
    there = source.keys()
    state["copy"] = {t: row for t, row in {**state["copy"], **new}.items() if t in there}
    state["mark"] = max([state["mark"]] + [u for u, _ in new.values()])


def repair(state, source):
    truth = {t: (u, s) for t, u, s in source.all()}
    wrong = {t for t, _ in truth.items() ^ state["copy"].items()}
    state["copy"] = truth
    return len(wrong)
