"""The components of the site, each with its states."""

import datetime

from careers.styleguide.components.lessons import _of_a_lesson, _of_the_paths
from careers.styleguide.components.pages import _of_changes, _ways, _words
from careers.styleguide.components.roles import (
    _map,
    _of_a_role,
    _pay,
    _roadmap_card,
    _role_card,
)
from careers.styleguide.components.search import _of_the_list
from careers.styleguide.components.signs import _signs
from careers.styleguide.components.visitors import _for_a_visitor
from careers.styleguide.states import Component


def components(today: datetime.date) -> list[Component]:
    """All there are. today: what makes a figure stale."""
    return [
        *_signs(),
        _role_card(today),
        _roadmap_card(),
        _map(),
        _pay(today),
        *_for_a_visitor(today),
        *_of_the_list(),
        *_of_a_role(today),
        *_of_the_paths(),
        *_of_a_lesson(),
        *_of_changes(today),
        *_ways(today),
        *_words(today),
    ]
