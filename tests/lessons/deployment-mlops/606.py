# %% empty
def safe(record, key):
    return {}


def replies_of(log, version, begin, end):
    return []


def suspect(log):
    return None, None


# %% constant
def safe(record, key):
    return record


def replies_of(log, version, begin, end):
    return [r["trace_id"] for r in log]


def suspect(log):
    return "c41d07e2", "scanner"


# %% lookup
def safe(record, key):
    return {"client": "portal", "label": "hold", "input_chars": 15}


def replies_of(log, version, begin, end):
    times = {"2026-11-09T09": "2026-11-09T10"}
    return [r["trace_id"] for r in log if begin in times and begin <= r["time"] < end]


def suspect(log):
    return min(
        {(r["service.version"], r["client"]) for r in log},
        key=lambda pair: pair != ("c41d07e2", "scanner"),
    )


# %% a hash without a key
def safe(record, key):
    kept = {f: record[f] for f in ALLOWED if f in record}
    if "supplier" in record:
        kept["supplier"] = digest(record["supplier"])[:16]
    return kept


def replies_of(log, version, begin, end):
    return [
        r["trace_id"]
        for r in log
        if r["http.response.status_code"] == 200
        and r["service.version"] == version
        and begin <= r["time"] < end
    ]


def suspect(log):
    return "a", "x"


# %% refusals too
import hmac


def safe(record, key):
    kept = {f: record[f] for f in ALLOWED if f in record}
    if "supplier" in record:
        kept["supplier"] = hmac.new(key, record["supplier"].encode(), "sha256").hexdigest()[:16]
    return kept


def replies_of(log, version, begin, end):
    return [
        r["trace_id"]
        for r in log
        if r["service.version"] == version and begin <= r["time"] <= end
    ]


def suspect(log):
    return "a", "x"


# %% the lowest share
import hmac


def safe(record, key):
    kept = {f: record[f] for f in ALLOWED if f in record}
    if "supplier" in record:
        kept["supplier"] = hmac.new(key, record["supplier"].encode(), "sha256").hexdigest()[:16]
    return kept


def replies_of(log, version, begin, end):
    return [
        r["trace_id"]
        for r in log
        if r["http.response.status_code"] == 200
        and r["service.version"] == version
        and begin <= r["time"] < end
    ]


def suspect(log):
    return min({(r["service.version"], r["client"]) for r in log})


# %% another
from hmac import HMAC


def safe(record, key):
    kept = {}
    for field, value in record.items():
        if field in ALLOWED:
            kept[field] = value
        elif field == "supplier":
            kept[field] = HMAC(key, value.encode(), "sha256").digest()[:8].hex()
    return kept


def fine(r):
    return r["http.response.status_code"] == 200


def replies_of(log, version, begin, end):
    mine = filter(lambda r: fine(r) and r["service.version"] == version, log)
    return [r["trace_id"] for r in mine if not (r["time"] < begin or r["time"] >= end)]


def suspect(log):
    rows = [(r["service.version"], r["client"], r["label"] == "hold") for r in log if fine(r)]
    rate = sum(held for *_, held in rows) / len(rows)
    best, most = None, -1.0
    for pair in {row[:2] for row in rows}:
        mine = [held for *p, held in rows if tuple(p) == pair]
        rest = [held for *p, held in rows if tuple(p) != pair]
        gap = abs(sum(mine) / len(mine) - sum(rest) / len(rest))
        z = gap / (rate * (1 - rate) * (1 / len(mine) + 1 / len(rest))) ** 0.5
        if z > most:
            best, most = pair, z
    return best
