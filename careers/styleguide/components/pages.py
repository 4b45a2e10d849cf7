"""What all pages share, and what they say when there is nothing to show."""

import datetime
from collections.abc import Iterable

from django.core.paginator import Paginator

from careers.pages import views
from careers.published.query import ignored
from careers.styleguide.samples import LONG_TITLE, PATHS, TITLES, _change, _path, _role, catalog
from careers.styleguide.states import Component, Part, Piece, _parts


def _ways(today: datetime.date) -> Iterable[Component]:
    trails = {
        label: {"role": _role(today), "here": here}
        for label, here in {"A role": "", "Below a role": "Roadmap"}.items()
    }
    yield Component("Trail", _parts("parts/trail_role.html", trails))
    pages = Paginator(range(3), per_page=1)
    numbers = {"First": 1, "In the middle": 2, "Last": 3}
    places = {
        label: {"page": pages.page(number), "what": "roles"} for label, number in numbers.items()
    }
    yield Component("Pages", _parts("parts/pages.html", places))
    themes = {"Nothing chosen": {"theme": "system"}, "Dark chosen": {"theme": "dark"}}
    yield Component(
        "Theme switch",
        _parts("base.html", themes, ('<form method="post"', "</form>")),
        "Light, dark or as the system has it. At the foot of every page; those here work too.",
    )


def _of_changes(today: datetime.date) -> Iterable[Component]:
    role = _role(today)
    mended = ("The text was rewritten in part.", "Reading takes 9 minutes now (was 8).")
    of_a_lesson = {"kind": "lesson", "title": "Lesson 2 of search and retrieval"}
    opened = "The catalog opened with 10 roles, 6 paths and 12 lessons"
    entries = {
        "A role": _change(role),
        "A role that came": _change(role, came="new", said=(role.summary,)),
        "A role that is back": _change(role, came="back", said=(role.summary,)),
        "A path": _change(role, kind="path", title=PATHS[3], said=("The summary was mended.",)),
        "A lesson": _change(role, **of_a_lesson, within=PATHS[3], said=mended),
        "Title of 100 characters": _change(role, title=LONG_TITLE),
        "The first of all": _change(role, kind="catalog", title=opened, said=()),
    }
    values = {label: {"entry": entry} for label, entry in entries.items()}
    yield Component("Change", _parts("parts/change.html", values), in_list=True)


def _words(today: datetime.date) -> Iterable[Component]:
    one = ignored("from", "astronaut", "There is no background of this name.")
    two = ignored("pace", "z" * 60, "It is a whole number of hours a week, from 1 to 60.")
    left_out = {"One": {"ignored": [one]}, "Two, one too long": {"ignored": [one, two]}}
    yield Component("Left out", _parts("parts/ignored.html", left_out))
    note, nobody = ('<p class="note"', "</p>"), catalog(today, roles=0)
    yield Component(
        "Empty states",
        [
            Piece("No role", views.role_list, note, catalog=nobody),
            Piece("No map", views.role_map, note, catalog=nobody),
            Piece("No role fits", views.role_list, ('<div class="note"', "</div>"), "q=bees"),
            Part("No path", "paths/path_list.html", {}, ('<ul class="grid"', "</ul>")),
            Part("No lesson", "paths/path_detail.html", {"path": _path(0)}, note),
            Part("No change", "careers/change_list.html", {}, note),
            Part("Not all lessons", "paths/path_detail.html", {"path": _path(2)}, note),
        ],
        "What isn’t there is said, with a way on where there is one.",
    )
    names = ("400", "403", "404", "410", "500")
    yield Component(
        "Error text",
        [
            *(Part(each, f"{each}.html", {"title": TITLES[0]}, ("<h1>", "</p>")) for each in names),
            Part(
                "410, with a place to go to",
                "410.html",
                {"title": TITLES[0], "instead": "https://example.org/"},
                ("<h1>", "</a></p>"),
            ),
        ],
        "What happened and what to do next, in a heading and a sentence.",
        wide=True,
    )
