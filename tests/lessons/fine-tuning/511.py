# %% empty
def ablate(score, parts, seeds):
    return {}


def verdict(mean, half, worth):
    return None


# %% constant
def ablate(score, parts, seeds):
    return {part: (-27.5, 3.5) for part in parts}


def verdict(mean, half, worth):
    return "keep"


# %% lookup: runs the whole recipe for each part again
def ablate(score, parts, seeds):
    return {
        p: effect([score(s, None) for s in seeds], [score(s, p) for s in seeds]) for p in parts
    }


def verdict(mean, half, worth):
    return "keep" if mean < 0 else "drop"


# %% lookup: intervals that are not paired
def ablate(score, parts, seeds):
    whole = [score(s, None) for s in seeds]
    found = {}
    for p in parts:
        less = [score(s, p) for s in seeds]
        both = np.var(whole, ddof=1) + np.var(less, ddof=1)
        found[p] = np.mean(less) - np.mean(whole), T[len(whole)] * (both / len(whole)) ** 0.5
    return found


def verdict(mean, half, worth):
    return "keep" if mean + half < 0 else "drop"


# %% another
def ablate(score, parts, seeds):
    whole = {seed: score(seed, None) for seed in seeds}
    found = {}
    for part in parts:
        gaps = np.array([score(seed, part) - whole[seed] for seed in whole])
        n = len(gaps)
        error = (((gaps - gaps.mean()) ** 2).sum() / (n - 1) / n) ** 0.5
        found[part] = float(gaps.mean()), float(T[n] * error)
    return found


def verdict(mean, half, worth):
    low, high = mean - half, mean + half
    if low > 0:
        return "hurts"
    if high <= -worth:
        return "keep"
    return "drop" if low > -worth else "more seeds"
