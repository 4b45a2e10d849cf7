# %% empty
def touched(made, bad):
    return {}


# %% constant: all of it is lost
def touched(made, bad):
    return {thing: "wholly" for thing, _ in made}


# %% constant: everything that is reached needs a look
def touched(made, bad):
    found = set(bad)
    for _ in made:
        found |= {thing for thing, source in made if source in found}
    return {thing: "partly" for thing in found - bad}


# %% lookup: one step and no further
def touched(made, bad):
    rests = {}
    for thing, source in made:
        rests.setdefault(thing, set()).add(source)
    return {
        thing: "wholly" if sources <= bad else "partly"
        for thing, sources in rests.items()
        if sources & bad
    }


# %% lookup: wholly as soon as one source is wholly bad
def touched(made, bad):
    found = dict.fromkeys(bad, "wholly")
    for _ in made:
        for thing, source in made:
            if source in found and found.get(thing) != "wholly":
                found[thing] = found[source]
    return {thing: how for thing, how in found.items() if thing not in bad}


# %% lookup: takes pairs in the order in which they come
def touched(made, bad):
    ends = {}
    for thing, source in made:
        ends.setdefault(thing, set()).update(ends.get(source, {source}))
    return {
        thing: "wholly" if found <= bad else "partly"
        for thing, found in ends.items()
        if found & bad
    }


# %% another
def touched(made, bad):
    reached = set(bad)
    while more := {thing for thing, source in made if source in reached} - reached:
        reached |= more
    sound = {source for _, source in made} - {thing for thing, _ in made} - bad
    while more := {thing for thing, source in made if source in sound} - sound:
        sound |= more
    return {thing: "partly" if thing in sound else "wholly" for thing in reached - bad}
