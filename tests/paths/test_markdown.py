import pytest
from bs4 import BeautifulSoup

from paths import markdown


def tree(text: str) -> BeautifulSoup:
    return BeautifulSoup(markdown.render(text), "html.parser")


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "![x](https://example.org/pixel.png)",
        "[x](vbscript:x)",
        "<iframe src=//example.org></iframe>",
        '<a href="x" style="color:red" onclick="x">x</a>',
    ],
)
def test_nothing_that_runs_or_loads_gets_into_a_page(text):
    page = tree(text)
    assert not page.find_all(["script", "img", "iframe", "style"])
    for tag in page.find_all(True):
        assert not {name for name in tag.attrs if name.startswith("on") or name == "style"}
        assert not tag.get("href", "").startswith(("javascript", "data", "vbscript"))


def test_raw_html_is_shown_as_text():
    assert "<b>" in tree("a <b>bold</b> word").get_text()


def test_a_fold_is_a_details_element():
    details = tree("::: solution\nThe answer is **4**.\n:::").details
    assert details.summary.get_text() == "Solution"
    assert details.strong.get_text() == "4"


def test_headings_can_be_linked_to():
    assert tree("## Write the spec first").h2["id"] == "write-the-spec-first"


def test_code_is_colored_by_classes():
    assert tree("```python\nfor x in y: pass\n```").find("span", class_="hl-k")


def test_code_of_an_unknown_language_is_shown_as_it_is():
    assert tree("```klingon\nQapla' <b>\n```").code.get_text() == "Qapla' <b>\n"


def test_output_is_told_apart_from_code():
    pres = tree("```python\nprint(1)\n```\n```text\n1\n```\n\n```text\nalone\n```").find_all("pre")
    assert [pre.get("class") for pre in pres] == [None, ["output"], None]


def test_wide_things_scroll_and_a_keyboard_reaches_them():
    page = tree("|a|b|\n|-|-|\n|1|2|\n\n```text\nx\n```")
    assert page.find("div", class_="table")["tabindex"] == "0"
    assert page.pre["tabindex"] == "0"


def test_footnotes_work():
    page = tree("A claim[^1].\n\n[^1]: Its proof.")
    assert page.find("section", class_="footnotes")
    assert page.sup.a["href"].removeprefix("#") in {li.get("id") for li in page.find_all("li")}


def test_reading_time_counts_code_double_and_leaves_folds_out():
    prose = "word " * 200
    code = "```python\n" + "word " * 200 + "\n```"
    assert markdown.reading_minutes(prose) == 1
    assert markdown.reading_minutes(code) == 2
    assert markdown.reading_minutes(f"{prose}\n\n::: solution\n{prose}\n{code}\n:::") == 1


def test_code_blocks_know_their_line_their_fold_and_their_output():
    example = "Text\n\n```python\nprint(1)\n```\n\n```text\n1\n```"
    text = f"{example}\n\n::: solution\n```python\nx = 1\n```\n:::"
    first, output, solution = markdown.code_blocks(text)
    assert (first.language, first.line, first.in_fold) == ("python", 4, False)
    assert first.expected_output == "1\n"
    assert output.language == "text"
    assert (solution.in_fold, solution.expected_output, solution.code) == (True, None, "x = 1\n")


@pytest.mark.parametrize("text", ["", "\0", "`" * 5000, "[" * 5000, "> " * 3000, "*a_" * 4000])
def test_odd_text_is_rendered_without_trouble(text):
    markdown.render(text)
