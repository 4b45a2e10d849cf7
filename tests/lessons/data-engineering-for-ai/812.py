# %% empty
def run(db, names, read, parse):
    for table in "ticket (id, updated, text)", "lineage (id, name)", "quarantine (name, reason)":
        db.execute(f"CREATE TABLE IF NOT EXISTS {table}")


# %% constant: all is well
SCHEMA = [
    "CREATE TABLE IF NOT EXISTS ticket (id INTEGER PRIMARY KEY, updated TEXT, text TEXT)",
    "CREATE TABLE IF NOT EXISTS lineage (id, name)",
    "CREATE TABLE IF NOT EXISTS quarantine (name, reason)",
]


def run(db, names, read, parse):
    for statement in SCHEMA:
        db.execute(statement)
    return {"loaded": len(names), "quarantine": 0, "waiting": 0}


# %% lookup: one transaction for everything
SCHEMA = [
    "CREATE TABLE IF NOT EXISTS ticket (id INTEGER PRIMARY KEY, updated TEXT, text TEXT)",
    "CREATE TABLE IF NOT EXISTS lineage (id, name, PRIMARY KEY (id, name))",
    "CREATE TABLE IF NOT EXISTS quarantine (name PRIMARY KEY, reason)",
    "CREATE TABLE IF NOT EXISTS file (name PRIMARY KEY, content)",
]
UPSERT = """
INSERT INTO ticket VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET
    updated = excluded.updated, text = excluded.text
WHERE (excluded.updated, excluded.text) > (ticket.updated, ticket.text)
"""


def keep(db, name, rows):
    db.executemany(UPSERT, rows)
    pairs = [(row[0], name) for row in rows]
    db.executemany("INSERT OR IGNORE INTO lineage VALUES (?, ?)", pairs)


def twin_of(db, content):
    query = "SELECT name FROM file WHERE content = ?"
    return db.execute(query, [content]).fetchone()


def like_twin(db, name, twin):
    db.execute("INSERT INTO lineage SELECT id, ? FROM lineage WHERE name = ?", [name, twin])
    db.execute("INSERT INTO quarantine SELECT ?, reason FROM quarantine WHERE name = ?", [name, twin])


def run(db, names, read, parse):
    for statement in SCHEMA:
        db.execute(statement)
    done = {name for (name,) in db.execute("SELECT name FROM file")}
    waiting = 0
    for name in names:
        if name in done:
            continue
        try:
            data = read(name)
        except OSError:
            waiting += 1
            continue
        content = sha256(data).hexdigest()
        twin = twin_of(db, content)
        if twin:
            like_twin(db, name, twin[0])
        else:
            try:
                keep(db, name, parse(data))
            except ValueError as error:
                db.execute("INSERT INTO quarantine VALUES (?, ?)", [name, str(error)])
        db.execute("INSERT INTO file VALUES (?, ?)", [name, content])
    db.commit()
    (bad,) = db.execute("SELECT count(*) FROM quarantine").fetchone()
    return {"loaded": len(names) - bad - waiting, "quarantine": bad, "waiting": waiting}


# %% lookup: says done before it is
SCHEMA = [
    "CREATE TABLE IF NOT EXISTS ticket (id INTEGER PRIMARY KEY, updated TEXT, text TEXT)",
    "CREATE TABLE IF NOT EXISTS lineage (id, name, PRIMARY KEY (id, name))",
    "CREATE TABLE IF NOT EXISTS quarantine (name PRIMARY KEY, reason)",
    "CREATE TABLE IF NOT EXISTS file (name PRIMARY KEY, content)",
]
UPSERT = """
INSERT INTO ticket VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET
    updated = excluded.updated, text = excluded.text
WHERE (excluded.updated, excluded.text) > (ticket.updated, ticket.text)
"""


def keep(db, name, rows):
    db.executemany(UPSERT, rows)
    pairs = [(row[0], name) for row in rows]
    db.executemany("INSERT OR IGNORE INTO lineage VALUES (?, ?)", pairs)


def twin_of(db, content):
    query = "SELECT name FROM file WHERE content = ?"
    return db.execute(query, [content]).fetchone()


def like_twin(db, name, twin):
    db.execute("INSERT INTO lineage SELECT id, ? FROM lineage WHERE name = ?", [name, twin])
    db.execute("INSERT INTO quarantine SELECT ?, reason FROM quarantine WHERE name = ?", [name, twin])


