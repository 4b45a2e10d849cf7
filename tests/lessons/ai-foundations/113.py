# %% empty
def holds(ours, base):
    return None


# %% constant yes
def holds(ours, base):
    return True


# %% constant no
def holds(ours, base):
    return False


# %% lookup of a gap that is large enough to look at
def holds(ours, base):
    return ours.mean() - base.mean() > 0.03


# %% lookup: redraws questions alone
def holds(ours, base):
    gaps = over_questions(ours.mean(axis=0), base.mean(axis=0), 400)
    return np.quantile(gaps, 0.025) > 0


# %% lookup: the first run of each alone
def holds(ours, base):
    gaps = over_questions(ours[0], base[0], 400)
    return np.quantile(gaps, 0.025) > 0


# %% lookup of a gap that luck seldom gives such a test
def holds(ours, base):
    return ours.mean() - base.mean() > 0.1


# %% lookup: redraws runs alone
def holds(ours, base):
    rng = np.random.default_rng(9)
    a, b = (runs.mean(axis=1)[rng.integers(0, 5, (500, 5))].mean(axis=1) for runs in (ours, base))
    return np.quantile(a - b, 0.025) > 0


# %% another
def holds(ours, base):
    rng = np.random.default_rng(9)

    def weights(n):
        draws = rng.integers(0, n, (500, n))
        return np.array([np.bincount(d, minlength=n) for d in draws]) / n

    a = weights(len(ours)) @ ours
    b = weights(len(base)) @ base
    gaps = ((a - b) * weights(ours.shape[1])).sum(axis=1)
    return np.sort(gaps)[12] > 0
