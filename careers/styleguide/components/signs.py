"""The smallest things that pages are made of."""

from collections.abc import Iterable

from careers.pages import views
from careers.published.roadmap import total_hours
from careers.styleguide.samples import make_lessons, make_roadmap
from careers.styleguide.states import Component, PageState, TemplateState, template_states


def sign_components() -> Iterable[Component]:
    codes = {"On a line": {"line": "teal", "code": "RE"}, "On no line": {"line": "", "code": "RE"}}
    yield Component("Roundel", template_states("parts/roundel.html", codes))
    steps = {"roadmap": make_roadmap()}
    yield Component(
        "Go",
        [
            PageState("Normal", views.role_map, ('<a class="go"', "</a>")),
            TemplateState(
                "Quiet", "parts/roadmap_card.html", steps, ('<a class="go quiet"', "</a>")
            ),
        ],
        "The way on: filled where a visitor should begin, quiet beside.",
    )
    counted = {"Whole": (4, 4), "Partial": (2, 4), "None published": (0, 4), "One lesson": (1, 1)}
    hours = {
        label: {"hours": total_hours(make_lessons(1, published, planned))}
        for label, (published, planned) in counted.items()
    }
    yield Component("Hours", template_states("parts/hours.html", hours))
