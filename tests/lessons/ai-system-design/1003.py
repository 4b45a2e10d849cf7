# %% empty
def peak(users, a_day, busiest, worst):
    return 0.0


def first(rate, seconds, tokens, limits):
    return "", 0.0


def outage(rate, seconds, each, count):
    return 0.0


# %% constant
def peak(users, a_day, busiest, worst):
    return 7.2


def first(rate, seconds, tokens, limits):
    return "tokens a minute", 0.83


def outage(rate, seconds, each, count):
    return 0.0431


# %% lookup
def peak(users, a_day, busiest, worst):
    return {12: 7.2, 1: 0.6}.get(worst, users * a_day / 86_400)


def first(rate, seconds, tokens, limits):
    return min(limits, key=limits.get), 0.83


def outage(rate, seconds, each, count):
    return {3: 0.672, 4: 0.0431, 5: 0.0001}.get(count, 0)


# %% lookup: the average day, and a machine that is full on average
def peak(users, a_day, busiest, worst):
    return users * a_day * worst / 86_400


def first(rate, seconds, tokens, limits):
    need = {"requests a minute": rate * 60, "tokens a minute": rate * 60 * tokens}
    need["open streams"] = rate * seconds
    times, name = min((limits[n] / need[n], n) for n in limits)
    return name, times


def outage(rate, seconds, each, count):
    return max(0, 1 - each * count / (rate * seconds))


# %% lookup: forgets the tokens
def peak(users, a_day, busiest, worst):
    return users * a_day * busiest * worst / 3600


def first(rate, seconds, tokens, limits):
    need = {"requests a minute": rate * 60, "tokens a minute": rate * 60}
    need["open streams"] = rate * seconds
    times, name = min((limits[n] / need[n], n) for n in limits)
    return name, times


def outage(rate, seconds, each, count):
    mean = rate * seconds
    p = total = exp(-mean)
    for k in range(1, each * count + 1):
        p *= mean / k
        total += p
    return 1 - total


# %% another
from math import factorial


def peak(users, a_day, busiest, worst):
    in_the_hour = users * a_day * worst * busiest
    return in_the_hour / 60 / 60


def first(rate, seconds, tokens, limits):
    each = {"requests a minute": 60, "tokens a minute": 60 * tokens, "open streams": seconds}
    found = {name: there / each[name] / rate for name, there in sorted(limits.items())}
    name = min(found, key=found.get)
    return name, found[name]


def outage(rate, seconds, each, count):
    mean = rate * seconds
    return 1 - sum(mean**k / factorial(k) * exp(-mean) for k in range(each * count + 1))
