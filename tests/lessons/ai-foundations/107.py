# %% empty
def safe_loss(w, X, y, strength):
    return None


def safe_gradient(w, X, y, strength):
    return None


def train_on(X, y, strength):
    return None


# %% constant
def safe_loss(w, X, y, strength):
    return 0.69


def safe_gradient(w, X, y, strength):
    return np.zeros(len(w))


def train_on(X, y, strength):
    return np.zeros(X.shape[1])


# %% lookup
def safe_loss(w, X, y, strength):
    z = X @ w
    if len(y) == 2:
        return 0.0 if y[0] else 1000.0
    return np.mean(np.logaddexp(0, z) - y * z) + strength * np.sum(w[1:] ** 2)


def safe_gradient(w, X, y, strength):
    p = np.exp(-np.logaddexp(0, -(X @ w)))
    return X.T @ (p - y) / len(y) + 2 * strength * np.append(0, w[1:])


def train_on(X, y, strength):
    return np.array([-1.64, 1.49, 1.02, 1.03])


# %% the code of the lesson
def safe_loss(w, X, y, strength):
    return loss(w, X, y) + strength * np.sum(w[1:] ** 2)


def safe_gradient(w, X, y, strength):
    return gradient(w, X, y) + 2 * strength * np.append(0, w[1:])


def train_on(X, y, strength):
    w = np.zeros(X.shape[1])
    for _ in range(5000):
        w -= 0.5 * safe_gradient(w, X, y, strength)
    return w


# %% the constant on the leash
def safe_loss(w, X, y, strength):
    z = X @ w
    return np.mean(np.logaddexp(0, z) - y * z) + strength * np.sum(w**2)


def safe_gradient(w, X, y, strength):
    p = np.exp(-np.logaddexp(0, -(X @ w)))
    return X.T @ (p - y) / len(y) + 2 * strength * w


def train_on(X, y, strength):
    w = np.zeros(X.shape[1])
    for _ in range(5000):
        w -= 0.5 * safe_gradient(w, X, y, strength)
    return w


# %% stops after thirty steps
def safe_loss(w, X, y, strength):
    z = X @ w
    return np.mean(np.logaddexp(0, z) - y * z) + strength * np.sum(w[1:] ** 2)


def safe_gradient(w, X, y, strength):
    p = np.exp(-np.logaddexp(0, -(X @ w)))
    return X.T @ (p - y) / len(y) + 2 * strength * np.append(0, w[1:])


def train_on(X, y, strength):
    w = np.zeros(X.shape[1])
    for _ in range(30):
        w -= 0.1 * safe_gradient(w, X, y, strength)
    return w


# %% another
def safe_loss(w, X, y, strength):
    signed = np.where(y == 1, -1, 1) * (X @ w)
    loss = np.maximum(signed, 0) + np.log1p(np.exp(-np.abs(signed)))
    return loss.mean() + strength * (w @ w - w[0] ** 2)


def squash(z):
    small = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, small) / (1 + small)


def safe_gradient(w, X, y, strength):
    pull = np.concatenate([[0], 2 * strength * w[1:]])
    return np.mean((squash(X @ w) - y)[:, None] * X, axis=0) + pull


def train_on(X, y, strength):
    w = np.zeros(X.shape[1])  # Newton's method
    for _ in range(50):
        p = squash(X @ w)
        bend = (X * (p * (1 - p))[:, None]).T @ X / len(y)
        bend += 2 * strength * np.diag([0] + [1] * (len(w) - 1))
        w = w - np.linalg.solve(bend, safe_gradient(w, X, y, strength))
    return w
