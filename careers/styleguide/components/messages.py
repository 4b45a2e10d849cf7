"""What a page says when something can't be read, isn't there or went wrong."""

import datetime
from collections.abc import Iterable

from careers.pages import views
from careers.published.query import Ignored, shown
from careers.styleguide.samples import TITLES, make_catalog, make_path_row
from careers.styleguide.states import Component, PageState, TemplateState, template_states


def message_components(today: datetime.date) -> Iterable[Component]:
    one = Ignored("from", "astronaut", "There is no background with this name.")
    two = Ignored(
        "pace", shown("z" * 60), "It must be a whole number of hours a week, from 1 to 60."
    )
    left_out = {"One": {"ignored": [one]}, "Two, one too long": {"ignored": [one, two]}}
    yield Component("Left out", template_states("parts/ignored.html", left_out))
    note, nobody = ('<p class="note"', "</p>"), make_catalog(today, roles=0)
    yield Component(
        "Empty states",
        [
            PageState("No role", views.role_list, note, catalog=nobody),
            PageState("No map", views.role_map, note, catalog=nobody),
            PageState("No role fits", views.role_list, ('<div class="note"', "</div>"), "q=bees"),
            TemplateState("No path", "paths/path_list.html", {}, ('<ul class="grid"', "</ul>")),
            TemplateState("No lesson", "paths/path_detail.html", {"path": make_path_row(0)}, note),
            TemplateState("No change", "careers/change_list.html", {}, note),
            TemplateState(
                "Not all lessons", "paths/path_detail.html", {"path": make_path_row(2)}, note
            ),
        ],
        "They say what is missing, and offer a way forward where there is one.",
    )
    names = ("400", "403", "404", "405", "410", "500")
    yield Component(
        "Error text",
        [
            *(
                TemplateState(each, f"{each}.html", {"title": TITLES[0]}, ("<h1>", "</p>"))
                for each in names
            ),
            TemplateState("405, of a form", "405.html", {"got_form": True}, ("<h1>", "</a></p>")),
            TemplateState(
                "410, with a place to go to",
                "410.html",
                {"title": TITLES[0], "instead": "https://example.org/"},
                ("<h1>", "</a></p>"),
            ),
        ],
        "What happened and what to do next, in a heading and a sentence.",
        wide=True,
    )
