"""Where the bands of a currency stand on its scale."""

import datetime

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from careers.models import CatalogVersion
from careers.published.catalog import Band, Role
from careers.published.pay.scale import MOST_STEPS, pay_scales, round_step
from careers.styleguide.samples import make_articles_band, make_band, make_role

TODAY = datetime.date(2026, 11, 22)
FIGURES = st.tuples(st.integers(0, 10**9), st.integers(0, 10**9)).map(sorted)


def role(*bands: Band) -> Role:
    return make_role(TODAY, bands=bands)


def percent(place: str) -> float:
    return float(place.removesuffix("%"))


def test_a_band_stands_where_its_figures_do():
    band = make_band(TODAY, low=50_000, high=100_000, middle=75_000, middle_is="median")
    (scale,) = pay_scales([role(band)])
    assert [(tick.label, tick.place) for tick in scale.ticks] == [
        ("0", "0.0%"), ("€20k", "20.0%"), ("€40k", "40.0%"),
        ("€60k", "60.0%"), ("€80k", "80.0%"), ("€100k", "100.0%"),
    ]  # fmt: skip
    (bar,) = scale.bars
    assert (bar.start, bar.end, bar.middle) == ("50.0%", "100.0%", "75.0%")


def test_all_roles_share_the_scale_of_their_currency():
    one, other = role(make_band(TODAY, high=75_000)), role(make_band(TODAY, high=150_000))
    (scale,) = pay_scales([one, other])
    first, second = scale.bars
    assert percent(second.end) == 2 * percent(first.end)
    assert [bar.role for bar in scale.bars] == [one, other]


def test_a_currency_has_a_scale_of_its_own():
    bands = (make_band(TODAY, currency="CHF"), make_band(TODAY), make_band(TODAY, currency="CHF"))
    swiss, euro = pay_scales([role(*bands)])
    assert [(each.currency, len(each.bars)) for each in (swiss, euro)] == [("CHF", 2), ("EUR", 1)]


def test_ends_that_mean_different_things_are_drawn_differently():
    kinds = ("range", "quartiles", "mean-to-quartile")
    bands = [make_band(TODAY, ends=ends) for ends in kinds]
    one = make_band(TODAY, ends="quartiles", low=5, high=5, middle=5, middle_is="mean")
    (scale,) = pay_scales([role(*bands, one)])
    assert [bar.drawn for bar in scale.bars] == [*kinds, "point"]
    assert not scale.has_middle


def test_weak_evidence_is_told_apart():
    (scale,) = pay_scales([role(make_band(TODAY), make_articles_band(TODAY))])
    assert [bar.is_weak for bar in scale.bars] == [False, True]


def test_without_a_figure_there_is_no_scale():
    assert pay_scales([role()]) == ()


@given(st.lists(FIGURES, min_size=1, max_size=5))
def test_every_bar_lies_on_the_scale_and_its_labels_are_few(figures):
    bands = [make_band(TODAY, low=low, high=high) for low, high in figures]
    (scale,) = pay_scales([role(*bands)])
    assert 2 <= len(scale.ticks) <= MOST_STEPS + 1
    assert len({tick.label for tick in scale.ticks}) == len(scale.ticks)
    assert len(scale.bars) == len(bands)
    for bar in scale.bars:
        assert 0 <= percent(bar.start) <= percent(bar.end) <= 100


@pytest.mark.parametrize(
    ("most", "step"), [(0, 1000), (5000, 1000), (5001, 2000), (250_000, 50_000), (250_001, 100_000)]
)
def test_a_step_is_round(most, step):
    assert round_step(most) == step


# -- On pages --------------------------------------------------------------------------------


@pytest.fixture
def two(catalog):
    builder, keeper = catalog.role("builder"), catalog.role("keeper")
    known = {"basis": "survey", "sample": 65, "method": "All of them."}
    builder.salary_bands.update(ends="quartiles", middle=90_000, middle_is="median", **known)
    catalog.band(keeper, region="Peru", currency="PEN", low=5, high=5)
    CatalogVersion.rise()


def pictures(client, url: str) -> list:
    return BeautifulSoup(client.get(url).text, "html.parser").select(".pay-scale")


def test_a_roles_pay_is_drawn_beside_its_words(client, two):
    (picture,) = pictures(client, "/careers/builder/")
    assert picture["aria-hidden"] == "true"
    assert not picture.select("[style], [id], a")
    (bar,) = picture.select(".pay-row:not(.ticks)")
    assert "EU" in bar.text
    assert "€60–150k" in bar.text
    assert bar.select_one("line.quartiles:not(.weak)")
    assert bar.select_one("line.middle")["x1"] == "60.0%"


def test_a_comparison_has_all_on_one_scale(client, two):
    url = "/careers/compare/?r=builder&r=keeper"
    assert 'href="#one-scale"' in client.get(url).text
    euro, peru = pictures(client, url)
    rows = euro.select(".pay-row:not(.ticks)")
    assert len({row.select_one(".roundel").text for row in rows}) == len(rows) == 2
    assert [bool(row.select(".weak")) for row in rows] == [False, True]
    assert "hatched" in euro.select_one(".legend").text
    assert peru.select_one("circle.point.weak")


def test_without_any_figure_nothing_is_drawn(client, catalog):
    catalog.role("builder").salary_bands.all().delete()
    catalog.role("keeper").salary_bands.all().delete()
    CatalogVersion.rise()
    assert not pictures(client, "/careers/builder/")
    assert "one-scale" not in client.get("/careers/compare/?r=builder&r=keeper").text
