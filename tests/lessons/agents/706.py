# %% empty
def size(messages):
    return len(json.dumps(messages))


def shorten(messages, room):
    return []


def resume(text):
    return [], [], []


# %% constant
def size(messages):
    return len(json.dumps(messages))


def shorten(messages, room):
    return messages[:2] + [say("user", "(4 messages left out)")] + messages[-2:]


def resume(text):
    return [], [], ["c1"]


# %% lookup: whole rounds, if each has one result as on the page
def size(messages):
    return len(json.dumps(messages))


def shorten(messages, room):
    if size(messages) <= room:
        return messages
    for gone in range(2, len(messages), 2):
        short = messages[:2] + [say("user", f"({gone} messages left out)")] + messages[2 + gone:]
        if size(short) <= room:
            return short
    return messages[:2] + [say("user", f"({len(messages) - 2} messages left out)")]


def resume(text):
    *lines, _ = text.split("\n")
    steps = [json.loads(line) for line in lines]
    messages = [s["message"] for s in steps if "message" in s]
    begun = [s["begin"] for s in steps if "begin" in s]
    over = [s["result"] for s in steps if "result" in s]
    return messages, [], [each for each in begun if each not in over]


# %% lookup: runs again whatever has no result
def size(messages):
    return len(json.dumps(messages))


def shorten(messages, room):
    if size(messages) <= room:
        return messages
    rest = messages[2:]
    for start in [n for n, m in enumerate(rest) if m["role"] != "tool"][1:] + [len(rest)]:
        short = messages[:2] + [say("user", f"({start} messages left out)")] + rest[start:]
        if size(short) <= room:
            return short


def resume(text):
    *lines, _ = text.split("\n")
    messages, asked, over = [], [], set()
    for step in map(json.loads, lines):
        if "message" in step:
            messages.append(step["message"])
            asked += [each["id"] for each in step["message"].get("tool_calls", ())]
        elif "result" in step:
            over.add(step["result"])
            messages.append(
                {"role": "tool", "tool_call_id": step["result"], "content": step["content"]})
    return messages, [each for each in asked if each not in over], []


# %% another
def size(messages):
    return len(json.dumps(messages))


def shorten(messages, room):
    rounds = []
    for message in messages[2:]:
        if message["role"] == "tool":
            rounds[-1].append(message)
        else:
            rounds.append([message])
    best = messages
    while size(best) > room:
        rounds = rounds[1:]
        left = sum(rounds, [])
        gone = len(messages) - 2 - len(left)
        best = messages[:2] + [say("user", f"({gone} messages left out)")] + left
    return best


def resume(text):
    whole = text[: text.rfind("\n") + 1]
    fate, messages = {}, []
    for line in whole.splitlines():
        match json.loads(line):
            case {"message": message}:
                messages.append(message)
                fate |= {each["id"]: "open" for each in message.get("tool_calls") or []}
            case {"begin": key}:
                fate[key] = "begun"
            case {"result": key, "content": content}:
                fate[key] = "over"
                messages.append({"role": "tool", "tool_call_id": key, "content": content})
    return (messages, [key for key in fate if fate[key] == "open"],
            [key for key in fate if fate[key] == "begun"])
