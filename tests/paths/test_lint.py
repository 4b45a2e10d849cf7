"""What a text wouldn't show as intended is found, with its line and a remedy."""

import difflib
import math
import re
from difflib import get_close_matches

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from paths import lint, markdown
from paths.models import Lesson
from tests.paths.test_markdown import PIECES

HERE = "/paths/rag/chunking/"
ADDRESSES = lint.Addresses(
    {
        *("/careers/ml-engineer/", "/paths/rag/", HERE, "/paths/rag/measure-retrieval/"),
        "/paths/rag/chunking/data.csv",
    },
    {"/paths/rag/a-draft/", "/paths/rag/a-draft/data.csv"},
)


def said(text: str) -> list[tuple[int, str]]:
    return [(each.line, each.said) for each in lint.findings(text)]


IN_ORDER = [
    "# One\n\n###### Six\n\n- [ ] a\n- [x] ~~b~~\n\n|a|b|\n|:-|-:|\n|1|2|\n\nhttps://example.org",
    "::: solution\n```python\nx = 1\n```\n:::",
    "> ::: solution\n> x\n> :::",
    "- a\n\n  ::: solution\n  x\n  :::\n\n  ```\n  x\n  ```",
    '```python check hl="1 3-4"\nx\n```\n\n![A](a.svg "b")\n\n$x$ ~~y~~ 1 < 2, List<int>, <eos>',
    "`<b>` and\n\n```html\n<div></div>\n[^1]: x\n::: note\n```\n\n    <img>\n\n\\<b>",
    "## A heading\n\n[x](#a-heading) [y](#A-Heading) z[^1] [w](mailto:a@b.example)\n\n[^1]: N.",
    "## Objectives\n\n[x](#objectives)",
    '[x](#) [y](#top)\n\n![A](a.svg "b[^1]")\n\n[^1]: N.',
    "~~~\nx\n~~~",
    "```pycon\n>>> x\n```\n\n```pytb\nx\n```\n\n```sql\nx\n```\n\n```Text\nx\n```",
    "::: solution\nx\n:::\n\n::: solution\ny\n:::",
    "m[i][j] `[a][b]` [a][b] [b][] and [b]\n\n[b]: https://example.org",
    "A class of letters is \\[^a-z], or \\[^a-z\\], and a note is [\\^1].",
    "`[x](javascript:y)` and a --- b | c -- d\n\n```\n> [!NOTE]\n|-|-|\n```",
    "",
]


@pytest.mark.parametrize("text", IN_ORDER)
def test_nothing_is_found_in_a_text_that_is_in_order(text):
    assert said(text) == []


ERRORS = [
    ("![A](https://example.org/a.png)", "the picture https://example.org/a.png would not be shown"),
    ("![](a.svg)", "say in the brackets what a.svg shows"),
    ("![![](b.svg)](a.svg)", "say in the brackets what a.svg shows"),
    ("|a|\n|-|\n|![A](/a.png)|", "put it as a file beside the lesson"),
    ("a\nb\nc ![A](x.gif)", "as in diagram.svg"),
    ("a <b>bold</b> word", "<b> is a tag of it: write **bold**"),
    ("a\nb<br/>", "a backslash at the end of the line"),
    ("<details>\n<summary>x</summary>\n</details>", "write ::: solution"),
    ("<div class='x'>", "take it out, or put it into backticks"),
    ("<!-- x -->", "a comment would be shown as it stands"),
    ("x <!-- y --> z", "a comment would be shown as it stands"),
    ("<script>alert(1)</script>", "<script> is a tag of it"),
    ("::: solution\nx", "this fold is never closed: end it with a line :::"),
    ("> ::: solution\n> x\n\ny\n\n::: solution\nz\n:::", "this fold is never closed"),
    ("::: note\nx\n:::", "there is no fold “note”"),
    ("[x](javascript:alert(1))", "not javascript:"),
    ("a [x](<file:///etc/hosts>)", "not file:"),
    ("> [!WARNING]\n> Don't.", "[!WARNING] would be shown as it stands: write **Warning:**"),
    ("x\n\n:::", "this ::: ends nothing"),
    ("```python\nx", "this block of code is never closed: end it with a line ```"),
    ("```", "this block of code is never closed"),
    ("x\n\n$\\nosuch$", "the formula $\\nosuch$ can't be read"),
    ("[x](ftp://example.org)", "a link begins with https://, http:// or mailto:, not ftp:"),
    ("```python startr\nx\n```", "a code block can be told starter or check"),
    ("```Python\nx\n```", "write python, as in ```python: Python isn’t read as code to run"),
    ("```py\nx\n```", "write python"),
    ("```python3\nx\n```", "write python"),
    ("```{.python .numberLines}\nx\n```", "write python"),
    ("```PY check\nx\n```", "write python"),
    ("```sql check\nx\n```", "only a block of python can be the check, not one of sql"),
    ("```text starter\nx\n```", "only a block of python can be the starter"),
    ("``` check\nx\n```", "only a block of python can be the check: write ```python check"),
]


