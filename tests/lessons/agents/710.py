# %% empty
def attempt(send, action, key, begun):
    return None


def perform(send, journal, run, steps):
    return "done"


# %% constant: everything is a person's work
def attempt(send, action, key, begun):
    return "open"


def perform(send, journal, run, steps):
    return "person" if steps else "done"


# %% lookup: the page's trip
def attempt(send, action, key, begun):
    return "failed" if action == "courier" else "done"


def perform(send, journal, run, steps):
    for action, back in steps:
        send(action, f"{run}/{action}")
    return "done"


# %% lookup: a new key in each try
from itertools import count

numbers = count()


def attempt(send, action, key, begun):
    unclear = begun
    for _ in range(4):
        try:
            send(action, f"{key}/{next(numbers)}")
            return "done"
        except Refused:
            return "failed"
        except TimeoutError:
            unclear = True
        except Busy:
            pass
    return "open" if unclear else "failed"


def perform(send, journal, run, steps):
    done = []
    for n, (action, back) in enumerate(steps):
        word = attempt(send, action, f"{run}/{n}", False)
        if word == "open":
            return "person"
        if word == "failed":
            for key, last in reversed(done):
                if attempt(send, last, key, False) != "done":
                    return "person"
            return "undone"
        done.append((f"{run}/{n}/back", back))
    return "done"


# %% lookup: right keys, but no word in the journal of what has failed
def attempt(send, action, key, begun):
    unclear = begun
    for _ in range(4):
        try:
            send(action, key)
            return "done"
        except Refused:
            return "failed"
        except TimeoutError:
            unclear = True
        except Busy:
            pass
    return "open" if unclear else "failed"


def perform(send, journal, run, steps):
    def settle(key, action):
        begun = key in journal
        if f"{key} done" in journal:
            return "done"
        if not begun:
            journal.append(key)
        word = attempt(send, action, key, begun)
        if word == "done":
            journal.append(f"{key} done")
        return word

    finished = []
    for n, (action, back) in enumerate(steps):
        word = settle(f"{run}/{n}", action)
        if word == "open":
            return "person"
        if word == "failed":
            for key, last in reversed(finished):
                if settle(key, last) != "done":
                    return "person"
            return "undone"
        finished.append((f"{run}/{n}/back", back))
    return "done"


# %% lookup: takes busy and time-out for one thing
def attempt(send, action, key, begun):
    for _ in range(4):
        try:
            send(action, key)
            return "done"
        except Refused:
            return "failed"
        except (Busy, TimeoutError):
            pass
    return "failed"


def perform(send, journal, run, steps):
    def settle(key, action):
        told = [word for name, word in journal if name == key]
        if not told:
            told = [attempt(send, action, key, False)]
            journal.append([key, told[0]])
        return told[0]

    finished = []
    for n, (action, back) in enumerate(steps):
        if settle(f"{run}/{n}", action) == "failed":
            for key, last in reversed(finished):
                if settle(key, last) != "done":
                    return "person"
            return "undone"
        finished.append((f"{run}/{n}/back", back))
    return "done"


# %% another: a state that is read from the journal, and a loop over what is next
def attempt(send, action, key, begun):
    seen = {"before the process died"} if begun else set()
    tries = 0
    while tries < 4:
        tries += 1
        try:
            send(action, key)
        except Refused:
            return "failed"
        except (Busy, TimeoutError) as error:
            seen.add(type(error).__name__)
        else:
            return "done"
    return "failed" if seen == {"Busy"} else "open"


def perform(send, journal, run, steps):
    told = {}
    for line in journal:
        told[line["at"]] = line["word"]

    def go(at, action):
        if told.get(at) in (None, "sending"):
            begun = at in told
            journal.append({"at": at, "word": "sending"})
            told[at] = attempt(send, action, f"{run}:{at}", begun)
            journal.append({"at": at, "word": told[at]})
        return told[at]

    for n in range(len(steps)):
        word = go(f"to {n}", steps[n][0])
        if word == "open":
            return "person"
        if word == "failed":
            for m in range(n - 1, -1, -1):
                if go(f"back {m}", steps[m][1]) != "done":
                    return "person"
            return "undone"
    return "done"
