# %% empty
def days(p, d, users):
    return 0


def broken(n_a, n_b):
    return False


def verdict(a, n_a, b, n_b, planned):
    return "open"


# %% constant
def days(p, d, users):
    return 21


def broken(n_a, n_b):
    return False


def verdict(a, n_a, b, n_b, planned):
    return "wait"


# %% lookup
def days(p, d, users):
    return {0.03: 21, 0.06: 7}.get(d, 133)


def broken(n_a, n_b):
    return (n_a, n_b) == (4400, 4100)


def verdict(a, n_a, b, n_b, planned):
    return {1200: "wait", 4283: "open", 4400: "broken"}.get(n_a, "B")


# %% lookup: reads before the planned end
def days(p, d, users):
    return 7 * ceil(2 * size(p, d) / (7 * users))


def broken(n_a, n_b):
    return abs(n_a - n_b) > 3 * (n_a + n_b) ** 0.5


def verdict(a, n_a, b, n_b, planned):
    if broken(n_a, n_b):
        return "broken"
    x, y = a / n_a, b / n_b
    spread = x * (1 - x) / n_a + y * (1 - y) / n_b
    if (y - x) ** 2 <= 1.96**2 * spread:
        return "open" if min(n_a, n_b) >= planned else "wait"
    return "B" if y > x else "A"


# %% lookup: never counts the arms
def days(p, d, users):
    return 7 * ceil(2 * size(p, d) / (7 * users))


def broken(n_a, n_b):
    return abs(n_a - n_b) > 500


def verdict(a, n_a, b, n_b, planned):
    if min(n_a, n_b) < planned:
        return "wait"
    x, y = a / n_a, b / n_b
    spread = x * (1 - x) / n_a + y * (1 - y) / n_b
    if (y - x) ** 2 <= 1.96**2 * spread:
        return "open"
    return "B" if y > x else "A"


# %% another
from math import hypot, sqrt


def days(p, d, users):
    n = 7
    while n * users < 2 * size(p, d):
        n += 7
    return n


def broken(n_a, n_b):
    return (n_a - n_b) ** 2 / (n_a + n_b) > 9


def verdict(a, n_a, b, n_b, planned):
    if broken(n_a, n_b):
        return "broken"
    if n_a < planned or n_b < planned:
        return "wait"
    spread = hypot(*(sqrt(k / n * (1 - k / n) / n) for k, n in ((a, n_a), (b, n_b))))
    low = b / n_b - a / n_a - 1.96 * spread
    if low > 0:
        return "B"
    return "A" if low + 2 * 1.96 * spread < 0 else "open"
