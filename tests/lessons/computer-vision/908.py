# %% empty
def accept(read):
    return None


def report(rows):
    return {"cer": None, "through": 0, "wrong": 0, "by_hand": len(rows)}


# %% constant
def accept(read):
    return "RD673198075IT"


def report(rows):
    return {"cer": 0.019, "through": len(rows), "wrong": 0, "by_hand": 0}


# %% lookup: look-alikes are not turned around
def accept(read):
    number = squeeze(read)
    return number if holds(number) else None


def report(rows):
    off = sum(edits(squeeze(r["read"]), r["truth"]) for r in rows)
    taken = [(accept(r["read"]), r["truth"]) for r in rows]
    through = [pair for pair in taken if pair[0]]
    return {
        "cer": off / 13 / len(rows) if rows else None,
        "through": len(through),
        "wrong": sum(a != b for a, b in through),
        "by_hand": len(rows) - len(through),
    }


# %% lookup: no check digit, only the form
def accept(read):
    text = squeeze(read)
    letters, digits = str.maketrans("012568", "OIZSGB"), str.maketrans("OIZSGB", "012568")
    number = (
        text[:2].translate(letters) + text[2:11].translate(digits) + text[11:].translate(letters)
    )
    fits = len(number) == 13 and number[2:11].isdigit()
    return number if fits and (number[:2] + number[11:]).isalpha() else None


def report(rows):
    off = sum(edits(squeeze(r["read"]), r["truth"]) for r in rows)
    taken = [(accept(r["read"]), r["truth"]) for r in rows]
    through = [pair for pair in taken if pair[0]]
    return {
        "cer": off / 13 / len(rows) if rows else None,
        "through": len(through),
        "wrong": sum(a != b for a, b in through),
        "by_hand": len(rows) - len(through),
    }


# %% lookup: the rate of errors is counted after look-alikes are turned around
def accept(read):
    text = squeeze(read)
    letters, digits = str.maketrans("012568", "OIZSGB"), str.maketrans("OIZSGB", "012568")
    number = (
        text[:2].translate(letters) + text[2:11].translate(digits) + text[11:].translate(letters)
    )
    return number if holds(number) else None


def report(rows):
    taken = [(accept(r["read"]), r["truth"]) for r in rows]
    off = sum(edits(a or squeeze(r["read"]), b) for (a, b), r in zip(taken, rows))
    through = [pair for pair in taken if pair[0]]
    return {
        "cer": off / 13 / len(rows) if rows else None,
        "through": len(through),
        "wrong": sum(a != b for a, b in through),
        "by_hand": len(rows) - len(through),
    }


# %% another
def accept(read):
    text = "".join(read.upper().split())
    pairs = {"O": "0", "I": "1", "Z": "2", "S": "5", "G": "6", "B": "8"}
    turned = {b: a for a, b in pairs.items()}
    signs = []
    for place, sign in enumerate(text):
        table = pairs if place in range(2, 11) else turned
        signs.append(table[sign] if sign in table else sign)
    number = "".join(signs)
    return number if len(text) == 13 and holds(number) else None


def report(rows):
    off = length = through = wrong = 0
    for row in rows:
        off += edits("".join(row["read"].upper().split()), row["truth"])
        length += len(row["truth"])
        number = accept(row["read"])
        if number:
            through += 1
            wrong += number != row["truth"]
    return {
        "cer": off / length if length else None,
        "through": through,
        "wrong": wrong,
        "by_hand": len(rows) - through,
    }
