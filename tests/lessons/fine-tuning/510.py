# %% empty
def slope(z, reference, pairs, beta):
    return np.zeros_like(z)


def longer_wins(pairs, words):
    return None


def pick(betas, policies, reference, most):
    return None


# %% constant
def slope(z, reference, pairs, beta):
    return np.ones_like(z)


def longer_wins(pairs, words):
    return 0.62


def pick(betas, policies, reference, most):
    return 1.0


# %% lookup
def slope(z, reference, pairs, beta):
    s = z - np.log(reference)
    total = np.zeros_like(z)
    for i, j in pairs:
        surprise = 1 / (1 + np.exp(s[i] - s[j]))
        total[i] -= surprise
        total[j] += surprise
    return total / len(pairs)


def longer_wins(pairs, words):
    return {6: 0.62}.get(len(words), 0.5)


def pick(betas, policies, reference, most):
    return min(betas)


# %% lookup: equal lengths count
def slope(z, reference, pairs, beta):
    s = beta * (z - np.log(reference))
    total = np.zeros_like(z)
    for i, j in pairs:
        surprise = beta / (1 + np.exp(s[i] - s[j]))
        total[i] -= surprise
        total[j] += surprise
    return total / len(pairs)


def longer_wins(pairs, words):
    return sum(words[i] > words[j] for i, j in pairs) / len(pairs)


def pick(betas, policies, reference, most):
    return min((b for b, p in zip(betas, policies) if kl(p, reference) <= most), default=None)


# %% another
def slope(z, reference, pairs, beta):
    i, j = np.array(pairs).T
    s = beta * np.log(softmax(z) / reference)
    push = beta / (1 + np.exp(s[i] - s[j])) / len(pairs)
    out = np.zeros(len(z))
    np.add.at(out, j, push)
    np.subtract.at(out, i, push)
    return out


def longer_wins(pairs, words):
    longer = sum(words[i] > words[j] for i, j in pairs)
    shorter = sum(words[i] < words[j] for i, j in pairs)
    return longer / (longer + shorter) if longer + shorter else None


def pick(betas, policies, reference, most):
    best = None
    for beta, p in zip(betas, policies):
        far = (p * (np.log(p) - np.log(reference))).sum() > most
        if not far and (best is None or beta < best):
            best = beta
    return best
