"""The components of the site, each with its states."""

import datetime

from careers.styleguide.components.changes import change_components
from careers.styleguide.components.lessons import (
    glossary_components,
    lesson_components,
    path_components,
)
from careers.styleguide.components.messages import message_components
from careers.styleguide.components.navigation import navigation_components
from careers.styleguide.components.plans import plan_components
from careers.styleguide.components.roles import (
    part_of_a_path,
    pay_scale,
    roadmap_card,
    role_card,
    role_facts,
    role_page_components,
    salary_band,
    transit_map,
)
from careers.styleguide.components.search import search_components
from careers.styleguide.components.signs import sign_components
from careers.styleguide.components.visitors import visitor_components
from careers.styleguide.states import Component


def components(today: datetime.date) -> list[Component]:
    """All components. today: decides which figures are stale."""
    return [
        *sign_components(),
        role_card(today),
        role_facts(today),
        roadmap_card(),
        part_of_a_path(),
        transit_map(),
        salary_band(today),
        pay_scale(today),
        *visitor_components(today),
        *search_components(),
        *role_page_components(today),
        *path_components(),
        *lesson_components(today),
        *glossary_components(),
        *plan_components(today),
        *change_components(today),
        *navigation_components(),
        *message_components(today),
    ]
