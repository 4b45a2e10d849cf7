# %% empty
def norm_back(slope, saved, g):
    return 0 * slope, 0 * g, 0 * g


def block_back(slope, saved, w):
    return None, {}


def size(d, layers, vocabulary):
    return None


# %% constant
def norm_back(slope, saved, g):
    return slope / saved[1], (slope * saved[0]).sum(axis=0), slope.sum(axis=0)


def block_back(slope, saved, w):
    a, h, c, f = saved
    d, told = feed_back(slope, f, w)
    d, told["g2"], told["b2"] = norm_back(d, c, w["g2"])
    at_m = slope + d
    d, more = attend_back(at_m, h, w)
    told |= more
    d, told["g1"], told["b1"] = norm_back(d, a, w["g1"])
    return at_m + d, told


def size(d, layers, vocabulary):
    return 456


# %% lookup
def norm_back(slope, saved, g):
    n, s = saved
    t = slope * g
    shift = t.mean(axis=-1, keepdims=True)
    stretch = n * (t * n).mean(axis=-1, keepdims=True)
    at_x = (t - shift - stretch) / s
    return at_x, (slope * n).sum(axis=0), slope.sum(axis=0)


def block_back(slope, saved, w):
    a, h, c, f = saved
    d, told = feed_back(slope, f, w)
    d, told["g2"], told["b2"] = norm_back(d, c, w["g2"])
    at_m = slope + d
    d, more = attend_back(at_m, h, w)
    told |= more
    d, told["g1"], told["b1"] = norm_back(d, a, w["g1"])
    return at_m + d, told


def size(d, layers, vocabulary):
    return {(6, 1): 456, (768, 12): 123_570_432}.get((d, layers), 12 * d * d * layers)


# %% forgets g
def norm_back(slope, saved, g):
    n, s = saved
    t = slope
    shift = t.mean(axis=-1, keepdims=True)
    stretch = n * (t * n).mean(axis=-1, keepdims=True)
    at_x = (t - shift - stretch) / s
    return at_x, (slope * n).sum(axis=0), slope.sum(axis=0)


def block_back(slope, saved, w):
    a, h, c, f = saved
    d, told = feed_back(slope, f, w)
    d, told["g2"], told["b2"] = norm_back(d, c, w["g2"])
    at_m = slope + d
    d, more = attend_back(at_m, h, w)
    told |= more
    d, told["g1"], told["b1"] = norm_back(d, a, w["g1"])
    return at_m + d, told


def size(d, layers, vocabulary):
    blocks = layers * (12 * d * d + 4 * d)
    return blocks + 2 * d + vocabulary * d


# %% the residual path carries no slope
def norm_back(slope, saved, g):
    n, s = saved
    t = slope * g
    shift = t.mean(axis=-1, keepdims=True)
    stretch = n * (t * n).mean(axis=-1, keepdims=True)
    at_x = (t - shift - stretch) / s
    return at_x, (slope * n).sum(axis=0), slope.sum(axis=0)


def block_back(slope, saved, w):
    a, h, c, f = saved
    d, told = feed_back(slope, f, w)
    d, told["g2"], told["b2"] = norm_back(d, c, w["g2"])
    at_m = d
    d, more = attend_back(at_m, h, w)
    told |= more
    d, told["g1"], told["b1"] = norm_back(d, a, w["g1"])
    return d, told


def size(d, layers, vocabulary):
    blocks = layers * (12 * d * d + 4 * d)
    return blocks + 2 * d + vocabulary * d


# %% the first slopes take the place of both
def norm_back(slope, saved, g):
    n, s = saved
    t = slope * g
    shift = t.mean(axis=-1, keepdims=True)
    stretch = n * (t * n).mean(axis=-1, keepdims=True)
    at_x = (t - shift - stretch) / s
    return at_x, (slope * n).sum(axis=0), slope.sum(axis=0)


def block_back(slope, saved, w):
    a, h, c, f = saved
    d, told = feed_back(slope, f, w)
    d, told["g2"], told["b2"] = norm_back(d, c, w["g2"])
    at_m = slope + d
    d, more = attend_back(at_m, h, w)
    told |= more
    d, told["g1"], told["b1"] = norm_back(d, a, w["g1"])
    return slope + d, told


def size(d, layers, vocabulary):
    blocks = layers * (12 * d * d + 4 * d)
    return blocks + 2 * d + vocabulary * d


# %% another
def norm_back(slope, saved, g):
    n, s = saved
    d = n.shape[1]
    at_x = np.empty_like(n)
    for i, (row, t) in enumerate(zip(n, slope * g, strict=True)):
        jacobian = np.eye(d) - 1 / d - np.outer(row, row) / d
        at_x[i] = jacobian @ t / s[i]
    return at_x, np.einsum("nd,nd->d", slope, n), np.ones(len(n)) @ slope


def block_back(slope, saved, w):
    told = {}
    before, inner, middle, outer = saved
    branch, some = feed_back(slope, outer, w)
    told.update(some)
    branch, told["g2"], told["b2"] = norm_back(branch, middle, w["g2"])
    total = slope + branch
    branch, some = attend_back(total, inner, w)
    told.update(some)
    branch, told["g1"], told["b1"] = norm_back(branch, before, w["g1"])
    return total + branch, told


def size(d, layers, vocabulary):
    one = sum(part.size for part in start(d, np.random.default_rng(0)).values())
    return one * layers + d * (2 + vocabulary)
