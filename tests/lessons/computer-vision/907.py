# %% empty
def panoptic(truth, found):
    return None, 0, 0, 0


# %% constant
def panoptic(truth, found):
    things = len(np.unique(truth[truth > 0]))
    return (1.0 if things else None), things, 0, 0


# %% lookup: pixels of −1 count like background
def panoptic(truth, found):
    left = set(np.unique(found[found > 0]).tolist())
    total, pairs, missed = 0, 0, 0
    for thing in np.unique(truth[truth > 0]).tolist():
        mine = truth == thing
        for other in np.unique(found[mine]).tolist():
            score = iou(mine, found == other)
            if other and score > 0.5:
                total, pairs = total + score, pairs + 1
                left.remove(other)
                break
        else:
            missed += 1
    count = pairs + missed / 2 + len(left) / 2
    return (total / count if count else None), pairs, missed, len(left)


# %% lookup: what touches −1 is never invented
def panoptic(truth, found):
    clear = truth >= 0
    left = set(np.unique(found[found > 0]).tolist())
    total, pairs, missed = 0, 0, 0
    for thing in np.unique(truth[truth > 0]).tolist():
        mine = truth == thing
        for other in np.unique(found[mine]).tolist():
            score = iou(mine, (found == other) & clear)
            if other and score > 0.5:
                total, pairs = total + score, pairs + 1
                left.remove(other)
                break
        else:
            missed += 1
    invented = sum(not (truth[found == other] < 0).any() for other in left)
    count = pairs + missed / 2 + invented / 2
    return (total / count if count else None), pairs, missed, invented


# %% lookup: exactly half is enough for a pair
def panoptic(truth, found):
    clear = truth >= 0
    left = set(np.unique(found[found > 0]).tolist())
    total, pairs, missed = 0, 0, 0
    for thing in np.unique(truth[truth > 0]).tolist():
        mine = truth == thing
        for other in sorted(left):
            score = iou(mine, (found == other) & clear)
            if score >= 0.5:
                total, pairs = total + score, pairs + 1
                left.remove(other)
                break
        else:
            missed += 1
    invented = sum(int((truth[found == other] < 0).mean() <= 0.5) for other in left)
    count = pairs + missed / 2 + invented / 2
    return (total / count if count else None), pairs, missed, invented


# %% lookup: the mean over pairs, whatever was missed
def panoptic(truth, found):
    clear = truth >= 0
    scores = []
    things = np.unique(truth[truth > 0]).tolist()
    others = np.unique(found[found > 0]).tolist()
    free = list(others)
    for thing in things:
        for other in free:
            score = iou(truth == thing, (found == other) & clear)
            if score > 0.5:
                scores.append(score)
                free.remove(other)
                break
    invented = sum(int((truth[found == other] < 0).mean() <= 0.5) for other in free)
    quality = sum(scores) / len(scores) if scores else None
    return quality, len(scores), len(things) - len(scores), invented


# %% another
def panoptic(truth, found):
    known = truth >= 0
    things = [n for n in set(truth.ravel().tolist()) if n > 0]
    others = [n for n in set(found.ravel().tolist()) if n > 0]
    table = np.zeros((len(things), len(others)))
    for i, thing in enumerate(things):
        for j, other in enumerate(others):
            a, b = (truth == thing)[known], (found == other)[known]
            table[i, j] = np.logical_and(a, b).sum() / np.logical_or(a, b).sum()
    good = table > 0.5
    pairs = int(good.sum())
    missed = len(things) - pairs
    invented = 0
    for j, other in enumerate(others):
        inside = found == other
        unknown = (inside & ~known).sum()
        if not good[:, j].any() and 2 * unknown <= inside.sum():
            invented += 1
    whole = 2 * pairs + missed + invented
    quality = 2 * float(table[good].sum()) / whole if whole else None
    return quality, pairs, missed, invented
