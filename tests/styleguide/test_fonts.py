"""Text is set in fonts of the system, chosen by name, in the same order everywhere."""

import re

import pytest
from lxml import etree

from tests.stylesheets import ROOT, SHEETS, declarations, rules

SITE = "static/css/site.css"
TOKENS = ("--sans", "--serif", "--mono")
# The only families that rules may name: our tokens, one of Django's admin, and the guide's own.
ASKED = {f"var({token})" for token in (*TOKENS, "--font-family-monospace", "--shown")} | {"inherit"}
BOLD = 700
GENERIC = {"--sans": "sans-serif", "--serif": "serif", "--mono": "monospace"}
DRAWINGS = sorted((ROOT / "catalog").rglob("*.svg"))


def families(text: str) -> list[str]:
    """The names in a list of font families, in order."""
    return [name.strip().strip("'\"") for name in text.split(",")]


def stack(token: str) -> list[str]:
    """The fonts that a token names. “Even X” stands for X with its ascent and descent adjusted."""
    (found,) = [each for each in declarations(SITE) if each.name == token]
    return [name.removeprefix("Even ") for name in families(found.text)]


def faces() -> list[dict[str, str]]:
    """The declarations of each @font-face."""
    found: dict[int, dict[str, str]] = {}
    starts = [rule.line for rule in rules(SITE) if rule.prelude == "@font-face"]
    for each in declarations(SITE):
        if each.within[-1] == "@font-face":
            start = max(line for line in starts if line <= each.line)
            found.setdefault(start, {})[each.name] = each.text
    return list(found.values())


@pytest.mark.parametrize("sheet", SHEETS)
def test_a_font_is_asked_for_by_its_token_alone(sheet):
    for each in declarations(sheet):
        if each.name == "font-family" and each.within[-1] != "@font-face":
            assert each.text in ASKED, each.place
        if each.name == "font":
            assert each.text.split(" ")[-1] in ASKED, each.place


def test_no_shorthand_undoes_the_evening_of_sizes():
    """The shorthand `font` resets font-size-adjust to none, unless its value is `inherit`."""
    for each in declarations(SITE):
        if each.name == "font":
            assert each.text == "inherit", each.place


@pytest.mark.parametrize("sheet", SHEETS)
def test_nothing_is_bolder_than_bold(sheet):
    """Above 700, the fonts of Windows and older Androids have only their black weight."""
    for each in declarations(sheet):
        if each.name in {"font", "font-weight"}:
            weight = re.match(r"\d{3}\b", each.text)
            assert not weight or int(weight[0]) <= BOLD, each.place


@pytest.mark.parametrize("token", TOKENS)
def test_a_stack_names_a_font_of_each_system_and_none_by_chance(token):
    named = stack(token)
    assert named[-1] == GENERIC[token]
    assert "system-ui" not in named, "on Linux it may be anything, even a font for code"
    assert any(name.startswith("DejaVu") for name in named), "what a bare Linux has"


def test_no_font_is_fetched():
    assert faces()
    for face in faces():
        sources = [part.strip() for part in face["src"].split(",")]
        assert all(source.startswith("local(") for source in sources), face


def test_every_face_stands_in_a_stack_and_sets_its_capitals_in_the_middle():
    named = {name for each in declarations(SITE) if each.name in TOKENS for name in [each.text]}
    for face in faces():
        assert any(face["font-family"] in text for text in named), face
        assert {"ascent-override", "descent-override"} <= face.keys()


def test_a_drawing_names_the_fonts_of_the_page_around_it():
    """It can't use the page's tokens, so it lists names from them, in the same order."""
    assert DRAWINGS
    for drawing in DRAWINGS:
        asking = (node for node in etree.parse(drawing).iter() if node.get("font-family"))
        for node in asking:
            token = "--mono" if "monospace" in node.attrib["font-family"] else "--sans"
            named, known = families(node.attrib["font-family"]), stack(token)
            place = f"{drawing.relative_to(ROOT)}:{node.sourceline}"
            assert named == [name for name in known if name in named], place
            assert named[-1] == GENERIC[token], place
            assert {"DejaVu Sans", "DejaVu Sans Mono"} & set(named), place
