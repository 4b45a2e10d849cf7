"""From nodes to typed documents: what is missing, unknown or of another type."""

import datetime

import pytest

from careers.sync.documents import (
    BackgroundDocument,
    BackgroundsDocument,
    Document,
    LessonDocument,
    PathDocument,
    PivotDocument,
    RoleDocument,
    SalaryBandDocument,
    ShareDocument,
    SignalDocument,
    SignalsDocument,
    SourceDocument,
    StepDocument,
)
from careers.sync.reading.shape import to_document
from careers.sync.reading.yaml_tree import Text, parse_yaml

PATH = """\
title: RAG
status: published
position: 4
summary: How to find.
lessons:
  - chunking
"""
BAND = """\
region: EU
currency: EUR
low: 1
high: 2
measures: Range
period: "2026"
source: {title: A survey, url: https://example.org}
collected: 2026-11-22
"""

KINDS = [
    BackgroundDocument,
    BackgroundsDocument,
    LessonDocument,
    PathDocument,
    PivotDocument,
    RoleDocument,
    SalaryBandDocument,
    ShareDocument,
    SignalDocument,
    SignalsDocument,
    SourceDocument,
    StepDocument,
]


def shape(kind: type[Document], text: str):
    return to_document(kind, parse_yaml(Text("a.yaml", text)))


def typed(kind: type[Document], text: str) -> Document:
    found, problems = shape(kind, text)
    assert not problems
    return found


def problem(kind: type[Document], text: str):
    """The one problem of a document."""
    found, problems = shape(kind, text)
    assert (found, len(problems)) == (None, 1), [str(each) for each in problems]
    return problems[0]


def change(old: str, new: str, text: str = PATH) -> str:
    assert old in text
    return text.replace(old, new)


# -- Types ---------------------------------------------------------------------------------


@pytest.mark.parametrize("word", ["no", "NO", "true", "1.10", "010", "1e3", "2026-11-22", "12:30"])
def test_a_text_stays_as_it_is_written(word):
    assert typed(PathDocument, change("title: RAG", f"title: {word}")).title == word


def test_an_item_of_a_list_of_texts_stays_as_it_is_written():
    assert typed(PathDocument, change("- chunking", "- 1.10")).lessons == ["1.10"]


def test_a_number_is_read_as_a_number():
    assert typed(PathDocument, PATH).position == 4


def test_a_date_is_read_as_a_date():
    assert typed(SalaryBandDocument, BAND).collected == datetime.date(2026, 11, 22)


def test_white_space_around_a_text_is_dropped():
    assert typed(PathDocument, change("title: RAG", "title: '  RAG  '")).title == "RAG"


# -- Null, and keys that are left out ------------------------------------------------------


@pytest.mark.parametrize("nothing", ["", "~", "null"])
def test_null_clears(nothing):
    path = typed(PathDocument, PATH + f"description: {nothing}\n")
    assert path.description == ""
    assert "description" in path.model_fields_set


def test_left_out_is_not_the_files():
    assert "description" not in typed(PathDocument, PATH).model_fields_set


def test_null_clears_a_list():
    assert typed(PathDocument, PATH + "formerly: ~\n").formerly == []


def test_null_clears_a_number():
    assert typed(SalaryBandDocument, BAND + "sample: ~\n").sample is None


def test_null_can_not_clear_what_is_needed():
    found = problem(PathDocument, change("title: RAG", "title: ~"))
    assert (found.code, found.message) == ("wrong-type", "`title` must be a text, not nothing")


def test_null_is_no_item_of_a_list():
    found = problem(PathDocument, change("- chunking", "- ~"))
    assert found.message == "an item of this list must be a text, not nothing"


# -- What is wrong -------------------------------------------------------------------------


def test_an_unknown_key_is_marked_and_the_nearest_is_named():
    assert str(problem(PathDocument, PATH + "descripton: x\n")) == "\n".join(
        [
            "error[unknown-key]: a path has no `descripton`",
            " --> a.yaml:7:1, descripton",
            "  |",
            "7 | descripton: x",
            "  | ^^^^^^^^^^ did you mean `description`?",
        ]
    )


@pytest.mark.parametrize(
    ("kind", "key", "text"),
    [
        (PathDocument, "title", change("title: RAG", "title: [RAG]")),
        (PathDocument, "lessons[1]", change("- chunking", "- a\n  - [chunking]")),
        (SalaryBandDocument, "source.title", change("title: A survey", "title: [A]", BAND)),
        (SalaryBandDocument, "source.formerly", change("url:", "formerly: x, url:", BAND)),
    ],
)
def test_what_leads_to_a_value_is_named(kind, key, text):
    found = problem(kind, text)
    assert found.place.key == key
    assert f"--> {found.place}, {key}\n" in str(found)


def test_an_unknown_key_that_is_like_no_other_has_no_hint():
    assert problem(PathDocument, PATH + "zzz: x\n").hint == ""


def test_a_misspelled_key_that_is_needed_is_one_problem():
    found = problem(PathDocument, change("title: RAG", "titel: RAG"))
    assert (found.code, found.hint) == ("unknown-key", "did you mean `title`?")


