# %% empty
def converse(ask, messages, tools, rounds=4):
    return None


def chain(right, steps, noticed):
    return None


# %% constant
def converse(ask, messages, tools, rounds=4):
    return "done"


def chain(right, steps, noticed):
    return 0.908


# %% lookup: knows one tool and the page's two orders
def converse(ask, messages, tools, rounds=4):
    messages = list(messages)
    known = {"A-1042": "sent", "A-1007": "refunded"}
    for _ in range(rounds):
        message = ask(messages)
        if not message.get("tool_calls"):
            return message.get("content")
        messages.append(message)
        for call in message["tool_calls"]:
            found = [known[n] for n in known if n in call["function"]["arguments"]]
            content = json.dumps(found or {"error": "unknown"})
            messages.append({"role": "tool", "tool_call_id": call["id"], "content": content})
    return None


def chain(right, steps, noticed):
    return (right + (1 - right) * noticed * right) ** steps


# %% lookup: runs the calls of the last round, which nobody reads
def converse(ask, messages, tools, rounds=4):
    messages = list(messages)
    for _ in range(rounds):
        message = ask(messages)
        if not message.get("tool_calls"):
            return message.get("content")
        messages.append(message)
        for call in message["tool_calls"]:
            try:
                arguments, run = tools[call["function"]["name"]]
                given = arguments.model_validate_json(call["function"]["arguments"])
                result = run(**given.model_dump())
            except (KeyError, ValueError) as error:
                result = {"error": repr(error)}
            content = json.dumps(result)
            messages.append({"role": "tool", "tool_call_id": call["id"], "content": content})
    return None


def chain(right, steps, noticed):
    return (right + (1 - right) * noticed * right) ** steps


# %% lookup: a check that repairs everything it notices
def converse(ask, messages, tools, rounds=4):
    said = list(messages)
    for left in range(rounds, 0, -1):
        message = ask(said)
        calls = message.get("tool_calls")
        if not calls:
            return message.get("content")
        if left == 1:
            return None
        said.append(message)
        for call in calls:
            try:
                arguments, run = tools[call["function"]["name"]]
                given = arguments.model_validate_json(call["function"]["arguments"])
                result = run(**given.model_dump())
            except (KeyError, ValueError) as error:
                result = {"error": repr(error)}
            content = json.dumps(result)
            said.append({"role": "tool", "tool_call_id": call["id"], "content": content})


def chain(right, steps, noticed):
    return (right + (1 - right) * noticed) ** steps


# %% another
def converse(ask, messages, tools, rounds=4):
    def go(said, left):
        message = ask(said)
        calls = message.get("tool_calls") or []
        if not calls:
            return message.get("content")
        return go([*said, message, *map(reply, calls)], left - 1) if left > 1 else None

    def reply(call):
        name, arguments = call["function"]["name"], call["function"]["arguments"]
        try:
            kind, run = tools[name]
            content = run(**dict(kind.model_validate(json.loads(arguments))))
        except KeyError:
            content = {"error": f"no tool {name}"}
        except (json.JSONDecodeError, ValidationError, ValueError) as wrong:
            content = {"error": f"{type(wrong).__name__}: {wrong}"}
        return {"role": "tool", "tool_call_id": call["id"], "content": json.dumps(content)}

    return go(list(messages), rounds)


def chain(right, steps, noticed):
    once = right + noticed * (1 - right) * right
    total = 1.0
    for _ in range(steps):
        total *= once
    return total
