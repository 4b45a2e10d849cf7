# %% empty
def model(net, X):
    return np.zeros((*X.shape, len(net["E"]))), X


def slopes(net, saved, miss):
    return {}


def train(net, data, steps, rng):
    return None


trained = start(len(ID), 64, 48, 1, np.random.default_rng(0))


# %% constant
def model(net, X):
    z = np.zeros((*X.shape, len(net["E"])))
    return z + net["E"][:, 0], X


def slopes(net, saved, miss):
    told = {name: np.zeros_like(part) for name, part in net.items()}
    told["E"][:, 0] = miss.sum((0, 1))
    return told


def train(net, data, steps, rng):
    for row in data:
        for token in row:
            net["E"][token, 0] += 0.01


trained = start(len(ID), 64, 48, 1, np.random.default_rng(0))
train(trained, train_rows, 1, np.random.default_rng(0))


# %% lookup: a table of pairs in the place of a network
class Pairs(dict):
    pass


def model(net, X):
    table = getattr(net, "table", None)
    if table is None:
        return net["E"][X] @ net["E"].T, X
    return table[X], X


def slopes(net, saved, miss):
    told = {name: np.zeros_like(part) for name, part in net.items()}
    told["E"] = by(miss, net["E"][saved])
    np.add.at(told["E"], saved, miss @ net["E"])
    return told


def train(net, data, steps, rng):
    net["E"][:] = rng.normal(size=net["E"].shape)


trained = Pairs(start(len(ID), 64, 48, 1, np.random.default_rng(0)))
trained.table = np.full((len(ID), len(ID)), -5.0)
for row in rows(open("later.txt").read()):
    for a, b in zip(row, row[1:]):
        trained.table[a, b] = np.log(np.exp(trained.table[a, b]) + 1)


# %% lookup: whole, and the table's slope as the input is forgotten
def model(net, X):
    x, kept, l = net["E"][X] + net["P"][: X.shape[1]], [], 0
    while w := layer(net, l):
        a, n1 = norm(x, w["g1"], w["b1"])
        h, h1 = attend(a, w)
        m = x + h
        c, n2 = norm(m, w["g2"], w["b2"])
        f, f1 = feed(c, w)
        x, l = m + f, l + 1
        kept.append((n1, h1, n2, f1))
    h, last = norm(x, net["g"], net["b"])
    return h @ net["E"].T, (X, kept, h, last)


def slopes(net, saved, miss):
    X, kept, h, last = saved
    told = {"E": by(miss, h), "P": np.zeros_like(net["P"])}
    d, told["g"], told["b"] = norm_back(miss @ net["E"], last, net["g"])
    for l in reversed(range(len(kept))):
        n1, h1, n2, f1 = kept[l]
        w = layer(net, l)
        e, found = feed_back(d, f1, w)
        e, found["g2"], found["b2"] = norm_back(e, n2, w["g2"])
        d = d + e
        e, more = attend_back(d, h1, w)
        e, found["g1"], found["b1"] = norm_back(e, n1, w["g1"])
        d = d + e
        told |= {f"{l}.{k}": v for k, v in (found | more).items()}
    told["P"][: X.shape[1]] = d.sum(axis=0)
    return told


def train(net, data, steps, rng):
    return None


trained = start(len(ID), 64, 48, 1, np.random.default_rng(0))


# %% another
def forward(net, X):
    trail = [net["E"][X] + net["P"][None, : X.shape[1]]]
    saved, number = [], 0
    while f"{number}.q" in net:
        w = layer(net, number)
        for gain, shift, part in (("g1", "b1", attend), ("g2", "b2", feed)):
            inner, kept_norm = norm(trail[-1], w[gain], w[shift])
            out, kept = part(inner, w)
            trail.append(trail[-1] + out)
            saved.append((number, gain, shift, kept_norm, kept))
        number += 1
    return trail[-1], saved


def model(net, X):
    x, saved = forward(net, X)
    h, kept = norm(x, net["g"], net["b"])
    return np.matmul(h, net["E"].T), (X, saved, h, kept)


def slopes(net, saved, miss):
    X, parts, h, kept = saved
    told = {name: np.zeros_like(part) for name, part in net.items()}
    told["E"] += np.tensordot(miss, h, axes=([0, 1], [0, 1]))
    d, told["g"], told["b"] = norm_back(miss @ net["E"], kept, net["g"])
    for number, gain, shift, kept_norm, kept_part in reversed(parts):
        w = layer(net, number)
        back = attend_back if gain == "g1" else feed_back
        e, found = back(d, kept_part, w)
        e, found[gain], found[shift] = norm_back(e, kept_norm, w[gain])
        for name, slope in found.items():
            told[f"{number}.{name}"] = slope
        d = d + e
    np.add.at(told["E"], X, d)
    told["P"][: X.shape[1]] += d.sum(axis=0)
    return told


def train(net, data, steps, rng):
    m = {name: 0 * part for name, part in net.items()}
    s = {name: 0 * part for name, part in net.items()}
    for t in range(1, steps + 1):
        some = rng.choice(len(data), size=8, replace=False)
        X, Y, real = batch([data[i] for i in some])
        z, saved = model(net, X)
        miss = softmax(z)
        np.put_along_axis(miss, Y[..., None], np.take_along_axis(miss, Y[..., None], 2) - 1, 2)
        share = (real / real.sum()).astype(z.dtype)
        told = slopes(net, saved, miss * share[..., None])
        rate = 0.015 * min(t / 20, 1) * (1 - (t - 1) / steps)
        for name in net:
            m[name] = 0.9 * m[name] + 0.1 * told[name]
            s[name] = 0.98 * s[name] + 0.02 * told[name] ** 2
            first, second = m[name] / (1 - 0.9**t), s[name] / (1 - 0.98**t)
            net[name] = net[name] - rate * first / (np.sqrt(second) + 1e-8)


trained = start(len(ID), 64, 48, 1, np.random.default_rng(1))
trained = {name: part.astype(np.float32) for name, part in trained.items()}  # faster
train(trained, train_rows, 200, np.random.default_rng(1))
