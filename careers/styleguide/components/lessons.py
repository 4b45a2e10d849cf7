"""Paths and their lessons."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from django.utils.safestring import mark_safe

from careers.published.catalog import Price, Source
from careers.published.glossary import Place, Term
from careers.published.onward import Onward
from careers.published.roadmap import LessonRef
from careers.styleguide.samples import LONG_AGO, make_lesson_row, make_lines, make_path_row
from careers.styleguide.states import Component, template_states
from paths.beside import Beside
from paths.models import Status
from paths.text.headings import Heading


def path_components() -> Iterable[Component]:
    others = {
        "One": {"lines": make_lines(1), "said": "Also counts for"},
        "Twelve": {"lines": make_lines(12), "said": "Counts for"},
        "More": {"lines": make_lines(13), "said": "Counts for", "path": "sample"},
        "More, all on the path’s page": {
            "lines": make_lines(13),
            "said": "Further path for",
            "page": "/paths/sample/#beyond",
        },
    }
    yield Component("Other lines", template_states("parts/other_lines.html", others))
    toward = {"In roadmaps, and beyond one": {"path": make_path_row()}}
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
        "lessons": [
            make_lesson_row("Lesson 1"),
            make_lesson_row("Lesson 2"),
            make_lesson_row("Lesson 3", status=Status.DRAFT),
        ],
    }
    yield Component(
        "Lessons of a path",
        template_states(
            "paths/path_detail.html", {"Two of three": outline}, ('<ol class="lessons"', "</ol>")
        ),
        "What a path has to read, in order.",
    )


def glossary_components() -> Iterable[Component]:
    lesson = LessonRef(101, 8, 40, "Count the pieces", "/paths/sample/lesson/")
    terms = [
        Term("answer", "answer", ("reply",), "What a model gives back.", lesson),
        Term("api", "API", (), "The agreed way in which one program asks another."),
    ]
    places = (Place("A course", "https://example.org/a"), Place("A book", "https://example.org/b"))
    learned = replace(terms[1], learn=places)
    yield Component(
        "Where to learn it",
        template_states("parts/learn.html", {"Two places": {"places": places}}),
        "Pages elsewhere, for what no lesson teaches.",
    )
    yield Component(
        "Assumed to be known",
        template_states("parts/as_known.html", {"One term": {"terms": [learned]}}),
        "Before a roadmap’s first lesson: what it assumes.",
    )
    page, letters = "careers/glossary.html", [(each, f"#{each}") for each in ("0–9", *"ACDEMTZ")]
    states = template_states(page, {"Two terms": {"terms": terms}}, ('<dl class="terms"', "</dl>"))
    yield Component("Glossary", states, "Words of the trade, each where it is taught.")
    bar = ('<nav class="letters"', "</nav>")
    states = template_states(page, {"Some letters": {"terms": terms, "letters": letters}}, bar)
    yield Component("Letters", states, "Links to the letters that have words.")


def _set_ups(given: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """State's label → the context of a lesson's set-up box."""
    setup = mark_safe("<p>Python 3.12 or newer.</p>")
    lesson = {**given, "lesson": make_lesson_row(packages=["numpy", "openai"]), "setup": setup}
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


def _ways_on(page: str, here: dict[str, Any]) -> Iterable[Component]:
    headings = [Heading(f"part-{n}", f"Part {n} of this lesson") for n in range(1, 5)]
    yield Component(
        "On this page",
        template_states(
            page, {"Four": here | {"contents": headings}}, ('<nav class="contents"', "</nav>")
        ),
        "The headings of a lesson: folded, and on a wide page open beside the text.",
    )
    next_lesson = {
        "In the middle": here | {"next": make_lesson_row("Lesson 3")},
        "The next one is being written": here,
        "Last lesson": here | {"place": 4},
    }
    yield Component(
        "Next lesson",
        template_states(page, next_lesson, ('<p class="next-lesson"', "</p>")),
        "The way forward, right after the text.",
    )
    lesson = LessonRef(401, 8, 40, "Search by hand", "/paths/sample/lesson/")
    other = LessonRef(501, 8, 40, "Measure twice", "/paths/sample/lesson/")
    ways = [Onward(lesson, "Search", make_lines(3)), Onward(other, "Measuring", make_lines(1))]
    states: dict[str, dict[str, Any]] = {"Two ways": {"onward": ways}, "None": {"onward": []}}
    yield Component("Where to go next", template_states("parts/onward.html", states))
    steps = {
        "First lesson": here,
        "Any other": here | {"previous": make_lesson_row("Lesson 1")},
    }
    yield Component(
        "Steps",
        template_states(page, steps, ('<nav class="steps"', "</nav>")),
        "Back to the lesson before this one, and to all of the path.",
    )


def _prices(today: date) -> list[Price]:
    source = ("A price page", "https://example.org/prices")
    return [
        Price("A small model", "small-model", "small", "0.10", "0.50", today, *source),
        Price("A large model", "large-model", "large", "4.00", "20.00", LONG_AGO, *source),
    ]


def lesson_components(today: date) -> Iterable[Component]:
    """Components of lessons. today: decides which prices are old."""
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
        "What its code needs, and where the answers on its page come from.",
    )
    yield Component(
        "Prices",
        template_states("paths/prices.html", {"One of them old": {"prices": _prices(today)}}),
        "What calls to models cost, where a lesson counts in dollars.",
    )
    here = given | {"lesson": make_lesson_row()}
    yield from _ways_on(page, here)
    sources = [
        Source("A paper", "https://example.org/paper"),
        Source("Its code", "https://example.org/code"),
    ]
    values = {"One": {"sources": sources[:1]}, "Two": {"sources": sources}}
    yield Component("Sources", template_states("parts/sources.html", values))
