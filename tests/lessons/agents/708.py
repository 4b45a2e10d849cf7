# %% empty
def own(spans):
    return {}


def origins(spans):
    return []


def carried(spans):
    return {}


def kept(span, tools):
    return {}


# %% constant
def own(spans):
    return {s["span_id"]: 0 for s in spans}


def origins(spans):
    return [spans[0]["span_id"]]


def carried(spans):
    return {s["span_id"]: 19520 for s in spans}


def kept(span, tools):
    return span | {"name": "execute_tool _OTHER", "attributes": {}}


# %% lookup: right for the page's run, where children hardly overlap and one agent runs
def own(spans):
    left = {s["span_id"]: s["end"] - s["start"] for s in spans}
    for s in spans:
        if s["parent_id"] in left:
            left[s["parent_id"]] -= s["end"] - s["start"]
    return left


def origins(spans):
    return sorted(s["span_id"] for s in spans if s["name"] == "GET")


def carried(spans):
    chats = [s for s in spans if s["name"].startswith("chat")]
    found = {}
    for n, (a, b) in enumerate(pairwise(chats), 1):
        now, then = a["attributes"], b["attributes"]
        found[a["span_id"]] = (then[TOKENS] - now[TOKENS] - now[OUT]) * (len(chats) - n)
    return found


def kept(span, tools):
    facts = {k: v for k, v in span["attributes"].items() if k in ALLOWED}
    return span | {"attributes": facts}


# %% lookup: everything right but for the made-up name and agents inside agents
def own(spans):
    left = {}
    for s in spans:
        busy = {t for c in spans if c["parent_id"] == s["span_id"]
                for t in range(c["start"], c["end"])}
        left[s["span_id"]] = s["end"] - s["start"] - len(busy)
    return left


def origins(spans):
    bad = [s for s in spans if "error.type" in s["attributes"]]
    above = {s["parent_id"] for s in bad}
    return sorted(s["span_id"] for s in bad if s["span_id"] not in above)


def carried(spans):
    chats = sorted((s for s in spans if s["name"].startswith("chat")), key=lambda s: s["start"])
    found = {}
    for n, (a, b) in enumerate(pairwise(chats), 1):
        now, then = a["attributes"], b["attributes"]
        found[a["span_id"]] = (then[TOKENS] - now[TOKENS] - now[OUT]) * (len(chats) - n)
    return found


def kept(span, tools):
    facts = {k: v for k, v in span["attributes"].items() if k in ALLOWED}
    return span | {"attributes": facts}


# %% another
def own(spans):
    left = {}
    for s in spans:
        free = [True] * (s["end"] - s["start"])
        for child in spans:
            if child["parent_id"] == s["span_id"]:
                for at in range(child["start"], child["end"]):
                    free[at - s["start"]] = False
        left[s["span_id"]] = sum(free)
    return left


def origins(spans):
    bad = [s for s in spans if "error.type" in s["attributes"]]
    above = {s["parent_id"] for s in bad}
    return sorted(s["span_id"] for s in bad if s["span_id"] not in above)


def carried(spans):
    histories, found = {}, {}
    for s in sorted(spans, key=lambda span: -span["start"]):
        if s["attributes"]["gen_ai.operation.name"] == "chat":
            histories.setdefault(s["parent_id"], []).append(s)
    for later in histories.values():
        for behind, s in enumerate(later):
            if behind:
                then = later[behind - 1]["attributes"][TOKENS]
                now = s["attributes"]
                found[s["span_id"]] = (then - now[TOKENS] - now[OUT]) * behind
    return found


def kept(span, tools):
    what, _, name = span["name"].partition(" ")
    facts = {k: span["attributes"][k] for k in span["attributes"].keys() & ALLOWED}
    if what == "execute_tool" and name and name not in tools:
        facts["gen_ai.tool.name"] = "_OTHER"
        return {**span, "name": f"{what} _OTHER", "attributes": facts}
    return {**span, "attributes": facts}
