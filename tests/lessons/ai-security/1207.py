# %% empty
def by_luck(bits):
    return 1.0


def believed(members, others, share, part):
    return None


def mildest(train, lines, secrets, candidates, most):
    return None


# %% constant
def by_luck(bits):
    return 0.13


def believed(members, others, share, part):
    return 0.5


def mildest(train, lines, secrets, candidates, most):
    return 4


# %% lookup: exactly so many good ranks, not at least so many
from math import comb


def by_luck(bits):
    return comb(len(bits), sum(each >= 1 for each in bits)) / 2 ** len(bits)


def believed(members, others, share, part):
    right = part * hits(members, others, share)
    wrong = (1 - part) * hits(others, others, share)
    return right / (right + wrong) if right + wrong else None


def mildest(train, lines, secrets, candidates, most):
    for least in range(1, 6):
        if median(exposures(train([*lines, *secrets], least), secrets, candidates)) <= most:
            return least


# %% lookup: takes the false alarms that were allowed for those that happened
from math import comb


def by_luck(bits):
    good = sum(each >= 1 for each in bits)
    return sum(comb(len(bits), each) for each in range(good, len(bits) + 1)) / 2 ** len(bits)


def believed(members, others, share, part):
    right, wrong = part * hits(members, others, share), (1 - part) * share
    return right / (right + wrong) if right + wrong else None


def mildest(train, lines, secrets, candidates, most):
    for least in range(1, 6):
        if median(exposures(train([*lines, *secrets], least), secrets, candidates)) <= most:
            return least


# %% lookup: forgets to plant the secrets
from math import comb


def by_luck(bits):
    good = sum(each >= 1 for each in bits)
    return sum(comb(len(bits), each) for each in range(good, len(bits) + 1)) / 2 ** len(bits)


def believed(members, others, share, part):
    right = part * hits(members, others, share)
    wrong = (1 - part) * hits(others, others, share)
    return right / (right + wrong) if right + wrong else None


def mildest(train, lines, secrets, candidates, most):
    for least in range(1, 6):
        if median(exposures(train(lines, least), secrets, candidates)) <= most:
            return least


# %% lookup: the worst canary, not the middle one
from math import comb


def by_luck(bits):
    good = sum(each >= 1 for each in bits)
    return sum(comb(len(bits), each) for each in range(good, len(bits) + 1)) / 2 ** len(bits)


def believed(members, others, share, part):
    right = part * hits(members, others, share)
    wrong = (1 - part) * hits(others, others, share)
    return right / (right + wrong) if right + wrong else None


def mildest(train, lines, secrets, candidates, most):
    for least in range(1, 6):
        if max(exposures(train([*lines, *secrets], least), secrets, candidates)) <= most:
            return least


# %% another
def by_luck(bits):
    chances = [1.0]
    for _ in bits:
        chances = [(a + b) / 2 for a, b in zip([*chances, 0.0], [0.0, *chances])]
    return sum(chances[len([each for each in bits if each >= 1]) :])


def believed(members, others, share, part):
    ordered = sorted(others, reverse=True)
    limit = ordered[int(share * len(others))]
    right = part * len([m for m in members if m > limit]) / len(members)
    wrong = (1 - part) * ordered.index(limit) / len(others)
    if right == wrong == 0:
        return None
    return 1 / (1 + wrong / right) if right else 0.0


def mildest(train, lines, secrets, candidates, most):
    def middle(least):
        score = train(list(lines) + list(secrets), least)
        ordered = sorted(exposures(score, secrets, candidates))
        half = len(ordered) // 2
        return (ordered[half] + ordered[~half]) / 2

    return next((least for least in (1, 2, 3, 4, 5) if middle(least) <= most), None)
