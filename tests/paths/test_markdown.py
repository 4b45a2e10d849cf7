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


def test_output_is_told_apart_from_code_in_words():
    page = tree("```python\nprint(1)\n```\n```text\n1\n```\n\n```text\nalone\n```")
    assert [pre.get("class") for pre in page.find_all("pre")] == [None, ["output"], None]
    (label,) = page.find_all("p", class_="label")
    assert label.get_text() == "Output"
    assert label.find_next_sibling()["class"] == ["output"]


@pytest.mark.parametrize(
    ("role", "said"), [("starter", "Start here"), ("check", "Check your work")]
)
def test_the_code_of_a_practice_says_what_it_is(role, said):
    page = tree(f"```python {role}\nx = 1\n```")
    assert page.pre["class"] == [role]
    assert page.find("p", class_="label").get_text() == said
    assert page.code["class"] == ["language-python"]


@pytest.mark.parametrize(
    ("lines", "marked"),
    [("2", ["b"]), ("1-2", ["a", "b"]), ("1 3-9", ["a", "c"]), ("2-1", []), ("x", [])],
)
def test_lines_that_matter_are_marked(lines, marked):
    page = tree(f'```python hl="{lines}"\na\nb\nc\n```')
    assert [mark.get_text() for mark in page.find_all("mark")] == marked
    assert page.code.get_text() == "a\nb\nc\n"


def test_a_text_over_several_lines_is_marked_line_by_line():
    page = tree('```python hl="2"\nx = """a\nb\nc"""\n```')
    assert page.mark.get_text() == "b"
    assert page.code.get_text() == 'x = """a\nb\nc"""\n'


def test_a_check_with_output_and_marks_is_both():
    page = tree('```python check hl="1"\nprint(1)\n```\n```text\n1\n```')
    assert [pre["class"] for pre in page.find_all("pre")] == [["check"], ["output"]]
    assert page.mark


def test_wide_things_scroll_and_a_keyboard_reaches_them():
    page = tree("|a|b|\n|-|-|\n|1|2|\n\n```text\nx\n```")
    assert page.find("div", class_="table")["tabindex"] == "0"
    assert page.pre["tabindex"] == "0"


def test_footnotes_work():
    page = tree("A claim[^1].\n\n[^1]: Its proof.")
    assert page.find("section", class_="footnotes")
    assert page.sup.a["href"].removeprefix("#") in {li.get("id") for li in page.find_all("li")}


def test_reading_time_counts_words_and_lines_of_code_and_leaves_folds_out():
    prose = "word " * 200
    code = "```python\n" + "some code\n\n" * 10 + "```"
    output = "```text\n" + "word\n" * 100 + "```"
    assert markdown.reading_minutes(prose) == 1
    assert markdown.reading_minutes(code) == 1
    assert markdown.reading_minutes(f"{code}\n{output}") == 1.5
    assert markdown.reading_minutes(f"{prose}\n\n::: solution\n{prose}\n{code}\n:::") == 1


def test_code_blocks_know_their_line_their_fold_and_their_output():
    example = "Text\n\n```python\nprint(1)\n```\n\n```text\n1\n```"
    text = f"{example}\n\n::: solution\n```python\nx = 1\n```\n:::"
    first, output, solution = markdown.code_blocks(text)
    assert (first.language, first.line, first.in_fold) == ("python", 4, False)
    assert first.expected_output == "1\n"
    assert output.language == "text"
    assert (first.role, solution.role) == ("", "")
    assert (solution.in_fold, solution.expected_output, solution.code) == (True, None, "x = 1\n")


@pytest.mark.parametrize("text", ["", "\0", "`" * 5000, "[" * 5000, "> " * 3000, "*a_" * 4000])
def test_odd_text_is_rendered_without_trouble(text):
    markdown.render(text)


def test_code_blocks_know_what_they_are_in_the_practice():
    starter, check = markdown.code_blocks(
        '```python starter\nx = 0\n```\n\n```python check hl="1"\nassert x\n```'
    )
    assert (starter.language, starter.role) == ("python", "starter")
    assert (check.language, check.role) == ("python", "check")
