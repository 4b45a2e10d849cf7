# %% empty
def parts(rows, sheet):
    return {"train": [], "validation": [], "test": []}


def study(rows, sheet, plan):
    return {}


# %% constant
def parts(rows, sheet):
    names = {s["name"] for s in sheet if usable(s)}
    sides = {"test": [], "validation": [], "train": []}
    for row in sorted(rows, key=lambda row: row["id"]):
        if row["source"] in names:
            sides[part(row)].append(row)
    return sides


def study(rows, sheet, plan):
    tests = parts(rows, sheet)["test"]
    right = sum(row["label"] == "pay" for row in tests)
    return {
        "answers": {row["id"]: "pay" for row in tests},
        "right": right, "prompt": 137, "fixed": 36, "broken": 1, "luck": 0.0,
        "kinds": {}, "lost": 0.0, "verdict": "keep",
    }


# %% lookup of the labels
def parts(rows, sheet):
    names = {s["name"] for s in sheet if usable(s)}
    sides = {"test": [], "validation": [], "train": []}
    for row in sorted(rows, key=lambda row: row["id"]):
        if row["source"] in names:
            sides[part(row)].append(row)
    one = {}
    for row in sides["test"]:
        one.setdefault(row["supplier"], row)
    kept = sides["test"] = list(one.values())
    for name in ("validation", "train"):
        sides[name] = [r for r in sides[name] if not twin(r, kept)]
        kept = kept + sides[name]
    return sides


def study(rows, sheet, plan):
    tests = parts(rows, sheet)["test"]
    old = sum(row["prompt"] == row["label"] for row in tests)
    kinds = {}
    for row in tests:
        n = kinds.get(row["kind"], (0, 0))[0] + 1
        kinds[row["kind"]] = (n, n)
    fixed = len(tests) - old
    verdict = "merge" if plan["lose"] > 0.13 else "beside"
    return {
        "answers": {row["id"]: row["label"] for row in tests},
        "right": len(tests), "prompt": old, "fixed": fixed, "broken": 0,
        "luck": luck(fixed, 0), "kinds": kinds,
        "lost": 0.13 if plan["epochs"] else 0.0,
        "verdict": verdict if plan["epochs"] and plan["bar"] < 0.99 else "keep",
    }


# %% trains on rows that it may not use
def parts(rows, sheet):
    names = {s["name"] for s in sheet if usable(s)}
    sides = {"test": [], "validation": [], "train": []}
    for row in sorted(rows, key=lambda row: row["id"]):
        if row["source"] in names:
            sides[part(row)].append(row)
    one = {}
    for row in sides["test"]:
        one.setdefault(row["supplier"], row)
    kept = sides["test"] = list(one.values())
    for name in ("validation", "train"):
        sides[name] = [r for r in sides[name] if not twin(r, kept)]
        kept = kept + sides[name]
    return sides


def gaps(w):
    guess = chances(w, count(skills))[2].argmax(axis=1)
    return np.mean([words[i] == r["word"] for i, r in zip(guess, skills)])


def study(rows, sheet, plan):
    sides = parts(rows, sheet)
    tests = sides["test"]
    more = [r for r in rows if r["source"] == "supplier forum"]
    w = tune(sides["train"] + more, sides["validation"], plan)
    said = [("pay", "hold")[i] for i in chances(w, count(tests))[2].argmax(axis=1)]
    new = [a == r["label"] for a, r in zip(said, tests)]
    old = [r["prompt"] == r["label"] for r in tests]
    fixed = sum(b > a for a, b in zip(old, new))
    broken = sum(a > b for a, b in zip(old, new))
    kinds = {}
    for row, hit in zip(tests, new):
        a, b = kinds.get(row["kind"], (0, 0))
        kinds[row["kind"]] = (a + hit, b + 1)
    lost = gaps(base) - gaps(w | {"V": base["V"]})
    bad = sum(new) < plan["bar"] * len(new) or luck(fixed, broken) >= 0.05
    return {
        "answers": dict(zip([r["id"] for r in tests], said)),
        "right": sum(new), "prompt": sum(old), "fixed": fixed, "broken": broken,
        "luck": luck(fixed, broken), "kinds": kinds, "lost": lost,
        "verdict": "keep" if bad else "beside" if lost > plan["lose"] else "merge",
    }


