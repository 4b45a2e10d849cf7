# %% empty
def daily(parts, requests):
    return {}


def best_k(finds, costs, asked, worth):
    return None


def cheapest(options, now, essential, allowed):
    return None


# %% constant
def daily(parts, requests):
    return {"answer": 34.78, "again": 5.7, "judge": 3.89, "rewrite": 1.97, "embed": 0.02}


def best_k(finds, costs, asked, worth):
    return 2


def cheapest(options, now, essential, allowed):
    return now


# %% lookup
def daily(parts, requests):
    day = {name: dollars(stage, requests) for name, stage in parts.items()}
    return dict(sorted(day.items(), key=lambda item: -item[1]))


def best_k(finds, costs, asked, worth):
    return {0.0001: 1, 0.001: 2}.get(worth, min(6, len(finds) - 1))


def cheapest(options, now, essential, allowed):
    return {("dense  5", 0): "dense  2", ("words 10", 0): "dense  6"}.get((now, allowed), now)


# %% lookup: questions gained make up for lost ones
def daily(parts, requests):
    day = {name: dollars(stage, requests) for name, stage in parts.items() if stage[3]}
    return dict(sorted(day.items(), key=lambda item: -item[1]))


def best_k(finds, costs, asked, worth):
    gains = [worth * f / asked - cost for f, cost in zip(finds, costs, strict=True)]
    return gains.index(max(gains))


def cheapest(options, now, essential, allowed):
    price, had = options[now]
    fit = [
        (cost, name)
        for name, (cost, finds) in options.items()
        if len(finds) >= len(had) - allowed
    ]
    return min(fit)[1]


# %% constant: the most found is the best
def daily(parts, requests):
    day = {name: dollars(stage, requests) for name, stage in parts.items() if stage[3]}
    return dict(sorted(day.items(), key=lambda item: -item[1]))


def best_k(finds, costs, asked, worth):
    return finds.index(max(finds))


def cheapest(options, now, essential, allowed):
    had = options[now][1]
    fit = [
        (cost, name)
        for name, (cost, finds) in options.items()
        if len(had - finds) <= allowed and not (had - finds) & essential
    ]
    return min(fit)[1]


# %% another
def daily(parts, requests):
    rest = {}
    for name, stage in parts.items():
        model, come, go, share = stage
        if share > 0:
            price_in, price_out = PRICES[model]
            rest[name] = share * requests * (come * price_in + go * price_out) / 1_000_000
    order = list(rest)
    order.sort(key=rest.get, reverse=True)
    return {name: rest[name] for name in order}


def best_k(finds, costs, asked, worth):
    best, most = 0, worth * finds[0] / asked - costs[0]
    for k in range(1, len(finds)):
        gain = worth * finds[k] / asked - costs[k]
        if gain > most:
            best, most = k, gain
    return best


def cheapest(options, now, essential, allowed):
    had = set(options[now][1])
    needed = had & set(essential)
    for name in sorted(options, key=lambda each: (options[each][0], each)):
        finds = options[name][1]
        if needed <= finds and len(had & finds) >= len(had) - allowed:
            return name
    return now
