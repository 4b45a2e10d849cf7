"""A lesson to download and run, as a notebook or a Python file."""

import re
from collections.abc import Iterator
from urllib.parse import urljoin

from django.urls import reverse

from paths import markdown
from paths.beside import Beside
from paths.models import Lesson
from paths.text.cells import Cell, as_notebook, as_script

WRITERS = {"ipynb": as_notebook, "py": as_script}
CONTENT_TYPES = {"ipynb": "application/x-ipynb+json", "py": "text/x-python; charset=utf-8"}

_FOLD_END = re.compile(r"[\s>]*:::")
# What Markdown, or a notebook, could take for more than itself.
_MARK = re.compile(
    r"[\\`*\[\]$]|~(?=~)|(?<![^\W_])_|_(?![^\W_])|<(?=[A-Za-z/!?])|&(?=#?\w+;)|#(?=#*\s*\Z)"
)


def written(lesson: Lesson, site: str, suffix: str) -> str:
    """The text of a lesson's file. site: scheme and host. suffix: a key of WRITERS."""
    return WRITERS[suffix](lesson_cells(lesson, site))


def lesson_cells(lesson: Lesson, site: str) -> list[Cell]:
    """An introduction, with what the lesson needs, then its text without the solution."""
    page = f"{site}{lesson.get_absolute_url()}"
    body = _elsewhere(lesson.body, page)
    return [Cell("\n\n".join(_introduction(lesson, page))), *text_cells(body)]


def _elsewhere(text: str, page: str) -> str:
    """A text of the page as a notebook needs it."""
    return markdown.with_escaped_dollars(markdown.with_whole_addresses(text, page))


def _literal(words: str) -> str:
    """Plain words as Markdown that shows them as they are."""
    return _MARK.sub(r"\\\g<0>", words)


def _introduction(lesson: Lesson, page: str) -> Iterator[str]:
    yield f"# {_literal(lesson.title)}"
    yield _literal(lesson.summary)
    yield f"A lesson of [{_literal(lesson.path.title)}]({page}). Its solution is there."
    if lesson.path.setup:
        yield _elsewhere(lesson.path.setup, page)
    if lesson.packages:
        yield f"Install what its code needs with `pip install {' '.join(lesson.packages)}`."
    beside = Beside.of(lesson)
    if beside.downloads:
        files = ", ".join(f"[{name}]({urljoin(page, name)})" for name in beside.downloads)
        yield f"Put next to this file: {files}"
    if beside.answers:
        server = urljoin(page, reverse("model-server"))
        yield (
            f"Put [model_server.py]({server}) there too, and in a second terminal run "
            "`python model_server.py answers.json`. Set `MODEL_URL` as it says, before you start "
            "Jupyter or Python."
        )


def text_cells(body: str) -> Iterator[Cell]:
    """A lesson's text as cells: Python blocks with their output, and the text between."""
    lines = body.split("\n")  # split as the parser does
    words: list[str] = []
    at, indent = 0, ""
    for first, behind, code, within in _apart(body):
        words += lines[at:first]
        at = max(at, behind)
        if code:
            yield from _words(words, indent)
            words, indent = [], within
            output = code.expected_output or ""
            yield Cell(code.code.rstrip("\n"), is_code=True, output=output, role=code.role)
    yield from _words([*words, *lines[at:]], indent)


def _words(lines: list[str], indent: str) -> Iterator[Cell]:
    """indent: of the list item that goes on in these lines, or ""."""
    text = "\n".join(_outdented(lines, indent)).rstrip()
    if text.strip():
        yield Cell(re.sub(r"\A(?:[ \t]*\n)+", "", text))


def _outdented(lines: list[str], indent: str) -> list[str]:
    """Without the indentation of an item, whose beginning is in another cell: alone, what is
    indented by four spaces would be code."""
    behind = (at for at, line in enumerate(lines) if line.strip() and not line.startswith(indent))
    end = next(behind, len(lines))
    within = [line.removeprefix(indent) for line in lines[:end]]
    # An item that isn't the first of its cell needs an empty line before it.
    return [*within, *([""] if indent else []), *lines[end:]]


def _apart(body: str) -> Iterator[tuple[int, int, markdown.CodeBlock | None, str]]:
    """What isn't prose, in order, as (first line from 0, next line, code, indentation of the item
    of a list that it is in, or "").

    Folds and output have no code: folds are left out, and output is part of its code's cell.
    """
    blocks = {block.line - 2: block for block in markdown.code_blocks(body)}
    lines = body.split("\n")
    printed = False
    for token in markdown.parse(body):
        first, behind = token.map or (0, 0)
        if token.type == "container_solution_open":
            is_closed = any(map(_FOLD_END.match, lines[behind : behind + 1]))
            yield first, behind + is_closed, None, ""
        if token.type != "fence":
            printed = False
            continue
        block = blocks[first]
        if block.in_fold:
            continue
        if block.language == "python":
            end = lines[behind - 1]
            yield first, behind, block, end[: -len(end.lstrip())] if token.level else ""
        elif printed and token.info.strip() == "text":
            yield first, behind, None, ""
        printed = block.language == "python"
