# %% empty
def tipping_point(text, found, upkeep, rate):
    return None


def decide(case):
    return None


# %% constant
def tipping_point(text, found, upkeep, rate):
    return 790


def decide(case):
    return "retrieve"


# %% lookup
def tipping_point(text, found, upkeep, rate):
    return {(40_000, 1): 790, (40_000, 0.1): 15_000}.get((text, rate))


def decide(case):
    if case["right"] < 8:
        return "prompt"
    return "retrieve" if case["rights"] or case["requests"] > 15_000 else "paste"


# %% lookup: the price comes first
def tipping_point(text, found, upkeep, rate):
    for n in range(1, 20_001):
        if retrieving(found, n, upkeep) <= pasting(text, n, rate):
            return n


def decide(case):
    if case["right"] < 8:
        return "prompt"
    if pasting(case["text"], case["requests"]) < retrieving(2_000, case["requests"]):
        return "paste"
    return "query" if case["live"] else "retrieve"


# %% lookup: no caching
def tipping_point(text, found, upkeep, rate):
    saved = text - found
    return -(-upkeep // saved) if saved > 0 else None


def decide(case):
    if case["right"] < 8:
        return "prompt"
    if case["live"]:
        return "query"
    if case["rights"] or case["text"] > 100_000:
        return "retrieve"
    paste = pasting(case["text"], case["requests"], rate=1)
    return "paste" if paste < retrieving(2_000, case["requests"]) else "retrieve"


# %% another
import numpy as np


def tipping_point(text, found, upkeep, rate):
    n = np.arange(1, 20_001)
    hits = 1 - np.exp(-n * LIFE / 1_440)
    saved = n * (text * (1 - hits + hits * rate) - found)
    where = np.nonzero(saved >= upkeep)[0]
    return int(where[0]) + 1 if len(where) else None


def decide(case):
    match case:
        case {"right": right} if right < 8:
            return "prompt"
        case {"live": True}:
            return "query"
        case {"rights": True}:
            return "retrieve"
    text, n = case["text"], case["requests"]
    if text <= 100_000 and pasting(text, n) < n * 2_000 + UPKEEP:
        return "paste"
    return "retrieve"
