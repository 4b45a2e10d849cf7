# %% empty
def agree(first, second, least):
    return [], 0


def suspects(labels, found, least):
    return []


# %% constant
def agree(first, second, least):
    return [(0, 0)], 0.92


def suspects(labels, found, least):
    return [0, 1, 2]


# %% lookup: a box may have several partners
def agree(first, second, least):
    pairs = [
        (i, j)
        for i, a in enumerate(first)
        for j, b in enumerate(second)
        if iou(a, b) >= least
    ]
    total = len(first) + len(second)
    return pairs, 2 * len(pairs) / total if total else 1


def suspects(labels, found, least):
    strange = [n for n, row in enumerate(found) if partner(row, labels) < least]
    return sorted(strange, key=lambda n: -found[n]["sure"])


# %% lookup: each takes the first that will do
def agree(first, second, least):
    pairs, used = [], set()
    for i, a in enumerate(first):
        for j, b in enumerate(second):
            if j not in used and iou(a, b) >= least:
                pairs.append((i, j))
                used.add(j)
                break
    total = len(first) + len(second)
    return pairs, 2 * len(pairs) / total if total else 1


def suspects(labels, found, least):
    strange = [n for n, row in enumerate(found) if partner(row, labels) < least]
    return sorted(strange, key=lambda n: -found[n]["sure"])


# %% lookup: labels of other pictures count as well
def agree(first, second, least):
    scored = sorted(
        ((iou(a, b), i, j) for i, a in enumerate(first) for j, b in enumerate(second)),
        reverse=True,
    )
    pairs, rows, columns = [], set(), set()
    for score, i, j in scored:
        if score >= least and i not in rows and j not in columns:
            pairs.append((i, j))
            rows.add(i)
            columns.add(j)
    total = len(first) + len(second)
    return sorted(pairs), 2 * len(pairs) / total if total else 1


def suspects(labels, found, least):
    strange = [
        n
        for n, row in enumerate(found)
        if all(iou(k["box"], row["box"]) < least for k in labels)
    ]
    return sorted(strange, key=lambda n: -found[n]["sure"])


# %% lookup: an IoU of exactly the least is too little
def agree(first, second, least):
    table = {(i, j): iou(a, b) for i, a in enumerate(first) for j, b in enumerate(second)}
    pairs = []
    while table and max(table.values()) > least:
        i, j = max(table, key=table.get)
        pairs.append((i, j))
        table = {key: value for key, value in table.items() if key[0] != i and key[1] != j}
    total = len(first) + len(second)
    return sorted(pairs), 2 * len(pairs) / total if total else 1


def suspects(labels, found, least):
    order = sorted(range(len(found)), key=lambda n: (-found[n]["sure"], n))
    return [
        n
        for n in order
        if not any(
            k["picture"] == found[n]["picture"] and iou(k["box"], found[n]["box"]) > least
            for k in labels
        )
    ]


# %% another
def agree(first, second, least):
    table = {(i, j): iou(a, b) for i, a in enumerate(first) for j, b in enumerate(second)}
    pairs = []
    while table and max(table.values()) >= least:
        i, j = max(table, key=table.get)
        pairs.append((i, j))
        table = {key: value for key, value in table.items() if key[0] != i and key[1] != j}
    total = len(first) + len(second)
    return sorted(pairs), 2 * len(pairs) / total if total else 1


def suspects(labels, found, least):
    order = sorted(range(len(found)), key=lambda n: (-found[n]["sure"], n))
    return [
        n
        for n in order
        if not any(
            k["picture"] == found[n]["picture"] and iou(k["box"], found[n]["box"]) >= least
            for k in labels
        )
    ]
