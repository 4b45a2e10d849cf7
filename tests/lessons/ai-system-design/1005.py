# %% empty
def audit(stores, flows, promise):
    return set()


def leaks(make):
    return set()


# %% constant
def audit(stores, flows, promise):
    return {("traces", "where"), ("traces", "who")}


def leaks(make):
    return {"tenant", "removed"}


# %% lookup
def audit(stores, flows, promise):
    if "backup" in stores:
        return {("backup", "days"), ("traces", "where")}
    return {(n, "where") for n, s in stores.items() if s["where"] != promise["where"]}


def leaks(make):
    return {"tenant", "removed"} if make is Assistant else set()


# %% lookup: each store's own days, and asks as the other tenant alone
def audit(stores, flows, promise):
    found = set()
    for name in reached(stores, flows):
        store = stores[name]
        bad = {"where": store["where"] != promise["where"]}
        bad |= {"who": store["who"] not in promise["who"], "days": store["days"] > promise["days"]}
        found |= {(name, kind) for kind in bad if bad[kind]}
    return found


def leaks(make):
    system = make()
    system.add("a", "roof marker")
    return {"tenant"} if "marker" in system.ask("b", "roof") else set()


# %% lookup: follows numbers as if they were text
def audit(stores, flows, promise):
    flows = [f | {"text": True} for f in flows]
    found = set()
    for name in reached(stores, flows):
        store = stores[name]
        bad = {"where": store["where"] != promise["where"]}
        bad |= {"who": store["who"] not in promise["who"]}
        bad |= {"days": last_day(name, flows, stores) > promise["days"]}
        found |= {(name, kind) for kind in bad if bad[kind]}
    return found


def leaks(make):
    found = set()
    system = make()
    system.add("a", "roof marker")
    system.ask("a", "roof")
    if "marker" in system.ask("b", "roof"):
        found.add("tenant")
    system.remove("a", "roof marker")
    if "marker" in system.ask("a", "roof"):
        found.add("removed")
    return found


# %% lookup: also counts the days of what never held the portal's text
def audit(stores, flows, promise):
    found = set()
    for name in reached(stores, flows):
        store = stores[name]
        bad = {"where": store["where"] != promise["where"]}
        bad |= {"who": store["who"] not in promise["who"]}
        bad |= {"days": last_day(name, flows, stores) > promise["days"]}
        found |= {(name, kind) for kind in bad if bad[kind]}
    return found


def leaks(make):
    found = set()
    for first in "ab":
        system = make()
        system.add("a", "roof marker")
        system.ask(first, "roof")
        if "marker" in system.ask("b", "roof"):
            found.add("tenant")
    system = make()
    system.add("a", "roof marker")
    system.ask("a", "roof")
    system.remove("a", "roof marker")
    if "marker" in system.ask("a", "roof"):
        found.add("removed")
    return found


# %% lookup: of several flows into a store the first that comes
def audit(stores, flows, promise):
    arrives, todo = {"portal": 0}, ["portal"]
    for name in todo:
        for f in flows:
            if f["from"] == name and f["text"] and f["to"] not in arrives:
                late = stores[name]["days"] * (f["when"] == "later")
                arrives[f["to"]] = arrives[name] + late
                todo.append(f["to"])
    found = set()
    for name in todo[1:]:
        store = stores[name]
        bad = {"where": store["where"] != promise["where"]}
        bad |= {"who": store["who"] not in promise["who"]}
        bad |= {"days": arrives[name] + store["days"] > promise["days"]}
        found |= {(name, kind) for kind in bad if bad[kind]}
    return found


def leaks(make):
    found = set()
    for first in "ab":
        system = make()
        system.add("a", "roof marker")
        system.ask(first, "roof")
        if "marker" in system.ask("b", "roof"):
            found.add("tenant")
    system = make()
    system.add("a", "roof marker")
    system.ask("a", "roof")
    system.remove("a", "roof marker")
    if "marker" in system.ask("a", "roof"):
        found.add("removed")
    return found


# %% another
def audit(stores, flows, promise):
    arrives, changed = {"portal": 0}, True
    while changed:
        changed = False
        for f in flows:
            if not f["text"] or f["from"] not in arrives:
                continue
            day = arrives[f["from"]]
            if f["when"] == "later":
                day += stores[f["from"]]["days"]
            if day > arrives.get(f["to"], -1):
                arrives[f["to"]], changed = day, True
    found = set()
    for name, day in arrives.items():
        if name == "portal":
            continue
        if stores[name]["where"] != promise["where"]:
            found.add((name, "where"))
        if stores[name]["who"] not in promise["who"]:
            found.add((name, "who"))
        if day + stores[name]["days"] > promise["days"]:
            found.add((name, "days"))
    return found


def leaks(make):
    system, found = make(), set()
    system.add("one", "zebra stripes")
    system.ask("one", "any zebra")
    if system.ask("two", "any zebra"):
        found.add("tenant")
    system.remove("one", "zebra stripes")
    if system.ask("one", "any zebra"):
        found.add("removed")
    return found
