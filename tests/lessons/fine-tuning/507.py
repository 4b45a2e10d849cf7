# %% empty
def losses(before, after, skills, most):
    return []


def replay(w, head, new, old, rate, weight):
    return w, head


def pick(runs, least):
    return None


# %% constant
def losses(before, after, skills, most):
    return ["german", "json", "sums", "tone"]


def replay(w, head, new, old, rate, weight):
    return dict(w), head * 1.0


def pick(runs, least):
    return "replay"


# %% lookup
def losses(before, after, skills, most):
    lost = {s: 0 for s in skills}
    for a, b, s in zip(before, after, skills):
        lost[s] += int(a) - int(b)
    return sorted((s for s in lost if lost[s] > most * 50), key=lambda s: -lost[s])


def replay(w, head, new, old, rate, weight):
    g = gradient(w, *new)
    back = gradient(w | {"V": head}, *old)
    moved = {k: w[k] - rate * g[k] for k in w}
    return moved, head - rate * weight * back["V"]


def pick(runs, least):
    return {"0.3": "replay"}.get(runs[0][0], max(runs, key=lambda r: r[1])[0])


# %% lookup: the old gradient is taken after the new step
def losses(before, after, skills, most):
    found = {}
    for name in sorted(set(skills)):
        mine = [(int(a), int(b)) for a, b, s in zip(before, after, skills) if s == name]
        found[name] = sum(a - b for a, b in mine) / len(mine)
    return sorted((n for n in found if found[n] > most), key=lambda n: -found[n])


def replay(w, head, new, old, rate, weight):
    g = gradient(w, *new)
    w = {k: w[k] - rate * g[k] for k in w}
    back = gradient(w | {"V": head}, *old)
    moved = {k: w[k] - rate * weight * back[k] for k in ("E", "W", "b")}
    return w | moved, head - rate * weight * back["V"]


def pick(runs, least):
    good = [run for run in runs if run[2] >= least]
    return max(good, key=lambda run: run[1:])[0] if good else None


# %% another
def losses(before, after, skills, most):
    before, after, skills = map(np.array, (before, after, skills))
    fell = []
    for name in np.unique(skills):
        mine = skills == name
        drop = (before[mine].astype(int) - after[mine].astype(int)).mean()
        if drop > most:
            fell.append((-round(float(drop), 9), str(name)))
    return [name for _, name in sorted(fell)]


def replay(w, head, new, old, rate, weight):
    g, back = gradient(w, *new), gradient({**w, "V": head}, *old)
    out = {}
    for k in w:
        slope = g[k] if k == "V" else g[k] + weight * back[k]
        out[k] = w[k] - rate * slope
    return out, head - weight * rate * back["V"]


def pick(runs, least):
    best = None
    for name, new, old in runs:
        if old >= least and (best is None or (new, old) > best[1:]):
            best = (name, new, old)
    return best and best[0]
