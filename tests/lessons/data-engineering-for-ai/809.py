# %% empty
def receive(state, name, rows):
    pass


def forget(state, person, day):
    pass


# %% constant: keeps nothing of anybody
def receive(state, name, rows):
    state["raw"][name] = []


def forget(state, person, day):
    state["forgotten"][pseudonym(person)] = day


# %% lookup: deletes everywhere, and remembers nothing
def receive(state, name, rows):
    state["raw"][name] = list(rows)
    for row in rows:
        state["table"][row[0]] = row
        for word in row[3].split():
            state["index"].setdefault(word, set()).add(row[0])


def forget(state, person, day):
    for name, rows in state["raw"].items():
        state["raw"][name] = [r for r in rows if r[1] != person or r[2] > day]
    for number, row in list(state["table"].items()):
        if row[1] == person and row[2] <= day:
            del state["table"][number]
            for word in row[3].split():
                state["index"][word].discard(number)
    state["index"] = {word: ids for word, ids in state["index"].items() if ids}


# %% lookup: remembers the name itself
def receive(state, name, rows):
    rows = [r for r in rows if r[2] > state["forgotten"].get(r[1], 0)]
    state["raw"][name] = rows
    for row in rows:
        state["table"][row[0]] = row
        for word in row[3].split():
            state["index"].setdefault(word, set()).add(row[0])


def forget(state, person, day):
    state["forgotten"][person] = max(day, state["forgotten"].get(person, 0))
    for name, rows in state["raw"].items():
        state["raw"][name] = [r for r in rows if r[1] != person or r[2] > day]
    for number, row in list(state["table"].items()):
        if row[1] == person and row[2] <= day:
            del state["table"][number]
            for word in row[3].split():
                state["index"][word].discard(number)
    state["index"] = {word: ids for word, ids in state["index"].items() if ids}


# %% lookup: whoever was forgotten never gets in again
def receive(state, name, rows):
    rows = [r for r in rows if pseudonym(r[1]) not in state["forgotten"]]
    state["raw"][name] = rows
    for row in rows:
        state["table"][row[0]] = row
        for word in row[3].split():
            state["index"].setdefault(word, set()).add(row[0])


def forget(state, person, day):
    state["forgotten"][pseudonym(person)] = day
    for name, rows in state["raw"].items():
        state["raw"][name] = [r for r in rows if r[1] != person]
    for number, row in list(state["table"].items()):
        if row[1] == person:
            del state["table"][number]
            for word in row[3].split():
                state["index"][word].discard(number)
    state["index"] = {word: ids for word, ids in state["index"].items() if ids}


# %% lookup: leaves the words in the index
def receive(state, name, rows):
    rows = [r for r in rows if r[2] > state["forgotten"].get(pseudonym(r[1]), 0)]
    state["raw"][name] = rows
    for row in rows:
        state["table"][row[0]] = row
        for word in row[3].split():
            state["index"].setdefault(word, set()).add(row[0])


def forget(state, person, day):
    mark = pseudonym(person)
    state["forgotten"][mark] = max(day, state["forgotten"].get(mark, 0))
    for name, rows in state["raw"].items():
        state["raw"][name] = [r for r in rows if r[1] != person or r[2] > day]
    for number, row in list(state["table"].items()):
        if row[1] == person and row[2] <= day:
            del state["table"][number]
            for word in row[3].split():
                state["index"][word].discard(number)


# %% lookup: takes a word out of the index as often as it stands in the text
def receive(state, name, rows):
    rows = [r for r in rows if r[2] > state["forgotten"].get(pseudonym(r[1]), 0)]
    state["raw"][name] = rows
    for row in rows:
        state["table"][row[0]] = row
        for word in row[3].split():
            state["index"].setdefault(word, set()).add(row[0])


def forget(state, person, day):
    mark = pseudonym(person)
    state["forgotten"][mark] = max(day, state["forgotten"].get(mark, 0))
    for name, rows in state["raw"].items():
        state["raw"][name] = [r for r in rows if r[1] != person or r[2] > day]
    for number, row in list(state["table"].items()):
        if row[1] == person and row[2] <= day:
            del state["table"][number]
            for word in row[3].split():
                state["index"][word].discard(number)
                if not state["index"][word]:
                    del state["index"][word]


# %% another
def receive(state, name, rows):
    days = state["forgotten"]
    state["raw"][name] = [r for r in rows if days.get(pseudonym(r[1]), 0) < r[2]]
    state["table"].update((r[0], r) for r in state["raw"][name])
    anew(state)


def forget(state, person, day):
    mark = pseudonym(person)
    if day > state["forgotten"].get(mark, 0):
        state["forgotten"][mark] = day
    for rows in state["raw"].values():
        rows[:] = [r for r in rows if (r[1], r[2] <= day) != (person, True)]
    for row in [*state["table"].values()]:
        if row[1] == person and row[2] <= day:
            state["table"].pop(row[0])
    anew(state)


def anew(state):
    state["index"].clear()
    for number, row in state["table"].items():
        for word in row[3].split():
            state["index"].setdefault(word, set()).add(number)
