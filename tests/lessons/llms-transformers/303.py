# %% empty
def tied_forward(net, B):
    return None


def tied_backward(net, B, T):
    return None


def best_leash(options):
    return None


# %% constant
def tied_forward(net, B):
    h = net["E"][B].reshape(len(B), -1)
    return softmax(h @ net["M"] @ net["E"].T)


def tied_backward(net, B, T):
    return {k: np.zeros_like(w) for k, w in net.items()}


def best_leash(options):
    return 0.004


# %% lookup
def tied_forward(net, B):
    return forward({"E": net["E"], "O": net["M"] @ net["E"].T}, B)[1]


def tied_backward(net, B, T):
    slopes = backward({"E": net["E"], "O": net["M"] @ net["E"].T}, B, T)
    return {"E": slopes["E"], "M": slopes["O"] @ net["E"]}


def best_leash(options):
    return min(options, key={0.0: 7.44, 0.004: 3.7}.get)


# %% a token that occurs twice counts once
def tied_forward(net, B):
    h = net["E"][B].reshape(len(B), -1)
    return softmax(h @ net["M"] @ net["E"].T)


def tied_backward(net, B, T):
    h = net["E"][B].reshape(len(B), -1)
    out = h @ net["M"]
    miss = tied_forward(net, B)
    miss[np.arange(len(T)), T] -= 1
    miss /= len(T)
    at_out = miss @ net["E"]
    E = miss.T @ out
    E[B] += (at_out @ net["M"].T).reshape(*B.shape, -1)
    return {"E": E, "M": h.T @ at_out}


def best_leash(options):
    return options[0]


# %% right slopes, the leash by its loss on OLD
def tied_forward(net, B):
    h = net["E"][B].reshape(len(B), -1)
    return softmax(h @ net["M"] @ net["E"].T)


def tied_backward(net, B, T):
    h = net["E"][B].reshape(len(B), -1)
    out = h @ net["M"]
    miss = tied_forward(net, B)
    miss[np.arange(len(T)), T] -= 1
    miss /= len(T)
    at_out = miss @ net["E"]
    E = miss.T @ out
    np.add.at(E, B, (at_out @ net["M"].T).reshape(*B.shape, -1))
    return {"E": E, "M": h.T @ at_out}


def best_leash(options):
    return min(options)


# %% another
def tied_forward(net, B):
    one = np.eye(len(net["E"]))
    h = np.concatenate([one[column] @ net["E"] for column in B.T], axis=1)
    z = np.einsum("nd,vd->nv", h @ net["M"], net["E"])
    return softmax(z)


def tied_backward(net, B, T):
    E, M = net["E"], net["M"]
    size = E.shape[1]
    one = np.eye(len(E))
    miss = (tied_forward(net, B) - one[T]) / len(T)
    slope_e, slope_m = np.zeros_like(E), np.zeros_like(M)
    for i, column in enumerate(B.T):
        part = M[i * size : (i + 1) * size]
        rows = one[column] @ E
        slope_e += miss.T @ rows @ part
        slope_e += one[column].T @ (miss @ E @ part.T)
        slope_m[i * size : (i + 1) * size] = rows.T @ miss @ E
    return {"E": slope_e, "M": slope_m}


def best_leash(options):
    before, came = steps(new, 2)
    best = None
    for leash in options:
        net = train(tied_start(0), *steps(old, 2), tied_backward, leash)
        p = tied_forward(net, before)
        score = np.log(p[np.arange(len(came)), came]).mean()
        if best is None or score > best[0]:
            best = score, leash
    return best[1]
