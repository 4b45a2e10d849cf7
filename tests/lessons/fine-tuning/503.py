# %% empty
def verdict(source, commercial):
    return None


def duties(name, runs, licenses):
    return None


def saw(supplier, rows, runs):
    return None


# %% constant
def verdict(source, commercial):
    return "ask"


def duties(name, runs, licenses):
    return []


def saw(supplier, rows, runs):
    return []


# %% lookup
def verdict(source, commercial):
    known = {"mailbox 2025": "ask", "supplier forum": "leave out", "course corpus": "leave out"}
    return known.get(source.get("name"), "use")


def duties(name, runs, licenses):
    return {"reply-v1": ["name begins with “Llama”"]}.get(name, [])


def saw(supplier, rows, runs):
    return {"Hansen": ["mailbox-v1", "mailbox-v2", "reply-v1"]}.get(supplier, [])


# %% lookup: one step of the chain
def verdict(source, commercial):
    bad = ["training"] + ["commercial use"] * commercial
    if any(word in bad for word in source["forbids"]):
        return "leave out"
    return "ask" if source["license"] is None or source["people"] == "unclear" else "use"


def duties(name, runs, licenses):
    run = runs[name]
    found = set(licenses.get(run["base"], {"weights": []})["weights"])
    for teacher in run["teachers"]:
        found |= set(licenses.get(teacher, {"outputs": []})["outputs"])
    return sorted(found)


def saw(supplier, rows, runs):
    hers = [r["id"] for r in rows if r["supplier"] == supplier]
    return sorted(n for n in runs if any(i in hers for i in runs[n]["rows"]))


# %% another
def verdict(source, commercial):
    bad = ["training"] + ["commercial use"] * commercial
    if any(word in bad for word in source["forbids"]):
        return "leave out"
    on_record = source["license"] is not None and source["people"] in ("none", "basis")
    return "use" if on_record else "ask"


def duties(name, runs, licenses):
    found, left = [], [(name, "weights")]
    while left:
        one, kind = left.pop()
        if one in runs:
            left.append((runs[one]["base"], "weights"))
            left += [(teacher, "outputs") for teacher in runs[one]["teachers"]]
        else:
            found += licenses[one][kind]
    return sorted(set(found))


def saw(supplier, rows, runs):
    hers = {r["id"] for r in rows if r["supplier"] == supplier}
    reached = {n for n in runs if hers & set(runs[n]["rows"])}
    while True:
        more = {n for n in runs if {runs[n]["base"], *runs[n]["teachers"]} & reached} - reached
        if not more:
            return sorted(reached)
        reached |= more
