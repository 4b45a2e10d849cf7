import re
import time

import pytest
from bs4 import BeautifulSoup
from hypothesis import example, given
from hypothesis import strategies as st

from paths import lint, markdown


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


def test_lines_are_counted_as_editors_count_them():
    """A separator of Unicode, in a text from the web, ends no line of code."""
    page = tree('```python hl="2"\nx = "a\u2028b\x85"\ny = 1\n```')
    assert [mark.get_text() for mark in page.find_all("mark")] == ["y = 1"]
    assert page.code.get_text() == 'x = "a\u2028b\x85"\ny = 1\n'


def test_a_check_with_output_and_marks_is_both():
    page = tree('```python check hl="1"\nprint(1)\n```\n```text\n1\n```')
    assert [pre["class"] for pre in page.find_all("pre")] == [["check"], ["output"]]
    assert page.mark


@pytest.mark.parametrize(
    "text",
    ["`x`", "## `x`", "```python\nx\n```", "```\nx\n```", "    x", "$\\nosuch{x}$", "[`x`](a)"],
)
def test_code_is_neither_translated_nor_turned_around(text):
    code = tree(text).code
    whole = code.find_parent("pre") or code
    assert (whole["translate"], whole["dir"]) == ("no", "ltr")


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


@pytest.mark.parametrize(
    "text",
    ["## Same\n\n" * 5000,
     "## Same\n\n" * 2500 + "".join(f"## Same {number}\n\n" for number in range(2500))],
    ids=["equal", "numbered by hand"],
)  # fmt: skip
def test_many_equal_headings_each_get_an_id_without_waiting(text):
    began = time.process_time()
    ids = re.findall(r'<h2 id="([^"]+)">', markdown.render(text))
    assert time.process_time() - began < 3
    assert (len(ids), len(set(ids))) == (5000, 5000)


def test_code_blocks_know_what_they_are_in_the_practice():
    starter, check = markdown.code_blocks(
        '```python starter\nx = 0\n```\n\n```python check hl="1"\nassert x\n```'
    )
    assert (starter.language, starter.role) == ("python", "starter")
    assert (check.language, check.role) == ("python", "check")


# -- Pictures and formulas -------------------------------------------------------------------------


def test_a_picture_alone_is_a_figure_with_its_title_as_the_caption():
    page = tree('![Two lines cross](cross.svg "They meet at `x = 3`")')
    assert page.figure.img.attrs == {"src": "cross.svg", "alt": "Two lines cross"}
    assert page.figcaption.get_text() == "They meet at x = 3"
    assert page.figcaption.code
    assert not page.p
    region = page.figure.find("div", role="region")
    assert (region["aria-label"], region["tabindex"]) == ("Figure 1", "0")


def test_a_picture_without_a_caption_or_in_a_sentence_is_shown_as_well():
    page = tree("![A](a.svg)\n\nSee ![b & c](b.svg) here.\n\n- ![D](d.svg)")
    assert [img["alt"] for img in page.find_all("img")] == ["A", "b & c", "D"]
    assert len(page.find_all("figure")) == 2
    assert not page.find("figcaption")


@pytest.mark.parametrize(
    "src",
    ["https://example.org/a.svg", "//example.org/a.svg", "../a.svg", "/a.svg", "a.svg?x"],
)
def test_of_a_picture_from_elsewhere_its_words_are_left(src):
    page = tree(f"![A line]({src})")
    assert not page.find("img")
    assert page.get_text().strip() == "A line"
    assert lint.errors(f"![A line]({src})")


def test_a_formula_is_mathml():
    page = tree("The loss $\\frac{a}{b}$ falls.\n\n$$\n\\sum_{i=1}^n x_i\n$$")
    inline, block = page.find_all("math")
    assert [each["display"] for each in (inline, block)] == ["inline", "block"]
    assert inline.mfrac.get_text() == "ab"
    assert block.find_parent("div")["tabindex"] == "0"


@pytest.mark.parametrize(
    "text",
    [
        "It costs $5 a million tokens in and $10 out.",
        "From $0.15/$0.60 to ($3)–($5).",
        "Set $MODEL_URL and $MODEL_KEY.",
        "A US\\$ b\\$ c.",
    ],
)
def test_dollars_stay_dollars(text):
    page = tree(text)
    assert not page.find("math")
    assert page.get_text().strip() == text.replace("\\", "")


def test_a_note_that_only_a_caption_calls_has_its_text():
    page = tree('![A](a.svg "b[^1] c")\n\nd[^2]\n\n[^1]: Of one.\n\n[^2]: Of two.')
    notes = page.find("section", class_="footnotes").find_all("li")
    called = {each["href"]: each["id"] for each in page.select(".footnote-ref a")}
    assert set(called) == {f"#{note['id']}" for note in notes}
    caption = page.figcaption.find("a")["href"]
    assert "Of one." in page.find(id=caption[1:]).get_text()


