"""The smallest things that pages are made of."""

from collections.abc import Iterable

from careers.pages import views
from careers.published.roadmap import lesson_hours
from careers.styleguide.samples import _lessons, _roadmap
from careers.styleguide.states import Component, Part, Piece, _parts


def _signs() -> Iterable[Component]:
    codes = {"On a line": {"line": "teal", "code": "RE"}, "On no line": {"line": "", "code": "RE"}}
    yield Component("Roundel", _parts("parts/roundel.html", codes))
    steps = {"roadmap": _roadmap()}
    yield Component(
        "Go",
        [
            Piece("Big", views.home, ('<a class="go big"', "</a>")),
            Piece("Normal", views.role_map, ('<a class="go"', "</a>")),
            Part("Quiet", "parts/roadmap_card.html", steps, ('<a class="go quiet"', "</a>")),
        ],
        "The way on: big once on the home page, filled where a visitor should begin, quiet beside.",
    )
    counted = {"Whole": (4, 4), "Partial": (2, 4), "None published": (0, 4), "One lesson": (1, 1)}
    hours = {
        label: {"hours": lesson_hours(_lessons(1, published, planned))}
        for label, (published, planned) in counted.items()
    }
    yield Component("Hours", _parts("parts/hours.html", hours))
