# %% empty
def split(rows, earlier, share):
    return [], []


def fair(old, new, before, after):
    return 0, 0, 0


# %% constant: everything is training
def split(rows, earlier, share):
    return list(rows), []


def fair(old, new, before, after):
    return len(new), len(new), len(new)


# %% lookup: forgets the sides given before
def split(rows, earlier, share):
    test = [r for r in rows if fraction(r["customer"]) < share]
    seen = [r["text"].lower().split() for r in test]
    train = [r for r in rows if r not in test and r["text"].lower().split() not in seen]
    return train, test


def fair(old, new, before, after):
    rows = [r for r in new if r in old and r["id"] in before and r["id"] in after]
    return len(rows), *(sum(m[r["id"]] == r["team"] for r in rows) for m in (before, after))


# %% lookup: leaves the other people’s copies in training
def split(rows, earlier, share):
    sides = {r["customer"]: fraction(r["customer"]) < share for r in rows}
    sides |= {who: side == "test" for who, side in earlier.items()}
    test = [r for r in rows if sides[r["customer"]]]
    return [r for r in rows if not sides[r["customer"]]], test


def fair(old, new, before, after):
    rows = [r for r in new if r in old and r["id"] in before and r["id"] in after]
    return len(rows), *(sum(m[r["id"]] == r["team"] for r in rows) for m in (before, after))


# %% lookup: copies must be equal to the letter
def split(rows, earlier, share):
    sides = {r["customer"]: fraction(r["customer"]) < share for r in rows}
    sides |= {who: side == "test" for who, side in earlier.items()}
    test = [r for r in rows if sides[r["customer"]]]
    seen = {r["text"] for r in test}
    return [r for r in rows if not sides[r["customer"]] and r["text"] not in seen], test


def fair(old, new, before, after):
    rows = [r for r in new if r in old and r["id"] in before and r["id"] in after]
    return len(rows), *(sum(m[r["id"]] == r["team"] for r in rows) for m in (before, after))


# %% lookup: compares where only the id is the same
def split(rows, earlier, share):
    sides = {r["customer"]: fraction(r["customer"]) < share for r in rows}
    sides |= {who: side == "test" for who, side in earlier.items()}
    test = [r for r in rows if sides[r["customer"]]]
    seen = [r["text"].lower().split() for r in test]
    train = [r for r in rows if r not in test and r["text"].lower().split() not in seen]
    return train, test


def fair(old, new, before, after):
    known = {r["id"] for r in old} & before.keys() & after.keys()
    rows = [r for r in new if r["id"] in known]
    return len(rows), *(sum(m[r["id"]] == r["team"] for r in rows) for m in (before, after))


# %% another
def split(rows, earlier, share):
    sides = {"train": [], "test": []}
    for row in rows:
        side = "test" if fraction(row["customer"]) < share else "train"
        sides[earlier.get(row["customer"], side)].append(row)
    train = []
    for row in sides["train"]:
        words = row["text"].casefold().split()
        if not any(words == other["text"].casefold().split() for other in sides["test"]):
            train.append(row)
    return train, sides["test"]


def fair(old, new, before, after):
    was = {row["id"]: row for row in old}
    count = one = two = 0
    for row in new:
        number = row["id"]
        if number not in was or number not in before or number not in after:
            continue
        if any(was[number][field] != row[field] for field in ("text", "team")):
            continue
        count += 1
        one += before[number] == row["team"]
        two += after[number] == row["team"]
    return count, one, two
