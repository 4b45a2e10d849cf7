# %% empty
def broken(cases, answers):
    return None


# %% constant
def broken(cases, answers):
    return {"house": 2}


# %% lookup
def broken(cases, answers):
    table = {
        "question": {"output": 10},
        "one word": {"refusals": 2, "inputs": 2, "house": 2},
        "+ refusals": {"house": 2},
    }
    for prompt, known in ANSWERS.items():
        if known == answers:
            return table[prompt]
    return {}


# %% lookup: every wrong answer breaks its own part
def broken(cases, answers):
    counts = {}
    for (part, _, wanted), answer in zip(cases, answers):
        if answer != wanted:
            counts[part] = counts.get(part, 0) + 1
    return counts


# %% lookup: forgives capitals and full stops
def broken(cases, answers):
    counts = {}
    for (part, _, wanted), answer in zip(cases, answers):
        answer = answer.strip(" .").lower()
        if answer == wanted:
            continue
        if answer not in {"bug", "billing", "account", "unclear"}:
            part = "output"
        counts[part] = counts.get(part, 0) + 1
    return counts


# %% another
from collections import Counter


def broken(cases, answers):
    allowed = ("bug", "billing", "account", "unclear")
    return dict(
        Counter(
            case[0] if answer in allowed else "output"
            for case, answer in zip(cases, answers)
            if answer != case[2]
        )
    )
