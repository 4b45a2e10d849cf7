# %% empty
def answer(arguments, orders, room):
    return None


# %% constant
def answer(arguments, orders, room):
    return '{"orders": [], "left_out": 0}'


# %% lookup: knows the wrong words of the page
def answer(arguments, orders, room):
    for word in ("shipped", "last Friday"):
        if word in arguments:
            return json.dumps({"error": f"{word}: use open, sent or refunded"})
    try:
        given = SearchOrders.model_validate_json(arguments)
    except ValidationError:
        return '{"error": "invalid"}'
    found = pick([o for o in orders if o["status"] == given.status])
    return json.dumps(found)


# %% lookup: five at most, which always fits and is seldom enough
def answer(arguments, orders, room):
    try:
        given = SearchOrders.model_validate_json(arguments)
    except ValidationError as error:
        return json.dumps({"error": complaint(error)[:150]})
    found = [o for o in orders if o["status"] == given.status and o["day"] >= str(given.since)]
    return json.dumps(pick(found, most=3))


# %% lookup: forgets that a made-up argument may be long
def answer(arguments, orders, room):
    try:
        given = SearchOrders.model_validate_json(arguments)
    except ValidationError as error:
        return json.dumps({"error": complaint(error)})
    found = [o for o in orders if o["status"] == given.status and o["day"] >= str(given.since)]
    for most in range(len(found), -1, -1):
        text = json.dumps(pick(found, most))
        if len(text) <= room:
            return text


# %% another
def answer(arguments, orders, room):
    try:
        given = SearchOrders.model_validate_json(arguments)
    except ValueError as error:
        words = complaint(error)[: room // 2 - 20]
        return json.dumps({"error": words}, ensure_ascii=True)
    fits = [o for o in orders if o["status"] == given.status]
    fits = [o for o in fits if date.fromisoformat(o["day"]) >= given.since]
    fits = [o for _, _, o in sorted(
        (-date.fromisoformat(o["day"]).toordinal(), place, o) for place, o in enumerate(fits))]
    texts = (json.dumps(pick(fits, most)) for most in range(len(fits) + 1))
    return max((text for text in texts if len(text) <= room), key=len)
