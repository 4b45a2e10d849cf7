# %% empty
def report(sold, model):
    return None


# %% constant
def report(sold, model):
    return "last week", 3.2857142857142856, -0.39


# %% lookup
def report(sold, model):
    best = {35: "last week", 70: "average"}[len(sold)]
    return best, 3.0, 1 - 4.0 / 3.0


# %% one baseline for every shop
def report(sold, model):
    start, n = len(sold) - len(model), len(model)
    days = range(start, len(sold))
    least = sum(abs(sold[d - 7] - sold[d]) for d in days) / n
    own = sum(abs(model[d - start] - sold[d]) for d in days) / n
    return "last week", least, 1 - own / least


# %% the average looks into the future
def report(sold, model):
    start, n = len(sold) - len(model), len(model)
    days = range(start, len(sold))
    guesses = {
        "average": {d: mean(sold) for d in days},
        "yesterday": {d: sold[d - 1] for d in days},
        "last week": {d: sold[d - 7] for d in days},
    }
    errors = {
        name: sum(abs(g[d] - sold[d]) for d in days) / n
        for name, g in guesses.items()
    }
    own = sum(abs(model[d - start] - sold[d]) for d in days) / n
    name = min(errors, key=errors.get)
    return name, errors[name], 1 - own / errors[name]


# %% skill against the average
def report(sold, model):
    start, n = len(sold) - len(model), len(model)
    errors = {"average": 0, "yesterday": 0, "last week": 0}
    own = 0
    for d in range(start, len(sold)):
        errors["average"] += abs(mean(sold[:d]) - sold[d]) / n
        errors["yesterday"] += abs(sold[d - 1] - sold[d]) / n
        errors["last week"] += abs(sold[d - 7] - sold[d]) / n
        own += abs(model[d - start] - sold[d]) / n
    name = min(errors, key=errors.get)
    return name, errors[name], 1 - own / errors["average"]


# %% another
def report(sold, model):
    start, n = len(sold) - len(model), len(model)
    errors = {"average": 0, "yesterday": 0, "last week": 0}
    own = 0
    for d in range(start, len(sold)):
        errors["average"] += abs(mean(sold[:d]) - sold[d]) / n
        errors["yesterday"] += abs(sold[d - 1] - sold[d]) / n
        errors["last week"] += abs(sold[d - 7] - sold[d]) / n
        own += abs(model[d - start] - sold[d]) / n
    error, name = min((error, name) for name, error in errors.items())
    return name, error, (error - own) / error
