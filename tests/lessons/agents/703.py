# %% empty
def steered(model, messages, tool, rounds, budget):
    return None, "", 0


def worst(messages, rounds, budget):
    return 0


# %% constant
def steered(model, messages, tool, rounds, budget):
    return "the answer", "answer", 0


def worst(messages, rounds, budget):
    return budget


# %% lookup: the page's loop, which compares with the calls right before
def steered(model, messages, tool, rounds, budget):
    return run(model, messages, tool, rounds, budget)


def worst(messages, rounds, budget):
    first = size(messages) + OUT
    return min(budget, sum(first + (OUT + RESULT) * n for n in range(rounds + 1)) + size([LAST]))


# %% lookup: forbids any third call of a kind, whatever it brings
def steered(model, messages, tool, rounds, budget):
    messages, spent, times, why = list(messages), 0, {}, "rounds"
    for _ in range(rounds):
        now = size(messages) + OUT
        if spent + 2 * now + RESULT + ENOUGH > budget:
            why = "tokens"
            break
        message = model(messages, tools=True)
        spent += now
        if not message.get("tool_calls"):
            return message["content"], "answer", spent
        call = message["tool_calls"][0]["function"]
        messages += [message, result_of(tool(call))]
        key = str(sorted(json.loads(call["arguments"]).items()))
        times[key] = times.get(key, 0) + 1
        if times[key] == 3:
            why = "circles"
            break
    messages.append(LAST)
    spent += size(messages) + OUT
    return model(messages, tools=False)["content"], why, spent


def worst(messages, rounds, budget):
    first = size(messages) + OUT
    return min(budget, sum(first + (OUT + RESULT) * n for n in range(rounds + 1)) + size([LAST]))


# %% another
def steered(model, messages, tool, rounds, budget):
    said, spent, log = [*messages], 0, []

    def ask(tools):
        nonlocal spent
        spent += size(said) + OUT
        return model(said, tools=tools)

    def fits():
        added = OUT + RESULT
        return spent + size(said) + OUT + size(said) + added + ENOUGH <= budget

    why = None
    while why is None:
        if len(log) == rounds:
            why = "rounds"
        elif not fits():
            why = "tokens"
        else:
            message = ask(True)
            if not message.get("tool_calls"):
                return message["content"], "answer", spent
            function = message["tool_calls"][0]["function"]
            result = tool(function)
            said.extend([message, result_of(result)])
            log.append((function["name"], json.loads(function["arguments"]), result))
            why = "circles" if log.count(log[-1]) > 2 else None
    said.append(LAST)
    return ask(False)["content"], why, spent


def worst(messages, rounds, budget):
    total, held = 0, size(messages)
    for _ in range(rounds):
        total += held + OUT
        held += OUT + RESULT
    return min(budget, total + held + ENOUGH)
