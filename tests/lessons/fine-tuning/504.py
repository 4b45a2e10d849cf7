# %% empty
def groups(rows, least):
    return []


def split(rows, least, share):
    return [], []


def conflicts(rows, least):
    return []


# %% constant
def groups(rows, least):
    return [0] * len(rows)


def split(rows, least, share):
    return [], rows


def conflicts(rows, least):
    return []


# %% lookup: groups by the supplier alone
def groups(rows, least):
    names = sorted({row["supplier"] for row in rows})
    return [names.index(row["supplier"]) for row in rows]


def split(rows, least, share):
    number, test = groups(rows, least), set()
    while sum(n in test for n in number) < share * len(rows):
        test.add(len(test))
    return (
        [r for r, n in zip(rows, number) if n not in test],
        [r for r, n in zip(rows, number) if n in test],
    )


def conflicts(rows, least):
    return []


# %% lookup: twins only, not carried on
def groups(rows, least):
    number = []
    for i, a in enumerate(rows):
        n = i
        for j, b in enumerate(rows[:i]):
            if a["supplier"] == b["supplier"] or alike(a["shingles"], b["shingles"]) >= least:
                n = number[j]
        number.append(n)
    return number


def split(rows, least, share):
    return rows[:28], rows[28:]


def conflicts(rows, least):
    return []


# %% twins from above the limit on
def groups(rows, least):
    number = list(range(len(rows)))
    for i, a in enumerate(rows):
        for j, b in enumerate(rows[:i]):
            same = a["supplier"] == b["supplier"]
            near = alike(a["shingles"], b["shingles"])
            if same or near > least:
                old, new = number[i], number[j]
                number = [new if n == old else n for n in number]
    return number


def split(rows, least, share):
    number = groups(rows, least)
    need, size = share * len(rows), number.count
    chosen = []
    for group in sorted(set(number), key=size):
        if sum(map(size, chosen)) < need:
            chosen.append(group)
    for group in list(chosen):
        if sum(map(size, chosen)) - size(group) >= need:
            chosen.remove(group)
    sides = [], []
    for row, n in zip(rows, number):
        sides[n in chosen].append(row)
    return sides


def conflicts(rows, least):
    return [
        (a["id"], b["id"])
        for i, a in enumerate(rows)
        for b in rows[i + 1 :]
        if a["label"] != b["label"] and alike(a["shingles"], b["shingles"]) > least
    ]


# %% another
def groups(rows, least):
    number = [None] * len(rows)
    for start in range(len(rows)):
        stack = [start] if number[start] is None else []
        while stack:
            i = stack.pop()
            number[i] = start
            for j, other in enumerate(rows):
                near = alike(rows[i]["shingles"], other["shingles"]) >= least
                if number[j] is None and (near or rows[i]["supplier"] == other["supplier"]):
                    stack.append(j)
    return number


def split(rows, least, share):
    number = groups(rows, least)
    need = share * len(rows)
    test = set(number)
    for group in sorted(test, key=number.count, reverse=True):
        if sum(n in test - {group} for n in number) >= need:
            test.discard(group)
    train = [row for row, n in zip(rows, number) if n not in test]
    return train, [row for row, n in zip(rows, number) if n in test]


def conflicts(rows, least):
    found = []
    for i in range(len(rows)):
        for j in range(i + 1, len(rows)):
            a, b = rows[i], rows[j]
            if alike(a["shingles"], b["shingles"]) >= least and a["label"] != b["label"]:
                found.append((a["id"], b["id"]))
    return found
