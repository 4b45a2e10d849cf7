# %% empty
def review(design, harm):
    return []


def wait(design, broken):
    return None


# %% constant
def review(design, harm):
    return [(harm("search", "no way out"), "search", "no way out")]


def wait(design, broken):
    return 2


# %% lookup
def review(design, harm):
    found = sorted(walk(design))
    return [(harm(*each), *each) for each in found]


def wait(design, broken):
    known = {"log in": 2}
    for step in design["steps"]:
        if step["name"] == broken and step["else"]:
            return known.get(broken, step["timeout"])
    return None


# %% lookup: believes every else
def review(design, harm):
    found = [(harm(*each), *each) for each in walk(design)]
    return sorted(found, key=lambda f: (-f[0], f[1], f[2]))


def wait(design, broken):
    for step in design["steps"]:
        if step["name"] == broken and step["else"]:
            return step["timeout"] * step["tries"]
    return None


# %% lookup: forgets the tries
def review(design, harm):
    found, steps = list(walk(design)), design["steps"]
    for place, step in enumerate(steps[:-1]):
        later = {each for other in steps[place + 1 :] for each in other["needs"]}
        if not later & set(step["gives"]):
            found.append((step["name"], "nobody needs it"))
    return sorted(((harm(*f), *f) for f in found), key=lambda f: (-f[0], f[1], f[2]))


def wait(design, broken):
    names = [step["name"] for step in design["steps"]]
    place = names.index(broken)
    have = set(design["given"])
    for step in design["steps"]:
        have |= set(step["gives"]) if step["name"] != broken else set()
    needs = {each for step in design["steps"][place + 1 :] for each in step["needs"]}
    fine = design["steps"][place]["else"] and needs <= have
    return design["steps"][place]["timeout"] if fine else None


# %% another
def review(design, harm):
    steps, found = design["steps"], [*walk(design)]
    needed = set()
    for place in range(len(steps) - 1, -1, -1):
        if place < len(steps) - 1 and needed.isdisjoint(steps[place]["gives"]):
            found.append((steps[place]["name"], "nobody needs it"))
        needed.update(steps[place]["needs"])
    found.sort()
    return sorted([(harm(a, b), a, b) for a, b in found], key=lambda f: f[0], reverse=True)


def wait(design, broken):
    have, down, behind = set(design["given"]), None, False
    for step in design["steps"]:
        if step["name"] != broken:
            have.update(step["gives"])
    for step in design["steps"]:
        if behind and not have.issuperset(step["needs"]):
            return None
        if step["name"] == broken:
            down, behind = step, True
    return down["timeout"] * down["tries"] if down["else"] else None
