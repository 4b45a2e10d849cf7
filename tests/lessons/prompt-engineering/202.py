# %% empty
def wrap(text):
    return text


def fenced(rules, examples, text):
    return []


def spread(orders):
    return 0, 0, 0


# %% constant
def wrap(text):
    return f"{'-' * 40}\n{text}\n{'-' * 40}"


def fenced(rules, examples, text):
    return build(rules, [(wrap(shown), team) for shown, team in examples], wrap(text))


def spread(orders):
    right = [int(order["right"]) for order in orders]
    return min(right), sum(right) / len(right), max(right)


# %% lookup
def wrap(text):
    mark = {"--- Forwarded ---- see below": "-----"}.get(text, "---")
    return f"{mark}\n{text}\n{mark}"


def fenced(rules, examples, text):
    return build(rules, [(wrap(shown), team) for shown, team in examples], wrap(text))


def spread(orders):
    right = [int(order["right"]) for order in orders]
    return min(right), sum(right) / len(right), max(right)


# %% lookup: leaves the examples bare
def wrap(text):
    mark = "---"
    while mark in text:
        mark += "-"
    return f"{mark}\n{text}\n{mark}"


def fenced(rules, examples, text):
    return build(rules, examples, wrap(text))


def spread(orders):
    right = [int(order["right"]) for order in orders]
    return min(right), sum(right) / len(right), max(right)


# %% lookup: compares strings
def wrap(text):
    mark = "---"
    while mark in text:
        mark += "-"
    return f"{mark}\n{text}\n{mark}"


def fenced(rules, examples, text):
    return build(rules, [(wrap(shown), team) for shown, team in examples], wrap(text))


def spread(orders):
    right = [order["right"] for order in orders]
    return int(min(right)), sum(map(int, right)) / len(right), int(max(right))


# %% another
import re
from statistics import mean


def wrap(text):
    longest = max(map(len, re.findall("-+", text)), default=0)
    mark = "-" * max(3, longest + 1)
    return "\n".join([mark, text, mark])


def fenced(rules, examples, text):
    messages = build(rules, examples, text)
    for message in messages:
        if message["role"] == "user":
            message["content"] = wrap(message["content"])
    return messages


def spread(orders):
    numbers = sorted(int(order["right"]) for order in orders)
    return numbers[0], mean(numbers), numbers[-1]
