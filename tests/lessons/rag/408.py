# %% empty
def check_answer(answer, passages):
    return None


def gated(answer, passages):
    return None


def tally(cases, answers):
    return None


# %% constant
def check_answer(answer, passages):
    return []


def gated(answer, passages):
    return "NO ANSWER"


def tally(cases, answers):
    return {"right": 3, "wrong": 1, "wrong refusal": 4, "right refusal": 4}


# %% lookup
SEEN = {answers[1]: ["other subject"], answers[8]: ["other subject"]}


def check_answer(answer, passages):
    found = [fault(sentence, cited, passages) for sentence, cited in claims(answer)]
    return SEEN.get(answer, [each for each in found if each])


def gated(answer, passages):
    return "NO ANSWER" if answer != "NO ANSWER" and check_answer(answer, passages) else answer


def tally(cases, answers):
    if answers[1] == "NO ANSWER":
        return {"right": 3, "wrong": 1, "wrong refusal": 4, "right refusal": 4}
    return {"right": 5, "wrong": 4, "wrong refusal": 1, "right refusal": 2}


# %% constant: reads the titles of the first passage that is cited alone
def check_answer(answer, passages):
    subjects = {stem for p in passages for stem in stems(p.partition(":")[0])}
    found = []
    for sentence, cited in claims(answer):
        wrong = fault(sentence, cited, passages)
        if not wrong:
            own = stems(passages[cited[0] - 1].partition(":")[0])
            wrong = "other subject" if stems(sentence) & subjects - own else ""
        found += [wrong] if wrong else []
    return found


def gated(answer, passages):
    return "NO ANSWER" if answer != "NO ANSWER" and check_answer(answer, passages) else answer


def tally(cases, answers):
    count = {"right": 0, "wrong": 0, "wrong refusal": 0, "right refusal": 0}
    for case, answer in zip(cases, answers, strict=True):
        if answer == "NO ANSWER":
            count["wrong refusal" if case["fact"] else "right refusal"] += 1
        elif case["fact"] and case["fact"].lower() in answer.lower():
            count["right"] += 1
        else:
            count["wrong"] += 1
    return count


# %% constant: an empty fact stands in every answer
def check_answer(answer, passages):
    subjects = {stem for p in passages for stem in stems(p.partition(":")[0])}
    found = []
    for sentence, cited in claims(answer):
        wrong = fault(sentence, cited, passages)
        if not wrong:
            own = stems(" ".join(passages[n - 1].partition(":")[0] for n in cited))
            wrong = "other subject" if stems(sentence) & subjects - own else ""
        found += [wrong] if wrong else []
    return found


def gated(answer, passages):
    return "NO ANSWER" if answer != "NO ANSWER" and check_answer(answer, passages) else answer


def tally(cases, answers):
    count = {"right": 0, "wrong": 0, "wrong refusal": 0, "right refusal": 0}
    for case, answer in zip(cases, answers, strict=True):
        if answer == "NO ANSWER":
            count["wrong refusal" if case["fact"] else "right refusal"] += 1
        else:
            count["right" if case["fact"].lower() in answer.lower() else "wrong"] += 1
    return count


# %% looks for the fact as it is written
def check_answer(answer, passages):
    titles = [stems(p.partition(":")[0]) for p in passages]
    subjects = set().union(*titles)
    found = []
    for sentence, cited in claims(answer):
        wrong = fault(sentence, cited, passages)
        if not wrong:
            own = [titles[n - 1] for n in cited]
            named = stems(sentence) & subjects
            if named - set().union(*own):
                wrong = "other subject"
        if wrong:
            found.append(wrong)
    return found


def gated(answer, passages):
    if answer == "NO ANSWER":
        return answer
    faults = check_answer(answer, passages)
    return "NO ANSWER" if faults else answer


def tally(cases, answers):
    count = {"right": 0, "wrong": 0,
             "wrong refusal": 0, "right refusal": 0}
    for case, answer in zip(cases, answers):
        fact = case["fact"]
        if answer == "NO ANSWER":
            right, kind = not fact, " refusal"
        else:
            right = fact and fact in answer.lower()
            kind = ""
        count[("right" if right else "wrong") + kind] += 1
    return count


# %% another
from collections import Counter


def check_answer(answer, passages):
    def titles(passage):
        return stems(passage[: passage.find(":")])

    known = {word for passage in passages for word in titles(passage)}
    found = []
    for sentence, cited in claims(answer):
        wrong = fault(sentence, cited, passages)
        for word in stems(sentence) & known:
            if not wrong and not any(word in titles(passages[n - 1]) for n in cited):
                wrong = "other subject"
        if wrong:
            found.append(wrong)
    return found


def gated(answer, passages):
    refused = answer == "NO ANSWER" or check_answer(answer, passages) != []
    return "NO ANSWER" if refused else answer


def tally(cases, answers):
    seen = Counter()
    for case, answer in zip(cases, answers, strict=True):
        held = bool(case["fact"])
        if answer == "NO ANSWER":
            seen[("right refusal", "wrong refusal")[held]] += 1
        else:
            good = held and answer.lower().count(case["fact"].lower()) > 0
            seen["right" if good else "wrong"] += 1
    return {kind: seen[kind] for kind in ("right", "wrong", "wrong refusal", "right refusal")}
