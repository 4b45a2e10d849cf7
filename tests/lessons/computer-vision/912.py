# %% empty
def counter(frames):
    return []


def report(clips, within):
    return {}


# %% constant
def counter(frames):
    return list(range(40, 160, 14))


def report(clips, within):
    return {clip["condition"]: (len(clip["true"]), 0, 0) for clip in clips}


# %% lookup: the lamp is cured, the jerks are not
def counter(frames):
    lamp = np.median(frames, axis=(1, 2), keepdims=True)
    return first_counter(frames * (80 / lamp))


def report(clips, within):
    rows = {clip["condition"]: None for clip in clips}
    for clip in clips:
        if clip["held"]:
            old = rows[clip["condition"]] or (0, 0, 0)
            missed, extra = pair(clip["true"], clip["found"], within)
            new = len(clip["true"]), missed, extra
            rows[clip["condition"]] = tuple(a + b for a, b in zip(old, new))
    return rows


# %% lookup: a pause after each count in place of a memory, and no cure for the lamp
def counter(frames):
    counted = []
    for n in first_counter(frames):
        if not counted or n - counted[-1] > 8:
            counted.append(n)
    return counted


def report(clips, within):
    rows = {clip["condition"]: None for clip in clips}
    for clip in clips:
        if clip["held"]:
            old = rows[clip["condition"]] or (0, 0, 0)
            missed, extra = pair(clip["true"], clip["found"], within)
            new = len(clip["true"]), missed, extra
            rows[clip["condition"]] = tuple(a + b for a, b in zip(old, new))
    return rows


# %% lookup: a good counter, and a report on all clips
def counter(frames):
    lamp = np.median(frames, axis=(1, 2), keepdims=True)
    even = frames * (80 / lamp)
    belt = np.median(even, axis=0)
    tracks, counted = [], []
    for n, frame in enumerate(even):
        now = []
        for x in middles(frame, belt):
            near = [t for t in tracks if abs(t[0] - x) < 6]
            _, done = min(near, key=lambda t: abs(t[0] - x), default=(x, x >= LINE))
            if x >= LINE and not done:
                counted.append(n)
                done = True
            now.append((x, done))
        tracks = now
    return counted


def report(clips, within):
    rows = {}
    for clip in clips:
        old = rows.get(clip["condition"], (0, 0, 0))
        missed, extra = pair(clip["true"], clip["found"], within)
        new = len(clip["true"]), missed, extra
        rows[clip["condition"]] = tuple(a + b for a, b in zip(old, new))
    return rows


# %% lookup: a good counter, and totals that cancel
def counter(frames):
    lamp = np.median(frames, axis=(1, 2), keepdims=True)
    even = frames * (80 / lamp)
    belt = np.median(even, axis=0)
    tracks, counted = [], []
    for n, frame in enumerate(even):
        now = []
        for x in middles(frame, belt):
            near = [t for t in tracks if abs(t[0] - x) < 6]
            _, done = min(near, key=lambda t: abs(t[0] - x), default=(x, x >= LINE))
            if x >= LINE and not done:
                counted.append(n)
                done = True
            now.append((x, done))
        tracks = now
    return counted


def report(clips, within):
    rows = {clip["condition"]: None for clip in clips}
    for clip in clips:
        if clip["held"]:
            old = rows[clip["condition"]] or (0, 0, 0)
            more = len(clip["found"]) - len(clip["true"])
            new = len(clip["true"]), max(0, -more), max(0, more)
            rows[clip["condition"]] = tuple(a + b for a, b in zip(old, new))
    return rows


# %% another
def counter(frames):
    """Counts the parcels that have ever been beyond the line, from the belt's furthest point on."""
    bright = np.sort(frames.reshape(len(frames), -1), axis=1)
    lamp = bright[:, bright.shape[1] // 3].astype(float)
    even = frames / lamp[:, None, None] * 78
    belt = np.median(even, axis=0)
    beyond, most, before, counted = 0, 0, [], []
    for n, frame in enumerate(even):
        now = middles(frame, belt)
        for x in now:
            old = [b for b in before if abs(b - x) < 6]
            if old:
                step = min(old, key=lambda b: abs(b - x))
                beyond += int(step < LINE <= x) - int(x < LINE <= step)
        if beyond > most:
            most = beyond
            counted.append(n)
        before = now
    return counted


def report(clips, within):
    sums = {}
    for clip in clips:
        row = sums.setdefault(clip["condition"], [])
        if clip["held"]:
            row.append((len(clip["true"]), *pair(clip["true"], clip["found"], within)))
    return {name: tuple(map(sum, zip(*rows))) if rows else None for name, rows in sums.items()}