@pytest.mark.parametrize("tex", ["\\nosuch{x}", "x \\not= y", "{", "\\frac", "x" * 2000, "{" * 900])
def test_a_formula_that_cant_be_read_is_shown_as_it_stands_and_is_a_mistake(tex):
    page = tree(f"See $ {tex} $".replace("$ ", "$").replace(" $", "$"))
    assert page.code.get_text() == tex
    (found,) = lint.errors(f"\n\nSee ${tex}$")
    assert found.line == 3
    assert "can't be read" in found.said


@pytest.mark.parametrize(
    ("tex", "lost"),
    [
        ("\\boxed{x}", "<menclose>"),
        ("1 + \\cancel{x}", "<menclose>"),
        ("\\textcolor{red}{x}", "mathcolor"),
        ("\\color{red}{x}", "mathcolor"),
        ("\\href{http://x}{y}", "href"),
        ("\\class{a}{x}", "class"),
        ("\\rule{1em}{1em}", "mathbackground"),
        ("\\textbf{a}", "mathvariant"),
        ("\\begin{array}{c|c}a&b\\\\\\hline c&d\\end{array}", "columnlines, rowlines"),
    ],
)
def test_what_pages_would_leave_out_of_a_formula_is_a_mistake(tex, lost):
    (found,) = lint.errors(f"\n\nSee ${tex}$")
    assert found.line == 3
    assert f"can't be shown: pages leave out {lost}" in found.said


@pytest.mark.parametrize(
    ("tex", "tag", "attribute", "value"),
    [
        ("\\argmax_x", "mo", "movablelimits", "true"),
        ("\\Pr(A)", "mo", "movablelimits", "true"),
        ("\\xrightarrow{f}", "mpadded", "lspace", "0.556em"),
        ("\\Large x", "mstyle", "mathsize", "1.44em"),
        ("\\smash{x}", "mpadded", "height", "0px"),
    ],
)
def test_a_formula_keeps_what_browsers_draw(tex, tag, attribute, value):
    page = tree(f"${tex}$")
    assert value in [each.get(attribute) for each in page.find_all(tag)]
    assert lint.errors(f"${tex}$ $\\overline{{x}}$ $\\text{{a < b}}$") == []


def test_bold_digits_are_bold():
    assert tree("$\\mathbf{1} + \\mathbf{20}$").math.get_text() == "𝟏+𝟐𝟎"
    assert lint.errors("$\\mathbf{20}$") == []


def test_nothing_that_runs_gets_in_by_way_of_a_formula():
    page = tree("$\\text{<script>alert(1)</script>}$ $\\href{javascript:alert(1)}{x}$")
    assert not page.find_all(["script", "a"])
    for tag in page.find_all(True):
        assert "href" not in tag.attrs


@pytest.mark.parametrize("info", ["python startr", 'python hl="a"', "sh check now"])
def test_a_code_block_that_is_told_something_unknown_is_a_mistake(info):
    (found,) = lint.errors(f"Text\n\n```{info}\nx\n```")
    assert found.line == 3
    assert "starter or check" in found.said


def test_the_files_that_a_text_shows_are_known_with_their_lines():
    assert markdown.images("```\nx\n```\n\n![A](a.svg)") == [(5, "a.svg")]


# -- Any text at all -------------------------------------------------------------------------------

PIECES = [
    *("[a]: http://x\n", "[^1]: x\n", "[^1]", "[a]", "[a](b)", "![a](b.svg)", "::: solution\n"),
    *(
        ":::\n",
        "```python\n",
        "```\n",
        "    x\n",
        "# ",
        "###### ",
        "- [ ] ",
        "1. ",
        "> ",
        "|a|b|\n",
    ),
    *("|-|:-:|\n", "$$\n", "$x$", "<b>", "<!-- ", "-->", "~~", "**", "_", "`", "\\", "\n", "\n\n"),
    *("word ", "https://example.org ", "---\n", "===\n", "\t", "\r", "\0", "é", "&amp;", "[]()"),
]


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
@example("> ::: solution\n> ")
def test_any_text_is_rendered_measured_and_read(text):
    markdown.render(text)
    assert markdown.reading_minutes(text) >= 0
    markdown.code_blocks(text)
    markdown.images(text)


@pytest.mark.parametrize(
    "text", ["[a]: https://example.org", "[^1]: x", "[a]: /b\n[c]: /d", "", "- "]
)
def test_a_text_may_show_nothing(text):
    assert not markdown.shows_something(text)
    assert markdown.code_blocks(text) == []
    assert markdown.reading_minutes(text) == 0


@pytest.mark.parametrize("text", ["word", "![A](a.svg)", "$x$", "```\nx\n```", "    x"])
def test_a_text_shows_words_pictures_formulas_or_code(text):
    assert markdown.shows_something(text)


# -- What writers of technical Markdown expect -----------------------------------------------------