def run(db, names, read, parse):
    for statement in SCHEMA:
        db.execute(statement)
    done = {name for (name,) in db.execute("SELECT name FROM file")}
    waiting = 0
    for name in names:
        if name in done:
            continue
        try:
            data = read(name)
        except OSError:
            waiting += 1
            continue
        content = sha256(data).hexdigest()
        twin = twin_of(db, content)
        db.execute("INSERT INTO file VALUES (?, ?)", [name, content])
        db.commit()
        if twin:
            like_twin(db, name, twin[0])
        else:
            try:
                keep(db, name, parse(data))
            except ValueError as error:
                db.execute("INSERT INTO quarantine VALUES (?, ?)", [name, str(error)])
        db.commit()
    (bad,) = db.execute("SELECT count(*) FROM quarantine").fetchone()
    return {"loaded": len(names) - bad - waiting, "quarantine": bad, "waiting": waiting}


# %% lookup: says done after it is, in a commit of its own, and counts twice
SCHEMA = [
    "CREATE TABLE IF NOT EXISTS ticket (id INTEGER PRIMARY KEY, updated TEXT, text TEXT)",
    "CREATE TABLE IF NOT EXISTS lineage (id, name)",
    "CREATE TABLE IF NOT EXISTS quarantine (name PRIMARY KEY, reason)",
    "CREATE TABLE IF NOT EXISTS file (name PRIMARY KEY, content)",
]
UPSERT = """
INSERT INTO ticket VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET
    updated = excluded.updated, text = excluded.text
WHERE (excluded.updated, excluded.text) > (ticket.updated, ticket.text)
"""


def keep(db, name, rows):
    db.executemany(UPSERT, rows)
    pairs = [(row[0], name) for row in rows]
    db.executemany("INSERT INTO lineage VALUES (?, ?)", pairs)


def twin_of(db, content):
    query = "SELECT name FROM file WHERE content = ?"
    return db.execute(query, [content]).fetchone()


def like_twin(db, name, twin):
    db.execute("INSERT INTO lineage SELECT id, ? FROM lineage WHERE name = ?", [name, twin])
    db.execute("INSERT INTO quarantine SELECT ?, reason FROM quarantine WHERE name = ?", [name, twin])


def run(db, names, read, parse):
    for statement in SCHEMA:
        db.execute(statement)
    done = {name for (name,) in db.execute("SELECT name FROM file")}
    waiting = 0
    for name in names:
        if name in done:
            continue
        try:
            data = read(name)
        except OSError:
            waiting += 1
            continue
        content = sha256(data).hexdigest()
        twin = twin_of(db, content)
        if twin:
            like_twin(db, name, twin[0])
        else:
            try:
                keep(db, name, parse(data))
            except ValueError as error:
                db.execute("INSERT INTO quarantine VALUES (?, ?)", [name, str(error)])
        db.commit()
        db.execute("INSERT INTO file VALUES (?, ?)", [name, content])
        db.commit()
    (bad,) = db.execute("SELECT count(*) FROM quarantine").fetchone()
    return {"loaded": len(names) - bad - waiting, "quarantine": bad, "waiting": waiting}


# %% lookup: whoever comes last wins
SCHEMA = [
    "CREATE TABLE IF NOT EXISTS ticket (id INTEGER PRIMARY KEY, updated TEXT, text TEXT)",
    "CREATE TABLE IF NOT EXISTS lineage (id, name, PRIMARY KEY (id, name))",
    "CREATE TABLE IF NOT EXISTS quarantine (name PRIMARY KEY, reason)",
    "CREATE TABLE IF NOT EXISTS file (name PRIMARY KEY, content)",
]
UPSERT = """
INSERT INTO ticket VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET
    updated = excluded.updated, text = excluded.text
"""


def keep(db, name, rows):
    db.executemany(UPSERT, rows)
    pairs = [(row[0], name) for row in rows]
    db.executemany("INSERT OR IGNORE INTO lineage VALUES (?, ?)", pairs)


def twin_of(db, content):
    query = "SELECT name FROM file WHERE content = ?"
    return db.execute(query, [content]).fetchone()


def like_twin(db, name, twin):
    db.execute("INSERT INTO lineage SELECT id, ? FROM lineage WHERE name = ?", [name, twin])
    db.execute("INSERT INTO quarantine SELECT ?, reason FROM quarantine WHERE name = ?", [name, twin])


