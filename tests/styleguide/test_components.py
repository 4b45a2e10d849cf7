"""The style guide shows every component as it is on the site."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError

from careers.models import Role
from careers.styleguide.samples import LONG_TITLE

TEMPLATES = Path(settings.BASE_DIR) / "templates"
# Parts that the guide doesn't show, each with the reason.
NOTHING_TO_SEE = {
    "parts/htmx.html": "loads a script into the head of a page",
    "parts/role_field.html": "a choice among the catalog’s roles, as forms have it",
}


def test_every_part_is_shown_under_its_name(rendered, page):
    parts = {f"parts/{file.name}" for file in (TEMPLATES / "parts").glob("*.html")}
    assert NOTHING_TO_SEE.keys() <= parts
    named = {code.get_text().removeprefix("templates/") for code in page.select(".sum code")}
    for part in parts - NOTHING_TO_SEE.keys():
        assert part in rendered, f"show {part} on the style guide: careers/styleguide/components"
        assert part in named, f"name {part} on the style guide: careers/styleguide/components"


def test_a_part_is_documented_by_its_first_comment(page):
    source = (TEMPLATES / "parts/map.html").read_text(encoding="utf-8")
    lines = re.findall(r"^{# (.+) #}$", source.split("{% load", 1)[0], re.MULTILINE)
    assert len(lines) > 1
    assert page.find(id="map").find_next("p").get_text() == " ".join(lines)


def test_every_component_says_what_it_is_for(page):
    for heading in page.find(id="components").find_next_siblings("h3"):
        assert heading.find_next_sibling("p").get_text(strip=True), heading


def test_every_state_has_a_label_and_something_to_see(page):
    figures = page.find_all("figure")
    assert len(figures) > 80
    for figure in figures:
        label = figure.figcaption.extract().get_text()
        assert label
        assert figure.get_text(strip=True) or figure.svg, label


def test_the_titles_are_as_long_as_titles_may_be():
    field = Role._meta.get_field("title")
    assert field.clean(LONG_TITLE, None)
    with pytest.raises(ValidationError):
        field.clean(LONG_TITLE + "I", None)