def test_columns_are_aligned_by_classes():
    page = tree("|a|b|c|d|\n|:-|:-:|-:|-|\n|1|2|3|4|")
    wanted = [["start"], ["center"], ["end"], None]
    assert [cell.get("class") for cell in page.find_all("th")] == wanted
    assert [cell.get("class") for cell in page.find_all("td")] == wanted
    assert not page.select("[style]")


def test_boxes_of_tasks_say_whether_they_are_done():
    page = tree("- [ ] open\n- [x] *done*\n- [X] done, too\n- plain [ ] text\n\n1. [ ] first")
    boxes = page.select("li.task > span[role=img]")
    assert [box["aria-label"] for box in boxes] == ["To do:", "Done:", "Done:", "To do:"]
    assert [box.find_parent("li").get_text().split()[1] for box in boxes] == [
        *("open", "done", "done,", "first"),
    ]
    assert "plain [ ] text" in page.get_text()
    assert page.select("li.task em")


def test_tasks_with_paragraphs_between_them_are_boxes_too():
    assert len(tree("- [ ] open\n\n- [x] done").select("li.task span[role=img]")) == 2


def test_what_is_struck_through_is_shown_so():
    assert tree("~~old~~ new").s.get_text() == "old"


@pytest.mark.parametrize("text", ["Write to mailto:ann@example.org.", "MAILTO:ann@example.org"])
def test_a_bare_mail_address_that_says_what_it_is_is_a_link(text):
    assert tree(text).a["href"].endswith(":ann@example.org")


def test_a_bare_address_is_a_link():
    page = tree(
        "See https://example.org/a_b?c=1, or `https://code.example`.\n\n<https://a.example>"
    )
    assert [a["href"] for a in page.find_all("a")] == [
        "https://example.org/a_b?c=1",
        "https://a.example",
    ]


@pytest.mark.parametrize("text", ["model_server.py", "example.org", "a@example.org", "e.g. x.md"])
def test_what_only_looks_like_an_address_is_text(text):
    assert not tree(text).a


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("## a\n\n### b", ["h2", "h3"]),
        ("# a\n\n## b\n\n###### c", ["h2", "h3", "h6"]),
        ("a\n=\n\nb\n-", ["h2", "h3"]),
        ("### a\n\n#### b", ["h2", "h3"]),
        ("##### a\n\n###### b", ["h2", "h3"]),
        ("> # a\n\n## b", ["h2", "h3"]),
    ],
)
def test_headings_fit_under_the_pages_own(text, levels):
    assert [each.name for each in tree(text).select("h1, h2, h3, h4, h5, h6")] == levels


@pytest.mark.parametrize(
    ("said", "alt"),
    [
        ("The curve of $x^2$, from 0", "The curve of x^2, from 0"),
        ("`fit` *and* [more](x) \\* &lt;", "fit and more * <"),
        ("two\nlines", "two\nlines"),
        ("![An arrow](a.svg) up", "An arrow up"),
    ],
)
def test_all_words_of_a_picture_are_there_for_those_who_do_not_see_it(said, alt):
    assert tree(f"![{said}](a.svg)").img["alt"] == alt


def test_headings_stand_below_another_level_where_they_are_told_to():
    assert markdown.render("# a\n\n## b", top=3).count("<h3") == 1
    assert markdown.render("# a", top=9).startswith("<h6")


def test_no_two_things_of_a_text_have_one_id():
    text = "## fn1\n\n## fnref1\n\n## a\n\n## a\n\n## a-1\n\n## !\n\n## 田中\n\nx[^1]\n\n[^1]: y"
    ids = [each["id"] for each in tree(text).select("[id]")]
    assert len(ids) == len(set(ids))
    assert all(ids)


def test_a_link_within_the_page_finds_its_heading_whatever_id_that_got():
    page = tree("## Objectives\n\n[a](#objectives) [b](#Objectives) [c](#nowhere)")
    first, second, third = (a["href"] for a in page.find_all("a"))
    assert first == second == "#" + page.h2["id"]
    assert third == "#nowhere"


def test_two_texts_of_a_page_have_no_id_in_common():
    text = "## A\n\n## fnsetup1\n\n[x](#a) y[^n] z[^n]\n\n[^n]: z"
    first, second = tree(text), BeautifulSoup(markdown.render(text, prefix="setup:"), "html.parser")
    ids = [{each["id"] for each in page.select("[id]")} for page in (first, second)]
    assert all(ids)
    assert not ids[0] & ids[1]
    for page, own in zip((first, second), ids, strict=True):
        assert {a["href"].removeprefix("#") for a in page.find_all("a")} <= own


def test_indented_code_is_code_that_a_keyboard_reaches():
    page = tree("    x = 1")
    assert page.pre["tabindex"] == "0"
    assert markdown.reading_minutes("    x = 1\n\n    y = 2") == 0.2
