"""The stylesheets are laid out so that changing one thing means changing one line."""

import re
from itertools import pairwise

import pytest

from tests.stylesheets import SHEETS, declarations, rules, text_of

WIDEST = 100  # characters a line, as in Python
SITE = ("static/css/site.css", "static/css/styleguide.css")


def test_the_stylesheets_are_read():
    assert "static/css/site.css" in SHEETS
    assert len(declarations("static/css/site.css")) > 1000
    assert any(rule.prelude == ".role-card" for rule in rules("static/css/site.css"))


@pytest.mark.parametrize("sheet", SHEETS)
def test_a_line_has_one_declaration(sheet):
    both = [
        second.place for first, second in pairwise(declarations(sheet)) if first.line == second.line
    ]
    assert not both


@pytest.mark.parametrize("sheet", SHEETS)
def test_a_line_has_one_rule(sheet):
    lines = [rule.line for rule in rules(sheet)]
    assert not [f"{sheet}:{line}" for line in lines if lines.count(line) > 1]


@pytest.mark.parametrize("sheet", SHEETS)
def test_no_line_of_a_stylesheet_is_too_long(sheet):
    lines = enumerate(text_of(sheet).splitlines(), start=1)
    assert not [f"{sheet}:{n}" for n, line in lines if len(line) > WIDEST]


@pytest.mark.parametrize("sheet", SHEETS)
def test_a_rule_is_indented_by_the_rules_around_it(sheet):
    lines = text_of(sheet).splitlines()
    for rule in rules(sheet):
        indent = re.match(" *", lines[rule.line - 1])[0]
        assert len(indent) == 2 * len(rule.within), rule.place


def test_what_a_component_is_on_paper_stands_beside_it():
    """General rules for paper name elements only, and classes only to print links' addresses."""
    for rule in rules("static/css/site.css"):
        if rule.within[:2] == ("@layer utilities", "@media print"):
            assert "." not in rule.prelude or rule.prelude.endswith("::after"), rule.place


# Lengths that are neither a token nor a knob, each with the reason.
ALONE = {
    ("html:has(.tray, .failed)", "scroll-padding-block-end"): "the tray, when its words wrap",
    ("html:has(.compare)", "scroll-padding-block-start"): "the names that stay above a comparison",
}


@pytest.mark.parametrize("sheet", SITE)
def test_a_length_is_a_token(sheet):
    """Or a knob: a custom property of the component that it belongs to."""
    alone = [
        each.place
        for each in declarations(sheet)
        if each.lengths
        and not each.name.startswith("--")
        and (each.within[-1], each.name) not in ALONE
    ]
    assert not alone, "a length on no scale: take a token, or give the component a knob"


def test_what_can_be_pressed_is_as_large_as_the_token_says():
    """Except rows of the map, which are larger."""
    found = [each for sheet in SITE for each in declarations(sheet)]
    least = [each for each in found if each.name == "min-block-size"]
    assert len(least) > 10
    for each in least:
        assert "var(--target)" in each.text or each.text == "var(--row)", each.place


def test_every_custom_property_is_declared_and_used():
    found = [each for sheet in SITE for each in declarations(sheet)]
    declared = {each.name for each in found if each.name.startswith("--")}
    shown = {each.name for each in found if each.within[-1].startswith("[data-token=")}
    asked = [
        name
        for each in found
        if not each.within[-1].startswith("[data-token=")
        for name in re.findall(r"var\((--[a-z0-9-]+)", each.text)
    ]
    assert shown == {"--shown"}
    assert declared == set(asked)


def test_the_root_has_nothing_but_tokens():
    """Knobs are declared with their components, so that :root lists what all rules may use."""
    roots = [each for each in declarations(SITE[0]) if each.within[-1] == ":root"]
    tokens = {each.name for each in roots if each.within == ("@layer tokens", ":root")}
    assert {each.name for each in roots} == tokens


SECTION = re.compile(r"^ */\* == (.+?) ==", re.MULTILINE)


def contents() -> tuple[list[str], dict[str, list[str]]]:
    """The table of contents in site.css's first comment: widths, and layer → its sections."""
    comment = text_of("static/css/site.css").split("*/", 1)[0]
    widths = re.findall(r"^ +(\d+rem) {2}\w", comment, re.MULTILINE)
    sections = {}
    for layer, names in re.findall(
        r"^ {5}([a-z]+) {2,}((?:.+\n)(?: {8,}.+\n)*)", comment, re.MULTILINE
    ):
        sections[layer] = [name.strip() for name in names.replace("\n", " ").split(",")]
    return widths, sections


def test_the_contents_list_every_section_in_its_order():
    text = text_of("static/css/site.css")
    _, sections = contents()
    found = {
        block.split(" ", 1)[0]: SECTION.findall(block)
        for block in re.split(r"^@layer ", text, flags=re.MULTILINE)[2:]
    }
    assert {layer: names for layer, names in found.items() if names} == sections


@pytest.mark.parametrize("sheet", SITE)
def test_pages_change_at_the_listed_widths_alone(sheet):
    widths, _ = contents()
    assert len(widths) == 6
    for rule in rules(sheet):
        if rule.prelude.startswith("@media"):
            assert set(re.findall(r"[\d.]+[a-z]+", rule.prelude)) <= set(widths), rule.place
