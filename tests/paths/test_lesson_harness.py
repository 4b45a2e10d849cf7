"""The tests of lessons find what is wrong with a lesson."""

import pytest

from tests.paths import test_lessons
from tests.paths.lessons import run, written

CELL = {"file": "lesson.md", "line": 1}

FRONT = """\
---
number: 999
title: Double it
---
"""
BODY = """\
Text.

```python
FACTOR = 2
print(FACTOR)
```
```text
2
```

## Practice

```python starter
def double(number):
    ...
```

```python check
for n in range(7):
    assert double(n) == 2 * n, f"double({n})"
print("done")
```
```text
done
```

::: solution
```python
def double(number):
    return FACTOR * number
```
:::
"""
CELLS = """\
# %% empty
def double(number):
    return None
# %% constant, the only one shown
def double(number):
    return 4
# %% lookup
def double(number):
    return {2: 4}.get(number)
# %% another
def double(number):
    return number + number
"""


def cells(*codes: str) -> list[dict]:
    return [{**CELL, "code": code} for code in codes]


@pytest.fixture
def lesson_of(tmp_path, monkeypatch):
    """A function that makes a lesson from a text and a file of cells."""

    def make(body: str = BODY, tried: str = CELLS):
        file = tmp_path / "catalog" / "paths" / "doubling" / "double-it.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(FRONT + body, encoding="utf-8")
        folder = tmp_path / "cells"
        (folder / "doubling").mkdir(parents=True, exist_ok=True)
        (folder / "doubling" / "999.py").write_text(tried, encoding="utf-8")
        monkeypatch.setattr("tests.paths.lessons.CELLS", folder)
        (lesson,) = written(tmp_path / "catalog")
        return lesson

    return make


@pytest.fixture
def faults_of(lesson_of):
    def find(body: str = BODY, tried: str = CELLS) -> str:
        return "\n".join(test_lessons.faults(lesson_of(body, tried), lambda *_: None))

    return find


def test_a_lesson_that_is_in_order_has_no_faults(faults_of):
    assert faults_of() == ""


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("FACTOR = 2", "FACTOR = 1 / 0", "ZeroDivisionError"),
        ("print(FACTOR)", "print(3)", "the page shows\n2\nbut it prints\n3"),
        ("return FACTOR * number", "return 5", "AssertionError: double(0)"),
        ('print("done")', 'print("well done")', "but it prints\nwell done"),
        ("    ...", "    return 2 * number", "starter: the check lets it pass"),
        ("assert double(n) == 2 * n", "assert double(2) in (4, None)", "empty 1: the check lets"),
        ("range(7)", "[2]", "constant 1: the check lets it pass"),
        ("range(7)", "[2, 2]", "lookup 1: the check lets it pass"),
        ("FACTOR = 2", "FACTOR = 2\nopen('no-such-file')", "FileNotFoundError"),
        ("for n in", "assert 'n' not in globals()\nfor n in", "after a check that failed: "),
    ],
)
def test_a_fault_of_the_text_is_found(faults_of, old, new, fault):
    assert old in BODY
    assert fault in faults_of(BODY.replace(old, new))


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("return number + number", "return 1", "another 1: "),
        ("return 4", "return four", "constant 1: it has to run, and to fail the check"),
        ("return 4", "return 4\nx = 1 / 0", "constant 1: it has to run, and to fail the check"),
        ("return {2: 4}.get(number)", "return {2: 4}.get(number", "SyntaxError"),
    ],
)
def test_a_fault_of_a_cell_is_found(faults_of, old, new, fault):
    assert fault in faults_of(BODY, CELLS.replace(old, new))


def test_a_traceback_names_the_line_of_the_lessons_file(faults_of, lesson_of):
    body = BODY.replace("print(FACTOR)", "print(FACTOR / 0)")
    line = (FRONT + body).splitlines().index("print(FACTOR / 0)") + 1
    assert f'double-it.md", line {line}' in faults_of(body)


def test_each_cell_has_its_own_output_and_each_way_its_own_world():
    change = "things.append(1); open('note', 'x').close(); print(things)"
    done = run(cells("things = []", "print(1)"), {"a": cells(change), "b": cells(change)})
    assert done["blocks"]["outputs"] == ["", "1\n"]
    assert done["ways"]["a"]["outputs"] == done["ways"]["b"]["outputs"] == ["[1]\n"]


def test_what_goes_on_without_end_is_ended():
    assert "ended with status" in run(cells("while True: pass"), {}, seconds=1)["blocks"]["shown"]
    done = run(cells(""), {"a": cells("while True: pass")}, seconds=1)
    assert "ended with status" in done["ways"]["a"]["shown"]


def test_ways_of_a_lesson_with_threads_have_those_threads():
    block = """
import threading, queue
asked, answered = queue.Queue(), queue.Queue()
def answer():
    while True:
        answered.put(asked.get() + 1)
threading.Thread(target=answer, daemon=True).start()
"""
    way = "asked.put(1); print(answered.get(timeout=5))"
    done = run(cells(block), {"a": cells(way), "b": cells(way)})
    assert done["ways"]["a"]["outputs"] == done["ways"]["b"]["outputs"] == ["2\n"]


def test_files_beside_a_lesson_are_where_its_code_runs(tmp_path):
    (tmp_path / "data.csv").write_text("a,b\n")
    done = run(cells("print(open('data.csv').read())"), {}, tmp_path)
    assert done["blocks"]["outputs"] == ["a,b\n\n"]


def test_files_beside_a_lesson_are_told_of_that_its_code_changes(tmp_path):
    for name in ("kept.csv", "changed.csv", "gone.csv"):
        (tmp_path / name).write_text("a")
    code = "import os\nopen('changed.csv', 'w').write('b')\nos.remove('gone.csv')\nopen('new', 'w')"
    done = run(cells(code + ".close()"), {}, tmp_path)
    assert done["blocks"]["changed"] == ["changed.csv", "gone.csv"]


def test_code_that_names_no_encoding_cannot_read_more_than_ascii(tmp_path):
    (tmp_path / "greek.txt").write_text("δύο", encoding="utf-8")
    done = run(cells("open('greek.txt').read()"), {}, tmp_path)
    assert done["blocks"]["kind"] == "UnicodeDecodeError"
    done = run(cells("print(open('greek.txt', encoding='utf-8').read())"), {}, tmp_path)
    assert done["blocks"]["outputs"] == ["δύο\n"]


def test_a_lesson_reaches_nobody():
    done = run(cells("import urllib.request as r; r.urlopen('http://example.org/')"), {})
    assert "a lesson asks nobody but $MODEL_URL, not example.org" in done["blocks"]["shown"]


def test_code_finds_nothing_loaded_that_it_does_not_import():
    assert run(cells("import PIL.Image"), {})["blocks"]["failed_at"] is None
    assert "AttributeError" in run(cells("import PIL\nPIL.Image"), {})["blocks"]["shown"]


def test_seconds_are_counted_from_the_first_import():
    """Readers wait for the libraries; here they are loaded only once, yet counted."""
    nothing, much = (run(cells(code), {})["seconds"] for code in ("", "import openai"))
    assert much > 5 * nothing


def test_what_a_childs_child_prints_is_in_nobodys_way():
    done = run(cells("import subprocess; subprocess.run(['echo', 'hello'])"), {})
    assert done["blocks"]["outputs"] == [""]
