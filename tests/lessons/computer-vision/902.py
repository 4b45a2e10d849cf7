# %% empty
def report(frames, target):
    return 0, None, None


def widest(size, distance, width, least):
    return None


# %% constant: the numbers of the page
def report(frames, target):
    return 0.0, 8.0, 16


def widest(size, distance, width, least):
    return 20.0


# %% lookup: what varies from pixel to pixel is taken for noise
from math import atan, ceil, degrees


def report(frames, target):
    clipped = ((frames == 0) | (frames == 255)).any(axis=0)
    usable = frames.astype(float)[:, ~clipped]
    if not usable.size:
        return 1.0, None, None
    level = usable.std()
    return clipped.mean(), level, max(1, ceil((level / target) ** 2))


def widest(size, distance, width, least):
    return degrees(2 * atan(width / 2 / (least * distance / size)))


# %% lookup: clipped pixels count as calm ones
from math import atan, ceil, degrees


def report(frames, target):
    clipped = ((frames == 0) | (frames == 255)).any(axis=0)
    if clipped.all():
        return 1.0, None, None
    level = np.sqrt(frames.astype(float).var(axis=0, ddof=1).mean())
    return clipped.mean(), level, max(1, ceil((level / target) ** 2))


def widest(size, distance, width, least):
    return degrees(2 * atan(width / 2 / (least * distance / size)))


# %% lookup: noise falls with the number of frames, not with its root
from math import atan, ceil, degrees


def report(frames, target):
    clipped = ((frames == 0) | (frames == 255)).any(axis=0)
    usable = frames.astype(float)[:, ~clipped]
    if not usable.size:
        return 1.0, None, None
    level = np.sqrt(usable.var(axis=0, ddof=1).mean())
    return clipped.mean(), level, max(1, ceil(level / target))


def widest(size, distance, width, least):
    return degrees(2 * atan(width / 2 / (least * distance / size)))


# %% lookup: angles by rule of three
from math import ceil


def report(frames, target):
    clipped = ((frames == 0) | (frames == 255)).any(axis=0)
    usable = frames.astype(float)[:, ~clipped]
    if not usable.size:
        return 1.0, None, None
    level = np.sqrt(usable.var(axis=0, ddof=1).mean())
    return clipped.mean(), level, max(1, ceil((level / target) ** 2))


def widest(size, distance, width, least):
    return 60 * pixels_on(size, distance, width, 60) / least


# %% lookup: one camera, one size and one distance
from math import atan, ceil, degrees


def report(frames, target):
    clipped = ((frames == 0) | (frames == 255)).any(axis=0)
    usable = frames.astype(float)[:, ~clipped]
    if not usable.size:
        return 1.0, None, None
    level = np.sqrt(usable.var(axis=0, ddof=1).mean())
    return clipped.mean(), level, max(1, ceil((level / target) ** 2))


def widest(size, distance, width, least):
    return degrees(2 * atan(1280 / 2 / (least * 3 / 0.02)))


# %% lookup: no frame at all where there is no noise
import math


def report(frames, target):
    rows = frames.reshape(len(frames), -1).astype(float)
    good = [values for values in rows.T if 0 < values.min() and values.max() < 255]
    share = 1 - len(good) / rows.shape[1]
    if not good:
        return share, None, None
    level = math.sqrt(sum(np.var(values, ddof=1) for values in good) / len(good))
    return share, level, math.ceil((level / target) ** 2)


def widest(size, distance, width, least):
    low, high = 0.001, 179.999
    for _ in range(100):
        middle = (low + high) / 2
        if pixels_on(size, distance, width, middle) > least:
            low = middle
        else:
            high = middle
    return low


# %% another
import math


def report(frames, target):
    rows = frames.reshape(len(frames), -1).astype(float)
    good = [values for values in rows.T if 0 < values.min() and values.max() < 255]
    share = 1 - len(good) / rows.shape[1]
    if not good:
        return share, None, None
    level = math.sqrt(sum(np.var(values, ddof=1) for values in good) / len(good))
    many = 1
    while level / math.sqrt(many) > target:
        many += 1
    return share, level, many


def widest(size, distance, width, least):
    low, high = 0.001, 179.999
    for _ in range(100):
        middle = (low + high) / 2
        if pixels_on(size, distance, width, middle) > least:
            low = middle
        else:
            high = middle
    return low
