# %% empty
def psi_with_gaps(train, week, bins=10):
    return None or 0.0


def alarm_at(calm, one_in):
    return None


def suspects(train, by_caller, bins, limit_for):
    return []


# %% constant
def psi_with_gaps(train, week, bins=10):
    return 0.05


def alarm_at(calm, one_in):
    return max(calm)


def suspects(train, by_caller, bins, limit_for):
    return sorted(by_caller)


# %% lookup
def psi_with_gaps(train, week, bins=10):
    return {0: 0.06, 15: 0.36}.get(sum(v is None for v in week), 0.19)


def alarm_at(calm, one_in):
    return 0.078


def suspects(train, by_caller, bins, limit_for):
    return [caller for caller in by_caller if caller == "scanner"]


# %% gaps thrown away
def psi_with_gaps(train, week, bins=10):
    return psi([v for v in train if v is not None], [v for v in week if v is not None], bins)


def alarm_at(calm, one_in):
    return sorted(calm)[-1 - len(calm) // one_in]


def suspects(train, by_caller, bins, limit_for):
    far = {c: psi_with_gaps(train, w, bins) for c, w in by_caller.items()}
    far = {c: v for c, v in far.items() if v > limit_for(len(by_caller[c]))}
    return sorted(far, key=far.get, reverse=True)


# %% one limit for all
def psi_with_gaps(train, week, bins=10):
    edges = np.quantile([v for v in train if v is not None], np.arange(1, bins) / bins)

    def shares(sample):
        places = [bins if v is None else np.searchsorted(edges, v) for v in sample]
        counts = np.bincount(places, minlength=bins + 1)
        return (counts + 0.5) / (len(sample) + 0.5 * (bins + 1))

    e, a = shares(train), shares(week)
    return float(np.sum((a - e) * np.log(a / e)))


def alarm_at(calm, one_in):
    return sorted(calm)[-1 - len(calm) // one_in]


def suspects(train, by_caller, bins, limit_for):
    far = {c: psi_with_gaps(train, w, bins) for c, w in by_caller.items()}
    far = {c: v for c, v in far.items() if v > 0.25}
    return sorted(far, key=far.get, reverse=True)


# %% another
def psi_with_gaps(train, week, bins=10):
    edges = np.quantile([v for v in train if v is not None], np.linspace(0, 1, bins + 1)[1:-1])

    def shares(sample):
        places = [bins if v is None else int((edges < v).sum()) for v in sample]
        return np.array(
            [(places.count(b) + 0.5) / (len(places) + 0.5 * (bins + 1)) for b in range(bins + 1)]
        )

    e, a = shares(train), shares(week)
    return float(((a - e) * (np.log(a) - np.log(e))).sum())


def alarm_at(calm, one_in):
    return sorted(calm, reverse=True)[len(calm) // one_in]


def suspects(train, by_caller, bins, limit_for):
    far = [
        (-psi_with_gaps(train, sample, bins), caller)
        for caller, sample in by_caller.items()
        if psi_with_gaps(train, sample, bins) > limit_for(len(sample))
    ]
    return [caller for _, caller in sorted(far)]
