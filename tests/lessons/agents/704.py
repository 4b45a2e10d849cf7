# %% empty
def gate(message, finish, content, facts):
    return None


# %% constant
def gate(message, finish, content, facts):
    return "person"


# %% lookup: the steps of the page
def gate(message, finish, content, facts):
    known = {content: "answer" for _, content in taken.values() if "welcome" in content}
    return known.get(content, "person")


# %% lookup: looks for the number anywhere in the message, also inside another one
def gate(message, finish, content, facts):
    try:
        said = json.loads(content)
        tool, text = said["tool"], said["text"]
        assert finish == "stop" and len(said) == 2 and isinstance(text, str)
    except (ValueError, KeyError, TypeError, AssertionError):
        return "person"
    if tool == "answer":
        risky = [w for w in text.split() if re.search(r"\d|Berlin|Hamburg", w)]
        return "answer" if all(w in " ".join(facts) for w in risky) else "person"
    good = re.fullmatch(r"A-\d{4}", text) if tool == "find_order" else text in ("Berlin", "Hamburg")
    return "run" if good and text in message and tool != "refund" else "person"


# %% another
def gate(message, finish, content, facts):
    def split(text):
        return set(re.findall(r"[\w-]+", text))

    cities = {"Berlin", "Hamburg"}
    if finish != "stop":
        return "person"
    try:
        match json.loads(content):
            case {"tool": "find_order", "text": str(text), **more} if not more:
                known = {w for w in split(message) if re.fullmatch(r"A-[0-9]{4}", w)}
                return "run" if text in known else "person"
            case {"tool": "opening_hours", "text": str(text), **more} if not more:
                return "run" if text in cities & split(message) else "person"
            case {"tool": "answer", "text": str(text), **more} if not more:
                risky = {w for w in split(text) if w in cities or any(map(str.isdigit, w))}
                return "person" if risky - set().union(*map(split, facts)) else "answer"
    except json.JSONDecodeError:
        pass
    return "person"
