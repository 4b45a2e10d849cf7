# %% empty
def publish(events, minutes, least):
    return [], 0


# %% constant
def publish(events, minutes, least):
    starts = [event["at"] // minutes * minutes for event in events]
    if not events:
        return [], 0
    return [(start, None) for start in range(min(starts), max(starts) + 1, minutes)], 0


# %% lookup: the total is of all, so that a subtraction brings the hidden rows back
def publish(events, minutes, least):
    if not events:
        return [], 0
    tracks = {}
    for event in events:
        start = event["at"] // minutes * minutes
        here = tracks.setdefault(start, set())
        if event["way"] == "in":
            here.add(event["track"])
    table = []
    for start in range(min(tracks), max(tracks) + 1, minutes):
        many = len(tracks.get(start, ()))
        table.append((start, many if many >= least else None))
    return table, sum(map(len, tracks.values()))


# %% lookup: crossings are counted, not tracks
def publish(events, minutes, least):
    if not events:
        return [], 0
    counts = {}
    for event in events:
        start = event["at"] // minutes * minutes
        counts[start] = counts.get(start, 0) + (event["way"] == "in")
    table = []
    for start in range(min(counts), max(counts) + 1, minutes):
        many = counts.get(start, 0)
        table.append((start, many if many >= least else None))
    return table, sum(many or 0 for _, many in table)


# %% lookup: a track counts once a day
def publish(events, minutes, least):
    if not events:
        return [], 0
    counts, known = {}, set()
    for event in sorted(events, key=lambda event: event["at"]):
        start = event["at"] // minutes * minutes
        counts.setdefault(start, 0)
        if event["way"] == "in" and event["track"] not in known:
            known.add(event["track"])
            counts[start] += 1
    table = []
    for start in range(min(counts), max(counts) + 1, minutes):
        many = counts.get(start, 0)
        table.append((start, many if many >= least else None))
    return table, sum(many or 0 for _, many in table)


# %% lookup: windows without events are left out
def publish(events, minutes, least):
    tracks = {}
    for event in events:
        here = tracks.setdefault(event["at"] // minutes * minutes, set())
        if event["way"] == "in":
            here.add(event["track"])
    table = [
        (start, len(here) if len(here) >= least else None) for start, here in sorted(tracks.items())
    ]
    return table, sum(many or 0 for _, many in table)


# %% another
def publish(events, minutes, least):
    table, total = [], 0
    pairs = {(e["at"] // minutes, e["track"]) for e in events if e["way"] == "in"}
    windows = [event["at"] // minutes for event in events]
    window = min(windows, default=0)
    while windows and window <= max(windows):
        many = sum(at == window for at, _ in pairs)
        if many < least:
            many = None
        else:
            total += many
        table.append((window * minutes, many))
        window += 1
    return table, total
