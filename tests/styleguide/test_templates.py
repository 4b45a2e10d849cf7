"""Templates are easy to change, and their first comment says which context they take."""

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.template import engines
from django.template.base import Lexer, TokenType
from django.utils.module_loading import import_string

ROOT = Path(settings.BASE_DIR) / "templates"
TEMPLATES = sorted(path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*.html"))
PUBLIC = [name for name in TEMPLATES if not name.startswith("admin/")]

WIDEST = 120  # characters a line, unless it is running text
MARKUP = re.compile(r"{%.*?%}|{{.*?}}|{#|#}|<[^>]*>")
COMMENT = re.compile(r"{# (.*?) #}")
HEAD = re.compile(
    r"(?:{% extends .*%}\n|{% load .*%}<!doctype html>\n)?(?P<comment>(?:{# .* #}\n)+)"
)
# Error pages need no comment: they take no context, and their name says what they are.
ERRORS = {name for name in PUBLIC if re.match(r"\d{3}", name)} - {"410.html"}


def source(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def first_comment(name: str) -> str:
    """The comment at a template's head, several lines joined into one, or an empty string."""
    found = HEAD.match(source(name))
    return " ".join(COMMENT.findall(found["comment"])) if found else ""


def names_used(template: str) -> set[str]:
    """The tags and filters that a template uses, and any word after a | in an expression."""
    used = set()
    for token in Lexer(template).tokenize():
        if token.token_type in (TokenType.BLOCK, TokenType.VAR):
            unquoted = re.sub(r"\"[^\"]*\"|'[^']*'", "_", token.contents)
            used |= set(re.findall(r"\|(\w+)", unquoted))
        if token.token_type == TokenType.BLOCK:
            tag, *rest = token.contents.split()
            used |= {tag, *rest} if tag == "filter" else {tag}
    return used


def is_running_text(line: str) -> bool:
    words = MARKUP.sub("", line).strip()
    return 2 * len(words) >= len(line.strip())


@pytest.mark.parametrize("name", PUBLIC)
def test_no_line_of_a_template_is_too_long_unless_it_is_running_text(name):
    lines = enumerate(source(name).splitlines(), start=1)
    assert not [
        f"{name}:{number}"
        for number, line in lines
        if len(line) > WIDEST and not is_running_text(line)
    ]


@pytest.mark.parametrize("name", [name for name in PUBLIC if name not in ERRORS])
def test_a_template_says_what_it_takes(name):
    assert first_comment(name)


@pytest.mark.parametrize("name", PUBLIC)
def test_what_a_template_says_it_takes_stands_in_it(name):
    taken = [
        each
        for names in re.findall(r"((?:[a-z_]+, )*[a-z_]+): ", first_comment(name))
        for each in names.split(", ")
    ]
    text = COMMENT.sub("", source(name))
    assert not [each for each in taken if not re.search(rf"\b{each}\b", text)]


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_loads_no_more_than_it_uses(name):
    libraries = engines["django"].engine.template_libraries
    used = names_used(source(name))
    for load in re.findall(r"{% load ([\w ]+) %}", source(name)):
        for library in load.split():
            known = libraries[library]
            assert used & (known.tags.keys() | known.filters.keys()), library


@pytest.mark.parametrize("name", TEMPLATES)
def test_what_a_comment_names_by_its_full_name_exists(name):
    for comment in COMMENT.findall(source(name)):
        for dotted in re.findall(r"\b(?:careers|paths|django)(?:\.\w+)+", comment):
            import_string(dotted)


@pytest.mark.parametrize("name", TEMPLATES)
def test_code_is_neither_translated_nor_turned_around(name):
    page = BeautifulSoup(source(name), "html.parser")
    for code in page.select("code, pre, kbd, samp"):
        around = [code, *code.parents]
        assert any(each.get("translate") == "no" for each in around), code
        assert any(each.get("dir") == "ltr" for each in around), code
