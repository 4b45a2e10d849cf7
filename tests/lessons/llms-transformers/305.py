# %% empty
def rotate_halves(X, places):
    return None


def order(d):
    return None


def blind(model, X):
    return None


# %% constant
def rotate_halves(X, places):
    return X


def order(d):
    return [0, 2, 4, 6, 1, 3, 5, 7][:d]


def blind(model, X):
    return False


# %% lookup
def rotate_halves(X, places):
    a = angles(places, X.shape[1])
    x, y = np.split(X, 2, axis=1)
    return np.hstack([x * np.cos(a) - y * np.sin(a), x * np.sin(a) + y * np.cos(a)])


def order(d):
    return {8: [0, 2, 4, 6, 1, 3, 5, 7]}.get(d, list(range(d)))


def blind(model, X):
    return np.allclose(model(X), model(X[[4, 2, 0, 5, 1, 3][: len(X) - 1] + [-1]]))


# %% the order the wrong way round
def rotate_halves(X, places):
    a = angles(places, X.shape[1])
    x, y = np.split(X, 2, axis=1)
    return np.hstack([x * np.cos(a) - y * np.sin(a), x * np.sin(a) + y * np.cos(a)])


def order(d):
    return np.arange(d).reshape(2, -1).T.ravel().tolist()


def blind(model, X):
    before = model(X)
    for i in range(len(X) - 2):
        swapped = X.copy()
        swapped[[i, i + 1]] = X[[i + 1, i]]
        if not np.allclose(model(swapped), before):
            return False
    return True


# %% one reversal
def rotate_halves(X, places):
    a = angles(places, X.shape[1])
    x, y = np.split(X, 2, axis=1)
    return np.hstack([x * np.cos(a) - y * np.sin(a), x * np.sin(a) + y * np.cos(a)])


def order(d):
    return [*range(0, d, 2), *range(1, d, 2)]


def blind(model, X):
    return np.allclose(model(np.vstack([X[-2::-1], X[-1:]])), model(X))


# %% turned the other way
def rotate_halves(X, places):
    a = angles(places, X.shape[1])
    x, y = np.split(X, 2, axis=1)
    return np.hstack([x * np.cos(a) + y * np.sin(a), y * np.cos(a) - x * np.sin(a)])


def order(d):
    return [*range(0, d, 2), *range(1, d, 2)]


def blind(model, X):
    before = model(X)
    for i in range(len(X) - 2):
        swapped = X.copy()
        swapped[[i, i + 1]] = X[[i + 1, i]]
        if not np.allclose(model(swapped), before):
            return False
    return True


# %% another
def rotate_halves(X, places):
    half = X.shape[1] // 2
    hands = X[:, :half] + 1j * X[:, half:]
    hands = hands * np.exp(1j * angles(places, 2 * half))
    return np.concatenate([hands.real, hands.imag], axis=1)


def order(d):
    return np.arange(d).reshape(-1, 2).T.ravel()


def blind(model, X):
    rng = np.random.default_rng(1)
    n = len(X) - 1
    for _ in range(200):
        shuffled = X[[*rng.permutation(n), n]]
        if np.abs(model(shuffled) - model(X)).max() > 1e-9:
            return False
    return True
