# %% empty
def readable(world, reader):
    return None


def leaks(search, world, questions, k):
    return None


def cache_key(world, reader, question):
    return None


# %% constant
def readable(world, reader):
    return set(world.text)


def leaks(search, world, questions, k):
    return []


def cache_key(world, reader, question):
    return question, reader


# %% lookup: groups alone
def readable(world, reader):
    mine = world.groups.get(reader, set())
    return {x for x in world.text if mine & world.open_to.get(world.document[x], set())}


def leaks(search, world, questions, k):
    return [(r, q) for r in world.groups for q in questions if search.__name__ != "before"]


def cache_key(world, reader, question):
    return question, frozenset(readable(world, reader))


# %% lookup: the key names the reader's groups
def readable(world, reader):
    mine, shut = world.groups.get(reader, set()), world.closed.get(reader, set())
    return {
        x for x, d in world.document.items() if d not in shut and mine & world.open_to.get(d, set())
    }


def leaks(search, world, questions, k):
    found = []
    for reader in world.groups:
        may = readable(world, reader)
        less = replace(
            world,
            text={x: world.text[x] for x in may},
            document={x: world.document[x] for x in may},
        )
        for q in questions:
            if search(world, reader, q, k) != search(less, reader, q, k):
                found.append((reader, q))
    return found


def cache_key(world, reader, question):
    return question, frozenset(world.groups.get(reader, set()))


# %% lookup: only ids of the readable passages, so that edits don't count
def readable(world, reader):
    mine, shut = world.groups.get(reader, set()), world.closed.get(reader, set())
    return {
        x for x, d in world.document.items() if d not in shut and mine & world.open_to.get(d, set())
    }


def leaks(search, world, questions, k):
    found = []
    for reader in world.groups:
        may = readable(world, reader)
        less = replace(
            world,
            text={x: world.text[x] for x in may},
            document={x: world.document[x] for x in may},
        )
        for q in questions:
            if search(world, reader, q, k) != search(less, reader, q, k):
                found.append((reader, q))
    return found


def cache_key(world, reader, question):
    return question, frozenset(readable(world, reader))


# %% another
from copy import deepcopy as whole


def readable(world, reader):
    found = []
    for key in world.text:
        place = world.document[key]
        if place in world.closed.get(reader, []) or place not in world.open_to:
            continue
        if not world.open_to[place].isdisjoint(world.groups.get(reader, [])):
            found.append(key)
    return found


def leaks(search, world, questions, k):
    for reader in world.groups:
        bare = whole(world)
        for key in set(world.text) - set(readable(world, reader)):
            del bare.text[key], bare.document[key]
        for question in questions:
            ours = search(world, reader, question, k)
            if ours != search(bare, reader, question, k):
                yield reader, question


def cache_key(world, reader, question):
    pairs = sorted((key, world.text[key]) for key in readable(world, reader))
    return repr((question, pairs))