def test_an_unknown_key_deep_inside_is_one_of_its_part():
    found = problem(SalaryBandDocument, change("url:", "formerly: x, url:", BAND))
    assert found.message == "a source has no `formerly`"
    assert (found.place.line, found.place.column) == (7, 27)


def test_a_missing_key_says_what_to_add_and_where():
    found = problem(PathDocument, change("position: 4\n", ""))
    assert (found.code, found.message) == ("missing-key", "a path needs `position`")
    assert found.hint == "add a line `position: …`"
    assert found.place.line == 1


def test_a_missing_key_of_an_item_is_told_at_the_item():
    text = "signals:\n" + "  - {slug: a, title: A, status: draft}\n" * 2
    _, problems = shape(SignalsDocument, text)
    assert [(each.place.line, each.message) for each in problems] == [
        (2, "a signal needs `summary`"),
        (3, "a signal needs `summary`"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("title: RAG", "title: [a]", "`title` must be a text, not a list"),
        ("title: RAG", "title: {a: b}", "`title` must be a text, not a mapping of keys"),
        ("position: 4", "position: four", "`position` must be a whole number, not “four”"),
        ("position: 4", "position: 4.5", "`position` must be a whole number, not “4.5”"),
        ("position: 4", "position: 4.0", "`position` must be a whole number, not “4.0”"),
        ("position: 4", "position: 1_0", "`position` must be a whole number, not “1_0”"),
        ("position: 4", "position: 0x10", "`position` must be a whole number, not “0x10”"),
        ("position: 4", "position: ''", "`position` must be a whole number, not “”"),
        ("position: 4", "position: [4]", "`position` must be a whole number, not a list"),
        ("position: 4", "position: ~", "`position` must be a whole number, not nothing"),
        ("lessons:\n  - chunking", "lessons: chunking", "`lessons` must be a list, not “chunking”"),
        (
            "lessons:\n  - chunking",
            "lessons: {a: b}",
            "`lessons` must be a list, not a mapping of keys",
        ),
        ("- chunking", "- [a]", "an item of this list must be a text, not a list"),
    ],
)
def test_a_wrong_type_says_what_is_wanted_and_what_is_there(old, new, message):
    found = problem(PathDocument, change(old, new))
    assert (found.code, found.message) == ("wrong-type", message)


def test_a_wrong_type_is_marked_at_the_value():
    found = problem(PathDocument, change("position: 4", "position: four"))
    assert (found.place.line, found.place.column, found.place.length) == (3, 11, 4)


@pytest.mark.parametrize("text", ["just words\n", "- a\n- b\n"])
def test_a_document_is_a_mapping(text):
    found = problem(PathDocument, text)
    assert found.code == "wrong-type"
    assert found.message.startswith("a path must be a mapping of keys, not ")


def test_a_number_of_thousands_of_digits_is_refused():
    found = problem(PathDocument, change("position: 4", "position: " + "9" * 10_000))
    assert (
        found.message == f"`position` must be a whole number of a sensible size, not “{'9' * 40}…”"
    )


NO_DAYS = (
    "2026-02-30 2026-13-01 2026-00-10 2026-1-2 22.11.2026 2026 today '' "
    "2026-11-22T00:00:00 86400 0 20261122"
)


@pytest.mark.parametrize("day", NO_DAYS.split())
def test_a_date_is_year_month_and_day_and_exists(day):
    found = problem(SalaryBandDocument, change("2026-11-22", day, BAND))
    shown = day.strip("'")
    assert found.code == "wrong-type"
    assert found.message == f"`collected` must be a real date, not “{shown}”"
    assert found.hint == "as in 2026-11-22"


def test_an_unknown_value_lists_the_known_ones_and_names_the_nearest():
    found = problem(PathDocument, change("status: published", "status: publishd"))
    assert found.code == "unknown-value"
    assert found.message == "`status` must be one of draft, published, retired, not “publishd”"
    assert found.hint == "did you mean `published`?"


def test_a_value_of_the_wrong_case_is_unknown():
    found = problem(PathDocument, change("status: published", "status: Published"))
    assert found.hint == "did you mean `published`?"


def test_every_problem_of_a_document_is_found_at_once():
    text = PATH + "zzz: 1\nyyy: 2\n"
    _, problems = shape(PathDocument, change("position: 4", "position: x", text))
    assert [each.code for each in problems] == ["wrong-type", "unknown-key", "unknown-key"]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_document_has_a_name_in_problems(kind):
    found, problems = shape(kind, "zzzzzz: 1\n")
    assert found is None
    assert f"{kind.noun} has no `zzzzzz`" in {each.message for each in problems}


@pytest.mark.parametrize(("length", "shown"), [(40, "x" * 40), (41, "x" * 40 + "…")])
def test_a_value_of_more_than_40_characters_is_cut_in_the_message(length, shown):
    found = problem(PathDocument, change("position: 4", "position: " + "x" * length))
    assert found.message == f"`position` must be a whole number, not “{shown}”"