def run(db, names, read, parse):
    for statement in SCHEMA:
        db.execute(statement)
    done = {name for (name,) in db.execute("SELECT name FROM file")}
    waiting = 0
    for name in names:
        if name in done:
            continue
        try:
            data = read(name)
        except OSError:
            waiting += 1
            continue
        content = sha256(data).hexdigest()
        twin = twin_of(db, content)
        if twin:
            like_twin(db, name, twin[0])
        else:
            try:
                keep(db, name, parse(data))
            except ValueError as error:
                db.execute("INSERT INTO quarantine VALUES (?, ?)", [name, str(error)])
        db.execute("INSERT INTO file VALUES (?, ?)", [name, content])
        db.commit()
    (bad,) = db.execute("SELECT count(*) FROM quarantine").fetchone()
    return {"loaded": len(names) - bad - waiting, "quarantine": bad, "waiting": waiting}


# %% lookup: at the same minute the first one wins
SCHEMA = [
    "CREATE TABLE IF NOT EXISTS ticket (id INTEGER PRIMARY KEY, updated TEXT, text TEXT)",
    "CREATE TABLE IF NOT EXISTS lineage (id, name, PRIMARY KEY (id, name))",
    "CREATE TABLE IF NOT EXISTS quarantine (name PRIMARY KEY, reason)",
    "CREATE TABLE IF NOT EXISTS file (name PRIMARY KEY, content)",
]
UPSERT = """
INSERT INTO ticket VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET
    updated = excluded.updated, text = excluded.text
WHERE excluded.updated > ticket.updated
"""


def keep(db, name, rows):
    db.executemany(UPSERT, rows)
    pairs = [(row[0], name) for row in rows]
    db.executemany("INSERT OR IGNORE INTO lineage VALUES (?, ?)", pairs)


def twin_of(db, content):
    query = "SELECT name FROM file WHERE content = ?"
    return db.execute(query, [content]).fetchone()


def like_twin(db, name, twin):
    db.execute("INSERT INTO lineage SELECT id, ? FROM lineage WHERE name = ?", [name, twin])
    db.execute("INSERT INTO quarantine SELECT ?, reason FROM quarantine WHERE name = ?", [name, twin])


def run(db, names, read, parse):
    for statement in SCHEMA:
        db.execute(statement)
    done = {name for (name,) in db.execute("SELECT name FROM file")}
    waiting = 0
    for name in names:
        if name in done:
            continue
        try:
            data = read(name)
        except OSError:
            waiting += 1
            continue
        content = sha256(data).hexdigest()
        twin = twin_of(db, content)
        if twin:
            like_twin(db, name, twin[0])
        else:
            try:
                keep(db, name, parse(data))
            except ValueError as error:
                db.execute("INSERT INTO quarantine VALUES (?, ?)", [name, str(error)])
        db.execute("INSERT INTO file VALUES (?, ?)", [name, content])
        db.commit()
    (bad,) = db.execute("SELECT count(*) FROM quarantine").fetchone()
    return {"loaded": len(names) - bad - waiting, "quarantine": bad, "waiting": waiting}


# %% lookup: copies are parsed again
SCHEMA = [
    "CREATE TABLE IF NOT EXISTS ticket (id INTEGER PRIMARY KEY, updated TEXT, text TEXT)",
    "CREATE TABLE IF NOT EXISTS lineage (id, name, PRIMARY KEY (id, name))",
    "CREATE TABLE IF NOT EXISTS quarantine (name PRIMARY KEY, reason)",
    "CREATE TABLE IF NOT EXISTS file (name PRIMARY KEY, content)",
]
UPSERT = """
INSERT INTO ticket VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET
    updated = excluded.updated, text = excluded.text
WHERE (excluded.updated, excluded.text) > (ticket.updated, ticket.text)
"""


def keep(db, name, rows):
    db.executemany(UPSERT, rows)
    pairs = [(row[0], name) for row in rows]
    db.executemany("INSERT OR IGNORE INTO lineage VALUES (?, ?)", pairs)


def twin_of(db, content):
    query = "SELECT name FROM file WHERE content = ?"
    return None


def like_twin(db, name, twin):
    db.execute("INSERT INTO lineage SELECT id, ? FROM lineage WHERE name = ?", [name, twin])
    db.execute("INSERT INTO quarantine SELECT ?, reason FROM quarantine WHERE name = ?", [name, twin])


def run(db, names, read, parse):
    for statement in SCHEMA:
        db.execute(statement)
    done = {name for (name,) in db.execute("SELECT name FROM file")}
    waiting = 0
    for name in names:
        if name in done:
            continue
        try:
            data = read(name)
        except OSError:
            waiting += 1
            continue
        content = sha256(data).hexdigest()
        twin = twin_of(db, content)
        if twin:
            like_twin(db, name, twin[0])
        else:
            try:
                keep(db, name, parse(data))
            except ValueError as error:
                db.execute("INSERT INTO quarantine VALUES (?, ?)", [name, str(error)])
        db.execute("INSERT INTO file VALUES (?, ?)", [name, content])
        db.commit()
    (bad,) = db.execute("SELECT count(*) FROM quarantine").fetchone()
    return {"loaded": len(names) - bad - waiting, "quarantine": bad, "waiting": waiting}


