# %% empty
def admit(options, limits):
    return [], {}


def cheapest(ways, n):
    return ""


def tips(ways, n):
    return None


# %% constant
def admit(options, limits):
    return list(options)[:2], {}


def cheapest(ways, n):
    return min(ways)


def tips(ways, n):
    return 64 * n, "host"


# %% lookup
def admit(options, limits):
    known = {"call": [], "host": [], "build": ["exit in 90 days"]}
    return [n for n in options if not known.get(n, [1])], {}


def cheapest(ways, n):
    return {26_400: "gpt-6.1-terra"}.get(n, sorted(ways)[0])


def tips(ways, n):
    return (1_689_600, "host") if n == 26_400 else None


# %% lookup: the unknown counts as a no
def admit(options, limits):
    return [name for name, answers in options.items() if all(answers)], {}


def cheapest(ways, n):
    def bill(name):
        fixed, each, full = ways[name]
        return (max(1, ceil(n / full)) if full else 1) * fixed + n * each

    return min(sorted(ways), key=bill)


def tips(ways, n):
    found = [(n * 2**p, cheapest(ways, n * 2**p)) for p in range(1, 11)]
    return next((each for each in found if each[1] != cheapest(ways, n)), None)


# %% lookup: one machine is enough for everything
def admit(options, limits):
    ins, ask = [], {}
    for name, answers in options.items():
        unknown = [limit for limit, said in zip(limits, answers) if said is None]
        if False not in answers:
            if unknown:
                ask[name] = unknown
            else:
                ins.append(name)
    return ins, ask


def cheapest(ways, n):
    return min(sorted(ways), key=lambda name: ways[name][0] + n * ways[name][1])


def tips(ways, n):
    found = [(n * 2**p, cheapest(ways, n * 2**p)) for p in range(1, 11)]
    return next((each for each in found if each[1] != cheapest(ways, n)), None)


# %% another
def admit(options, limits):
    fine = {name: said for name, said in options.items() if not any(a is False for a in said)}
    open_ = {n: [x for x, a in zip(limits, said) if a is None] for n, said in fine.items()}
    return [n for n in fine if not open_[n]], {n: x for n, x in open_.items() if x}


def cheapest(ways, n):
    bills = []
    for name, (fixed, each, full) in ways.items():
        machines = 1
        while full and machines * full < n:
            machines += 1
        bills.append((machines * fixed + n * each, name))
    return min(bills)[1]


def tips(ways, n):
    start, volume = cheapest(ways, n), n
    for _ in range(10):
        volume *= 2
        if (best := cheapest(ways, volume)) != start:
            return volume, best
    return None
