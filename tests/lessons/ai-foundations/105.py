# %% empty
def ridge(X, y, strength):
    return None


def choose(train, validation, degree, strengths):
    return None


def enough(n, degree, strength):
    return None


# %% constant
def ridge(X, y, strength):
    return np.linalg.lstsq(X[:, :1], y)[0]


def choose(train, validation, degree, strengths):
    return 1.0


def enough(n, degree, strength):
    return True


# %% lookup
def ridge(X, y, strength):
    extra = np.sqrt(strength) * np.eye(X.shape[1])[1:]
    y = np.append(y, np.zeros(len(extra)))
    return np.linalg.lstsq(np.vstack([X, extra]), y)[0]


def choose(train, validation, degree, strengths):
    return {20: 1.0}.get(degree, strengths[1])


def enough(n, degree, strength):
    return n >= 120


# %% the constant on the leash
def ridge(X, y, strength):
    leash = strength * np.eye(X.shape[1])
    return np.linalg.solve(X.T @ X + leash, X.T @ y)


def choose(train, validation, degree, strengths):
    hour, y = train
    X = columns(hour, degree)
    return min(strengths, key=lambda s: error(ridge(X, y, s), validation))


def enough(n, degree, strength):
    return n > 100 or degree == 1


# %% chooses by training error
def ridge(X, y, strength):
    leash = strength * np.eye(X.shape[1])
    leash[0, 0] = 0
    return np.linalg.solve(X.T @ X + leash, X.T @ y)


def choose(train, validation, degree, strengths):
    hour, y = train
    X = columns(hour, degree)
    return min(strengths, key=lambda s: error(ridge(X, y, s), train))


def enough(n, degree, strength):
    return n > 100 or degree == 1


# %% rows always help
def ridge(X, y, strength):
    leash = strength * np.eye(X.shape[1])
    leash[0, 0] = 0
    return np.linalg.solve(X.T @ X + leash, X.T @ y)


def choose(train, validation, degree, strengths):
    hour, y = train
    X = columns(hour, degree)
    return min(strengths, key=lambda s: error(ridge(X, y, s), validation))


def enough(n, degree, strength):
    return False


# %% rows help up to a hundred
def ridge(X, y, strength):
    middle, level = X[:, 1:].mean(axis=0), y.mean()
    Z = X[:, 1:] - middle
    leash = strength * np.eye(Z.shape[1])
    w = np.linalg.solve(Z.T @ Z + leash, Z.T @ (y - level))
    return np.append(level - middle @ w, w)


def choose(train, validation, degree, strengths):
    offs = {}
    for strength in strengths:
        w = ridge(columns(train[0], degree), train[1], strength)
        offs[strength] = error(w, validation)
    return sorted(offs, key=offs.get)[0]


def enough(n, degree, strength):
    return degree == 1 or n > 100


# %% another
def ridge(X, y, strength):
    middle, level = X[:, 1:].mean(axis=0), y.mean()
    Z = X[:, 1:] - middle
    leash = strength * np.eye(Z.shape[1])
    w = np.linalg.solve(Z.T @ Z + leash, Z.T @ (y - level))
    return np.append(level - middle @ w, w)


def choose(train, validation, degree, strengths):
    offs = {}
    for strength in strengths:
        w = ridge(columns(train[0], degree), train[1], strength)
        offs[strength] = error(w, validation)
    return sorted(offs, key=offs.get)[0]


def enough(n, degree, strength):
    small = large = 0
    for seed in range(20):
        rng = np.random.default_rng(seed)
        hour, y = draw(2 * n, rng)
        new = draw(500, rng)
        small += error(ridge(columns(hour[:n], degree), y[:n], strength), new)
        large += error(ridge(columns(hour, degree), y, strength), new)
    return small - large < 20 * 0.05
