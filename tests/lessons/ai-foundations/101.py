# %% empty
def turn(wrong):
    return 0, 0


# %% constant
def turn(wrong):
    return 9.54, 1.93


# %% lookup
def turn(wrong):
    if abs(wrong(0, 0) - 20.97) < 0.01:
        return 9.54, 1.93
    return 11.79, 2.69


# %% least squares of the deliveries
def turn(wrong):
    return base, rate


# %% stops with a coarse step
def turn(wrong):
    b, r, step = 0, 0, 8
    while step > 0.5:
        tries = [(b + step, r), (b - step, r), (b, r + step), (b, r - step)]
        best = min(tries, key=lambda setting: wrong(*setting))
        if wrong(*best) < wrong(b, r):
            b, r = best
        else:
            step /= 2
    return b, r


# %% turns the base alone
def turn(wrong):
    b, r, step = 0, 0, 8
    while step > 0.001:
        if wrong(b + step, r) < wrong(b, r):
            b += step
        elif wrong(b - step, r) < wrong(b, r):
            b -= step
        else:
            step /= 2
    return b, r


# %% never turns the rate down
def tickets(base, rate):
    return error(base, rate, messages, spent)


def turn(wrong):
    base, rate, step = 0, 0, 8
    while step > 0.001:
        for setting in [
            (base + step, rate),
            (base - step, rate),
            (base, rate + step),
        ]:
            if wrong(*setting) < wrong(base, rate):
                base, rate = setting
                break
        else:  # no turn helped
            step /= 2
    return base, rate


# %% another
def turn(wrong):
    at, step = [0.0, 0.0], 8.0
    while step > 0.0005:
        before = wrong(*at)
        for knob in (0, 1):
            for way in (step, -step):
                trial = list(at)
                trial[knob] += way
                if wrong(*trial) < wrong(*at):
                    at = trial
        if wrong(*at) == before:
            step /= 3
    return tuple(at)