@pytest.mark.parametrize(("text", "words"), ERRORS)
def test_an_error_is_named_with_the_way_out(text, words):
    found = lint.errors("first\n\n" + text)
    assert words in found[0].said or words in found[-1].said
    wrong_line = next(n for n, line in enumerate(text.split("\n")) if set(line) & set("<!$:[`"))
    assert any(each.line == 3 + wrong_line for each in found) or "|" in text
    assert str(found[0]).startswith(f"Line {found[0].line} of the text: ")


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("::: solution\nx\n\n::: solution\ny\n:::", 4, "this fold is never closed"),
        ("a\n\n<<<<<<< HEAD\nb", 3, "a merge was left unfinished here: choose a side"),
        ("```\n>>>>>>> theirs\n```", 2, "a merge was left unfinished here"),
        ("a\n||||||| 1f0c2ab", 2, "a merge was left unfinished here"),
        ("| a | b |\n|---|\n| 1 | 2 |", 2, "this isn't a table"),
        ("words\na | b\n:-: | -: | -\n1 | 2", 3, "this isn't a table"),
        ("a\\\nb  \n![A](x.gif)", 3, "the picture x.gif would not be shown"),
    ],
)
def test_an_error_stands_at_the_line_that_is_wrong(text, line, words):
    (found,) = lint.errors(text)
    assert found.line == line
    assert words in found.said


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("a <b>bold</b> word", ["<b>"]),
        ("<B>x</b>\n\n<i>y</i> </u>", ["<B>", "<i>", "</u>"]),
        ("x</b> y <b>z", ["</b>", "<b>"]),
        ("<b>x</b> and <b>y</b>", ["<b>"]),
        ("<details>\n<summary>x</summary>\ny\n</details>", ["<details>", "<summary>"]),
    ],
)
def test_an_element_is_named_once_by_the_tag_that_opens_it(text, tags):
    found = [re.search(r"and (<\S+>) is a tag", each.said)[1] for each in lint.errors(text)]
    assert sorted(found) == sorted(tags)


def test_a_picture_in_a_table_is_found_in_its_row():
    assert [line for line, _ in said("|a|\n|-|\n|b|\n|![A](/a.png)|")] == [4]


@pytest.mark.parametrize("info", ["Text", "txt", "output", "text check"])
def test_what_code_prints_stands_in_a_block_of_text(info):
    text = f"```python\nprint(1)\n```\n\n```{info}\n1\n```"
    assert any(each.line == 5 for each in lint.errors(text))
    assert lint.errors(text.replace(info, "text")) == []


WARNINGS = [
    ("## Set up\n\n[x](#setup)", 3, "leads to no heading of this text; did you mean #set-up"),
    ("[x](#zzz)", 1, "the link to #zzz leads to no heading of this text"),
    ("x\ny[^1]", 2, "there is no footnote [^1]: add a line [^1]: …"),
    ("\\[^1] and\n[^2]", 2, "there is no footnote [^2]: add a line [^2]: …"),
    ("x\n\n[^a]: y", 3, "nothing calls the footnote [^a], so it isn't shown"),
    ("[x]()", 1, "this link leads nowhere"),
    ("x[^a]\n\n[^a]: y\n\n[^a]: z", 5, "the footnote [^a] is defined twice: line 3 has it too"),
    ("a\n[b][nope] `c[d]`", 2, "there is no address for [nope]: add a line [nope]: https://…"),
    ("a [nope][] b", 1, "there is no address for [nope]"),
]


@pytest.mark.parametrize(("text", "line", "words"), WARNINGS)
def test_a_warning_may_be_passed(text, line, words):
    (found,) = lint.findings(text)
    assert (found.line, found.is_error) == (line, False)
    assert words in found.said
    assert lint.errors(text) == []


@pytest.mark.parametrize(
    "link",
    [
        *("/careers/ml-engineer/", "/careers/ml-engineer/roadmap/", "/careers/ml-engineer/fit/"),
        *("/careers/", "/glossary/#loss"),
        *("../measure-retrieval/", "../", "data.csv", "?x=1", "https://example.org/nowhere/"),
        *("/paths/rag/chunking/#a", "//example.org/x", "#here", "/careers/?q=x", "/paths/model/"),
    ],
)
def test_a_link_to_what_is_there_is_in_order(link):
    assert list(lint.dead_links(f"[x]({link})", HERE, ADDRESSES)) == []