# %% lookup: copies leave no trail
SCHEMA = [
    "CREATE TABLE IF NOT EXISTS ticket (id INTEGER PRIMARY KEY, updated TEXT, text TEXT)",
    "CREATE TABLE IF NOT EXISTS lineage (id, name, PRIMARY KEY (id, name))",
    "CREATE TABLE IF NOT EXISTS quarantine (name PRIMARY KEY, reason)",
    "CREATE TABLE IF NOT EXISTS file (name PRIMARY KEY, content)",
]
UPSERT = """
INSERT INTO ticket VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET
    updated = excluded.updated, text = excluded.text
WHERE (excluded.updated, excluded.text) > (ticket.updated, ticket.text)
"""


def keep(db, name, rows):
    db.executemany(UPSERT, rows)
    pairs = [(row[0], name) for row in rows]
    db.executemany("INSERT OR IGNORE INTO lineage VALUES (?, ?)", pairs)


def twin_of(db, content):
    query = "SELECT name FROM file WHERE content = ?"
    return db.execute(query, [content]).fetchone()


def like_twin(db, name, twin):
    db.execute("INSERT INTO quarantine SELECT ?, reason FROM quarantine WHERE name = ?", [name, twin])


def run(db, names, read, parse):
    for statement in SCHEMA:
        db.execute(statement)
    done = {name for (name,) in db.execute("SELECT name FROM file")}
    waiting = 0
    for name in names:
        if name in done:
            continue
        try:
            data = read(name)
        except OSError:
            waiting += 1
            continue
        content = sha256(data).hexdigest()
        twin = twin_of(db, content)
        if twin:
            like_twin(db, name, twin[0])
        else:
            try:
                keep(db, name, parse(data))
            except ValueError as error:
                db.execute("INSERT INTO quarantine VALUES (?, ?)", [name, str(error)])
        db.execute("INSERT INTO file VALUES (?, ?)", [name, content])
        db.commit()
    (bad,) = db.execute("SELECT count(*) FROM quarantine").fetchone()
    return {"loaded": len(names) - bad - waiting, "quarantine": bad, "waiting": waiting}


# %% lookup: what didn’t answer is broken
SCHEMA = [
    "CREATE TABLE IF NOT EXISTS ticket (id INTEGER PRIMARY KEY, updated TEXT, text TEXT)",
    "CREATE TABLE IF NOT EXISTS lineage (id, name, PRIMARY KEY (id, name))",
    "CREATE TABLE IF NOT EXISTS quarantine (name PRIMARY KEY, reason)",
    "CREATE TABLE IF NOT EXISTS file (name PRIMARY KEY, content)",
]
UPSERT = """
INSERT INTO ticket VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET
    updated = excluded.updated, text = excluded.text
WHERE (excluded.updated, excluded.text) > (ticket.updated, ticket.text)
"""


def keep(db, name, rows):
    db.executemany(UPSERT, rows)
    pairs = [(row[0], name) for row in rows]
    db.executemany("INSERT OR IGNORE INTO lineage VALUES (?, ?)", pairs)


def twin_of(db, content):
    query = "SELECT name FROM file WHERE content = ?"
    return db.execute(query, [content]).fetchone()


def like_twin(db, name, twin):
    db.execute("INSERT INTO lineage SELECT id, ? FROM lineage WHERE name = ?", [name, twin])
    db.execute("INSERT INTO quarantine SELECT ?, reason FROM quarantine WHERE name = ?", [name, twin])


def run(db, names, read, parse):
    for statement in SCHEMA:
        db.execute(statement)
    done = {name for (name,) in db.execute("SELECT name FROM file")}
    waiting = 0
    for name in names:
        if name in done:
            continue
        try:
            data = read(name)
        except OSError:
            db.execute("INSERT INTO quarantine VALUES (?, ?)", [name, "no answer"])
            continue
        content = sha256(data).hexdigest()
        twin = twin_of(db, content)
        if twin:
            like_twin(db, name, twin[0])
        else:
            try:
                keep(db, name, parse(data))
            except ValueError as error:
                db.execute("INSERT INTO quarantine VALUES (?, ?)", [name, str(error)])
        db.execute("INSERT INTO file VALUES (?, ?)", [name, content])
        db.commit()
    (bad,) = db.execute("SELECT count(*) FROM quarantine").fetchone()
    return {"loaded": len(names) - bad - waiting, "quarantine": bad, "waiting": waiting}


