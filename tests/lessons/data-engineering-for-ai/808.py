# %% empty
def search(graph, distance, allowed, ef, most, start=0):
    return []


# %% constant: the first points that are allowed, whatever is asked
def search(graph, distance, allowed, ef, most, start=0):
    found = [point for point in range(len(graph)) if allowed(point)][:ef]
    return sorted(found, key=distance)


# %% lookup: reads all there are, and asks too often
def search(graph, distance, allowed, ef, most, start=0):
    return sorted(filter(allowed, range(len(graph))), key=distance)[:ef]


# %% lookup: no walk, only as many as may be asked for
def search(graph, distance, allowed, ef, most, start=0):
    some = [point for point in range(len(graph))][:most]
    return sorted(filter(allowed, some), key=distance)[:ef]


# %% lookup: walks over allowed points alone
def search(graph, distance, allowed, ef, most, start=0):
    seen, best = {start}, []
    todo = [(distance(start), start)]
    if allowed(start):
        best = [todo[0]]
    while todo:
        d, at = heapq.heappop(todo)
        if len(best) == ef and d > best[-1][0]:
            break
        for other in sorted(graph[at] - seen):
            if len(seen) == most:
                return [point for _, point in best]
            if not allowed(other):
                continue
            seen.add(other)
            pair = distance(other), other
            heapq.heappush(todo, pair)
            best = sorted([*best, pair])[:ef]
    return [point for _, point in best]


# %% lookup: stops at the first ef that are allowed
def search(graph, distance, allowed, ef, most, start=0):
    seen, best = {start}, []
    todo = [(distance(start), start)]
    if allowed(start):
        best = [todo[0]]
    while todo and len(best) < ef:
        d, at = heapq.heappop(todo)
        for other in sorted(graph[at] - seen):
            if len(seen) == most:
                return [point for _, point in best]
            seen.add(other)
            pair = distance(other), other
            heapq.heappush(todo, pair)
            if allowed(other):
                best = sorted([*best, pair])[:ef]
    return [point for _, point in best]


# %% lookup: a longer list, filtered afterward
def search(graph, distance, allowed, ef, most, start=0):
    found, _ = walk(graph, distance, 2 * ef, start)
    return [point for point in found if allowed(point)][:ef]


# %% lookup: forgets the limit
def search(graph, distance, allowed, ef, most, start=0):
    return search_anew(graph, distance, allowed, ef, start)


def search_anew(graph, distance, allowed, ef, start):
    found, _ = walk(graph, distance, len(graph), start)
    return [point for point in found if allowed(point)][:ef]


# %% lookup: never stops before the calls are used up
def search(graph, distance, allowed, ef, most, start=0):
    away, todo = {start: distance(start)}, []
    heapq.heappush(todo, (away[start], start))
    while todo and len(away) < most:
        _, at = heapq.heappop(todo)
        for other in graph[at]:
            if other not in away and len(away) < most:
                away[other] = distance(other)
                heapq.heappush(todo, (away[other], other))
    return sorted(filter(allowed, away), key=away.get)[:ef]


# %% lookup: never asks whether the start is allowed
def search(graph, distance, allowed, ef, most, start=0):
    seen, best, todo = {start}, [], [(distance(start), start)]
    while todo:
        d, at = heapq.heappop(todo)
        if len(best) == ef and d > best[-1][0]:
            break
        for other in sorted(graph[at] - seen):
            if len(seen) == most:
                return [point for _, point in best]
            seen.add(other)
            pair = distance(other), other
            heapq.heappush(todo, pair)
            if allowed(other):
                best = sorted([*best, pair])[:ef]
    return [point for _, point in best]


# %% another
def search(graph, distance, allowed, ef, most, start=0):
    from bisect import insort

    away, waiting, good = {}, [], []

    def look(point):
        away[point] = distance(point)
        insort(waiting, (-away[point], point))
        if allowed(point):
            insort(good, (away[point], point))

    look(start)
    while waiting:
        less, at = waiting.pop()
        if len(good) >= ef and -less > good[ef - 1][0]:
            break
        for other in graph[at]:
            if other not in away and len(away) < most:
                look(other)
    return [point for _, point in good[:ef]]
