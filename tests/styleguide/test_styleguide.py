"""The style guide: whom it is shown to, and that it shows everything as the site has it."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.conf import settings as site
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from careers.models import Line, Role
from careers.styleguide.contrast import contrast
from careers.styleguide.samples import LONG_TITLE
from careers.styleguide.tokens import line_colors, tokens

URL = "/styleguide/"
TEMPLATES = Path(site.BASE_DIR) / "templates"
CSS = (Path(site.BASE_DIR) / "static/css/site.css").read_text(encoding="utf-8")
GUIDE = (Path(site.BASE_DIR) / "static/css/styleguide.css").read_text(encoding="utf-8")
# Parts that the guide doesn't show, each with the reason.
NOTHING_TO_SEE = {"parts/htmx.html": "loads a script into the head of a page"}


@pytest.fixture
def response(client, settings):
    """The guide, without a database: whatever it asks of one fails the test."""
    settings.DEBUG = True
    return client.get(URL)


@pytest.fixture
def page(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


@pytest.fixture
def sign_in(client, db):
    def as_user(**fields) -> None:
        client.force_login(User.objects.create(username="somebody", **fields))

    return as_user


# -- Who sees it --


@pytest.mark.parametrize("url", [URL, URL.rstrip("/")])
def test_a_visitor_gets_the_very_answer_of_a_page_that_never_was(client, db, url):
    nowhere = url.replace("styleguide", "nowhere-at")
    guide, other = client.get(url), client.get(nowhere)
    assert guide.status_code == other.status_code == 404
    assert guide.text.replace(url, nowhere) == other.text
    told = {"ETag", "Content-Length"}
    assert {k: v for k, v in guide.items() if k not in told} == {
        k: v for k, v in other.items() if k not in told
    }
    assert not guide.cookies
    assert "Cookie" not in guide.get("Vary", "")


def test_who_is_signed_in_and_not_staff_gets_404(client, sign_in):
    sign_in()
    response = client.get(URL)
    assert response.status_code == 404
    assert "Cookie" in response["Vary"]


def test_staff_see_it(client, sign_in):
    sign_in(is_staff=True)
    assert client.get(URL).status_code == 200


def test_staff_that_left_do_not_see_it(client, sign_in):
    sign_in(is_staff=True, is_active=False)
    assert client.get(URL).status_code == 404


def test_everyone_sees_it_with_debug_on(response):
    assert response.status_code == 200
    assert not response.cookies


def test_no_search_engine_and_no_shared_cache_keeps_it(client, response, db):
    assert response["X-Robots-Tag"] == "noindex"
    assert set(response["Cache-Control"].split(", ")) == {"private", "no-cache"}
    assert "styleguide" not in client.get("/sitemap.xml").text
    assert "styleguide" not in client.get("/robots.txt").text


# -- What it shows --


def test_every_part_is_shown_under_its_name(response, page):
    parts = {f"parts/{file.name}" for file in (TEMPLATES / "parts").glob("*.html")}
    assert NOTHING_TO_SEE.keys() <= parts
    rendered = {template.name for template in response.templates}
    named = {code.get_text().removeprefix("templates/") for code in page.select(".sum code")}
    for part in parts - NOTHING_TO_SEE.keys():
        assert part in rendered, f"show {part} on the style guide: careers/styleguide/components"
        assert part in named, f"name {part} on the style guide: careers/styleguide/components"


def test_a_part_is_documented_by_its_first_comment(page):
    comment = re.match(r"{# (.+?) #}", (TEMPLATES / "parts/map.html").read_text())
    assert page.find(id="map").find_next("p").get_text() == comment[1]


def test_every_component_says_what_it_is_for(page):
    for heading in page.find(id="components").find_next_siblings("h3"):
        assert heading.find_next_sibling("p").get_text(strip=True), heading


def test_every_state_has_a_label_and_something_to_see(page):
    figures = page.find_all("figure")
    assert len(figures) > 80
    for figure in figures:
        label = figure.figcaption.extract().get_text()
        assert label
        assert figure.get_text(strip=True), label


def test_the_titles_are_as_long_as_titles_may_be():
    field = Role._meta.get_field("title")
    assert field.clean(LONG_TITLE, None)
    with pytest.raises(ValidationError):
        field.clean(LONG_TITLE + "I", None)


# -- Tokens --


def test_every_token_is_shown_as_what_it_is(page):
    declared = re.findall(r"^    --([a-z0-9-]+):", CSS, re.MULTILINE)
    assert "paper" in declared
    shown = [swatch["data-token"] for swatch in page.select("[data-token]")]
    assert sorted(shown) == sorted(declared)
    for name in declared:
        assert f'[data-token="{name}"] {{ --shown: var(--{name}); }}' in GUIDE


def test_every_line_color_is_shown(page):
    roundels = page.find(id="line-colors").find_next("ul").select(".roundel")
    assert [roundel["data-line"] for roundel in roundels] == Line.values


def luminance(color: str) -> float:
    """WCAG's relative luminance of #rrggbb."""
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize(
    ("oklch", "on_screen"),
    [
        ("oklch(45.5% 0.2 262)", "#0849c3"),
        ("oklch(43% 0.12 150)", "#006129"),  # less red than a screen can show
        ("oklch(82% 0.14 80)", "#f3b94c"),
        ("oklch(41% 0.14 28)", "#861e19"),
    ],
)
def test_contrast_is_that_of_the_color_as_a_browser_paints_it(oklch, on_screen):
    black, white = "oklch(0% 0 0)", "oklch(100% 0 0)"
    found = contrast(f"light-dark({oklch}, {oklch})", "ground", f"light-dark({white}, {black})")
    assert found.light == pytest.approx(1.05 / (luminance(on_screen) + 0.05), rel=0.01)
    assert found.dark == pytest.approx((luminance(on_screen) + 0.05) / 0.05, rel=0.01)


def test_all_text_has_a_contrast_of_seven():
    texts = tokens(CSS) + line_colors(CSS)
    contrasts = [each for token in texts for each in token.contrasts]
    assert len(contrasts) > 20
    assert min(min(each.light, each.dark) for each in contrasts) >= 7


# -- As a page --


def test_no_id_stands_twice_and_every_reference_has_its_id(page):
    ids = [element["id"] for element in page.find_all(id=True)]
    assert len(ids) == len(set(ids))
    links = {link["href"] for link in page.select('main a[href^="#"]')}
    labels = {label["for"] for label in page.select("label[for]")}
    named = {
        name
        for each in page.select("[aria-labelledby]")
        for name in each["aria-labelledby"].split()
    }
    assert len(links) > 50
    assert {link[1:] for link in links} | labels | named <= set(ids)


def test_no_heading_skips_a_level(page):
    headings = page.select("h1, h2, h3, h4, h5, h6")
    assert headings[0].name == "h1"
    for before, heading in pairwise(headings):
        assert int(heading.name[1]) <= int(before.name[1]) + 1, heading


def test_nothing_is_inline_and_no_script_runs(page):
    assert not page.select("style, script, [style]")


def test_no_sample_leads_to_a_page(page):
    assert not page.select('figure a:not([href^="#"])')
