# %% empty
def decide(hours):
    return None


# %% constant
def decide(hours):
    return "back"


# %% lookup: the hours and the caller of one week
def decide(hours):
    if len(hours) >= 41:
        return "hold portal"


# %% rings in calm weeks
def decide(hours):
    if hours[-1]["right"] < 50 or excess(hours[-24:]) > 1.96:
        return "back"


# %% blames the release for everything
def decide(hours):
    if hours[-1]["right"] < 50 or excess(hours[-24:]) > 4.5:
        return "back"


# %% waits for certainty
def decide(hours):
    if hours[-1]["right"] < 50:
        return "back"
    if excess(hours) > 12:
        return "back"


# %% holds whoever is corrected most
def decide(hours):
    if hours[-1]["right"] < 50:
        return "back"
    if excess(hours[-24:]) > 4.5:
        return "hold " + max(
            CALLERS, key=lambda c: excess([{"rows": {c: h["rows"][c]}} for h in hours[-24:]])
        )


# %% another
def off(hours, caller):
    """The largest excess of a caller's amounts over any of the last day's spans."""
    n = total = worst = 0
    for hour in reversed(hours[-24:]):
        row = hour["rows"][caller]
        n += row["n"]
        total += row["n"] * (row["log_amount"] - 2.9)
        worst = max(worst, abs(total) / (0.5 * sqrt(n)))
    return worst


def decide(hours):
    if hours[-1]["right"] < 50:
        return "back"
    amounts = {caller: off(hours, caller) for caller in CALLERS}
    caller = max(amounts, key=amounts.get)
    if amounts[caller] > 4.8:
        return f"hold {caller}"
    new = [hour for hour in hours[-20:] if hour["version"] != hours[0]["version"]]
    if new and excess(new) > 4.2:
        up = [c for c in CALLERS if excess([{"rows": {c: h["rows"][c]}} for h in new]) > 1]
        if len(up) > 1:
            return "back"
    return None
