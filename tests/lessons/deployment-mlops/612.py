# %% empty
def audit(files, lock):
    return []


def open_locked(name, read, lock):
    return None


def redact(text):
    return ""


# %% constant
def audit(files, lock):
    return [f"changed {name}" for name in sorted(files)]


def open_locked(name, read, lock):
    raise ValueError(name)


def redact(text):
    return "[removed]"


# %% lookup
def audit(files, lock):
    return ["changed model.json"] if "model.json" in files else []


def open_locked(name, read, lock):
    if name == "model.json":
        return json.loads(read(name))
    raise ValueError(name)


def redact(text):
    return text.replace(leak, "[removed]")


# %% hashes, then reads again
def audit(files, lock):
    codes = {name: "sha256:" + sha256(raw).hexdigest() for name, raw in files.items()}
    return sorted(
        [f"missing {name}" for name in lock.keys() - codes.keys()]
        + [f"unlisted {name}" for name in codes.keys() - lock.keys()]
        + [f"changed {name}" for name in codes.keys() & lock.keys() if codes[name] != lock[name]]
    )


def open_locked(name, read, lock):
    if name.endswith(".pkl") or audit({name: read(name)}, {name: lock.get(name)}):
        raise ValueError(name)
    return json.loads(read(name))


def redact(text):
    return KEY.sub(lambda m: "[removed]" if is_key(m) else m[0], text)


# %% takes the shape for a key
def audit(files, lock):
    codes = {name: "sha256:" + sha256(raw).hexdigest() for name, raw in files.items()}
    return sorted(
        [f"missing {name}" for name in lock.keys() - codes.keys()]
        + [f"unlisted {name}" for name in codes.keys() - lock.keys()]
        + [f"changed {name}" for name in codes.keys() & lock.keys() if codes[name] != lock[name]]
    )


def open_locked(name, read, lock):
    raw = read(name)
    if name.endswith(".pkl") or audit({name: raw}, {name: lock.get(name)}):
        raise ValueError(name)
    return json.loads(raw)


def redact(text):
    text = KEY.sub("[removed]", text)
    return re.sub("[A-Za-z0-9+/]{40,}={0,2}", "[removed]", text)


# %% forgets Base64
def audit(files, lock):
    codes = {name: "sha256:" + sha256(raw).hexdigest() for name, raw in files.items()}
    return sorted(
        [f"missing {name}" for name in lock.keys() - codes.keys()]
        + [f"unlisted {name}" for name in codes.keys() - lock.keys()]
        + [f"changed {name}" for name in codes.keys() & lock.keys() if codes[name] != lock[name]]
    )


def open_locked(name, read, lock):
    raw = read(name)
    if name.endswith(".pkl") or audit({name: raw}, {name: lock.get(name)}):
        raise ValueError(name)
    return json.loads(raw)


def redact(text):
    return KEY.sub(lambda m: "[removed]" if is_key(m) else m[0], text)


# %% another
import base64
import binascii


def seal(raw):
    return f"sha256:{sha256(raw).hexdigest()}"


def audit(files, lock):
    found = {f"missing {name}" for name in lock if name not in files}
    for name, raw in files.items():
        if name not in lock:
            found.add(f"unlisted {name}")
        elif seal(raw) != lock[name]:
            found.add(f"changed {name}")
    return sorted(found)


def open_locked(name, read, lock):
    raw = read(name)
    if name.endswith(".pkl") or name not in lock or seal(raw) != lock[name]:
        raise ValueError("refused")
    return json.loads(raw)


def redact(text):
    for match in reversed([*re.finditer("[A-Za-z0-9+/]{40,}={0,2}", text)]):
        try:
            inside = base64.b64decode(match[0] + "==").decode("ascii", "replace")
        except binascii.Error:
            continue
        if any(is_key(each) for each in KEY.finditer(inside)):
            text = text[: match.start()] + "[removed]" + text[match.end() :]
    for match in reversed([*KEY.finditer(text)]):
        if is_key(match):
            text = text[: match.start()] + "[removed]" + text[match.end() :]
    return text
