# %% empty
def exposure(score, secret, candidates):
    return 0.0


def believed(members, others, share, part):
    return None


def mildest(train, lines, secrets, candidates, most):
    return None


# %% constant
def exposure(score, secret, candidates):
    return 13.3


def believed(members, others, share, part):
    return 0.5


def mildest(train, lines, secrets, candidates, most):
    return 2


# %% lookup: always of 10,000, and ties for free
def exposure(score, secret, candidates):
    own = score(secret)
    return log2(10000 / (1 + sum(score(each) > own for each in candidates)))


def believed(members, others, share, part):
    right = part * hits(members, others, share)
    wrong = (1 - part) * hits(others, others, share)
    return right / (right + wrong) if right + wrong else None


def mildest(train, lines, secrets, candidates, most):
    return 2 if len(secrets) == 1 else 3


# %% lookup: takes the false alarms that were allowed for those that happened
def exposure(score, secret, candidates):
    return log2(len(candidates) / rank(score, secret, candidates))


def believed(members, others, share, part):
    right, wrong = part * hits(members, others, share), (1 - part) * share
    return right / (right + wrong) if right + wrong else None


def mildest(train, lines, secrets, candidates, most):
    for least in range(1, 6):
        score = train([*lines, *secrets], least)
        if all(exposure(score, each, candidates) <= most for each in secrets):
            return least


# %% lookup: forgets to plant the secrets
def exposure(score, secret, candidates):
    return log2(len(candidates) / rank(score, secret, candidates))


def believed(members, others, share, part):
    right = part * hits(members, others, share)
    wrong = (1 - part) * hits(others, others, share)
    return right / (right + wrong) if right + wrong else None


def mildest(train, lines, secrets, candidates, most):
    for least in range(1, 6):
        score = train(lines, least)
        if all(exposure(score, each, candidates) <= most for each in secrets):
            return least


# %% another
import math


def exposure(score, secret, candidates):
    ordered = sorted(map(score, candidates), reverse=True)
    own = score(secret)
    place = len(ordered) - ordered[::-1].index(own)
    return math.log2(len(ordered)) - math.log2(place)


def believed(members, others, share, part):
    ordered = sorted(others, reverse=True)
    limit = ordered[int(share * len(others))]
    right = part * len([m for m in members if m > limit]) / len(members)
    wrong = (1 - part) * ordered.index(limit) / len(others)
    if right == wrong == 0:
        return None
    return 1 / (1 + wrong / right) if right else 0.0


def mildest(train, lines, secrets, candidates, most):
    def worst(least):
        score = train(list(lines) + list(secrets), least)
        return max(exposure(score, each, candidates) for each in secrets)

    return next((least for least in (1, 2, 3, 4, 5) if worst(least) <= most), None)
