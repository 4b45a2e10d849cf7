# %% empty
def ap_with_groups(truth, found, least):
    return None


# %% constant
def ap_with_groups(truth, found, least):
    return 0.6875 if any(not t["ignore"] for t in truth) else None


# %% lookup: marked objects are thrown away, and what finds them counts as a miss
def ap_with_groups(truth, found, least):
    real = [t for t in truth if not t["ignore"]]
    if not real:
        return None
    return average_precision(hits(real, found, least), len(real))


# %% lookup: all that touches a marked object is thrown away first
def ap_with_groups(truth, found, least):
    real = [t for t in truth if not t["ignore"]]
    if not real:
        return None
    left = [
        row
        for row in found
        if not any(
            t["ignore"] and t["picture"] == row["picture"] and iou(t["box"], row["box"]) >= least
            for t in truth
        )
    ]
    return average_precision(hits(real, left, least), len(real))


# %% lookup: an object may be found any number of times
def ap_with_groups(truth, found, least):
    real = [t for t in truth if not t["ignore"]]
    if not real:
        return None
    called = []
    for row in sorted(found, key=lambda row: -row["sure"]):
        near = [
            t
            for t in truth
            if t["picture"] == row["picture"] and iou(t["box"], row["box"]) >= least
        ]
        if any(not t["ignore"] for t in near):
            called.append(True)
        elif not near:
            called.append(False)
    return min(1, average_precision(called, len(real)))


# %% lookup: an IoU of exactly the least is too little
def ap_with_groups(truth, found, least):
    objects = sum(not t["ignore"] for t in truth)
    if not objects:
        return None
    taken, precisions, right, count = set(), [], 0, 0
    for row in sorted(found, key=lambda row: row["sure"], reverse=True):
        best, place, swallowed = least, None, False
        for n, t in enumerate(truth):
            if t["picture"] != row["picture"]:
                continue
            score = iou(t["box"], row["box"])
            if t["ignore"]:
                swallowed |= score > least
            elif n not in taken and score > best:
                best, place = score, n
        if place is None and swallowed:
            continue
        count += 1
        if place is not None:
            taken.add(place)
            right += 1
            precisions.append(right / count)
    for n in range(len(precisions) - 2, -1, -1):
        precisions[n] = max(precisions[n], precisions[n + 1])
    return sum(precisions) / objects


# %% another
def ap_with_groups(truth, found, least):
    objects = sum(not t["ignore"] for t in truth)
    if not objects:
        return None
    taken, precisions, right, count = set(), [], 0, 0
    for row in sorted(found, key=lambda row: row["sure"], reverse=True):
        best, place, swallowed = least, None, False
        for n, t in enumerate(truth):
            if t["picture"] != row["picture"]:
                continue
            score = iou(t["box"], row["box"])
            if t["ignore"]:
                swallowed |= score >= least
            elif n not in taken and score >= best:
                best, place = score, n
        if place is None and swallowed:
            continue
        count += 1
        if place is not None:
            taken.add(place)
            right += 1
            precisions.append(right / count)
    for n in range(len(precisions) - 2, -1, -1):
        precisions[n] = max(precisions[n], precisions[n + 1])
    return sum(precisions) / objects
