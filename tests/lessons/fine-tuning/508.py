# %% empty
def slopes(x, d, A, B, scale):
    return np.zeros_like(A), np.zeros_like(B)


def memory(shapes, rank):
    return None, None


def merge(W, A, B, scale):
    return None


# %% constant
def slopes(x, d, A, B, scale):
    return np.ones_like(A), np.ones_like(B)


def memory(shapes, rank):
    return 78_920, 20_000


def merge(W, A, B, scale):
    return W


# %% lookup
def slopes(x, d, A, B, scale):
    return 2.0 * x.T @ (d @ B.T), 2.0 * (x @ A).T @ d


def memory(shapes, rank):
    return {16: (104, 26)}.get(rank, (0, 0))


def merge(W, A, B, scale):
    return W + 2.0 * A @ B


# %% lookup: forgets the frozen weights
def slopes(x, d, A, B, scale):
    return scale * x.T @ (d @ B.T), scale * (x @ A).T @ d


def memory(shapes, rank):
    return 16 * sum(n * m for n, m in shapes), 16 * rank * sum(n + m for n, m in shapes)


def merge(W, A, B, scale):
    return W + scale * A @ B


# %% another
def slopes(x, d, A, B, scale):
    down = d @ B.T
    up = x @ A
    return np.einsum("ei,er->ir", x, down) * scale, np.einsum("er,ej->rj", up, d) * scale


def memory(shapes, rank):
    full = thin = 0
    for n, m in shapes:
        full += n * m * 16
        thin += n * m * 4 + (n * rank + rank * m) * 16
    return full, thin


def merge(W, A, B, scale):
    return W + (A * scale).dot(B)
