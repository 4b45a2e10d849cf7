# %% empty
def verdict(old, new, bar):
    return None


def cases_needed(fixes, breaks, options, wish=0.8):
    return None


def no_worse(old, new, margin):
    return None


# %% constant
def verdict(old, new, bar):
    return "keep"


def cases_needed(fixes, breaks, options, wish=0.8):
    return 100


def no_worse(old, new, margin):
    return False


# %% lookup
def verdict(old, new, bar):
    return {42: "keep", 48: "more cases"}.get(int(new.sum()), "keep")


def cases_needed(fixes, breaks, options, wish=0.8):
    return {0.12: 100, 0.06: 310}.get(fixes)


def no_worse(old, new, margin):
    return new.sum() == 48


# %% lookup: compares totals with the bar alone
def verdict(old, new, bar):
    return "ship" if new.sum() >= bar and new.sum() > old.sum() else "keep"


def cases_needed(fixes, breaks, options, wish=0.8):
    return next((n for n in options if power(fixes, breaks, n) >= wish), None)


def no_worse(old, new, margin):
    return new.mean() - old.mean() > -margin


# %% another
def verdict(old, new, bar):
    gain = new.astype(int) - old.astype(int)
    up, down = int((gain > 0).sum()), int((gain < 0).sum())
    good = new.sum() >= bar and up > down
    if good and luck(up, down) < 0.05:
        return "ship"
    return "more cases" if good else "keep"


def cases_needed(fixes, breaks, options, wish=0.8):
    enough = [n for n in options if power(fixes, breaks, n, seed=9) >= wish]
    return enough[0] if enough else None


def no_worse(old, new, margin):
    gain = new.astype(float) - old
    rng = np.random.default_rng(77)
    means = sorted(rng.choice(gain, len(gain)).mean() for _ in range(1500))
    return means[int(0.025 * len(means))] > -margin
