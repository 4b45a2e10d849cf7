"""Lessons as notebooks and Python files: valid, whole, and running as their pages say."""

import ast
import json
import re

import nbformat
import pytest
from django.conf import settings

from careers.models import CatalogVersion
from careers.pages.freshness import PAGE
from paths.models import FileContent, LearningPath, Lesson, Status
from paths.takeaway import lesson_cells, text_cells
from paths.text.cells import as_notebook, as_script, with_whole_addresses
from tests.paths.lessons import run, written

LESSONS = {lesson.number: lesson for lesson in written(settings.CATALOG_DIR)}
SITE = "https://example.org"
# One of each kind: a file of data, none, and a model that answers.
RUN = (301, 102, 203)

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


def as_run(cells) -> list[dict]:
    return [{"code": cell.source, "file": "notebook", "line": 1} for cell in cells]


# -- As they are served ----------------------------------------------------------------------------


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


@pytest.mark.parametrize("end", ["", "\n", ":::\n", ":::\n\nMore."])
def test_a_fold_that_ends_with_the_text_or_never_is_left_out(end):
    text = f"Words.\n\n::: solution\n```python\nx = 1\n```\n{end}"
    (words,) = text_cells(text)
    assert words.text.split() == ["Words.", *(["More."] if "More" in end else [])]
