# %% empty
def beyond_repair(found, labels, n):
    return []


def choose_weight(found, near, likely, labels, weights, n):
    return None


def choose_length(found, score, labels, k, budget, pair):
    return None


# %% constant
def beyond_repair(found, labels, n):
    return ["q09"]


def choose_weight(found, near, likely, labels, weights, n):
    return 40


def choose_length(found, score, labels, k, budget, pair):
    return 2


# %% lookup
def beyond_repair(found, labels, n):
    return [q for q in labels if not set(labels[q]) & set(found[q][:n])]


def choose_weight(found, near, likely, labels, weights, n):
    return min(weights, key=lambda w: abs(w - 40))


def choose_length(found, score, labels, k, budget, pair):
    return {1: 2, 3: 0, 5: 10}.get(k, 2)


# %% lookup: the longest list that the time allows
def beyond_repair(found, labels, n):
    return [q for q in labels if labels[q] and not set(labels[q]) & set(found[q][:n])]


def choose_weight(found, near, likely, labels, weights, n):
    def count(w):
        total = 0
        for q in labels:
            mixed = {p: likely[q][p] + w * near[q][p] for p in found[q]}
            total += rerank(found[q], mixed, n)[0] in labels[q]
        return total

    return max(sorted(weights), key=count)


def choose_length(found, score, labels, k, budget, pair):
    longest = max(len(found[q]) for q in labels)
    return min(longest, int(budget / pair))


# %% lookup: the weight is chosen without a list, over all passages
def beyond_repair(found, labels, n):
    return [q for q in labels if labels[q] and not set(labels[q]) & set(found[q][:n])]


def choose_weight(found, near, likely, labels, weights, n):
    def count(w):
        total = 0
        for q in labels:
            mixed = {p: likely[q][p] + w * near[q][p] for p in found[q]}
            total += max(mixed, key=mixed.get) in labels[q]
        return total

    return max(sorted(weights), key=count)


def choose_length(found, score, labels, k, budget, pair):
    def count(n):
        return sum(bool(set(rerank(found[q], score[q], n)[:k]) & set(labels[q])) for q in labels)

    longest = max(len(found[q]) for q in labels)
    return max((n for n in range(longest + 1) if n * pair <= budget), key=count)


# %% another
def first(found, score, n):
    places = [(0, -score[p], i) if i < n else (1, 0, i) for i, p in enumerate(found)]
    return [found[i] for _, _, i in sorted(places)]


def beyond_repair(found, labels, n):
    lost = []
    for q, right in labels.items():
        if right and all(p not in found[q][:n] for p in right):
            lost.append(q)
    return lost


def choose_weight(found, near, likely, labels, weights, n):
    best, most = None, -1
    for weight in sorted(weights):
        count = 0
        for q in labels:
            score = {p: likely[q][p] + weight * near[q][p] for p in near[q]}
            count += first(found[q], score, n)[0] in labels[q]
        if count > most:
            best, most = weight, count
    return best


def choose_length(found, score, labels, k, budget, pair):
    best, most, n = 0, -1, 0
    while n * pair <= budget and n <= max(map(len, found.values())):
        count = 0
        for q in labels:
            top = first(found[q], score[q], n)[:k]
            count += any(p in labels[q] for p in top)
        if count > most:
            best, most = n, count
        n += 1
    return best
