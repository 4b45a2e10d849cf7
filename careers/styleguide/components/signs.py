"""The smallest things that pages are made of."""

from collections.abc import Iterable

from careers.pages import views
from careers.published.roadmap import OtherLine, total_hours
from careers.styleguide.samples import make_lessons, make_roadmap
from careers.styleguide.states import Component, PageState, TemplateState, template_states


def sign_components() -> Iterable[Component]:
    codes = {"On a line": ("RE", "teal"), "On no line": ("RE", ""), "Long": ("R100", "teal")}
    lines = {
        label: {"lines": [OtherLine(code, color, "Role", "/careers/role/")]}
        for label, (code, color) in codes.items()
    }
    yield Component(
        "Roundel",
        template_states("parts/other_lines.html", lines, ('<span class="roundel', "</span>")),
        "A line’s code in its color. The code says which line it is; the color only helps.",
    )
    steps = {"roadmap": make_roadmap()}
    yield Component(
        "Go",
        [
            PageState("Normal", views.role_map, ('<a class="go"', "</a>")),
            TemplateState(
                "Quiet", "parts/roadmap_card.html", steps, ('<a class="go quiet"', "</a>")
            ),
        ],
        "The way forward: filled where a visitor should begin, quiet elsewhere.",
    )
    counted = {"Whole": (4, 4), "Partial": (2, 4), "None published": (0, 4), "One lesson": (1, 1)}
    hours = {
        label: {"hours": total_hours(make_lessons(1, published, planned))}
        for label, (published, planned) in counted.items()
    }
    yield Component("Hours", template_states("parts/hours.html", hours))
