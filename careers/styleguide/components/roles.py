"""A role, among others and on its own page."""

import datetime
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from careers.pages import views
from careers.published.transit import of_roadmaps
from careers.published.visitor import Visitor
from careers.styleguide.samples import (
    FEW,
    LONG_AGO,
    LONG_PATH,
    LONG_TITLE,
    _background,
    _band,
    _lines,
    _proxy,
    _roadmap,
    _role,
    _stop,
    _various,
    catalog,
)
from careers.styleguide.states import Component, Piece, _parts


def _role_card(today: datetime.date) -> Component:
    visitor = Visitor(_background(), 5, today)
    roles = {
        "Whole": _role(today),
        "Any order": _role(today, roadmap=_roadmap(1, in_sequence=False)),
        "No figure": _role(today, roadmap=_roadmap(2), bands=()),
        "Figure of a neighbor": _role(today, roadmap=_roadmap(3), bands=(_proxy(today),)),
        "Few data": _role(today, roadmap=_roadmap(4), bands=(_band(today, grade="few-data"),)),
        "Stale figure": _role(today, roadmap=_roadmap(5), bands=(_band(LONG_AGO),)),
        "Title of 100 characters": _role(today, roadmap=_roadmap(6), title=LONG_TITLE),
        "No path, no pivot": _role(today, roadmap=_roadmap(7, ()), pivots=()),
    }
    cards = {
        label: {"role": role, "roadmap": role.roadmap, "effort": Visitor().of(role)}
        for label, role in roles.items()
    }
    asked = _role(today, roadmap=_roadmap(8))
    of_a_visitor = {"role": asked, "roadmap": asked.roadmap, "effort": visitor.of(asked)}
    cards["For a visitor"] = of_a_visitor | {"comparable": True, "compared": ()}
    cards["To be compared"] = of_a_visitor | {"comparable": True, "compared": (asked,)}
    return Component("Role card", _parts("parts/role_card.html", cards), in_list=True)


def _roadmap_card() -> Component:
    shared = (replace(_stop(3, lines=_lines(4)), emphasis="a lighter touch"), _stop(4))
    unwritten = tuple(_stop(path, published=0) for path in FEW)
    long = (replace(_stop(3), title=LONG_PATH), _stop(5))
    roadmaps = {
        "In sequence": _roadmap(0),
        "Any order, shared with other lines": _roadmap(1, in_sequence=False, stops=shared),
        "Nothing published": _roadmap(2, stops=unwritten),
        "Long titles": _roadmap(3, role=LONG_TITLE, stops=long),
        "With what isn’t taught": _roadmap(4, (6,), not_taught="What this role needs besides."),
    }
    cards: dict[str, dict[str, Any]] = {
        label: {"roadmap": each, "level": 2} for label, each in roadmaps.items()
    }
    cards["Below another heading"] = {"roadmap": _roadmap(5, (6,))}
    cards["No path"] = {"roadmap": _roadmap(6, (), after=""), "level": 2}
    return Component("Roadmap card", _parts("parts/roadmap_card.html", cards))


def _map() -> Component:
    three = [_roadmap(0), _roadmap(1, (2, 3, 5), in_sequence=False), _roadmap(2, (0, 3, 4, 8))]
    shown = {
        "1 role": (three[:1], Visitor()),
        "3 roles, for a visitor": (three, Visitor(_background())),
        "12 roles, 9 paths": (_various(12), Visitor()),
    }
    maps = {
        label: {"map": of_roadmaps(roadmaps, visitor.knows), "visitor": visitor}
        for label, (roadmaps, visitor) in shown.items()
    }
    return Component("Map", _parts("parts/map.html", maps), wide=True)


def _pay(today: datetime.date) -> Component:
    median = {"middle": 84500, "middle_is": "median", "experience": "5–10 years", "sample": 1240}
    bands = {
        "Published, with a median": _band(today, **median),
        "Of a neighbor, with a mean": _proxy(today),
        "Few data": _band(today, grade="few-data", note="The source doesn’t say how it counted."),
        "Stale": _band(LONG_AGO, period="2019"),
        "One figure, dollars": _band(today, region="US", currency="USD", low=152000, high=152000),
        "Another currency": _band(today, region="Switzerland", currency="CHF"),
    }
    values = {label: {"band": band} for label, band in bands.items()}
    return Component("Salary band", _parts("parts/salary_band.html", values))


def _of_a_role(today: datetime.date) -> Iterable[Component]:
    shares, pivots = ('<table class="shares"', "</table>"), ('<ul class="pivots"', "</ul>")
    view, address = views.role_detail, ("sample-0",)
    yield Component(
        "Shares of a day",
        [Piece("Three", view, shares, address=address)],
        "Where a role’s time goes. Numbers say it; bars in the line’s color help.",
        line="teal",
    )
    yield Component(
        "Pivots",
        [Piece("With and without months", view, pivots, address=address)],
        "Where people come from, the strongest fit first. Months only where a source says so.",
    )
    few = catalog(today, roles=4)
    yield Component(
        "Next",
        [Piece("Three", view, ('<ol class="next"', "</ol>"), "", few, ("sample-1",))],
        "What other roles still take once this one’s roadmap is done.",
    )
    yield Component(
        "Hiring signals",
        [Piece("Two, one without a source", views.home, ('<dl class="signals"', "</dl>"))],
        "What a hirer checks, what passes and what fails.",
        wide=True,
    )
    yield Component(
        "Lines",
        [Piece("Twelve roles", views.home, ('<section class="lines"', "</section>"))],
        "All roles at a glance.",
        wide=True,
    )
