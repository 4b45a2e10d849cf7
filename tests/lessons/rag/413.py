# %% empty
def answer(question, reader, passages, near, ask, limit, k=3):
    return None


def report(cases, results):
    return {}


def choose(cases, serve, limits, price):
    return None


# %% constant
def answer(question, reader, passages, near, ask, limit, k=3):
    return {"text": NO, "sources": [], "dollars": 0.0}


def report(cases, results):
    return {
        "right": 12,
        "wrong": 5,
        "wrong refusal": 2,
        "right refusal": 1,
        "dollars": 0.0,
        "failures": ["q05", "q11", "q35", "q45", "q46"],
    }


def choose(cases, serve, limits, price):
    return 0.3


# %% lookup
import re

KINDS = "right", "wrong", "wrong refusal", "right refusal"


def answer(question, reader, passages, near, ask, limit, k=3):
    seen = [p for p in passages if may(reader, p) and near[p["id"]] >= limit]
    found = sorted(seen, key=lambda p: -near[p["id"]])[:k]
    if not found:
        return {"text": NO, "sources": [], "dollars": 0.0}
    text, cost = ask(question, found)
    cited = [int(n) for n in re.findall(r"\[(\d+)\]", text)]
    if not cited or any(not 0 < n <= len(found) for n in cited):
        return {"text": NO, "sources": [], "dollars": cost}
    sources = list(dict.fromkeys(found[n - 1]["id"] for n in cited))
    return {"text": text, "sources": sources, "dollars": cost}


def report(cases, results):
    kinds = [outcome(c, r["sources"]) for c, r in zip(cases, results, strict=True)]
    said = {kind: kinds.count(kind) for kind in KINDS}
    said["dollars"] = sum(r["dollars"] for r in results) / len(results)
    said["failures"] = [c["id"] for c, kind in zip(cases, kinds, strict=True) if kind == "wrong"]
    return said


def choose(cases, serve, limits, price):
    return {1: 0.3, 3: 0.6}.get(price, limits[0])


# %% lookup: rights after the search
import re

KINDS = "right", "wrong", "wrong refusal", "right refusal"


def answer(question, reader, passages, near, ask, limit, k=3):
    seen = sorted(passages, key=lambda p: -near[p["id"]])[:k]
    found = [p for p in seen if may(reader, p) and near[p["id"]] >= limit]
    if not found:
        return {"text": NO, "sources": [], "dollars": 0.0}
    text, cost = ask(question, found)
    cited = [int(n) for n in re.findall(r"\[(\d+)\]", text)]
    if not cited or any(not 0 < n <= len(found) for n in cited):
        return {"text": NO, "sources": [], "dollars": cost}
    sources = list(dict.fromkeys(found[n - 1]["id"] for n in cited))
    return {"text": text, "sources": sources, "dollars": cost}


def report(cases, results):
    kinds = [outcome(c, r["sources"]) for c, r in zip(cases, results, strict=True)]
    said = {kind: kinds.count(kind) for kind in KINDS}
    said["dollars"] = sum(r["dollars"] for r in results) / len(results)
    said["failures"] = [c["id"] for c, kind in zip(cases, kinds, strict=True) if kind == "wrong"]
    return said


def choose(cases, serve, limits, price):
    mine = [case for case in cases if not is_held(case)]

    def loss(limit):
        kinds = [outcome(case, serve(case, limit)["sources"]) for case in mine]
        return price * kinds.count("wrong") + kinds.count("wrong refusal")

    return min(limits, key=loss)


# %% constant: every citation is taken for good
import re

KINDS = "right", "wrong", "wrong refusal", "right refusal"


def answer(question, reader, passages, near, ask, limit, k=3):
    seen = [p for p in passages if may(reader, p) and near[p["id"]] >= limit]
    found = sorted(seen, key=lambda p: -near[p["id"]])[:k]
    if not found:
        return {"text": NO, "sources": [], "dollars": 0.0}
    text, cost = ask(question, found)
    cited = [int(n) for n in re.findall(r"\[(\d+)\]", text)]
    if not cited:
        return {"text": NO, "sources": [], "dollars": cost}
    sources = list(dict.fromkeys(found[n - 1]["id"] for n in cited if 0 < n <= len(found)))
    return {"text": text, "sources": sources, "dollars": cost}


def report(cases, results):
    kinds = [outcome(c, r["sources"]) for c, r in zip(cases, results, strict=True)]
    said = {kind: kinds.count(kind) for kind in KINDS}
    said["dollars"] = sum(r["dollars"] for r in results) / len(results)
    said["failures"] = [c["id"] for c, kind in zip(cases, kinds, strict=True) if kind == "wrong"]
    return said


def choose(cases, serve, limits, price):
    mine = [case for case in cases if not is_held(case)]

    def loss(limit):
        kinds = [outcome(case, serve(case, limit)["sources"]) for case in mine]
        return price * kinds.count("wrong") + kinds.count("wrong refusal")

    return min(limits, key=loss)


# %% constant: what was refused cost nothing
import re

KINDS = "right", "wrong", "wrong refusal", "right refusal"


def answer(question, reader, passages, near, ask, limit, k=3):
    seen = [p for p in passages if may(reader, p) and near[p["id"]] >= limit]
    found = sorted(seen, key=lambda p: -near[p["id"]])[:k]
    if not found:
        return {"text": NO, "sources": [], "dollars": 0.0}
    text, cost = ask(question, found)
    cited = [int(n) for n in re.findall(r"\[(\d+)\]", text)]
    if not cited or any(not 0 < n <= len(found) for n in cited):
        return {"text": NO, "sources": [], "dollars": 0.0}
    sources = list(dict.fromkeys(found[n - 1]["id"] for n in cited))
    return {"text": text, "sources": sources, "dollars": cost}


