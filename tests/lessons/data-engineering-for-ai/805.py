# %% empty
def receive(rows, contract):
    return None


# %% constant: all is well
def receive(rows, contract):
    return rows, [], []


# %% constant: refuses everything
def receive(rows, contract):
    return [], [(row, list(contract["fields"])) for row in rows], ["most_bad", "least_rows"]


# %% lookup: rows are checked, the delivery isn't
def receive(rows, contract):
    good, bad, keys = [], [], set()
    for row in rows:
        broken = []
        for name, rule in contract["fields"].items():
            try:
                if not rule(row[name]):
                    broken.append(name)
            except Exception:
                broken.append(name)
        if not broken and row[contract["key"]] in keys:
            broken = ["key"]
        if broken:
            bad.append((row, broken))
        else:
            keys.add(row[contract["key"]])
            good.append(row)
    return good, bad, []


# %% lookup: what can't be read is skipped in silence
def receive(rows, contract):
    good, bad, keys = [], [], set()
    for row in rows:
        try:
            broken = [name for name, rule in contract["fields"].items() if not rule(row[name])]
        except Exception:
            continue
        if not broken and row[contract["key"]] in keys:
            broken = ["key"]
        if broken:
            bad.append((row, broken))
        else:
            keys.add(row[contract["key"]])
            good.append(row)
    why = []
    if len(bad) > contract["most_bad"] * len(rows):
        why.append("most_bad")
    if len(good) < contract["least_rows"]:
        why.append("least_rows")
    for name, (low, high) in contract["middle"].items():
        values = [row[name] for row in good]
        if not values or not low <= median(values) <= high:
            why.append(name)
    return ([] if why else good), bad, why


# %% lookup: only the first broken field is named
def receive(rows, contract):
    good, bad, keys = [], [], set()
    for row in rows:
        broken = []
        for name, rule in contract["fields"].items():
            try:
                fine = rule(row[name])
            except Exception:
                fine = False
            if not fine:
                broken = [name]
                break
        if not broken and row[contract["key"]] in keys:
            broken = ["key"]
        if broken:
            bad.append((row, broken))
        else:
            keys.add(row[contract["key"]])
            good.append(row)
    why = []
    if len(bad) > contract["most_bad"] * len(rows):
        why.append("most_bad")
    if len(good) < contract["least_rows"]:
        why.append("least_rows")
    for name, (low, high) in contract["middle"].items():
        values = [row[name] for row in good]
        if not values or not low <= median(values) <= high:
            why.append(name)
    return ([] if why else good), bad, why


# %% another
def receive(rows, contract):
    def broken(row):
        for name, rule in contract["fields"].items():
            try:
                assert rule(row[name])
            except Exception:
                yield name

    found = [list(broken(row)) for row in rows]
    first = {}
    for place, row in enumerate(rows):
        if not found[place]:
            first.setdefault(row[contract["key"]], place)
    for place, row in enumerate(rows):
        if not found[place] and first[row[contract["key"]]] != place:
            found[place] = ["key"]
    good = [row for row, names in zip(rows, found) if not names]
    bad = [(row, names) for row, names in zip(rows, found) if names]
    kept = {
        "most_bad": len(bad) <= contract["most_bad"] * len(rows),
        "least_rows": len(good) >= contract["least_rows"],
    }
    for name, (low, high) in contract["middle"].items():
        kept[name] = bool(good) and low <= median(row[name] for row in good) <= high
    why = [name for name, is_kept in kept.items() if not is_kept]
    return [] if why else good, bad, why
