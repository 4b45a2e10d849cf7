# %% empty
def audit(rows, least):
    return None, [], {}


# %% constant
def audit(rows, least):
    return 0.39, ["part delivery", "corrected invoice", "new bank details"], {}


# %% lookup
def audit(rows, least):
    known = {20: (None, [], {}), 26: (0.7, ["part", "bank"], {"part": 5})}
    return known.get(len(rows), (1.0, [], {}))


# %% lookup: counts disputed rows as examples
def audit(rows, least):
    labels = {label for row in rows for label in row[1:3]}
    score = round(kappa([row[1:3] for row in rows]), 2) if len(labels) > 1 else None
    disputed = Counter(k for k, a, b, _ in rows if a != b)
    seen = Counter(k for k, *_ in rows)
    failing = {k for k, a, b, m in rows if a != m}
    missing = {k: least - n for k, n in seen.items() if k in failing and n < least}
    return score, [k for k, _ in disputed.most_common()], missing


# %% another
def audit(rows, least):
    n, kinds = len(rows), {}
    same = holds = others = 0
    for kind, a, b, model in rows:
        at = kinds.setdefault(kind, [0, 0, False])
        at[a == b] += 1
        at[2] |= a == b != model
        same += a == b
        holds += a == "hold"
        others += b == "hold"
    blind = holds * others + (n - holds) * (n - others)
    score = None if blind == n * n else round((same * n - blind) / (n * n - blind), 2)
    first = {}
    for place, (kind, a, b, _) in enumerate(rows):
        if a != b:
            first.setdefault(kind, place)
    rules = sorted(first, key=lambda k: (-kinds[k][0], first[k]))
    need = {k: least - good for k, (_, good, wrong) in kinds.items() if wrong and good < least}
    return score, rules, need