def report(cases, results):
    kinds = [outcome(c, r["sources"]) for c, r in zip(cases, results, strict=True)]
    said = {kind: kinds.count(kind) for kind in KINDS}
    said["dollars"] = sum(r["dollars"] for r in results) / len(results)
    said["failures"] = [c["id"] for c, kind in zip(cases, kinds, strict=True) if kind == "wrong"]
    return said


def choose(cases, serve, limits, price):
    mine = [case for case in cases if not is_held(case)]

    def loss(limit):
        kinds = [outcome(case, serve(case, limit)["sources"]) for case in mine]
        return price * kinds.count("wrong") + kinds.count("wrong refusal")

    return min(limits, key=loss)


# %% lookup: held-out questions choose, too
import re

KINDS = "right", "wrong", "wrong refusal", "right refusal"


def answer(question, reader, passages, near, ask, limit, k=3):
    seen = [p for p in passages if may(reader, p) and near[p["id"]] >= limit]
    found = sorted(seen, key=lambda p: -near[p["id"]])[:k]
    if not found:
        return {"text": NO, "sources": [], "dollars": 0.0}
    text, cost = ask(question, found)
    cited = [int(n) for n in re.findall(r"\[(\d+)\]", text)]
    if not cited or any(not 0 < n <= len(found) for n in cited):
        return {"text": NO, "sources": [], "dollars": cost}
    sources = list(dict.fromkeys(found[n - 1]["id"] for n in cited))
    return {"text": text, "sources": sources, "dollars": cost}


def report(cases, results):
    kinds = [outcome(c, r["sources"]) for c, r in zip(cases, results, strict=True)]
    said = {kind: kinds.count(kind) for kind in KINDS}
    said["dollars"] = sum(r["dollars"] for r in results) / len(results)
    said["failures"] = [c["id"] for c, kind in zip(cases, kinds, strict=True) if kind == "wrong"]
    return said


def choose(cases, serve, limits, price):
    mine = list(cases)

    def loss(limit):
        kinds = [outcome(case, serve(case, limit)["sources"]) for case in mine]
        return price * kinds.count("wrong") + kinds.count("wrong refusal")

    return min(limits, key=loss)


# %% the limit itself is too far
import re


def answer(question, reader, passages, near, ask,
           limit, k=3):
    refusal = {"text": NO, "sources": [], "dollars": 0.0}
    found = [p for p in passages
             if may(reader, p) and near[p["id"]] > limit]
    found.sort(key=lambda p: -near[p["id"]])
    found = found[:k]
    if not found:
        return refusal
    text, cost = ask(question, found)
    cited = [int(n) for n in re.findall(r"\[(\d+)\]", text)]
    known = range(1, len(found) + 1)
    if not cited or any(n not in known for n in cited):
        return refusal | {"dollars": cost}
    sources = [found[n - 1]["id"] for n in cited]
    return {"text": text, "dollars": cost,
            "sources": list(dict.fromkeys(sources))}


def report(cases, results):
    kinds = [outcome(case, result["sources"])
             for case, result in zip(cases, results)]
    names = ("right", "wrong",
             "wrong refusal", "right refusal")
    said = {name: kinds.count(name) for name in names}
    spent = sum(result["dollars"] for result in results)
    said["dollars"] = spent / len(results)
    said["failures"] = [
        case["id"] for case, kind in zip(cases, kinds)
        if kind == "wrong"]
    return said


def choose(cases, serve, limits, price):
    mine = [case for case in cases if not is_held(case)]

    def loss(limit):
        said = report(mine, [serve(c, limit) for c in mine])
        return price * said["wrong"] + said["wrong refusal"]

    return min(limits, key=loss)


def serve(case, limit):
    return answer(case["question"], "customer", PASSAGES,
                  NEAR[case["id"]], quote, limit)


# %% another
import heapq
import re


def answer(question, reader, passages, near, ask, limit, k=3):
    result = {"text": NO, "sources": [], "dollars": 0}
    open_to = (p for p in passages if may(reader, p))
    found = heapq.nlargest(k, open_to, key=lambda p: near[p["id"]])
    while found and near[found[-1]["id"]] < limit:
        found.pop()
    if found:
        text, result["dollars"] = ask(question, found)
        by_mark = {str(n): p["id"] for n, p in enumerate(found, start=1)}
        marks = re.findall(r"\[(\d+)\]", text)
        if marks and set(marks) <= by_mark.keys():
            result["text"] = text
            for mark in marks:
                if by_mark[mark] not in result["sources"]:
                    result["sources"].append(by_mark[mark])
    return result


def report(cases, results):
    said = {"right": 0, "wrong": 0, "wrong refusal": 0, "right refusal": 0}
    said |= {"dollars": 0.0, "failures": []}
    for case, result in zip(cases, results, strict=True):
        kind = outcome(case, result["sources"])
        said[kind] += 1
        said["dollars"] += result["dollars"] / len(results)
        if kind == "wrong":
            said["failures"].append(case["id"])
    return said


def choose(cases, serve, limits, price):
    best, least = None, None
    for limit in limits:
        loss = 0
        for case in cases:
            if is_held(case):
                continue
            kind = outcome(case, serve(case, limit)["sources"])
            loss += {"wrong": price, "wrong refusal": 1}.get(kind, 0)
        if least is None or loss < least:
            best, least = limit, loss
    return best
