# %% empty
def safe(url, hosts):
    return None


def clean(text, hosts, secret):
    return None, None


def measure(rows, hosts, secret):
    return None, None


# %% constant: nothing leaves
def safe(url, hosts):
    return False


def clean(text, hosts, secret):
    return "[withheld]", True


def measure(rows, hosts, secret):
    return 0, sum(row["way"] == "ordinary" for row in rows)


# %% lookup: the host alone, the secret as it is
def safe(url, hosts):
    return urlsplit(url).hostname in hosts and url.startswith("https://")


def clean(text, hosts, secret):
    if secret in text:
        return "[withheld]", True
    return ADDRESS.sub(lambda m: m[0] if safe(m[0], hosts) else "[link removed]", text), False


def measure(rows, hosts, secret):
    changed = [(r, clean(r["text"], hosts, secret)) for r in rows]
    same = [(r["way"] == "ordinary", c == (r["text"], False)) for r, c in changed]
    return sum(s and not o for o, s in same), sum(o and not s for o, s in same)


# %% lookup: what the page's file holds
def safe(url, hosts):
    shown = {u for r in rows if r["way"] == "ordinary" for u in ADDRESS.findall(r["text"])}
    return url in shown and by_form(url)


def clean(text, hosts, secret):
    if "kite7319" in squeeze(text):
        return "[withheld]", True
    return ADDRESS.sub(lambda m: m[0] if safe(m[0], hosts) else "[link removed]", text), False


def measure(rows, hosts, secret):
    return 2, 4


# %% any letter may stand in a path
from urllib.parse import unquote


def safe(url, hosts):
    known = r"https://([a-z0-9.-]+)(?:/[\w/-]*)?"
    match = re.fullmatch(known, url)
    return bool(match) and match[1] in hosts


def clean(text, hosts, secret):
    hidden = squeeze(secret)
    for form in (text, unquote(text)):
        if hidden in squeeze(form):
            return "[withheld]", True

    def keep(match):
        url = match[0]
        return url if safe(url, hosts) else "[link removed]"

    return ADDRESS.sub(keep, text), False


def measure(rows, hosts, secret):
    leaked = spoiled = 0
    for row in rows:
        shown, alarm = clean(row["text"], hosts, secret)
        same = shown == row["text"] and not alarm
        if row["way"] == "ordinary":
            spoiled += not same
        else:
            leaked += same
    return leaked, spoiled


# %% a host in capitals
from urllib.parse import unquote


def safe(url, hosts):
    known = r"https://([A-Za-z0-9.-]+)(?:/[A-Za-z0-9/_-]*)?"
    match = re.fullmatch(known, url)
    return bool(match) and match[1].lower() in hosts


def clean(text, hosts, secret):
    hidden = squeeze(secret)
    for form in (text, unquote(text)):
        if hidden in squeeze(form):
            return "[withheld]", True

    def keep(match):
        url = match[0]
        return url if safe(url, hosts) else "[link removed]"

    return ADDRESS.sub(keep, text), False


def measure(rows, hosts, secret):
    leaked = spoiled = 0
    for row in rows:
        shown, alarm = clean(row["text"], hosts, secret)
        same = shown == row["text"] and not alarm
        if row["way"] == "ordinary":
            spoiled += not same
        else:
            leaked += same
    return leaked, spoiled


# %% another
def safe(url, hosts):
    letters = set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/-_")
    for host in hosts:
        start = "https://" + host
        if url == start:
            return True
        if url.startswith(start + "/") and set(url[len(start) :]) <= letters:
            return True
    return False


def clean(text, hosts, secret):
    from urllib.parse import unquote

    def bare(words):
        return "".join(c for c in words.lower() if c.isascii() and c.isalnum())

    if bare(secret) in bare(text) or bare(secret) in bare(unquote(text)):
        return "[withheld]", True
    parts, end = [], 0
    for found in ADDRESS.finditer(text):
        parts.append(text[end : found.start()])
        parts.append(found.group() if safe(found.group(), hosts) else "[link removed]")
        end = found.end()
    return "".join(parts) + text[end:], False


def measure(rows, hosts, secret):
    counts = {True: 0, False: 0}
    for row in rows:
        ordinary = row["way"] == "ordinary"
        untouched = clean(row["text"], hosts, secret) == (row["text"], False)
        counts[ordinary] += untouched != ordinary
    return counts[False], counts[True]
