"""The ways through the site, and the switch of its colors."""

from collections.abc import Iterable

from django.core.paginator import Paginator

from careers.styleguide.samples import TITLES
from careers.styleguide.states import Component, template_states


def navigation_components() -> Iterable[Component]:
    careers = {"root": "role-list", "root_title": "Careers"}
    trails = {
        "Below a list": careers | {"here": TITLES[0]},
        "Below a page": careers | {"above": TITLES[0], "above_url": "#", "here": "Roadmap"},
    }
    yield Component("Trail", template_states("parts/trail.html", trails))
    pages = Paginator(range(3), per_page=1)
    numbers = {"First": 1, "In the middle": 2, "Last": 3}
    places = {
        label: {"page": pages.page(number), "what": "roles"} for label, number in numbers.items()
    }
    yield Component("Pages", template_states("parts/pages.html", places))
    themes = {"Nothing chosen": {"theme": "system"}, "Dark chosen": {"theme": "dark"}}
    yield Component(
        "Theme switch",
        template_states("base.html", themes, ('<form method="post"', "</form>")),
        "Light, dark or as the system has it. At the foot of every page; the ones here work too.",
    )
