# %% empty
def calendar(firm, uses, duties):
    return []


def standing(firm, uses, duties, day):
    return 0, None


def becomes(use, firm, area):
    return use


# %% constant
def calendar(firm, uses, duties):
    return [("2025-02-02", name, "Art. 4") for name in sorted(uses)]


def standing(firm, uses, duties, day):
    return 7, "2026-12-02"


def becomes(use, firm, area):
    return use | {"area": area, "name": firm}


# %% lookup
def calendar(firm, uses, duties):
    if uses.keys() == USES.keys():
        return sorted({(d["from"], n, d["article"]) for n, u in uses.items() for d in due(firm, u)})
    return sorted({(d["from"], n, d["article"]) for n, u in uses.items() for d in DUTIES})


def standing(firm, uses, duties, day):
    return {"2026-11-29": (7, "2026-12-02")}.get(day, (0, None))


def becomes(use, firm, area):
    return use | {"area": area}


# %% lookup: every firm has every duty
def calendar(firm, uses, duties):
    return sorted(
        {
            (d["from"], name, d["article"])
            for name, each in uses.items()
            for d in duties
            if d["if"] in traits(each)
        }
    )


def standing(firm, uses, duties, day):
    days = [line[0] for line in calendar(firm, uses, duties)]
    return sum(d <= day for d in days), min((d for d in days if d > day), default=None)


def becomes(use, firm, area):
    return use | {"area": area, "name": firm}


# %% lookup: whoever changes the purpose is always the provider
def calendar(firm, uses, duties):
    return sorted(
        {(d["from"], n, d["article"]) for n, u in uses.items() for d in due(firm, u, duties)}
    )


def standing(firm, uses, duties, day):
    days = [line[0] for line in calendar(firm, uses, duties)]
    return sum(d <= day for d in days), min((d for d in days if d > day), default=None)


def becomes(use, firm, area):
    return use | {"area": area, "name": firm}


# %% another
def calendar(firm, uses, duties):
    lines = []
    for name, each in uses.items():
        mine = {"provider": each["name"] == firm, "deployer": each["by"] == firm}
        kinds = traits(each)
        for duty in duties:
            line = (duty["from"], name, duty["article"])
            if mine[duty["who"]] and duty["if"] in kinds and line not in lines:
                lines.append(line)
    lines.sort()
    return lines


def standing(firm, uses, duties, day):
    count = 0
    for line in calendar(firm, uses, duties):
        if line[0] > day:
            return count, line[0]
        count += 1
    return count, None


def becomes(use, firm, area):
    other = dict(use)
    other["area"] = area
    if ("high-risk" in traits(use), "high-risk" in traits(other)) == (False, True):
        other["name"] = firm
    return other
