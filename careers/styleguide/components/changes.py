"""What changed, a thing and a day at a time."""

import datetime
from collections.abc import Iterable

from careers.styleguide.samples import LONG_TITLE, PATHS, make_news_item, make_role
from careers.styleguide.states import Component, template_states


def change_components(today: datetime.date) -> Iterable[Component]:
    role = make_role(today)
    mended = ("The text was partly rewritten.", "Reading now takes 9 minutes (was 8).")
    of_a_lesson = {"kind": "lesson", "title": "Lesson 2 of search and retrieval"}
    opened = "The catalog opened with 10 roles, 6 paths and 12 lessons"
    items = {
        "A role": make_news_item(role),
        "A role that came": make_news_item(role, appeared="new", said=(role.summary,)),
        "A role that is back": make_news_item(role, appeared="back", said=(role.summary,)),
        "A path": make_news_item(
            role, kind="path", title=PATHS[3], said=("The summary was lightly edited.",)
        ),
        "A lesson": make_news_item(role, **of_a_lesson, within=PATHS[3], said=mended),
        "Title of 100 characters": make_news_item(role, title=LONG_TITLE),
        "The first of all": make_news_item(role, kind="catalog", title=opened, said=()),
    }
    values = {label: {"item": item} for label, item in items.items()}
    yield Component("Change", template_states("parts/change.html", values), in_list=True)