@pytest.mark.parametrize(
    ("link", "near"),
    [
        ("/careers/ml-enginer/", "/careers/ml-engineer/"),
        ("measure-retrieval/", ""),
        ("../mesure-retrieval/", "/paths/rag/measure-retrieval/"),
        ("/paths/rag/measure-retrieval", "/paths/rag/measure-retrieval/"),
        ("/career/", ""),
        ("data.cvs", "/paths/rag/chunking/data.csv"),
        ("./other.md", ""),
        ("/careers/ghost/roadmap/", ""),
        ("/careers/ghost/fit/", ""),
    ],
)
def test_a_link_to_an_address_of_ours_that_isnt_there_is_a_warning_with_the_nearest(link, near):
    (found,) = lint.dead_links(f"a\n[x]({link})", HERE, ADDRESSES)
    assert (found.line, found.is_error) == (2, False)
    assert found.said.startswith(f"the link to {link} leads to no page on this site")
    assert not near or found.said.endswith(f"did you mean {near}")


@pytest.mark.parametrize(
    ("link", "near"),
    [
        ("measure-retrieval/", "/paths/rag/measure-retrieval/"),  # lacks its ../
        ("/paths/rga/chunkin/", "/paths/rag/chunking/"),
        ("/careers/ml-enginer/roadmap/", "/careers/ml-engineer/"),
        ("/paths/rag/nothing-like-it/", "/paths/rag/"),
        ("/paths/zzz/chunking/", ""),
        ("//paths//", ""),
        ("/" + "paths/" * 400, ""),
    ],
)
def test_what_may_be_meant_is_found_part_by_part(link, near):
    said = lint.why_dead(link, HERE, ADDRESSES)
    assert said == (f"no page on this site; did you mean {near}" if near else said)
    assert near or "did you mean" not in said


def test_a_dead_link_is_compared_with_no_more_than_may_be_meant(monkeypatch):
    asked = []

    def compare(word, known, **how):
        asked.extend(known)
        return get_close_matches(word, known, **how)

    monkeypatch.setattr(difflib, "get_close_matches", compare)
    lessons = {f"/paths/path-{n % 50}/a-lesson-on-{n}/" for n in range(5_000)}
    links = "".join(f"[{n}](/paths/path-7/a-leson-on-{n}/)\n" for n in range(50))
    dead = list(lint.dead_links(links, HERE, lint.Addresses(lessons)))
    assert [each.line for each in dead] == [*range(1, 51)]
    assert sum("did you mean" in each.said for each in dead) == 3
    assert len(asked) <= 3 * 5_000 / 50


def test_of_many_links_to_no_heading_the_first_few_are_told_what_may_be_meant():
    text = "".join(f"## Part {n}\n\n[x](#prt-{n})\n\n" for n in range(40))
    found = [each.said for each in lint.findings(text)]
    assert len(found) == 40
    assert sum("did you mean #part" in each for each in found) == 3


def test_a_link_to_what_is_hidden_says_so_but_on_its_own_page():
    (found,) = lint.dead_links("[x](/paths/rag/a-draft/)", HERE, ADDRESSES)
    assert found.said == "the link to /paths/rag/a-draft/ leads to a page that isn't published"
    assert list(lint.dead_links("[x](data.csv)", "/paths/rag/a-draft/", ADDRESSES)) == []


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_any_text_is_looked_through(text):
    lines = re.split("\r\n|\r|\n", text)
    for each in [*lint.findings(text), *lint.dead_links(text, HERE, ADDRESSES)]:
        assert 1 <= each.line <= len(lines)


WRONG = """\
A note [^none] and a [name][nowhere].

<<<<<<< ours

[^idle]: Nothing calls it.

A [link](/careers/nobody/), a [heading](#nowhere), a <b>tag</b> and $\\frac{$.
"""


@pytest.mark.parametrize("ending", ["\r", "\r\n"])
def test_a_line_is_the_same_whatever_ends_it(ending):
    other = WRONG.replace("\n", ending)
    assert len(lint.findings(WRONG)) > 4
    assert lint.findings(other) == lint.findings(WRONG)
    dead = list(lint.dead_links(WRONG, HERE, ADDRESSES))
    assert dead
    assert list(lint.dead_links(other, HERE, ADDRESSES)) == dead


@given(st.integers(1, 30_000), st.integers(0, 3_000))
def test_the_suggested_minutes_are_always_accepted(words, lines):
    """So are the lowest and highest within a minute, or a fifth, of the measured; none beyond."""
    text = "word " * words + "\n\n```python\n" + "x = 1\n" * lines + "```"
    measured = markdown.reading_minutes(text)
    off = max(1, measured / 5)
    low, high = max(1, math.ceil(measured - off)), math.floor(measured + off)
    for minutes in (markdown.suggested_minutes(text), low, high):
        Lesson(minutes=minutes, body=text, status="published", objectives=["Do it"]).clean()
    for minutes in {low - 1, high + 1} - {0}:
        with pytest.raises(ValidationError, match="minutes to read"):
            Lesson(minutes=minutes, body=text, status="published", objectives=["Do it"]).clean()
