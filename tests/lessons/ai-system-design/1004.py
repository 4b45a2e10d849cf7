# %% empty
def step(queue, now, come, capacity, patience):
    return [], come, 0


def weighted(limit, wants, weights):
    return {who: 0 for who in wants}


# %% constant
def step(queue, now, come, capacity, patience):
    return [now] * 6, 3, 0


def weighted(limit, wants, weights):
    return {"agents": 90, "customers": 180.0, "letters": 90.0}


# %% lookup: refuses all or nothing
def step(queue, now, come, capacity, patience):
    if come == 9:
        return [now] * min(6, capacity), 3, 0
    return [now] * min(come, capacity), 0, 0


def weighted(limit, wants, weights):
    return shares(limit, wants)


# %% lookup: keeps those who have left
def step(queue, now, come, capacity, patience):
    refused = 0
    for _ in range(come):
        if len(queue) < capacity * patience:
            queue.append(now)
        else:
            refused += 1
    answered = [queue.popleft() for _ in range(min(capacity, len(queue)))]
    return answered, refused, 0


def weighted(limit, wants, weights):
    total = sum(weights.values())
    return {who: min(wants[who], limit * weights[who] / total) for who in wants}


# %% lookup: the newest first, and shares without weights
def step(queue, now, come, capacity, patience):
    dropped = sum(now - t >= patience for t in queue)
    kept = [t for t in queue if now - t < patience]
    room = max(0, min(come, capacity * patience - len(kept)))
    queue.clear()
    queue.extend(kept + [now] * room)
    return [queue.pop() for _ in range(min(capacity, len(queue)))], come - room, dropped


def weighted(limit, wants, weights):
    return shares(limit, wants)


# %% another
def step(queue, now, come, capacity, patience):
    waiting = [t for t in queue if t > now - patience]
    dropped = len(queue) - len(waiting)
    free = capacity * patience - len(waiting)
    entering = min(come, free) if free > 0 else 0
    waiting += [now] * entering
    queue.clear()
    queue.extend(waiting[capacity:])
    return waiting[:capacity], come - entering, dropped


def weighted(limit, wants, weights):
    given, left, open_ = dict.fromkeys(wants, 0.0), float(limit), {w for w in wants if wants[w]}
    while open_ and left > 1e-9:
        rest = sum(weights[w] for w in open_)
        grow = min(min((wants[w] - given[w]) / weights[w] for w in open_), left / rest)
        for who in open_:
            given[who] += grow * weights[who]
        left -= grow * rest
        open_ = {w for w in open_ if wants[w] - given[w] > 1e-9}
    return given