# %% lookup: reads everything each time
SCHEMA = [
    "CREATE TABLE IF NOT EXISTS ticket (id INTEGER PRIMARY KEY, updated TEXT, text TEXT)",
    "CREATE TABLE IF NOT EXISTS lineage (id, name, PRIMARY KEY (id, name))",
    "CREATE TABLE IF NOT EXISTS quarantine (name PRIMARY KEY, reason)",
    "CREATE TABLE IF NOT EXISTS file (name PRIMARY KEY, content)",
]
UPSERT = """
INSERT INTO ticket VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET
    updated = excluded.updated, text = excluded.text
WHERE (excluded.updated, excluded.text) > (ticket.updated, ticket.text)
"""


def keep(db, name, rows):
    db.executemany(UPSERT, rows)
    pairs = [(row[0], name) for row in rows]
    db.executemany("INSERT OR IGNORE INTO lineage VALUES (?, ?)", pairs)


def twin_of(db, content):
    query = "SELECT name FROM file WHERE content = ?"
    return db.execute(query, [content]).fetchone()


def like_twin(db, name, twin):
    db.execute("INSERT INTO lineage SELECT id, ? FROM lineage WHERE name = ?", [name, twin])
    db.execute("INSERT INTO quarantine SELECT ?, reason FROM quarantine WHERE name = ?", [name, twin])


def run(db, names, read, parse):
    for statement in SCHEMA:
        db.execute(statement)
    done = {name for (name,) in db.execute("SELECT name FROM file")}
    waiting = 0
    for name in names:
        try:
            data = read(name)
        except OSError:
            waiting += 1
            continue
        if name in done:
            continue
        content = sha256(data).hexdigest()
        twin = twin_of(db, content)
        if twin:
            like_twin(db, name, twin[0])
        else:
            try:
                keep(db, name, parse(data))
            except ValueError as error:
                db.execute("INSERT INTO quarantine VALUES (?, ?)", [name, str(error)])
        db.execute("INSERT INTO file VALUES (?, ?)", [name, content])
        db.commit()
    (bad,) = db.execute("SELECT count(*) FROM quarantine").fetchone()
    return {"loaded": len(names) - bad - waiting, "quarantine": bad, "waiting": waiting}


# %% another
SCHEMA = [
    "CREATE TABLE IF NOT EXISTS ticket (id INTEGER PRIMARY KEY, updated TEXT, text TEXT)",
    "CREATE TABLE IF NOT EXISTS lineage (id, name)",
    "CREATE TABLE IF NOT EXISTS quarantine (name, reason)",
    "CREATE TABLE IF NOT EXISTS seen (name PRIMARY KEY, content)",
    "CREATE TABLE IF NOT EXISTS parsed (content PRIMARY KEY, ids, reason)",
]


def run(db, names, read, parse):
    for statement in SCHEMA:
        db.execute(statement)
    states = {"loaded": 0, "quarantine": 0, "waiting": 0}
    for name in names:
        with db:
            states[one(db, name, read, parse)] += 1
    return states


def one(db, name, read, parse):
    query = "SELECT reason FROM seen JOIN parsed USING (content) WHERE name = ?"
    was = db.execute(query, [name]).fetchone()
    if was:
        return "quarantine" if was[0] is not None else "loaded"
    try:
        data = read(name)
    except OSError:
        return "waiting"
    content = sha256(data).digest()
    db.execute("INSERT INTO seen VALUES (?, ?)", [name, content])
    known = db.execute("SELECT ids, reason FROM parsed WHERE content = ?", [content]).fetchone()
    if known is None:
        known = fresh(db, data, parse)
        db.execute("INSERT INTO parsed VALUES (?, ?, ?)", [content, *known])
    if known[1] is not None:
        db.execute("INSERT INTO quarantine VALUES (?, ?)", [name, known[1]])
        return "quarantine"
    for number in known[0].split():
        db.execute("INSERT INTO lineage VALUES (?, ?)", [int(number), name])
    return "loaded"


def fresh(db, data, parse):
    try:
        rows = parse(data)
    except ValueError as error:
        return "", str(error)
    for row in rows:
        old = db.execute("SELECT * FROM ticket WHERE id = ?", row[:1]).fetchone()
        if old is None or tuple(row) > old:
            db.execute("DELETE FROM ticket WHERE id = ?", row[:1])
            db.execute("INSERT INTO ticket VALUES (?, ?, ?)", row)
    return " ".join(sorted({str(row[0]) for row in rows})), None
