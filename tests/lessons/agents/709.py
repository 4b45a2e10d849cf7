# %% empty
def gate(call, done):
    return None


def seal(call, world):
    return ""


def may(db, call, world, now):
    return None


def reply(db, key, yes, now):
    return False


# %% constant: asks every time and lets nothing run
def gate(call, done):
    return "ask"


def seal(call, world):
    return "key"


def may(db, call, world, now):
    return "wait"


def reply(db, key, yes, now):
    return True


# %% lookup: the calls of the page
def gate(call, done):
    return {"4000": "run", "49000": "ask"}.get(str(call["arguments"].get("cents")), "never")


def seal(call, world):
    return digest([call, world])


def may(db, call, world, now):
    return "run" if call["arguments"]["cents"] == 49000 else "wait"


def reply(db, key, yes, now):
    return True


# %% lookup: looks first and marks afterward, so that two processes run one yes
def gate(call, done):
    if call["name"] != "refund":
        return rule(call)
    cents = call["arguments"]["cents"]
    if type(cents) is not int or cents <= 0:
        return "never"
    before = sum(each["arguments"]["cents"] for each in done if each["name"] == "refund")
    return "run" if before + cents <= LIMIT else "ask"


def seal(call, world):
    return digest([call, world])


def may(db, call, world, now):
    key = seal(call, world)
    row = db.execute("SELECT answer, used, until FROM questions WHERE key = ?", [key]).fetchone()
    with db:
        if row and row[0] == "no":
            return "refused"
        if row and row[2] > now and not row[1]:
            if row[0] == "yes":
                db.execute("UPDATE questions SET used = 1 WHERE key = ?", [key])
                return "run"
            return "wait"
        db.execute("INSERT OR REPLACE INTO questions VALUES (?, ?, NULL, 0)", [key, now + 3600])
    return "wait"


def reply(db, key, yes, now):
    with db:
        return db.execute(
            "UPDATE questions SET answer = ? WHERE key = ? AND answer IS NULL AND until > ?",
            ["yes" if yes else "no", key, now]).rowcount == 1


# %% lookup: everything right, but a yes holds for any state of the world
def gate(call, done):
    if call["name"] != "refund":
        return rule(call)
    cents = call["arguments"]["cents"]
    if type(cents) is not int or cents <= 0:
        return "never"
    before = sum(each["arguments"]["cents"] for each in done if each["name"] == "refund")
    return "run" if before + cents <= LIMIT else "ask"


def seal(call, world):
    return digest([call, world])


def may(db, call, world, now):
    key = seal(call, {})
    with db:
        if db.execute("UPDATE questions SET used = 1 WHERE key = ? AND answer = 'yes'"
                      " AND used = 0 AND until > ?", [key, now]).rowcount:
            return "run"
        db.execute("DELETE FROM questions WHERE key = ? AND (used = 1 OR until <= ?)", [key, now])
        db.execute("INSERT OR IGNORE INTO questions VALUES (?, ?, NULL, 0)", [key, now + 3600])
    return "wait"


def reply(db, key, yes, now):
    with db:
        return db.execute(
            "UPDATE questions SET answer = ? WHERE key = ? AND answer IS NULL AND until > ?",
            ["yes" if yes else "no", key, now]).rowcount == 1


# %% lookup: a yes is still good when its time is over
def gate(call, done):
    if call["name"] != "refund":
        return rule(call)
    cents = call["arguments"]["cents"]
    if type(cents) is not int or cents <= 0:
        return "never"
    before = sum(each["arguments"]["cents"] for each in done
                 if each["name"] == "refund")
    return "run" if before + cents <= LIMIT else "ask"


def seal(call, world):
    text = json.dumps([call, world], sort_keys=True)
    return sha256(text.encode()).hexdigest()


