# %% empty
def cost(job, tables, price, least):
    return 0.0


def worth_keeping(jobs, tables, price, least, builds, size):
    return []


# %% constant: the least that a run costs
def cost(job, tables, price, least):
    return least * price * job["runs"]


def worth_keeping(jobs, tables, price, least, builds, size):
    return [(sorted(job["name"] for job in jobs), 1.0)]


# %% lookup: the least is charged once a month
def cost(job, tables, price, least):
    table = tables[job["table"]]
    names = table["bytes"] if job["columns"] == "*" else set(job["columns"])
    rows = sum(table["rows"][-job["days"] :] if job["days"] else table["rows"])
    width = sum(table["bytes"][name] for name in names)
    return max(rows * width * job["runs"], least) * price


def worth_keeping(jobs, tables, price, least, builds, size):
    return []


# %% lookup: the oldest days in place of the newest
def cost(job, tables, price, least):
    table = tables[job["table"]]
    names = table["bytes"] if job["columns"] == "*" else set(job["columns"])
    rows = sum(table["rows"][: job["days"]])
    width = sum(table["bytes"][name] for name in names)
    return max(rows * width, least) * price * job["runs"]


def worth_keeping(jobs, tables, price, least, builds, size):
    return []


# %% lookup: each job keeps a result of its own
def cost(job, tables, price, least):
    table = tables[job["table"]]
    names = table["bytes"] if job["columns"] == "*" else set(job["columns"])
    rows = sum(table["rows"][-job["days"] :] if job["days"] else table["rows"])
    width = sum(table["bytes"][name] for name in names)
    return max(rows * width, least) * price * job["runs"]


def worth_keeping(jobs, tables, price, least, builds, size):
    found = []
    for job in jobs:
        all_ = cost(job, tables, price, least)
        saved = all_ - builds * all_ / job["runs"] - job["runs"] * max(size, least) * price
        if saved > 1e-9:
            found.append(([job["name"]], saved))
    return sorted(found, key=lambda pair: -pair[1])


# %% lookup: reading the kept result is free
def cost(job, tables, price, least):
    table = tables[job["table"]]
    names = table["bytes"] if job["columns"] == "*" else set(job["columns"])
    rows = sum(table["rows"][-job["days"] :] if job["days"] else table["rows"])
    width = sum(table["bytes"][name] for name in names)
    return max(rows * width, least) * price * job["runs"]


def worth_keeping(jobs, tables, price, least, builds, size):
    groups = {}
    for job in jobs:
        table = tables[job["table"]]
        names = frozenset(table["bytes"] if job["columns"] == "*" else job["columns"])
        days = min(job["days"] or 99, len(table["rows"]))
        groups.setdefault((job["table"], names, days), []).append(job)
    found = []
    for members in groups.values():
        runs = sum(job["runs"] for job in members)
        saved = cost(members[0], tables, price, least) / members[0]["runs"] * (runs - builds)
        if saved > 1e-9:
            found.append((sorted(job["name"] for job in members), saved))
    return sorted(found, key=lambda pair: -pair[1])


# %% another
def cost(job, tables, price, least):
    table, chosen = tables[job["table"]], job["columns"]
    days = len(table["rows"]) if job["days"] is None else job["days"]
    size = 0
    for name, width in table["bytes"].items():
        if chosen == "*" or name in chosen:
            size += width * sum(table["rows"][::-1][:days])
    return job["runs"] * price * (size if size > least else least)


def worth_keeping(jobs, tables, price, least, builds, size):
    groups = {}
    for job in jobs:
        table = tables[job["table"]]
        used = [c for c in table["bytes"] if job["columns"] == "*" or c in job["columns"]]
        days = len(table["rows"][::-1][: job["days"]])
        groups.setdefault(str([job["table"], used, days]), []).append(job)
    savings = {}
    for members in groups.values():
        now = sum(cost(job, tables, price, least) for job in members)
        build = builds * cost(members[0] | {"runs": 1}, tables, price, least)
        reads = sum(job["runs"] for job in members) * price * max(size, least)
        if now - build - reads > 1e-9:
            savings[tuple(sorted(job["name"] for job in members))] = now - build - reads
    ordered = sorted(savings, key=savings.get, reverse=True)
    return [(list(names), savings[names]) for names in ordered]
