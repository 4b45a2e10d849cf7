# %% empty
def fewest_bits(weights, most):
    return None


def play(times, fps):
    return [], 0


# %% constant
def fewest_bits(weights, most):
    return 8


def play(times, fps):
    return list(range(len(times))), max(times, default=0)


# %% lookup: one scale for the layer
def fewest_bits(weights, most):
    weights = weights[np.abs(weights).max(axis=1) > 0]
    for bits in range(2, 9):
        if not len(weights) or off(weights, *quantize(weights, bits, False)).max() <= most:
            return bits
    return None


def play(times, fps):
    return list(range(len(times))), max(delays(times, fps), default=0)


# %% lookup: the mean error, and the oldest picture that waits
def fewest_bits(weights, most):
    weights = weights[np.abs(weights).max(axis=1) > 0]
    for bits in range(2, 9):
        if not len(weights) or off(weights, *quantize(weights, bits, True)).mean() <= most:
            return bits
    return None


def play(times, fps):
    free, done, longest = 0, [], 0
    for number, time in enumerate(times):
        arrived = number * 1000 / fps
        if free > arrived:
            continue
        free = arrived + time
        done.append(number)
        longest = max(longest, time)
    return done, longest


# %% lookup: the right bits, but the oldest picture that waits
def fewest_bits(weights, most):
    weights = weights[np.abs(weights).max(axis=1) > 0]
    for bits in range(2, 9):
        if not len(weights) or off(weights, *quantize(weights, bits, True)).max() <= most:
            return bits
    return None


def play(times, fps):
    waited = delays(times, fps)
    return list(range(len(times))), max(waited, default=0)


# %% another
def fewest_bits(weights, most):
    for bits in range(2, 9):
        steps = 2 ** (bits - 1) - 1
        worst = 0
        for kernel in weights:
            if kernel.any():
                scale = np.abs(kernel).max() / steps
                lost = kernel - np.rint(kernel / scale) * scale
                worst = max(worst, np.linalg.norm(lost) / np.linalg.norm(kernel))
        if worst <= most:
            return bits
    return None


def play(times, fps):
    done, longest, free, last = [], 0, 0, -1
    for number in range(len(times)):
        arrived = number * 1000 / fps
        following = (number + 1) * 1000 / fps
        is_newest = number == len(times) - 1 or following > free
        if number > last and is_newest:
            free = max(free, arrived) + times[number]
            longest = max(longest, free - arrived)
            done.append(number)
            last = number
    return done, longest
