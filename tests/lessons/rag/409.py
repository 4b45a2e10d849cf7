# %% empty
def update(index, texts, vector_of, most=0.2):
    return None


def behind(edits, runs, now):
    return None


# %% constant
def update(index, texts, vector_of, most=0.2):
    raise ValueError("drops 60 of 60")


def behind(edits, runs, now):
    return 80


# %% lookup: adds and never drops
def update(index, texts, vector_of, most=0.2):
    for place, text in texts.items():
        mark = fingerprint(text)
        if mark not in index["vectors"]:
            index["vectors"][mark] = vector_of(text)
        index["places"][place] = mark


def behind(edits, runs, now):
    return {590: 10, 619: 39, 620: 15, 660: 55, 679: 74}.get(now, 0)


# %% lookup: drops what left its place, though another place may have it
def update(index, texts, vector_of, most=0.2):
    old, places = index["vectors"], {p: fingerprint(t) for p, t in texts.items()}
    drop = {m for p, m in index["places"].items() if places.get(p) != m}
    if len(old.keys() - set(places.values())) > most * len(old):
        raise ValueError("too many")
    for mark in drop:
        old.pop(mark, None)
    for p, m in places.items():
        if m not in old:
            old[m] = vector_of(texts[p])
    index["places"] = places


def behind(edits, runs, now):
    done = [s for s, e, _ in runs if e <= now]
    late = [at for at, _ in edits if at <= now and not any(at <= s for s in done)]
    return now - min(late) if late else 0


# %% lookup: a run that has ended is enough, whatever it had read
def update(index, texts, vector_of, most=0.2):
    old, places = index["vectors"], {p: fingerprint(t) for p, t in texts.items()}
    drop = old.keys() - set(places.values())
    if len(drop) > most * len(old):
        raise ValueError("too many")
    for p, m in places.items():
        if m not in old:
            old[m] = vector_of(texts[p])
    for mark in drop:
        del old[mark]
    index["places"] = places


def behind(edits, runs, now):
    late = [
        at
        for at, file in edits
        if at <= now and not any(at <= e <= now and file in read for _, e, read in runs)
    ]
    return now - min(late, default=now)


# %% lookup: refuses after it has called
def update(index, texts, vector_of, most=0.2):
    old, new = index["vectors"], {}
    places = {p: fingerprint(t) for p, t in texts.items()}
    for p, m in places.items():
        if m not in new:
            new[m] = old[m] if m in old else vector_of(texts[p])
    if len(old.keys() - new.keys()) > most * len(old):
        raise ValueError("too many")
    index["vectors"], index["places"] = new, places


def behind(edits, runs, now):
    late = [
        at
        for at, file in edits
        if at <= now and not any(at <= s and e <= now and file in read for s, e, read in runs)
    ]
    return now - min(late, default=now)


# %% another
def update(index, texts, vector_of, most=0.2):
    wanted = {}
    for text in texts.values():
        wanted.setdefault(fingerprint(text), text)
    have = index["vectors"]
    lost = [mark for mark in have if mark not in wanted]
    if have and len(lost) / len(have) > most:
        raise ValueError(lost)
    kept = {mark: vector for mark, vector in have.items() if mark in wanted}
    for mark, text in wanted.items():
        if mark not in kept:
            kept[mark] = vector_of(text)
    index["vectors"] = kept
    index["places"] = {place: fingerprint(texts[place]) for place in texts}


def behind(edits, runs, now):
    oldest = 0
    for at, file in edits:
        waits = at <= now
        for start, end, files in runs:
            if file in files and start >= at and end <= now:
                waits = False
        if waits:
            oldest = max(oldest, now - at)
    return oldest
