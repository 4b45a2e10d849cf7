# %% empty
def allowed(call, request, own, read):
    return False


def sent(request, own, pages, calls):
    return []


# %% constant
def allowed(call, request, own, read):
    return True


def sent(request, own, pages, calls):
    return [call.get("to") or call.get("url") for call in calls]


# %% lookup: the bad address of the page
def allowed(call, request, own, read):
    return "evil" not in call.get("to", "") and "evil" not in call.get("url", "")


def sent(request, own, pages, calls):
    return [c.get("to") or c.get("url") for c in calls if allowed(c, request, own, [])]


# %% lookup: by in, as the page's first gate
def allowed(call, request, own, read):
    if call["name"] == "send_mail":
        return len(call) == 2 and (call["to"] in request or call["to"] == own)
    return call["name"] == "open_page" and call["url"] in " ".join([request, *read])


def sent(request, own, pages, calls):
    read, out = [], []
    for call in calls:
        if allowed(call, request, own, read):
            out.append(call.get("to") or call["url"])
            read += [pages[call["url"]]] if "url" in call else []
    return out


# %% lookup: lets what was read name recipients, too
def allowed(call, request, own, read):
    text = " ".join([request, *read])
    if call["name"] == "send_mail":
        named = {each.lower() for each in ADDRESS.findall(text)} | {own.lower()}
        return len(call) == 2 and call["to"].lower() in named
    links = {each.rstrip(".,") for each in re.findall(r"https://[^\s\"'<>]*", text)}
    return call["name"] == "open_page" and call["url"] in links


def sent(request, own, pages, calls):
    read, out = [], []
    for call in calls:
        if allowed(call, request, own, read):
            out.append(call.get("to") or call["url"])
            read += [pages[call["url"]]] if "url" in call else []
    return out


# %% lookup: takes the own address letter by letter
def allowed(call, request, own, read):
    if call["name"] == "send_mail":
        named = {each.lower() for each in ADDRESS.findall(request)} | {own}
        return len(call) == 2 and call["to"].lower() in named
    links = {each.rstrip(".,") for text in (request, *read)
             for each in re.findall(r"https://[^\s\"'<>]*", text)}
    return call["name"] == "open_page" and len(call) == 2 and call["url"] in links


def sent(request, own, pages, calls):
    read, out = [], []
    for call in calls:
        if allowed(call, request, own, read):
            out.append(call.get("to") or call["url"])
            read += [pages[call["url"]]] if "url" in call else []
    return out


# %% another
def allowed(call, request, own, read):
    def whole(text, begins):
        for part in re.split(r"[\s\"'<>]+", text):
            part = part.rstrip(".,")
            if begins in part:
                yield part

    kind, rest = call["name"], {k: v for k, v in call.items() if k != "name"}
    if kind == "send_mail" and list(rest) == ["to"]:
        mine = [*whole(request, "@"), own]
        return rest["to"].casefold() in [each.casefold() for each in mine]
    if kind == "open_page" and list(rest) == ["url"]:
        return any(rest["url"] in list(whole(text, "https://")) for text in [request] + read)
    return False


def sent(request, own, pages, calls):
    if not calls:
        return []
    seen, done = [], []
    for call in calls:
        where = call.get("to") or call.get("url")
        if allowed(call, request, own, seen):
            done.append(where)
            if where in pages:
                seen.append(pages[where])
    return done
