"""The catalog's list of prices, and the prices beside lessons, which must agree with it."""

import datetime
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from careers.sync.reading.prices import old_prices
from paths.models import NOT_YET_COLLECTED, Price

PRICES = """\
prices:
  - slug: small
    title: Small 1
    model: small-1.0
    size: small
    price_in: "0.10"
    price_out: "0.50"
    collected: 2026-11-29
    source: A page
    url: https://example.org/prices
    status: published
"""
BESIDE = "paths/rag/when-to-retrieve/prices.csv"
DAY = datetime.date(2026, 11, 29)


@pytest.fixture
def priced(files):
    files.write("prices.yaml", PRICES)
    files.write(BESIDE, "model,in,out\nsmall-1.0,0.10,0.50\n")
    return files


def test_prices_beside_a_lesson_are_those_of_the_list(priced):
    assert priced.problems() == []


@pytest.mark.parametrize(
    ("old", "new", "said", "hint"),
    [
        ("0.10", "0.11", "another price of small-1.0", "it says small-1.0,0.10,0.50"),
        ("0.50", "5.00", "another price of small-1.0", "it says small-1.0,0.10,0.50"),
        ("small-1.0", "small-10", "no price of small-10", "did you mean `small-1.0`?"),
    ],
)
def test_what_the_list_says_otherwise_is_a_problem_at_its_line(priced, old, new, said, hint):
    priced.change(BESIDE, old, new)
    (problem,) = priced.problems()
    assert (problem.code, problem.place.line) == ("price", 2)
    assert (problem.message, problem.hint) == (f"prices.yaml has {said}", hint)


def test_without_a_list_there_is_no_price(priced):
    (priced.folder / "prices.yaml").unlink()
    assert [problem.code for problem in priced.problems()] == ["price"]


def test_a_list_that_cant_be_read_makes_no_price_wrong(priced):
    priced.change("prices.yaml", "title:", "titel:")
    assert {problem.code for problem in priced.problems()} == {"unknown-key"}


def test_a_price_that_isnt_published_is_none(priced):
    priced.change("prices.yaml", "published", "draft")
    assert [problem.message for problem in priced.problems()] == [
        "prices.yaml has no price of small-1.0"
    ]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 1),
        ("\n", 1),
        ('model,in,out\n"' + "x" * 200_000, 0),
        ("model,in,out\n", 1),
        ("model;in;out\nsmall-1.0;0.10;0.50\n", 1),
        ("model,in,out\nsmall-1.0,0.10\n", 2),
        ("model,in,out\nsmall-1.0,0.10,0.50\n,0.10,0.50\n", 3),
        ("model,in,out\nsmall-1.0,10,0.50\n", 2),
        ("model,in,out\nsmall-1.0,nan,0.50\n", 2),
    ],
)
def test_a_file_of_prices_has_one_shape(priced, text, line):
    priced.write(BESIDE, text)
    (problem,) = priced.problems()
    assert (problem.code, problem.place.line) == ("file", line)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('"0.10"', "free", "price"),
        ("https://example.org/prices", "a page", "url"),
        ("2026-11-29", "yesterday", "wrong-type"),
    ],
)
def test_a_price_is_checked(priced, old, new, code):
    (priced.folder / BESIDE).unlink()
    priced.change("prices.yaml", old, new)
    assert [problem.code for problem in priced.problems()] == [code]


def test_an_apply_writes_them(db, priced):
    priced.apply()
    price = Price.objects.get()
    assert (price.price_in, price.collected, price.source) == ("0.10", DAY, "A page")
    assert priced.apply().is_empty


def test_half_a_year_later_a_price_is_old(priced):
    entries = list(priced.entries().values())
    ends = DAY + datetime.timedelta(days=183)
    assert not [*old_prices(priced.folder, entries, ends)]
    (warning,) = old_prices(priced.folder, entries, ends + datetime.timedelta(days=1))
    assert warning.is_warning
    assert "the price of Small 1 was read over six months ago" in str(warning)
    assert "prices.yaml:8" in str(warning)


def test_a_check_says_so(priced):
    priced.change("prices.yaml", "2026-11-29", str(timezone.now().date().replace(year=2020, day=1)))
    err = StringIO()
    call_command("catalog", "check", dir=priced.folder, stdout=StringIO(), stderr=err)
    assert err.getvalue().startswith("warning[old-price]")


@pytest.mark.parametrize("day", ["2999-01-02", "2062-11-29"])
def test_a_price_of_a_day_to_come_is_refused_for_it_would_never_get_old(priced, day):
    priced.change("prices.yaml", "2026-11-29", day)
    (problem,) = priced.problems()
    assert (problem.code, problem.message) == ("future", NOT_YET_COLLECTED)
    assert (problem.place.file, problem.place.line) == ("prices.yaml", 8)