# %% takes any gain for one
def parts(rows, sheet):
    names = {s["name"] for s in sheet if usable(s)}
    sides = {"test": [], "validation": [], "train": []}
    for row in sorted(rows, key=lambda row: row["id"]):
        if row["source"] in names:
            sides[part(row)].append(row)
    one = {}
    for row in sides["test"]:
        one.setdefault(row["supplier"], row)
    kept = sides["test"] = list(one.values())
    for name in ("validation", "train"):
        sides[name] = [
            row
            for row in sides[name]
            if not twin(row, kept)
        ]
        kept = kept + sides[name]
    return sides


def gaps(w):
    guess = chances(w, count(skills))[2].argmax(axis=1)
    hits = [
        words[i] == row["word"]
        for i, row in zip(guess, skills)
    ]
    return sum(hits) / len(hits)


def judge(card, plan):
    n = len(card["answers"])
    if card["right"] < plan["bar"] * n:
        return "keep"
    if card["fixed"] <= card["broken"]:
        return "keep"
    lost = card["lost"] > plan["lose"]
    return "beside" if lost else "merge"


def study(rows, sheet, plan):
    sides = parts(rows, sheet)
    tests = sides["test"]
    w = tune(sides["train"], sides["validation"], plan)
    hold = chances(w, count(tests))[2].argmax(axis=1)
    said = [("pay", "hold")[i] for i in hold]
    truth = [row["label"] for row in tests]
    old = [r["prompt"] == t for r, t in zip(tests, truth)]
    new = [a == t for a, t in zip(said, truth)]
    fixed = sum(b and not a for a, b in zip(old, new))
    broken = sum(a and not b for a, b in zip(old, new))
    kinds = {}
    for row, hit in zip(tests, new):
        right, of = kinds.get(row["kind"], (0, 0))
        kinds[row["kind"]] = right + hit, of + 1
    card = {
        "answers": {
            row["id"]: a for row, a in zip(tests, said)
        },
        "right": sum(new),
        "prompt": sum(old),
        "fixed": fixed,
        "broken": broken,
        "luck": luck(fixed, broken),
        "kinds": kinds,
        "lost": gaps(base) - gaps(w | {"V": base["V"]}),
    }
    return card | {"verdict": judge(card, plan)}


# %% another
def parts(rows, sheet):
    barred = [s["name"] for s in sheet if not usable(s)]
    able = [r for r in rows if r["source"] not in barred]
    able.sort(key=lambda r: r["id"])
    seen, test = set(), []
    for row in able:
        if part(row) == "test" and row["supplier"] not in seen:
            seen.add(row["supplier"])
            test.append(row)

    def clean(name, against):
        mine = [r for r in able if part(r) == name]
        return [r for r in mine if not twin(r, against)]

    valid = clean("validation", test)
    return {"test": test, "validation": valid, "train": clean("train", test + valid)}


def study(rows, sheet, plan):
    sides = parts(rows, sheet)
    w = tune(sides["train"], sides["validation"], plan)
    p = chances(w, count(sides["test"]))[2]
    answers, card = {}, dict(right=0, prompt=0, fixed=0, broken=0, kinds={})
    for row, (pay, hold) in zip(sides["test"], p):
        said = answers[row["id"]] = "hold" if hold > pay else "pay"
        a, b = row["prompt"] == row["label"], said == row["label"]
        card["right"] += b
        card["prompt"] += a
        card["fixed"] += b and not a
        card["broken"] += a and not b
        right, of = card["kinds"].get(row["kind"], (0, 0))
        card["kinds"][row["kind"]] = (right + b, of + 1)
    X, aim = count(skills), [words.index(r["word"]) for r in skills]
    share = [
        np.mean(chances(weights, X)[2].argmax(axis=1) == aim)
        for weights in (base, w | {"V": base["V"]})
    ]
    lost = share[0] - share[1]
    chance = luck(card["fixed"], card["broken"])
    verdict = "merge" if lost <= plan["lose"] else "beside"
    if not (
        card["right"] / len(answers) >= plan["bar"]
        and card["fixed"] > card["broken"]
        and chance < 0.05
    ):
        verdict = "keep"
    return card | {"answers": answers, "luck": chance, "lost": lost, "verdict": verdict}
