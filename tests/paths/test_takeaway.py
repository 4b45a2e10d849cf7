"""Lessons as notebooks and Python files: valid, complete, and running as their pages say."""

import ast
import json
import re
from urllib.parse import urljoin

import nbformat
import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from careers.models import CatalogVersion
from careers.pages.freshness import PAGE
from paths import markdown
from paths.markdown import parse, with_escaped_dollars, with_whole_addresses
from paths.models import FileContent, LearningPath, Lesson, Status
from paths.takeaway import lesson_cells, text_cells
from paths.text.cells import as_notebook, as_script
from tests.paths.lessons import run, written
from tests.paths.test_markdown import PIECES

LESSONS = {lesson.number: lesson for lesson in written(settings.CATALOG_DIR)}
SITE = "https://example.org"
# One lesson with a data file, one without files, and one whose code asks a model.
RUN = (301, 102, 203)
ASYNCHRONOUS = [n for n, lesson in LESSONS.items() if "asyncio" in markdown.imports(lesson.body)]

# Pieces from which texts are built, together with those of test_markdown.
LINKS = ("[", "]", "](", "(x)", ")", "<", ">", "^[", "\n[r]: x\n", "[r]", "|", "\n|-|-|\n", "    ",
         "\t", "- ", "> ", "\n", "\\", "`", "``", "[a](b)",
         "![c](d.svg 't')", "&amp;", "é")  # fmt: skip

BODY = """\
Words.

```python
print(1)
```

```text
1
```

See [there](../two/#x), `[a](b)` and ![A line](a.svg "b").

```text
no output
```

## Practice

```python starter
def f(): ...
```

```python check
assert f(), "not yet"
```

::: solution
```python
def f():
    return 1
```
:::

## Next

More.
"""


def test_words_code_and_output_become_cells_and_the_solution_does_not():
    cells = list(text_cells(BODY))
    assert [cell.is_code for cell in cells] == [False, True, False, True, True, False]
    assert (cells[1].text, cells[1].output) == ("print(1)", "1\n")
    assert "no output" in cells[2].text
    assert [cell.role for cell in cells if cell.is_code] == ["", "starter", "check"]
    assert cells[-1].text == "## Next\n\nMore."
    assert not [cell for cell in cells if "return 1" in cell.text or ":::" in cell.text]


def test_links_and_pictures_are_found_from_anywhere():
    page = f"{SITE}/paths/rag/one/"
    text = with_whole_addresses(BODY, page)
    assert f"[there]({SITE}/paths/rag/two/#x)" in text
    assert f'![A line]({SITE}/paths/rag/one/a.svg "b")' in text
    assert "`[a](b)`" in text
    assert with_whole_addresses("[a](#b) [c](https://c.org/)", page) == (
        f"[a]({page}#b) [c](https://c.org/)"
    )


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("~~~\n[a](b)\n~~~", None),
        ("    [a](b)", None),
        ("```text\n```` [k](m)\n```\n[z](y)", "```text\n```` [k](m)\n```\n[z](@y)"),
        ("``a `` [q](z)", "``a `` [q](@z)"),
        ("`` ` `` [b](c/) `[a](b)`", "`` ` `` [b](@c/) `[a](b)`"),
        ("\\[a](b)", None),
        ("$a[b](c)$", None),
        ("[a](<../x y/>)", "[a](^x%20y/)"),
        ("[a](<x)y>)", "[a](@x%29y)"),
        ("[a]( x )", "[a]( @x )"),
        ("[a](\n  x\n'b')", "[a](\n  @x\n'b')"),
        ("[a](?b=c&amp;lt;)", "[a](@?b=c&amp;lt;)"),
        ('![p](d.svg "see ](x)")', '![p](@d.svg "see ](x)")'),
        ("![a [b](c) d](e.svg)", "![a [b](c) d](@e.svg)"),
        ("[![p](d.svg)](x) [y](z)", "[![p](@d.svg)](@x) [y](@z)"),
        ("[a](https://b.org/(c)) <https://d.org> https://e.org [f]() [g](mailto:h@i.org)", None),
        ("[a][r]\n\n[r]: ../x/ 't'", "[a](^x/ \"t\")\n\n[r]: ^x/ 't'"),
        ("[r][] [r] ![r]\n\n> [R]:\n>  <x>", "[r](@x) [r](@x) ![r](@x)\n\n> [R]:\n>  @x"),
        ("> - a\n>   [b](c) d\ne [f](g)", "> - a\n>   [b](@c) d\ne [f](@g)"),
        ("1.\t[b](c)\n\t[d](e)\n\n\t[f](g)", "1.\t[b](@c)\n\t[d](@e)\n\n\t[f](@g)"),
        ("# [a](b) #\n\n[c](d)\n===", "# [a](@b) #\n\n[c](@d)\n==="),
        ("|a|[b](c)|\n|-|-|\n|[b](c) \\| [d](e)|[b](c)|",
         "|a|[b](@c)|\n|-|-|\n|[b](@c) \\| [d](@e)|[b](@c)|"),
        ("x[^1] y^[see [a](b) and^[[c](d)]]\n\n[^1]: [e](f)",
         "x[^1] y^[see [a](@b) and^[[c](@d)]]\n\n[^1]: [e](@f)"),
        ("::: solution\n[a](b)\n:::", "::: solution\n[a](@b)\n:::"),
    ],
)  # fmt: skip
def test_addresses_are_where_the_page_has_links(text, whole):
    """@ stands for the address of the page, ^ for that of its path."""
    said = whole or text
    said = re.sub(r"@(?!i\.org)", f"{SITE}/paths/rag/one/", said)
    said = re.sub(r"\^(?=x)", f"{SITE}/paths/rag/", said)
    assert with_whole_addresses(text, f"{SITE}/paths/rag/one/") == said


