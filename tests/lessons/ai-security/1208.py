# %% empty
def alarms(bad, good, share, threshold):
    return None


def cheapest(bad, good, share, miss, alarm):
    return None


def adaptive(guard, texts, rewrites, threshold, tries):
    return None


# %% constant: every attack gets through, and nothing is stopped
def alarms(bad, good, share, threshold):
    return 1.0, 0.0, None


def cheapest(bad, good, share, miss, alarm):
    return None


def adaptive(guard, texts, rewrites, threshold, tries):
    return 1.0


# %% lookup: the thresholds of the page
def alarms(bad, good, share, threshold):
    missed = sum(s < threshold for s in bad) / len(bad)
    wrong = sum(s >= threshold for s in good) / len(good)
    return missed, wrong, 10 / 224


def cheapest(bad, good, share, miss, alarm):
    return {200: 7, 20: 9}.get(miss, 7)


def adaptive(guard, texts, rewrites, threshold, tries):
    return {1: 0.07, 4: 0.92}.get(tries, 1.0)


# %% lookup: believes the share of the test set
def alarms(bad, good, share, threshold):
    missed = sum(s < threshold for s in bad)
    found, wrong = len(bad) - missed, sum(s >= threshold for s in good)
    rang = found + wrong
    return missed / len(bad), wrong / len(good), found / rang if rang else None


def cheapest(bad, good, share, miss, alarm):
    def price(line):
        missed, wrong, _ = alarms(bad, good, share, line)
        return share * missed * miss + (1 - share) * wrong * alarm

    lines = sorted({*bad, *good}, reverse=True)
    best = min(lines, key=price)
    return None if share * miss <= price(best) + 1e-12 else best


def adaptive(guard, texts, rewrites, threshold, tries):
    through = 0
    for text in texts:
        once = [text, *(how(text) for how in rewrites)]
        sent = once + [how(each) for each in once[1:] for how in rewrites]
        through += any(guard(each) < threshold for each in sent[:tries])
    return through / len(texts)


# %% lookup: right, but an attacker rewrites only once
def alarms(bad, good, share, threshold):
    missed = sum(s < threshold for s in bad) / len(bad)
    wrong = sum(s >= threshold for s in good) / len(good)
    rang = share * (1 - missed) + (1 - share) * wrong
    return missed, wrong, share * (1 - missed) / rang if rang else None


def cheapest(bad, good, share, miss, alarm):
    def price(line):
        missed, wrong, _ = alarms(bad, good, share, line)
        return share * missed * miss + (1 - share) * wrong * alarm

    best = min(sorted({*bad, *good}, reverse=True), key=lambda line: round(price(line), 12))
    return None if share * miss <= price(best) + 1e-12 else best


def adaptive(guard, texts, rewrites, threshold, tries):
    sent = [[text, *(how(text) for how in rewrites)][:tries] for text in texts]
    return sum(any(guard(each) < threshold for each in some) for some in sent) / len(texts)


# %% lookup: weighs false alarms as if all traffic were honest
def alarms(bad, good, share, threshold):
    missed = sum(s < threshold for s in bad) / len(bad)
    wrong = sum(s >= threshold for s in good) / len(good)
    rang = share * (1 - missed) + (1 - share) * wrong
    return missed, wrong, share * (1 - missed) / rang if rang else None


def cheapest(bad, good, share, miss, alarm):
    best, price = None, share * miss
    for line in sorted({*bad, *good}, reverse=True):
        missed, wrong, _ = alarms(bad, good, share, line)
        costs = share * missed * miss + wrong * alarm
        if costs < price - 1e-12:
            best, price = line, costs
    return best


def adaptive(guard, texts, rewrites, threshold, tries):
    through = 0
    for text in texts:
        once = [text, *(how(text) for how in rewrites)]
        sent = once + [how(each) for each in once[1:] for how in rewrites]
        through += any(guard(each) < threshold for each in sent[:tries])
    return through / len(texts)


# %% lookup: of equal thresholds the one that stops most
def alarms(bad, good, share, threshold):
    missed = sum(s < threshold for s in bad) / len(bad)
    wrong = sum(s >= threshold for s in good) / len(good)
    rang = share * (1 - missed) + (1 - share) * wrong
    return missed, wrong, share * (1 - missed) / rang if rang else None


def cheapest(bad, good, share, miss, alarm):
    best, price = None, share * miss
    for line in sorted({*bad, *good}):
        missed, wrong, _ = alarms(bad, good, share, line)
        costs = share * missed * miss + (1 - share) * wrong * alarm
        if costs < price - 1e-12:
            best, price = line, costs
    return best


def adaptive(guard, texts, rewrites, threshold, tries):
    through = 0
    for text in texts:
        once = [text, *(how(text) for how in rewrites)]
        sent = once + [how(each) for each in once[1:] for how in rewrites]
        through += any(guard(each) < threshold for each in sent[:tries])
    return through / len(texts)


# %% another: a table of all prices, and a queue of messages
def alarms(bad, good, share, threshold):
    from bisect import bisect_left

    missed = bisect_left(sorted(bad), threshold) / len(bad)
    wrong = 1 - bisect_left(sorted(good), threshold) / len(good)
    total = share - share * missed + wrong - share * wrong
    if missed == 1 and wrong == 0:
        return missed, wrong, None
    return missed, wrong, (share - share * missed) / total


def cheapest(bad, good, share, miss, alarm):
    table = [(round(share * miss, 12), 0, None)]
    for place, line in enumerate(sorted({*bad, *good}, reverse=True), start=1):
        missed, wrong, _ = alarms(bad, good, share, line)
        table.append((round(share * missed * miss + (1 - share) * wrong * alarm, 12), place, line))
    return min(table, key=lambda row: row[:2])[2]


def adaptive(guard, texts, rewrites, threshold, tries):
    def passes(text):
        queue = [(text, 0)]
        for count in range(tries):
            if count >= len(queue):
                return False
            now, depth = queue[count]
            if guard(now) < threshold:
                return True
            if depth < 2:
                queue += [(how(now), depth + 1) for how in rewrites]
        return False

    return sum(map(passes, texts)) / len(texts)
