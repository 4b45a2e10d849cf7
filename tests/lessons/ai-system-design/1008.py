# %% empty
def yearly(lines, requests):
    return []


def shrink(lines, requests, name, share):
    return 0.0


def breaks_even(lines, requests, worth):
    return None


# %% constant
def yearly(lines, requests):
    return [314_268, 200_600, 209_800][: len(requests)]


def shrink(lines, requests, name, share):
    return 691_834


def breaks_even(lines, requests, worth):
    return 2


# %% lookup
def yearly(lines, requests):
    if lines is LINES:
        return [314_268, 200_600, 209_800]
    total = sum(cost(line, requests, line["likely"]) for line in lines)
    return [total / len(requests)] * len(requests)


def shrink(lines, requests, name, share):
    return sum(cost(line, requests, line["likely"]) for line in lines) * (1 - share)


def breaks_even(lines, requests, worth):
    return {0.05: None, 0.1: 3}.get(worth, 2)


# %% lookup: builds anew each year
def yearly(lines, requests):
    return [
        sum(line["likely"] * (n if line["kind"] == "a request" else 1) for line in lines)
        for n in requests
    ]


def shrink(lines, requests, name, share):
    return sum(
        cost(line, requests, line["likely"]) * (1 - share * (line["name"] == name))
        for line in lines
    )


def breaks_even(lines, requests, worth):
    costs, balance = yearly(lines, requests), 0
    for year, n in enumerate(requests):
        balance += n * 0.6 * worth - costs[year]
        if balance >= 0:
            return year + 1
    return None


# %% lookup: every answer is useful
def yearly(lines, requests):
    one = [line | {"kind": "a year"} for line in lines if line["kind"] == "once"]
    found = []
    for year, n in enumerate(requests):
        mine = [line for line in lines if line["kind"] != "once"] + (one if not year else [])
        found.append(sum(cost(line, [n], line["likely"]) for line in mine))
    return found


def shrink(lines, requests, name, share):
    return sum(
        cost(line, requests, line["likely"]) * (1 - share * (line["name"] == name))
        for line in lines
    )


def breaks_even(lines, requests, worth):
    costs = yearly(lines, requests)
    for year in range(1, len(requests) + 1):
        if sum(requests[:year]) * worth >= sum(costs[:year]):
            return year
    return None


# %% another
from itertools import accumulate


def yearly(lines, requests):
    by_kind = {"once": 0.0, "a year": 0.0, "a request": 0.0}
    for line in lines:
        by_kind[line["kind"]] += line["likely"]
    years = [by_kind["a year"] + by_kind["a request"] * n for n in requests]
    years[0] += by_kind["once"]
    return years


def shrink(lines, requests, name, share):
    lowered = [
        line | {"likely": line["likely"] * (1 - share)} if line["name"] == name else line
        for line in lines
    ]
    return sum(yearly(lowered, requests))


def breaks_even(lines, requests, worth):
    spent = accumulate(yearly(lines, requests))
    asked = accumulate(requests)
    for year, (dollars, n) in enumerate(zip(spent, asked), start=1):
        if n * 0.6 * worth >= dollars:
            return year
    return None
