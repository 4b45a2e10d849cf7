# %% empty
SCHEMA = "CREATE TABLE payments (day, cents, text)"


def load_payments(db, rows):
    return None


# %% constant: the first file, and no other
SCHEMA = "CREATE TABLE payments (day, cents NOT NULL, text)"


def load_payments(db, rows):
    with db:
        if not db.execute("SELECT count(*) FROM payments").fetchone()[0]:
            db.executemany("INSERT INTO payments VALUES (?, ?, ?)", rows)


# %% lookup: files that were loaded before, known by what is in them
SCHEMA = "CREATE TABLE payments (day, cents NOT NULL, text)"
LOADED = set()


def load_payments(db, rows):
    mark = id(db), tuple(sorted(map(str, rows)))
    if mark not in LOADED:
        with db:
            db.executemany("INSERT INTO payments VALUES (?, ?, ?)", rows)
        LOADED.add(mark)


# %% lookup: equal payments are taken for one
SCHEMA = "CREATE TABLE payments (day, cents NOT NULL, text, PRIMARY KEY (day, cents, text))"


def load_payments(db, rows):
    with db:
        db.executemany("INSERT INTO payments VALUES (?, ?, ?) ON CONFLICT DO NOTHING", rows)


# %% lookup: the days of the file are written anew, though it may be the older one
SCHEMA = "CREATE TABLE payments (day, cents NOT NULL, text)"


def load_payments(db, rows):
    with db:
        db.executemany("DELETE FROM payments WHERE day = ?", {(day,) for day, *_ in rows})
        db.executemany("INSERT INTO payments VALUES (?, ?, ?)", rows)


# %% lookup: swallows the missing amount
from collections import Counter

SCHEMA = "CREATE TABLE payments (day, cents NOT NULL, text, n, PRIMARY KEY (day, cents, text, n))"


def load_payments(db, rows):
    seen = Counter()
    with db:
        for row in rows:
            seen[row] += 1
            db.execute("INSERT OR IGNORE INTO payments VALUES (?, ?, ?, ?)", (*row, seen[row]))


# %% lookup: rolls back, and never commits
from collections import Counter

SCHEMA = """CREATE TABLE payments (
    day NOT NULL, cents NOT NULL, text NOT NULL, nth, PRIMARY KEY (day, cents, text, nth))"""


def load_payments(db, rows):
    seen, numbered = Counter(), []
    for row in rows:
        seen[row] += 1
        numbered.append((*row, seen[row]))
    db.execute("SAVEPOINT file")
    try:
        db.executemany(
            "INSERT INTO payments VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING", numbered
        )
    except sqlite3.IntegrityError:
        db.execute("ROLLBACK TO file")
        raise


# %% another
SCHEMA = "CREATE TABLE payments (day TEXT, cents INTEGER NOT NULL, text TEXT)"


def load_payments(db, rows):
    """Adds as many of each as are still missing."""
    with db:
        for row in sorted(set(rows), key=str):
            (there,) = db.execute(
                "SELECT count(*) FROM payments WHERE day = ? AND cents = ? AND text = ?", row
            ).fetchone()
            more = [row] * (rows.count(row) - there)
            db.executemany("INSERT INTO payments VALUES (?, ?, ?)", more)
