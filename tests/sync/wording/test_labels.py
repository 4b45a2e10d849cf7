"""What editors read instead of a document's keys."""

import pytest

from careers.sync.comparing.difference import find_difference
from careers.sync.comparing.merge import ABSENT
from careers.sync.fields import shared_fields
from careers.sync.kinds import KINDS, LISTS
from careers.sync.wording.labels import Labels, reason_in_words
from careers.sync.wording.reasons import Reason

TITLES = {("paths", "rag"): "Retrieval", ("lessons", "301"): "301 Hammers"}


def title_of(kind: str, key: str) -> str:
    return TITLES.get((kind, key), f"<{kind} {key}>")


ROLES = Labels("roles", title_of)


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("title", "title"),
        ("not_taught", "not taught yet"),
        ("salary_bands", "salary bands"),
        ("steps (order)", "steps › order"),
        ("steps[rag]", "steps › Retrieval"),
        ("steps[rag].why", "steps › Retrieval › why"),
        ("steps[rag].only[301]", "steps › Retrieval › only lessons › 301 Hammers"),
        ("steps[rag].only", "steps › Retrieval › only lessons"),
        ("salary_bands[EU, Range].middle_is", "salary bands › EU, Range › middle is"),
        ("salary_bands[EU, [a].low].source.url", "salary bands › EU, [a].low › source address"),
        ("aliases[C[++] dev]", "aliases › C[++] dev"),
        ("aliases[a].why", "aliases"),  # items that are texts have no keys
        ("sources[1].url", "sources › 1 › url"),
        ("time_split[code].share", "time split › code › share"),
        ("pivots[nurse]", "pivots › <backgrounds nurse>"),
        ("further[rag]", "further paths › Retrieval"),
        ("formerly", "earlier addresses"),
    ],
)
def test_a_part_is_called_as_the_form_calls_it(name, label):
    assert ROLES.part(name) == label


@pytest.mark.parametrize("kind", KINDS)
def test_no_field_of_any_kind_is_called_by_its_key(kind):
    of, labels = shared_fields(kind), Labels(kind, title_of)
    for name in of.document.model_fields:
        assert "_" not in labels.part(name)
        keys = of.parts[name].document.model_fields if name in of.parts else ()
        for key in keys:
            label = labels.part(f"{name}[x].{key}")
            assert "_" not in label
            assert "[" not in label


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("title", "", "(empty)"),
        ("steps[rag]", ABSENT, "(not there)"),
        ("sequence", "any-order", "Any order"),
        ("steps (order)", ["rag", "x"], "– Retrieval\n– <paths x>"),
        ("steps[rag].only", [301], "– 301 Hammers"),
        (
            "steps[rag]",
            {"path": "rag", "only": [301], "why": ""},
            "path: Retrieval; only lessons: 301 Hammers",
        ),
        ("pivots[x].fit", "strong", "Strong"),
        (
            "salary_bands[EU].source",
            {"title": "A", "url": "https://a"},
            "source title: A; source address: https://a",
        ),
        ("aliases", ["a_b[c].d"], "– a_b[c].d"),
    ],
)
def test_a_value_says_labels_and_titles(name, value, words):
    assert ROLES.value(name, value) == words


def test_whether_is_yes_or_no():
    assert Labels("terms", title_of).value("linked", False) == "no"


def test_a_difference_says_labels_and_titles_at_every_depth():
    old = [{"path": "rag", "why": "a", "only": [], "emphasis": ""}]
    new = [{"path": "rag", "why": "a", "only": [301], "emphasis": "x"}, {"path": "new", "why": "b"}]
    found = ROLES.difference("steps", find_difference("steps", old, new))
    changed, came = found.items
    assert changed.name == "Retrieval"
    assert [name for name, _ in changed.fields] == ["only lessons", "emphasis"]
    assert changed.fields[0][1].items[0].name == "301 Hammers"
    assert (came.name, came.said) == ("<paths new>", (("why", "b"),))


def test_a_reason_names_the_thing_and_the_part():
    reason = Reason("It was changed since.", ("paths", "rag"), "summary")
    assert reason_in_words(reason, title_of) == "Retrieval: summary: It was changed since."
    assert str(reason) == "paths/rag: summary: It was changed since."
    assert reason_in_words(Reason("No."), title_of) == "No."


def test_every_list_that_names_things_gives_their_titles():
    """This covers references that are added later, too."""
    for kind, each in KINDS.items():
        for place, reference in each.references.items():
            top, _, key = place.partition(".")
            if reference.written == "spelling" or top not in LISTS:
                continue
            if not key:
                assert Labels(kind, title_of).part(f"{top}[x]").endswith(f"› <{reference.kind} x>")
            elif key in LISTS:
                part = Labels(kind, title_of).part(f"{top}[y].{key}[x]")
                assert part.endswith(f"› <{reference.kind} x>")
