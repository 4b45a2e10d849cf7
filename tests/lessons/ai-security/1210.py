# %% empty
def measure(rule, log, bad):
    return None


def reach(log, source, trusted):
    return set(), set(), set()


# %% constant: everything was reached
def measure(rule, log, bad):
    return len(bad), 0, 0, 0


def reach(log, source, trusted):
    things = {each["what"] for each in log if each["does"] != "mail"}
    return {each["run"] for each in log}, things, {t for t in things if t.startswith("order:")}


# %% lookup: the figures of the page
def measure(rule, log, bad):
    return {"stranger": (7, 1, 12, 7), "many": (6, 2, 9, 2)}.get(rule.__name__, (5, 3, 0, 2))


def reach(log, source, trusted):
    runs = {each["run"] for each in log if each["what"] == source}
    return runs, {source, "note:faq"}, orders(log)


# %% lookup: who mailed a stranger, and all that was read after the source
def measure(rule, log, bad):
    first = rang(rule, log)
    begins = {}
    for each in log:
        begins.setdefault(each["run"], each["t"])
    found = bad & first.keys()
    slow = max((first[run] - begins[run] for run in found), default=None)
    return len(found), len(bad - found), len(first.keys() - bad), slow


def reach(log, source, trusted):
    tainted, poisoned, ever, left, read = set(), {source}, {source}, set(), {}
    for each in log:
        run, what = each["run"], each["what"]
        if each["does"] == "read" and what in poisoned:
            tainted.add(run)
        if each["does"] == "read" and run in tainted and what.startswith("order:"):
            read.setdefault(run, set()).add(what)
        if each["does"] == "write" and run in tainted:
            poisoned.add(what)
            ever.add(what)
        elif each["does"] == "write" and what != source:
            poisoned.discard(what)
        if each["does"] == "mail" and run in tainted and what not in trusted:
            left |= read.get(run, set())
    return tainted, ever, left


# %% lookup: right, but without the order of time
def measure(rule, log, bad):
    first = rang(rule, log)
    begins = {}
    for each in log:
        begins.setdefault(each["run"], each["t"])
    found = bad & first.keys()
    slow = max((first[run] - begins[run] for run in found), default=None)
    return len(found), len(bad - found), len(first.keys() - bad), slow


def reach(log, source, trusted):
    tainted, things = set(), {source}
    for _ in log:
        tainted |= {e["run"] for e in log if e["does"] == "read" and e["what"] in things}
        things |= {e["what"] for e in log if e["does"] == "write" and e["run"] in tainted}
    mailed = {
        e["run"]
        for e in log
        if e["does"] == "mail" and e["run"] in tainted and e["what"] not in trusted
    }
    return tainted, things, orders([e for e in log if e["run"] in mailed])


# %% another: for each run its lines, and what left by slices
def measure(rule, log, bad):
    times, rings = {}, {}
    for run in {each["run"] for each in log}:
        own = [each for each in log if each["run"] == run]
        for n in range(len(own)):
            if rule(own[: n + 1]):
                rings[run] = own[n]["t"]
                times[run] = own[n]["t"] - own[0]["t"]
                break
    hits = [run for run in bad if run in rings]
    false = sum(run not in bad for run in rings)
    return len(hits), len(bad) - len(hits), false, max((times[run] for run in hits), default=None)


def reach(log, source, trusted):
    since, poisoned, ever = {}, {source}, {source}
    for n, each in enumerate(log):
        if each["does"] == "read" and each["what"] in poisoned:
            since.setdefault(each["run"], n)
        elif each["does"] == "write":
            if each["run"] in since:
                poisoned.add(each["what"])
            elif each["what"] != source:
                poisoned -= {each["what"]}
            ever |= poisoned
    left = set()
    for n, each in enumerate(log):
        out = each["does"] == "mail" and each["what"] not in trusted
        if out and since.get(each["run"], n) < n:
            left |= orders([e for e in log[:n] if e["run"] == each["run"]])
    return set(since), ever, left