@given(st.lists(st.sampled_from([*PIECES, *LINKS]), max_size=12).map("".join))
def test_any_text_keeps_its_words_and_its_links_are_whole(text):
    whole = with_whole_addresses(text, f"{SITE}/paths/rag/one/")
    before, after = (shown(each) for each in (text, whole))
    assert [(kind, words) for kind, words, _ in before] == [(k, words) for k, words, _ in after]
    places = [urljoin(f"{SITE}/paths/rag/one/", href) for _, _, href in before if href]
    assert [href.replace("%28", "(").replace("%29", ")") for _, _, href in after if href] == places


def shown(text: str) -> list[tuple[str, str, str]]:
    tokens = [each for block in parse(text) for each in (block, *(block.children or ()))]
    return [
        (
            each.type,
            "" if each.type == "inline" else each.content,
            str(each.attrGet("href") or each.attrGet("src") or ""),
        )
        for each in tokens
    ]


def test_a_link_by_a_name_leads_on_in_a_cell_of_its_own():
    cells = list(text_cells(with_whole_addresses(
        "See [a][r].\n\n```python\nx = 1\n```\n\n[r]: ../two/", f"{SITE}/paths/rag/one/"
    )))  # fmt: skip
    assert cells[0].text == f"See [a]({SITE}/paths/rag/two/)."


def row(number: int) -> Lesson:
    lesson = LESSONS[number]
    path = LearningPath(slug=lesson.name.partition("/")[0], title="Path")
    return Lesson(path=path, slug=lesson.name.partition("/")[2], title="A lesson", body=lesson.body)


@pytest.mark.parametrize("number", LESSONS)
def test_every_lesson_is_a_valid_notebook_and_a_valid_program(number):
    cells = lesson_cells(row(number), SITE)
    nbformat.validate(nbformat.reads(as_notebook(cells), as_version=4))
    ast.parse(as_script(cells))
    code = [cell.text for cell in cells if cell.is_code]
    outside = [block for block in LESSONS[number].code if not block.in_fold]
    assert code == [block.code.rstrip("\n") for block in outside]


