import datetime
import unicodedata

import pytest

from careers.published.words import (
    ended_between,
    listed,
    lower_first,
    month_range,
    short_pay_range,
    week_range,
)


def test_words_are_listed_as_a_sentence_does():
    assert [listed("ABC"[:count], "or") for count in (1, 2, 3)] == ["A", "A or B", "A, B or C"]


def test_a_title_in_a_sentence_begins_small_unless_it_is_short_for_something():
    titles = ["Software engineer", "SRE or DevOps engineer", "QA", ""]
    assert list(map(lower_first, titles)) == ["software engineer", *titles[1:]]


def test_a_title_whose_first_word_has_a_capital_within_stays_as_it_is_spelled():
    titles = ["PhD student", "DevOps engineer", "iOS developer", "McKinsey’s", "ÖBB driver"]
    assert list(map(lower_first, titles)) == titles
    assert lower_first("Data/ML engineer") == "data/ML engineer"
    assert lower_first("Non-IT support") == "non-IT support"


def test_a_letter_may_be_written_as_two_characters():
    for title, said in (("Élagueur", "élagueur"), ("ÉNA graduate", "ÉNA graduate")):
        apart = unicodedata.normalize("NFD", title)
        assert lower_first(apart) == lower_first(title) == said


@pytest.mark.parametrize(
    "title", ["R programmer", "C developer", "A/B tester", "A-level pupil", "A"]
)
def test_a_letter_that_is_a_name_stays_a_capital(title):
    assert lower_first(title) == title


def test_an_article_before_a_title_begins_small_within_a_sentence():
    assert lower_first("A nurse") == "a nurse"
    assert lower_first("An SRE") == "an SRE"
    assert lower_first("A\N{NO-BREAK SPACE}nurse") == "a\N{NO-BREAK SPACE}nurse"


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (60_000, 150_000, "€60–150k"),
        (52_250, 68_500, "€52–69k"),
        (62_500, 63_500, "€63–64k"),
        (62_499, 61_500, "€62k"),
    ],
)
def test_pay_in_short_is_rounded_up_from_half_a_thousand(low, high, said):
    assert short_pay_range("EUR", low, high) == said


@pytest.mark.parametrize(
    ("last", "said"),
    [
        (datetime.date(2027, 1, 31), "Jan 2027"),
        (datetime.date(2027, 3, 1), "Jan–Mar 2027"),
        (datetime.date(2028, 1, 1), "Jan 2027–Jan 2028"),
    ],
)
def test_months_say_their_year_once_unless_there_are_two(last, said):
    assert month_range(datetime.date(2027, 1, 1), last) == said


@pytest.mark.parametrize(
    ("last", "said"),
    [
        (datetime.date(2027, 1, 31), "in January 2027"),
        (datetime.date(2027, 3, 1), "between January 2027 and March 2027"),
        (datetime.date(2028, 1, 1), "between January 2027 and January 2028"),
    ],
)
def test_a_sentence_says_in_which_months_something_ends(last, said):
    assert ended_between(datetime.date(2027, 1, 1), last) == said


@pytest.mark.parametrize(
    ("fewest", "most", "said"), [(1, 1, "1 week"), (1, 2, "1–2 weeks"), (3, 3, "3 weeks")]
)
def test_weeks_are_a_range_unless_there_is_one_number(fewest, most, said):
    assert week_range(fewest, most) == said
