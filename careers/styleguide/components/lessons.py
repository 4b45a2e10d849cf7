"""Paths and their lessons."""

from collections.abc import Iterable

from careers.published.catalog import Source
from careers.styleguide.samples import _lesson, _lines, _path
from careers.styleguide.states import Component, _parts


def _of_the_paths() -> Iterable[Component]:
    others = {
        "One": {"lines": _lines(1), "said": "Also on the way to"},
        "Twelve": {"lines": _lines(12), "said": "Roles that stop here"},
        "More": {"lines": _lines(13), "said": "Roles that stop here", "path": "sample"},
    }
    yield Component("Other lines", _parts("parts/other_lines.html", others))
    toward = {"Three roles": {"path": _path()}}
    yield Component("Counts toward", _parts("parts/counts_toward.html", toward))
    cards = {"Partial": {"paths": [_path()]}, "Whole": {"paths": [_path(4)]}}
    yield Component(
        "Path card",
        _parts("paths/path_list.html", cards, ('<li class="path-card"', "</li>")),
        "A path among others.",
        in_list=True,
    )
    outline = {"path": _path(), "lessons": [_lesson("Lesson 1"), _lesson("Lesson 2")]}
    yield Component(
        "Lessons of a path",
        _parts("paths/path_detail.html", {"Two": outline}, ('<ol class="lessons"', "</ol>")),
        "What a path has to read, in order.",
    )


def _of_a_lesson() -> Iterable[Component]:
    page = "paths/lesson_detail.html"
    given = {"path": _path(), "place": 2, "outline": range(4)}
    objectives, reasons = ["Count the pieces of a text"], ["you count them already"]
    briefs = {
        "Whole": given | {"lesson": _lesson(objectives=objectives, skip_if=reasons)},
        "No reason to skip": given | {"lesson": _lesson(objectives=objectives)},
    }
    yield Component(
        "Brief",
        _parts(page, briefs, ('<div class="brief"', "</div>")),
        "What a lesson is for, and who needn’t read it.",
    )
    before, behind = {"previous": _lesson("Lesson 1")}, {"next": _lesson("Lesson 3")}
    here = given | {"lesson": _lesson()}
    steps = {
        "First lesson": here | behind,
        "In the middle": here | before | behind,
        "The next is being written": here | before,
        "Last lesson": here | before | {"place": 4},
    }
    yield Component(
        "Steps",
        _parts(page, steps, ('<nav class="steps"', "</nav>")),
        "To the lessons before and after this one.",
    )
    sources = [
        Source("A paper", "https://example.org/paper"),
        Source("Its code", "https://example.org/code"),
    ]
    values = {"One": {"sources": sources[:1]}, "Two": {"sources": sources}}
    yield Component("Sources", _parts("parts/sources.html", values))
