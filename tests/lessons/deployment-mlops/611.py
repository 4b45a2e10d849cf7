# %% empty
def leaving(usage, card_hours, prices, who, holds):
    return None


def crossing(call, card, holds):
    return None


# %% constant
def leaving(usage, card_hours, prices, who, holds):
    return 0.0


def crossing(call, card, holds):
    return 0


# %% lookup
def leaving(usage, card_hours, prices, who, holds):
    return {"scanner": 10.0, "partner": 207.0}.get(who, 0.0)


def crossing(call, card, holds):
    return {(72, 4_800_000): 133_334}.get((call, card), 133_334)


# %% its share of everything
def leaving(usage, card_hours, prices, who, holds):
    share = sum(r["card_seconds"] for r in usage if r["customer"] == who)
    share /= sum(r["card_seconds"] for r in usage)
    return share * sum(lines(usage, card_hours, prices).values())


def crossing(call, card, holds):
    return None if call * holds <= card else ceil(card / call)


# %% its own lines
def leaving(usage, card_hours, prices, who, holds):
    bill = lines(usage, card_hours, prices)
    return bill["calls", who] + bill["card", who]


def crossing(call, card, holds):
    return 0


# %% the first crossing, with the right savings
def leaving(usage, card_hours, prices, who, holds):
    def needed(rows):
        hours = Counter()
        for r in rows:
            hours[r["hour"]] += r["card_seconds"]
        return max(1, ceil(max(hours.values(), default=0) / holds))

    now = needed(usage)
    spared = now - needed([r for r in usage if r["customer"] != who])
    saved = card_hours * spared / now * prices["card"]
    return saved + lines(usage, card_hours, prices)["calls", who]


def crossing(call, card, holds):
    return None if call * holds <= card else ceil(card / call)


# %% gives back the last card
def leaving(usage, card_hours, prices, who, holds):
    def needed(rows):
        hours = Counter()
        for r in rows:
            hours[r["hour"]] += r["card_seconds"]
        return ceil(max(hours.values(), default=0) / holds)

    now = needed(usage)
    spared = now - needed([r for r in usage if r["customer"] != who])
    saved = card_hours * spared / now * prices["card"]
    return saved + lines(usage, card_hours, prices)["calls", who]


def crossing(call, card, holds):
    if call * holds <= card:
        return None
    k = 1
    while call * ((k - 1) * holds + 1) < k * card:
        k += 1
    return ceil((k - 1) * card / call)


# %% another
def leaving(usage, card_hours, prices, who, holds):
    with_it, without = [0] * 24, [0] * 24
    for r in usage:
        with_it[r["hour"]] += r["card_seconds"]
        without[r["hour"]] += r["card_seconds"] * (r["customer"] != who)
    cards = [max(1, *(-(-seconds // holds) for seconds in day)) for day in (with_it, without)]
    saved = (cards[0] - cards[1]) * card_hours / cards[0] * prices["card"]
    for r in usage:
        if r["customer"] == who:
            saved += r["tokens_in"] / 1e6 * prices["in"] + r["tokens_out"] / 1e6 * prices["out"]
    return saved


def crossing(call, card, holds):
    if card >= call * holds:
        return None
    last, k = -1, 0  # the last number of requests at which cards cost more
    while True:
        k += 1
        begins, ends = (k - 1) * holds + 1, k * holds
        costlier = min(ends, (k * card - 1) // call)
        if costlier < begins:
            return last + 1
        last = costlier