def may(db, call, world, now):
    key = seal(call, world)
    with db:
        took = db.execute(
            "UPDATE questions SET used = 1"
            " WHERE key = ? AND answer = 'yes'"
            " AND used = 0 AND until >= ?", [key, now])
        if took.rowcount == 1:
            return "run"
        no = db.execute(
            "SELECT 1 FROM questions WHERE key = ?"
            " AND answer = 'no'", [key]).fetchone()
        if no:
            return "refused"
        db.execute("DELETE FROM questions WHERE key = ?"
                   " AND (used = 1 OR until <= ?)",
                   [key, now])
        db.execute("INSERT OR IGNORE INTO questions"
                   " VALUES (?, ?, NULL, 0)",
                   [key, now + 3600])
    return "wait"


def reply(db, key, yes, now):
    with db:
        done = db.execute(
            "UPDATE questions SET answer = ? WHERE key = ?"
            " AND answer IS NULL AND until > ?",
            ["yes" if yes else "no", key, now])
    return done.rowcount == 1


# %% lookup: an answer is still taken when its time is over
def gate(call, done):
    if call["name"] != "refund":
        return rule(call)
    cents = call["arguments"]["cents"]
    if type(cents) is not int or cents <= 0:
        return "never"
    before = sum(each["arguments"]["cents"] for each in done
                 if each["name"] == "refund")
    return "run" if before + cents <= LIMIT else "ask"


def seal(call, world):
    text = json.dumps([call, world], sort_keys=True)
    return sha256(text.encode()).hexdigest()


def may(db, call, world, now):
    key = seal(call, world)
    with db:
        took = db.execute(
            "UPDATE questions SET used = 1"
            " WHERE key = ? AND answer = 'yes'"
            " AND used = 0 AND until > ?", [key, now])
        if took.rowcount == 1:
            return "run"
        no = db.execute(
            "SELECT 1 FROM questions WHERE key = ?"
            " AND answer = 'no'", [key]).fetchone()
        if no:
            return "refused"
        db.execute("DELETE FROM questions WHERE key = ?"
                   " AND (used = 1 OR until <= ?)",
                   [key, now])
        db.execute("INSERT OR IGNORE INTO questions"
                   " VALUES (?, ?, NULL, 0)",
                   [key, now + 3600])
    return "wait"


def reply(db, key, yes, now):
    with db:
        done = db.execute(
            "UPDATE questions SET answer = ? WHERE key = ?"
            " AND answer IS NULL AND until >= ?",
            ["yes" if yes else "no", key, now])
    return done.rowcount == 1


# %% another: one transaction that takes the write lock first
def gate(call, done):
    if call["name"] != "refund":
        return rule(call)
    cents = [each["arguments"]["cents"] for each in [*done, call] if each["name"] == "refund"]
    if isinstance(cents[-1], bool) or not isinstance(cents[-1], int) or cents[-1] < 1:
        return "never"
    return "ask" if sum(cents) > LIMIT else "run"


def seal(call, world):
    parts = [json.dumps(each, sort_keys=True) for each in (call, world)]
    return sha256("\n".join(parts).encode()).hexdigest()


def may(db, call, world, now):
    db.execute("BEGIN IMMEDIATE")
    try:
        return decided(db, seal(call, world), now)
    finally:
        db.commit()


def decided(db, key, now):
    row = db.execute("SELECT answer, used, until FROM questions WHERE key = ?", [key]).fetchone()
    answer, used, until = row or (None, 1, 0)
    if answer == "no":
        return "refused"
    if used or until <= now:
        db.execute("REPLACE INTO questions VALUES (?, ?, NULL, 0)", [key, now + 3600])
    elif answer == "yes":
        db.execute("UPDATE questions SET used = 1 WHERE key = ?", [key])
        return "run"
    return "wait"


def reply(db, key, yes, now):
    with db:
        row = db.execute("SELECT answer, until FROM questions WHERE key = ?", [key]).fetchone()
        if row is None or row[0] or row[1] <= now:
            return False
        db.execute("UPDATE questions SET answer = ? WHERE key = ?", ["yes" if yes else "no", key])
    return True
