# %% empty
def faults(first, second, today):
    return []


def ledger(first, second):
    return {}


# %% constant
def faults(first, second, today):
    return ["gap", "claimed", "untouched"]


def ledger(first, second):
    return {"page": 0, "limits": 1, "stores": 1, "paths": 1, "cost": 1}


# %% lookup
def faults(first, second, today):
    known = {6: ["gap", "claimed", "untouched"]}
    return known.get(len(second["findings"]), [])


def ledger(first, second):
    return {p: 1 for p in ("limits", "stores", "paths", "cost") if first[p] != second[p]}


PARTS = ["page", "limits", "stores", "paths", "law", "cost"]


# %% lookup: believes what is said to have changed
PARTS = ["page", "limits", "stores", "paths", "law", "cost"]


def ledger(first, second):
    of = [f["part"] for f in second["findings"] if f["answer"] == "changed"]
    return {part: of.count(part) for part in PARTS if part in of}


def faults(first, second, today):
    from datetime import date

    found = ["gap"] if any(gaps(second)) else []
    age = date.fromisoformat(today) - date.fromisoformat(second["law"]["checked"])
    if not 0 <= age.days <= 180:
        found.append("law")
    if len({f["by"] for f in second["findings"]} - {second["author"]}) < 2:
        found.append("attackers")
    return found


# %% lookup: the author attacks, too
PARTS = ["page", "limits", "stores", "paths", "law", "cost"]


def ledger(first, second):
    of = [f["part"] for f in second["findings"] if f["answer"] == "changed"]
    return {part: of.count(part) for part in PARTS if first[part] != second[part]}


def faults(first, second, today):
    from datetime import date

    changes = ledger(first, second)
    answers = [f["answer"] for f in second["findings"]]
    claims = {f["part"] for f in second["findings"] if f["answer"] == "changed"}
    age = (date.fromisoformat(today) - date.fromisoformat(second["law"]["checked"])).days
    rules = {
        "gap": any(gaps(second)),
        "law": not 0 <= age <= 180,
        "attackers": len({f["by"] for f in second["findings"]}) < 2,
        "unanswered": any(a != "changed" and len(a) < 13 for a in answers),
        "claimed": claims - changes.keys(),
        "untouched": 0 in changes.values(),
    }
    return [word for word, applies in rules.items() if applies]


# %% another
import re
from datetime import date, timedelta


def ledger(first, second):
    counts = {}
    for part in ("page", "limits", "stores", "paths", "law", "cost"):
        if first[part] != second[part]:
            counts[part] = 0
    for finding in second["findings"]:
        if finding["answer"] == "changed" and finding["part"] in counts:
            counts[finding["part"]] += 1
    return counts


def faults(first, second, today):
    found = set()
    now = date.fromisoformat(today)
    if list(gaps(second)):
        found.add("gap")
    day = date.fromisoformat(second["law"]["checked"])
    if day > now or day < now - timedelta(180):
        found.add("law")
    people = {f["by"] for f in second["findings"] if f["by"] != second["author"]}
    if len(people) <= 1:
        found.add("attackers")
    counts = ledger(first, second)
    for finding in second["findings"]:
        if not re.fullmatch(r"changed|accepted by \S.*", finding["answer"]):
            found.add("unanswered")
        if finding["answer"] == "changed" and finding["part"] not in counts:
            found.add("claimed")
    if min(counts.values(), default=1) == 0:
        found.add("untouched")
    order = ["gap", "law", "attackers", "unanswered", "claimed", "untouched"]
    return [word for word in order if word in found]
