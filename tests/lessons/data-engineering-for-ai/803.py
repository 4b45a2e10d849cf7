# %% empty
def wrapped(words):
    return []


# %% constant
def wrapped(words):
    return [
        {
            "Invoice": "4414",
            "Item": "Pedals flat",
            "Due": "2026-04-05",
            "Paid": "",
            "Amount": "395.19",
        }
    ]


# %% lookup: cuts lines at spaces, as plain text does
def wrapped(words):
    rows = cut([(w["mid"], w["mid"]) for w in words], 6)
    lines = [[] for _ in rows]
    for w in sorted(words, key=lambda w: w["x0"]):
        lines[band(rows, w["mid"])].append(w["text"])
    head, *rest = lines
    return [dict(zip(head, line + [""] * 4)) for line in rest]


# %% lookup: columns begin where their headings begin
def wrapped(words):
    rows = cut([(w["mid"], w["mid"]) for w in words], 6)
    lines = [[] for _ in rows]
    for w in sorted(words, key=lambda w: w["x0"]):
        lines[band(rows, w["mid"])].append(w)
    heads, *rest = lines
    whole = []
    for line in rest:
        row = {h["text"]: "" for h in heads}
        for w in line:
            at = [h for h in heads if h["x0"] <= w["x0"] + 1] or heads[:1]
            name = at[-1]["text"]
            row[name] = (row[name] + " " + w["text"]).strip()
        if row[heads[0]["text"]]:
            whole.append(row)
        elif whole:
            for name, text in row.items():
                whole[-1][name] = (whole[-1][name] + " " + text).strip()
    return whole


# %% lookup: wrapped lines are left out
def wrapped(words):
    return [row for row in table(words) if next(iter(row.values()))]


# %% another
def wrapped(words):
    columns = cut([(w["x0"], w["x1"]) for w in words], 8)
    rows = cut([(w["mid"], w["mid"]) for w in words], 6)
    whole = []
    for low, high in rows:
        line = sorted((w for w in words if low <= w["mid"] <= high), key=lambda w: w["x0"])
        cells = [
            " ".join(w["text"] for w in line if left <= w["x0"] <= right)
            for left, right in columns
        ]
        if cells[0]:
            whole.append(cells)
        else:
            whole[-1] = [" ".join(filter(None, pair)) for pair in zip(whole[-1], cells)]
    return [dict(zip(whole[0], row)) for row in whole[1:]]