@pytest.mark.parametrize("number", RUN)
def test_a_notebook_runs_and_prints_what_it_says(number):
    lesson = LESSONS[number]
    notebook = nbformat.reads(as_notebook(lesson_cells(row(number), SITE)), as_version=4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    plain = [cell for cell in code if not cell.metadata.get("tags")]
    check = [cell for cell in code if cell.metadata.get("tags") == ["check"]]
    ways = {"solution": lesson.as_cells(lesson.solution) + as_run(check)}
    starter = [cell for cell in code if cell.metadata.get("tags") == ["starter"]]
    ways["starter"] = as_run(starter + check)
    done = run(as_run(plain), ways, lesson.beside)
    assert done["blocks"]["failed_at"] is None, done["blocks"].get("shown")
    for cell, printed in zip(plain, done["blocks"]["outputs"], strict=True):
        assert printed.rstrip() == "".join(each.text for each in cell.outputs).rstrip()
    assert done["ways"]["solution"]["failed_at"] is None
    assert done["ways"]["starter"]["failed_at"] is not None


@pytest.mark.parametrize("number", ASYNCHRONOUS)
def test_a_notebook_runs_where_a_loop_is_running_already_as_in_jupyter(number):
    cells = lesson_cells(row(number), SITE)
    code = "\n\n".join(cell.text for cell in cells if cell.is_code and not cell.role)
    inside = f"async def jupyter():\n    exec({code!r}, globals())"
    block = f"import asyncio\n\n\n{inside}\n\n\nasyncio.run(jupyter())"
    done = run([{"code": block, "file": "notebook", "line": 1}], {}, LESSONS[number].beside)
    assert done["blocks"]["failed_at"] is None, done["blocks"].get("shown")


def as_run(cells) -> list[dict]:
    return [{"code": cell.source, "file": "notebook", "line": 1} for cell in cells]


# -- Downloads -------------------------------------------------------------------------------------


@pytest.fixture
def lesson(catalog):
    path = catalog.path("rag", lessons=0, setup="Python 3.12 or newer.")
    return catalog.lesson(path, slug="one", title="One", body=BODY)


@pytest.mark.parametrize(
    ("suffix", "kind"),
    [("ipynb", "application/x-ipynb+json"), ("py", "text/x-python; charset=utf-8")],
)
def test_a_lesson_is_downloaded_under_its_name_and_kept_by_caches(client, lesson, suffix, kind):
    url = f"/paths/rag/one.{suffix}"
    answer = client.get(url)
    assert answer["Content-Type"] == kind
    assert answer["Content-Disposition"] == f'attachment; filename="one.{suffix}"'
    assert answer["Cache-Control"] == PAGE
    again = client.get(url, headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304
    assert "http://testserver/paths/rag/one/" in answer.text
    assert f'href="{url}"' in client.get("/paths/rag/one/").text


def test_its_first_cell_names_what_it_needs(client, lesson):
    answers = json.dumps(
        {"kind": "scripted", "model": "page", "date": "2026-11-29", "note": "x", "exchanges": []}
    )
    for name, data in (("cases.csv", "a,b\n"), ("a.svg", ""), ("answers.json", answers)):
        content = FileContent(digest=name, data=data.encode(), facts={"width": 1, "height": 1})
        if name == "answers.json":
            content.facts = json.loads(answers)
        content.save()
    lesson.files = [{"name": n, "digest": n} for n in ("a.svg", "answers.json", "cases.csv")]
    lesson.save()
    first = "".join(client.get("/paths/rag/one.ipynb").json()["cells"][0]["source"])
    for said in ("# One", "Python 3.12", "(http://testserver/paths/rag/one/cases.csv)",
                 "(http://testserver/paths/rag/one/answers.json)", "/paths/model_server.py)",
                 "`MODEL_URL`"):  # fmt: skip
        assert said in first
    assert "a.svg" not in first


def test_its_first_cell_has_its_title_and_summary_word_for_word(client, lesson):
    lesson.title = "The __init__ of *args & <b>, [x] ~~y~~ `z` in snake_case C #"
    lesson.summary = "From $5 to $10 \\ &lt;"
    lesson.path.title = "A [b] *c*"
    lesson.path.save()
    lesson.save()
    first = "".join(client.get("/paths/rag/one.ipynb").json()["cells"][0]["source"])
    page = BeautifulSoup(markdown.render(first), "html.parser")
    assert page.h2.get_text() == lesson.title
    assert page.p.get_text() == lesson.summary
    assert page.a.get_text() == lesson.path.title
    assert "snake_case" in first
    assert "From \\$5 to \\$10" in first


def test_its_first_cell_says_what_to_install(client, lesson):
    lesson.body = "```python\nimport numpy\n```"
    lesson.save()
    first = "".join(client.get("/paths/rag/one.ipynb").json()["cells"][0]["source"])
    assert "`pip install numpy`" in first


def test_a_lesson_without_code_is_offered_as_neither(client, catalog):
    lesson = catalog.lesson(catalog.path("rag", lessons=0), slug="one")
    assert not re.search(r"one\.(ipynb|py)", client.get(lesson.get_absolute_url()).text)


@pytest.mark.parametrize("suffix", ["ipynb", "py"])
def test_its_address_moves_goes_and_is_hidden_with_its_lesson(client, lesson, suffix):
    lesson.slug = "new"
    lesson.save()
    lesson.keep_address(lesson.path, "one")
    moved = client.get(f"/paths/rag/one.{suffix}")
    assert (moved.status_code, moved["Location"]) == (301, f"/paths/rag/new.{suffix}")
    for status, code in ((Status.DRAFT, 404), (Status.RETIRED, 410)):
        Lesson.objects.update(status=status)
        CatalogVersion.rise()
        assert client.get(f"/paths/rag/new.{suffix}").status_code == code


def test_a_fold_in_a_quotation_leaves_no_mark_of_its_end():
    (words,) = text_cells("> Words.\n>\n> ::: solution\n> x\n> :::\n>\n> More.")
    assert words.text.split() == [">", "Words.", ">", ">", ">", "More."]


def test_code_in_a_list_leaves_text_behind_it_rather_than_more_code():
    text = "10. One\n\n    ```python\n    x = 1\n    ```\n\n    Two\n\n    Three\n11. Four"
    one, code, rest = text_cells(text)
    assert (one.text, code.text) == ("10. One", "x = 1")
    page = BeautifulSoup(markdown.render(rest.text), "html.parser")
    assert not page.pre
    assert [each.get_text() for each in page.select("p, li")] == ["Two", "Three", "Four"]
    assert page.ol["start"] == "11"


def test_indented_code_at_the_beginning_of_a_cell_stays_code():
    text = "    a = 1\n    b = 2\n\n```python\nx = 1\n```\n\n    c = 3"
    first, _, last = text_cells(text)
    assert (first.text, last.text) == ("    a = 1\n    b = 2", "    c = 3")


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("It costs $1 in and $5 out.", "It costs \\$1 in and \\$5 out."),
        ("$x$ is, `$y $` and \\$z aren't, $5.", "$x$ is, `$y $` and \\$z aren't, \\$5."),
        ("```sh\necho $A $B\n```\n\n$$\nx\n$$", None),
        ("    $a $b", None),
        ("|a|b|\n|-|-|\n|$1|**$1** \\| $x$|\n\n> - [$2](c)",
         "|a|b|\n|-|-|\n|\\$1|**\\$1** \\| $x$|\n\n> - [\\$2](c)"),
        ("a[^1]\n\n[^1]: $1 to $2\n\n::: solution\n$3\n:::",
         "a[^1]\n\n[^1]: \\$1 to \\$2\n\n::: solution\n\\$3\n:::"),
    ],
)  # fmt: skip
def test_dollars_are_none_of_a_formula_where_the_page_has_none(text, escaped):
    """Jupyter takes what is between any two dollar signs for a formula."""
    assert with_escaped_dollars(text) == (escaped or text)


@given(st.lists(st.sampled_from([*PIECES, *LINKS, "$", "$1 ", "$x$"]), max_size=12).map("".join))
def test_escaped_dollars_change_nothing_that_is_shown(text):
    escaped = with_escaped_dollars(text)
    assert [each[:2] for each in shown(escaped)] == [each[:2] for each in shown(text)]
    assert with_escaped_dollars(escaped) == escaped


@pytest.mark.parametrize("end", ["", "\n", ":::\n", ":::\n\nMore."])
def test_a_fold_that_ends_with_the_text_or_never_is_left_out(end):
    text = f"Words.\n\n::: solution\n```python\nx = 1\n```\n{end}"
    (words,) = text_cells(text)
    assert words.text.split() == ["Words.", *(["More."] if "More" in end else [])]
