# %% empty
def changed(old, new):
    return None


def ablate(runs):
    return {}


def verdict(middle, half, worth):
    return None


def seeds_needed(spread, worth):
    return None


# %% constant
def changed(old, new):
    odd = [k for k in old if old[k] != new.get(k)]
    return odd[0] if len(odd) == 1 and odd != ["seeds"] else None


def ablate(runs):
    return {name: (-2.5, 1.3) for name in runs if name != "whole"}


def verdict(middle, half, worth):
    return "keep"


def seeds_needed(spread, worth):
    return 20


# %% lookup
def changed(old, new):
    return "decay" if old.get("decay") != new.get("decay") else None


def ablate(runs):
    known = {"without base": (-63.0, 5.1), "without decay": (-0.1, 0.7)}
    return {name: known.get(name, (0.0, 1.0)) for name in runs if name != "whole"}


def verdict(middle, half, worth):
    return "keep" if middle < 0 else "drop"


def seeds_needed(spread, worth):
    return {(1.5, 1): 12, (6.5, 3): None}.get((spread, worth), 8)


# %% lookup: intervals that are not paired
def changed(old, new):
    odd = [k for k in old if old[k] != new.get(k)]
    return odd[0] if len(odd) == 1 and odd != ["seeds"] else None


def ablate(runs):
    whole, found = runs["whole"], {}
    for name, right in runs.items():
        if name != "whole":
            a = [whole[s] for s in right if s in whole]
            b = [right[s] for s in right if s in whole]
            both = stdev(a) ** 2 + stdev(b) ** 2
            found[name] = mean(b) - mean(a), T[len(a)] * (both / len(a)) ** 0.5
    return found


def verdict(middle, half, worth):
    if middle - half > 0:
        return "hurts"
    if middle + half <= -worth:
        return "keep"
    return "drop" if middle - half > -worth else "more seeds"


def seeds_needed(spread, worth):
    return next((n for n in T if T[n] * spread / n**0.5 <= worth), None)


# %% a setting that only the new recipe has
def changed(old, new):
    odd = [k for k in old if old[k] != new.get(k)]
    return odd[0] if len(odd) == 1 and odd != ["seeds"] else None


def ablate(runs):
    found, whole = {}, runs["whole"]
    for name, right in runs.items():
        if name != "whole":
            both = whole.keys() & right.keys()
            found[name] = effect({seed: whole[seed] for seed in both}, right)
    return found


def verdict(middle, half, worth):
    if middle - half > 0:
        return "hurts"
    if middle + half <= -worth:
        return "keep"
    return "drop" if middle - half > -worth else "more seeds"


def seeds_needed(spread, worth):
    return next((n for n in T if T[n] * spread / n**0.5 <= worth), None)


# %% another
def changed(old, new):
    if old["seeds"] != new["seeds"]:
        return None
    odd = {k for k in old if k not in new or new[k] != old[k]}
    odd |= {k for k in new if k not in old}
    return odd.pop() if len(odd) == 1 else None


def ablate(runs):
    found = {}
    for name in runs.keys() - {"whole"}:
        gaps = [v - runs["whole"][s] for s, v in runs[name].items() if s in runs["whole"]]
        n = len(gaps)
        middle = sum(gaps) / n
        error = (sum((g - middle) ** 2 for g in gaps) / (n - 1) / n) ** 0.5
        found[name] = middle, T[n] * error
    return found


def verdict(middle, half, worth):
    low, high = middle - half, middle + half
    if low > 0:
        return "hurts"
    if high <= -worth:
        return "keep"
    return "drop" if low > -worth else "more seeds"


def seeds_needed(spread, worth):
    good = [n for n in T if T[n] * spread <= worth * n**0.5]
    return min(good) if good else None
