# %% empty
def verdict(source, commercial):
    return None


def duties(run, licenses):
    return None


def without(rows, sheet, commercial):
    return None


# %% constant
def verdict(source, commercial):
    return "ask"


def duties(run, licenses):
    return []


def without(rows, sheet, commercial):
    return []


# %% lookup
def verdict(source, commercial):
    known = {"mailbox 2025": "ask", "supplier forum": "leave out", "course corpus": "leave out"}
    return known.get(source["name"], "use")


def duties(run, licenses):
    return sorted(licenses[run["base"]]["weights"])


def without(rows, sheet, commercial):
    return rows


# %% lookup: forgets what a teacher always asks
def verdict(source, commercial):
    if "training" in source["forbids"] or commercial and "commercial use" in source["forbids"]:
        return "leave out"
    return "ask" if source["license"] is None or source["people"] == "unclear" else "use"


def duties(run, licenses):
    found = set(licenses[run["base"]]["always"])
    if run["distributed"]:
        found |= set(licenses[run["base"]]["weights"])
        for name in run["teachers"]:
            found |= set(licenses[name]["outputs"])
    return sorted(found)


def without(rows, sheet, commercial):
    good = [s["name"] for s in sheet if verdict(s, commercial) == "use"]
    return [r for r in rows if r["source"] in good]


# %% another
def verdict(source, commercial):
    bad = ["training"] + ["commercial use"] * commercial
    if any(word in bad for word in source["forbids"]):
        return "leave out"
    on_record = source["license"] is not None and source["people"] in ("none", "basis")
    return "use" if on_record else "ask"


def duties(run, licenses):
    parts = [(run["base"], "weights")] + [(name, "outputs") for name in run["teachers"]]
    found = []
    for name, kind in parts:
        found += licenses[name]["always"]
        if run["distributed"]:
            found += licenses[name][kind]
    return sorted(set(found))


def without(rows, sheet, commercial):
    said = {s["name"]: verdict(s, commercial) for s in sheet}
    return [row for row in rows if said.get(row["source"]) == "use"]
