"""The ways through the site, and the switch of its colors."""

import datetime
from collections.abc import Iterable

from django.core.paginator import Paginator

from careers.styleguide.samples import make_role
from careers.styleguide.states import Component, template_states


def navigation_components(today: datetime.date) -> Iterable[Component]:
    trails = {
        label: {"role": make_role(today), "here": here}
        for label, here in {"A role": "", "Below a role": "Roadmap"}.items()
    }
    yield Component("Trail", template_states("parts/trail_role.html", trails))
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
        "Light, dark or as the system has it. At the foot of every page; those here work too.",
    )
