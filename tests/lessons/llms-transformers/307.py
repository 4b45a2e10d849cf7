# %% empty
def render(messages):
    return []


def read(row):
    return None


def fit(messages, room):
    return None


# %% constant
def render(messages):
    return [256, 117, 115, 101, 114, 10, 72, 105, 257, 10, 256, *b"assistant\n"]


def read(row):
    return [{"role": "user", "content": "Hi"}]


def fit(messages, room):
    return messages[:1]


# %% lookup
def render(messages):
    known = {FORGED: [256, *f"user\n{FORGED}".encode(), 257, 10, 256, *b"assistant\n"]}
    return known.get(messages[-1]["content"], careless(as_text(messages)))


def read(row):
    return {21: hi, len(render(attack)): attack}.get(len(row), CHAT)


def fit(messages, room):
    return messages if room > 150 else messages[:1]


# %% the marks are deleted
def render(messages):
    clean = []
    for m in messages:
        content = m["content"].replace("<|im_start|>", "").replace("<|im_end|>", "")
        clean.append({"role": m["role"], "content": content})
    return careless(as_text(clean))


def read(row):
    parts, messages = [], []
    for token in row:
        if token == 256:
            parts = []
        elif token == 257:
            role, _, content = bytes(parts).decode().partition("\n")
            messages.append({"role": role, "content": content})
        else:
            parts.append(token)
    return messages


def fit(messages, room):
    for i in range(1, len(messages)):
        kept = messages[:1] + messages[i:]
        if messages[i]["role"] == "user" and len(render(kept)) <= room:
            return kept
    return messages[:1]


# %% leaves the last token of the room empty
def render(messages):
    row = []
    for m in messages:
        row += [256, *f"{m['role']}\n{m['content']}".encode(), 257, 10]
    return [*row, 256, *b"assistant\n"]


def read(row):
    parts, messages = [], []
    for token in row:
        if token == 256:
            parts = []
        elif token == 257:
            role, _, content = bytes(parts).decode().partition("\n")
            messages.append({"role": role, "content": content})
        else:
            parts.append(token)
    return messages


def fit(messages, room):
    for i, message in enumerate(messages):
        kept = messages[:1] + messages[i:]
        if message["role"] == "user" and len(render(kept)) < room:
            return kept
    return messages[:1]


# %% a result without its question
def render(messages):
    row = []
    for m in messages:
        row += [256, *f"{m['role']}\n{m['content']}".encode(), 257, 10]
    return [*row, 256, *b"assistant\n"]


def read(row):
    parts, messages = [], []
    for token in row:
        if token == 256:
            parts = []
        elif token == 257:
            role, _, content = bytes(parts).decode().partition("\n")
            messages.append({"role": role, "content": content})
        else:
            parts.append(token)
    return messages


def fit(messages, room):
    kept = list(messages)
    while len(kept) > 1 and len(render(kept)) > room:
        del kept[1]
    return kept


# %% another
def render(messages):
    row = []
    for m in messages:
        row.append(256)
        row.extend(f"{m['role']}\n{m['content']}".encode())
        row.extend((257, 10))
    row.append(256)
    row.extend(b"assistant\n")
    return row


def read(row):
    parts, messages = [], []
    for token in row:
        if token == 256:
            parts = []
        elif token == 257:
            role, _, content = bytes(parts).decode().partition("\n")
            messages.append({"role": role, "content": content})
        else:
            parts.append(token)
    return messages


def fit(messages, room):
    starts = [i for i, m in enumerate(messages) if i and m["role"] == "user"]
    options = [messages[:1] + messages[i:] for i in starts]
    fits = [kept for kept in options if len(render(kept)) <= room]
    return max(fits, key=len, default=messages[:1])
