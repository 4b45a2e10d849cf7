"""Paths and their lessons."""

from collections.abc import Iterable
from typing import Any

from django.utils.safestring import mark_safe

from careers.published.catalog import Source
from careers.published.glossary import Term
from careers.published.roadmap import LessonRef
from careers.styleguide.samples import make_lesson_row, make_lines, make_path_row
from careers.styleguide.states import Component, template_states
from paths.beside import Beside


def path_components() -> Iterable[Component]:
    others = {
        "One": {"lines": make_lines(1), "said": "Also on the way to"},
        "Twelve": {"lines": make_lines(12), "said": "Roles that stop here"},
        "More": {"lines": make_lines(13), "said": "Roles that stop here", "path": "sample"},
    }
    yield Component("Other lines", template_states("parts/other_lines.html", others))
    toward = {"Three roles": {"path": make_path_row()}}
    yield Component("Counts toward", template_states("parts/counts_toward.html", toward))
    cards = {"Partial": {"paths": [make_path_row()]}, "Whole": {"paths": [make_path_row(4)]}}
    yield Component(
        "Path card",
        template_states("paths/path_list.html", cards, ('<li class="path-card"', "</li>")),
        "A path among others.",
        in_list=True,
    )
    outline = {
        "path": make_path_row(),
        "lessons": [make_lesson_row("Lesson 1"), make_lesson_row("Lesson 2")],
    }
    yield Component(
        "Lessons of a path",
        template_states(
            "paths/path_detail.html", {"Two": outline}, ('<ol class="lessons"', "</ol>")
        ),
        "What a path has to read, in order.",
    )


def glossary_component() -> Component:
    lesson = LessonRef(101, 8, 40, "Count the pieces", "/paths/sample/lesson/")
    terms = [
        Term("token", "token", ("piece",), "What a model sees instead of words.", lesson),
        Term("api", "API", (), "The agreed way in which one program asks another."),
    ]
    page = "careers/glossary.html"
    states = template_states(page, {"Two terms": {"terms": terms}}, ('<dl class="terms"', "</dl>"))
    return Component("Glossary", states, "Words of the trade, each where it is taught.")


def _set_ups(given: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Samples of a lesson's set-up box, by what they show."""
    setup = mark_safe("<p>Python 3.12 or newer.</p>")
    lesson = {**given, "lesson": make_lesson_row(), "setup": setup}
    written = {"kind": "scripted", "model": "page", "date": "2026-11-29"}
    recorded = {
        **written,
        "kind": "recorded",
        "model": "A small model",
        "engine": "an engine",
        "note": "It is weak.",
    }
    return {
        "What to install": lesson | {"beside": Beside({}, [], {})},
        "A file": lesson | {"beside": Beside({}, ["cases.csv"], {})},
        "Written answers": lesson | {"beside": Beside({}, ["answers.json"], written)},
        "Recorded answers": lesson | {"beside": Beside({}, ["answers.json"], recorded)},
    }


def lesson_components() -> Iterable[Component]:
    page = "paths/lesson_detail.html"
    given = {"path": make_path_row(), "place": 2, "outline": range(4)}
    objectives, reasons = ["Count the pieces of a text"], ["you count them already"]
    briefs = {
        "Whole": given | {"lesson": make_lesson_row(objectives=objectives, skip_if=reasons)},
        "No reason to skip": given | {"lesson": make_lesson_row(objectives=objectives)},
    }
    yield Component(
        "Brief",
        template_states(page, briefs, ('<div class="brief"', "</div>")),
        "What a lesson is for, and who needn’t read it.",
    )
    yield Component(
        "Set up",
        template_states("paths/set_up.html", _set_ups(given)),
        "What its code needs, and whose the answers on its page are.",
    )
    before = {"previous": make_lesson_row("Lesson 1")}
    behind = {"next": make_lesson_row("Lesson 3")}
    here = given | {"lesson": make_lesson_row()}
    steps = {
        "First lesson": here | behind,
        "In the middle": here | before | behind,
        "The next is being written": here | before,
        "Last lesson": here | before | {"place": 4},
    }
    yield Component(
        "Steps",
        template_states(page, steps, ('<nav class="steps"', "</nav>")),
        "To the lessons before and after this one.",
    )
    sources = [
        Source("A paper", "https://example.org/paper"),
        Source("Its code", "https://example.org/code"),
    ]
    values = {"One": {"sources": sources[:1]}, "Two": {"sources": sources}}
    yield Component("Sources", template_states("parts/sources.html", values))
