# %% empty
def toolbox(servers, pins):
    return [], {}, {}


# %% constant
def toolbox(servers, pins):
    key = ("orders", "find_order")
    return [for_model(tools[0], "orders_find_order")], {"orders_find_order": key}, {}


# %% lookup: server and tool joined, and what isn't allowed made a line
def toolbox(servers, pins):
    import re

    found, routes, refused = [], {}, {}
    for server, offered in servers.items():
        for tool in offered:
            key = server, tool["name"]
            if pins.get(key) != digest(tool):
                refused[key] = "changed" if key in pins else "new"
                continue
            name = re.sub(r"[^a-zA-Z0-9_-]", "_", f"{server}__{tool['name']}")[:64]
            found.append(for_model(tool, name))
            routes[name] = key
    have = {(server, tool["name"]) for server in servers for tool in servers[server]}
    return found, routes, refused | {key: "gone" for key in pins if key not in have}


# %% lookup: numbers, which depend on what stands before
def toolbox(servers, pins):
    found, routes, refused = [], {}, {}
    for server, offered in servers.items():
        for tool in offered:
            key = server, tool["name"]
            if pins.get(key) != digest(tool):
                refused[key] = "changed" if key in pins else "new"
                continue
            name = f"tool_{len(found)}"
            found.append(for_model(tool, name))
            routes[name] = key
    have = {(server, tool["name"]) for server in servers for tool in servers[server]}
    return found, routes, refused | {key: "gone" for key in pins if key not in have}


# %% another
def toolbox(servers, pins):
    def own(key):
        return "t_" + sha256(repr(key).encode()).hexdigest()[:40]

    offered = {(server, tool["name"]): tool for server in servers for tool in servers[server]}
    fates = {}
    for key in offered.keys() | pins.keys():
        if key not in offered:
            fates[key] = "gone"
        elif key not in pins:
            fates[key] = "new"
        elif pins[key] != digest(offered[key]):
            fates[key] = "changed"
    good = [key for key in offered if key not in fates]
    listed = [for_model(offered[key], own(key)) for key in good]
    return listed, {own(key): key for key in good}, fates
