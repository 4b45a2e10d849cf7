# %% empty
def decide(call, customer, orders, back, free):
    return None


def replay(calls, customer, orders, limit, person):
    return []


def worst(customer, orders, limit):
    return None


# %% constant: nothing may run
def decide(call, customer, orders, back, free):
    return "refuse"


def replay(calls, customer, orders, limit, person):
    return []


def worst(customer, orders, limit):
    return 0


# %% lookup: the page's shop, with a limit for each call
def decide(call, customer, orders, back, free):
    name, given = call["name"], call["arguments"]
    if orders.get(given.get("number"), ("", 0))[0] != customer:
        return "refuse"
    if name == "find_order":
        return "run"
    cents = given.get("cents")
    if name != "refund" or not isinstance(cents, int) or cents <= 0:
        return "refuse"
    return "run" if cents <= free else "ask"


def replay(calls, customer, orders, limit, person):
    done = []
    for call in calls:
        verdict = decide(call, customer, orders, {}, limit)
        given = call["arguments"]
        if call["name"] == "refund" and (
            verdict == "run" or (verdict == "ask" and person(given["number"], given["cents"]))
        ):
            done.append((given["number"], given["cents"]))
    return done


def worst(customer, orders, limit):
    return limit


# %% lookup: right but for approved sums, which count toward the limit
def decide(call, customer, orders, back, free):
    name, given = call["name"], call["arguments"]
    need = {"find_order": ["number"], "refund": ["cents", "number"]}.get(name)
    if need != sorted(given):
        return "refuse"
    owner, paid = orders.get(given["number"], ("", 0))
    if owner != customer:
        return "refuse"
    if name == "find_order":
        return "run"
    cents = given["cents"]
    if type(cents) is not int or cents < 1 or cents > paid - back.get(given["number"], 0):
        return "refuse"
    return "run" if cents <= free else "ask"


def replay(calls, customer, orders, limit, person):
    done, back = [], {}
    for call in calls:
        free = limit - sum(back.values())
        verdict = decide(call, customer, orders, back, free)
        if call["name"] != "refund" or verdict == "refuse":
            continue
        number, cents = call["arguments"]["number"], call["arguments"]["cents"]
        if verdict == "run" or person(number, cents):
            back[number] = back.get(number, 0) + cents
            done.append((number, cents))
    return done


def worst(customer, orders, limit):
    return min(limit, sum(paid for owner, paid in orders.values() if owner == customer))


# %% another
from pydantic import BaseModel, ConfigDict, StrictInt


class FindOrder(BaseModel):
    model_config = ConfigDict(extra="forbid")
    number: str


class Refund(FindOrder):
    cents: StrictInt


def decide(call, customer, orders, back, free):
    shape = {"find_order": FindOrder, "refund": Refund}.get(call["name"])
    if shape is None:
        return "refuse"
    try:
        given = shape(**call["arguments"])
    except ValueError:
        return "refuse"
    if given.number not in orders or orders[given.number][0] != customer:
        return "refuse"
    if shape is FindOrder:
        return "run"
    left = orders[given.number][1] - back.get(given.number, 0)
    if given.cents < 1 or given.cents > left:
        return "refuse"
    return "ask" if given.cents > free else "run"


def replay(calls, customer, orders, limit, person):
    back, spent, done = {}, 0, []
    for call in calls:
        if call["name"] != "refund":
            continue
        verdict = decide(call, customer, orders, back, limit - spent)
        if verdict == "refuse":
            continue
        number, cents = (call["arguments"][k] for k in ("number", "cents"))
        if verdict == "ask":
            if not person(number, cents):
                continue
        else:
            spent += cents
        back[number] = back.get(number, 0) + cents
        done.append((number, cents))
    return done


def worst(customer, orders, limit):
    total = 0
    for owner, paid in orders.values():
        total += paid * (owner == customer)
    return total if total < limit else limit
