# %% empty
def patient(send, sleep, tries=4):
    return None


def sort(ask, text, staffed):
    return None, 0


# %% constant
def patient(send, sleep, tries=4):
    for _ in range(tries):
        status, _headers, body = send()
        if status == 200:
            return body
        sleep(1)
    return None


def sort(ask, text, staffed):
    return Ticket(team="bug", urgent=True), 1


# %% lookup
def patient(send, sleep, tries=4):
    for attempt in range(tries):
        status, _headers, body = send()
        if status == 200:
            return body
        if status not in (429, 503):
            return None
        sleep(0.5 * 2**attempt)
    return None


def sort(ask, text, staffed):
    known = {'{"team": "Bug"}': '{"team": "bug", "urgent": true}'}
    said = ask(prompt(text))
    return read(known.get(said, said or "")), 1


# %% lookup: repairs by asking the same again
def patient(send, sleep, tries=4):
    for attempt in range(tries):
        status, headers, body = send()
        if status == 200:
            return body
        if status not in (408, 409, 429) and status < 500:
            return None
        if attempt < tries - 1:
            sleep(float(headers.get("Retry-After", 0.5 * 2**attempt)))
    return None


def sort(ask, text, staffed):
    for calls in (1, 2):
        ticket = read(ask(prompt(text)) or "")
        if ticket and ticket.team in staffed:
            return ticket, calls
    return None, 2


# %% gives up after a conflict
def patient(send, sleep, tries=4):
    for attempt in range(tries):
        status, headers, body = send()
        if status == 200:
            return body
        if status not in (408, 429) and status < 500:
            return None
        if attempt < tries - 1:
            own = 0.5 * 2**attempt
            sleep(float(headers.get("Retry-After", own)))
    return None


def sort(ask, text, staffed):
    messages = prompt(text)
    for calls in (1, 2):
        said = ask(messages) or ""
        try:
            ticket = Ticket.model_validate_json(said)
            if ticket.team in staffed:
                return ticket, calls
            wrong = f"The {ticket.team} team is off now."
        except ValidationError as error:
            wrong = f"This is not valid: {error}"
        wrong += " Answer again."
        messages = messages + [
            {"role": "assistant", "content": said},
            {"role": "user", "content": wrong},
        ]
    return None, 2


# %% gives up after a plain 500
def patient(send, sleep, tries=4):
    for attempt in range(tries):
        status, headers, body = send()
        if status == 200:
            return body
        if status not in (408, 409, 429) and status <= 500:
            return None
        if attempt < tries - 1:
            own = 0.5 * 2**attempt
            sleep(float(headers.get("Retry-After", own)))
    return None


def sort(ask, text, staffed):
    messages = prompt(text)
    for calls in (1, 2):
        said = ask(messages) or ""
        try:
            ticket = Ticket.model_validate_json(said)
            if ticket.team in staffed:
                return ticket, calls
            wrong = f"The {ticket.team} team is off now."
        except ValidationError as error:
            wrong = f"This is not valid: {error}"
        wrong += " Answer again."
        messages = messages + [
            {"role": "assistant", "content": said},
            {"role": "user", "content": wrong},
        ]
    return None, 2


# %% another
def patient(send, sleep, tries=4):
    wait = 0.5
    while True:
        status, headers, body = send()
        tries -= 1
        if status == 200:
            return body
        if tries < 1 or not (status >= 500 or status in {408, 409, 429}):
            return None
        sleep(float(headers["Retry-After"]) if "Retry-After" in headers else wait)
        wait *= 2


def sort(ask, text, staffed):
    def judged(said):
        try:
            ticket = Ticket.model_validate(json.loads(said or ""))
        except json.JSONDecodeError:
            try:
                Ticket.model_validate_json(said or "")
            except ValidationError as error:
                return None, str(error)
        except ValidationError as error:
            return None, str(error)
        if ticket.team not in staffed:
            return None, f"Nobody of {ticket.team} works now."
        return ticket, ""

    messages = prompt(text)
    first = ask(messages)
    ticket, wrong = judged(first)
    if ticket:
        return ticket, 1
    messages.append({"role": "assistant", "content": first or ""})
    messages.append({"role": "user", "content": wrong})
    return judged(ask(messages))[0], 2
