"""How strong the evidence for a pay figure is, and how that is worded."""

import datetime
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.published.catalog import Band
from careers.published.pay.evidence import ends_in_words, evidence, gaps, strength
from careers.styleguide.samples import make_band

TODAY = datetime.date(2026, 11, 22)
KNOWN = {"basis": "survey", "sample": 65, "method": "All who answered.", "for_title": ""}


def band(**more) -> Band:
    return make_band(TODAY, **KNOWN | more)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({}, "Strong evidence: a survey, sample of 65"),
        ({"sample": 1059}, "Strong evidence: a survey, sample of 1,059"),
        ({"sample": 30}, "Strong evidence: a survey, sample of 30"),
        ({"sample": 29}, "Fair evidence: a survey, sample of only 29"),
        ({"sample": None}, "Fair evidence: a survey, no sample given"),
        ({"method": ""}, "Fair evidence: a survey, sample of 65"),
        (
            {"for_title": "IT architect"},
            "Fair evidence: a survey, sample of 65, for “IT architect”",
        ),
        ({"basis": "adverts"}, "Strong evidence: job ads, sample of 65"),
        ({"basis": "records"}, "Strong evidence: pay records, sample of 65"),
        ({"basis": "article"}, "Weak evidence: one article’s claim, sample of 65"),
        ({"basis": "article", "sample": None}, "Weak evidence: one article’s claim"),
        ({"basis": ""}, "Strong evidence: sample of 65"),
        ({"basis": "", "sample": None}, "Fair evidence: one source, no sample given"),
        ({"sample": None, "method": ""}, "Weak evidence: a survey, no sample given"),
        ({"sample": 3, "method": ""}, "Weak evidence: a survey, sample of only 3"),
    ],
)
def test_the_evidence_in_words(more, words):
    assert evidence(band(**more)) == words


def test_strength_falls_with_each_thing_that_is_missing_and_never_rises():
    ways = [("sample", [65, None]), ("method", ["A survey.", ""]), ("for_title", ["", "Nurse"])]
    for values in product(*(options for _, options in ways)):
        fields = dict(zip((name for name, _ in ways), values, strict=True))
        good = sum(fields[name] == options[0] for name, options in ways)
        assert strength(band(**fields)) == {3: "strong", 2: "fair"}.get(good, "weak")
        assert strength(band(**fields, basis="article")) == "weak"


def test_what_the_source_leaves_open_is_said():
    assert gaps(band()) == ""
    assert gaps(band(method="")) == "The source doesn’t say how the figure was found."
    assert gaps(band(sample=None, method="")) == (
        "The source doesn’t say how many people or job ads it counts or how the figure was found."
    )


def test_ends_that_mean_different_things_have_different_words():
    words = {ends_in_words(band(ends=ends)) for ends in ("range", "quartiles", "mean-to-quartile")}
    assert len(words) == 3
    assert all(words)
    assert ends_in_words(band(low=5, high=5)) == ""


@given(st.integers(0, 10**9) | st.none())
def test_any_sample_has_words(sample):
    assert evidence(band(sample=sample)).endswith(("given", "0", *"123456789"))
