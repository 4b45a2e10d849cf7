"""A role, among others and on its own page."""

import datetime
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from careers.pages import views
from careers.published.pay.scale import pay_scales
from careers.published.roadmap import Stop
from careers.published.transit import map_of_roadmaps
from careers.published.visitor import Visitor
from careers.styleguide.components.plans import make_studies
from careers.styleguide.samples import (
    FEW,
    LONG_AGO,
    LONG_PATH,
    LONG_TITLE,
    make_articles_band,
    make_background,
    make_band,
    make_catalog,
    make_further_path,
    make_lines,
    make_neighbors_band,
    make_roadmap,
    make_roadmaps,
    make_role,
    make_stop,
)
from careers.styleguide.states import Component, PageState, template_states


def role_card(today: datetime.date) -> Component:
    visitor = Visitor(make_background(), 5, today)
    roles = {
        "Whole": make_role(today),
        "Any order": make_role(today, roadmap=make_roadmap(1, in_sequence=False)),
        "No figure": make_role(today, roadmap=make_roadmap(2), bands=()),
        "Figure of a neighbor": make_role(
            today, roadmap=make_roadmap(3), bands=(make_neighbors_band(today),)
        ),
        "Weak evidence": make_role(
            today, roadmap=make_roadmap(4), bands=(make_articles_band(today),)
        ),
        "Stale figure": make_role(today, roadmap=make_roadmap(5), bands=(make_band(LONG_AGO),)),
        "Title of 100 characters": make_role(today, roadmap=make_roadmap(6), title=LONG_TITLE),
        "Part of a path": make_role(today, roadmap=make_roadmap(9, stops=_parts_of_paths()[:2])),
        "No path, no pivot": make_role(today, roadmap=make_roadmap(7, ()), pivots=()),
    }
    cards = {
        label: {"role": role, "roadmap": role.roadmap, "effort": Visitor().effort_for(role)}
        for label, role in roles.items()
    }
    asked = make_role(today, roadmap=make_roadmap(8))
    of_a_visitor = {"role": asked, "roadmap": asked.roadmap, "effort": visitor.effort_for(asked)}
    cards["For a visitor"] = of_a_visitor | {"comparable": True, "compared": ()}
    cards["To be compared"] = of_a_visitor | {"comparable": True, "compared": (asked,)}
    cards |= {f"Of a learner: {label}": card for label, card in _learners_cards(today)}
    return Component("Role card", template_states("parts/role_card.html", cards), in_list=True)


def _learners_cards(today: datetime.date) -> Iterable[tuple[str, dict[str, Any]]]:
    for place, (label, study) in enumerate(make_studies(today).items()):
        role = study.catalog.roles["sample-1"]
        visitor = Visitor().with_plan(study.plan, study.done, study.background, today)
        effort = visitor.effort_for(role)
        shown = replace(role, slug=f"learned-{place}")
        yield label, {"role": shown, "roadmap": role.roadmap, "effort": effort, "study": study}


def role_facts(today: datetime.date) -> Component:
    visitor = Visitor(make_background(), 5, today)
    known = make_role(today, bands=(make_articles_band(today), make_neighbors_band(today)))
    unknown = make_role(today, bands=(), pivots=())
    shown = {
        "On a card, for a visitor": (known, visitor, False),
        "On its own page": (known, Visitor(), True),
        "On its own page, for a visitor": (known, visitor, True),
        "Little known": (unknown, Visitor(), True),
        "Little known, for a visitor": (unknown, visitor, True),
    }
    facts = {
        label: {"role": role, "effort": of.effort_for(role), "own": own}
        for label, (role, of, own) in shown.items()
    }
    return Component("Facts", template_states("parts/facts.html", facts), line="teal")


def roadmap_card() -> Component:
    shared = (replace(make_stop(3, lines=make_lines(4)), emphasis="a lighter touch"), make_stop(4))
    unwritten = tuple(make_stop(path, published=0) for path in FEW)
    long = (replace(make_stop(3), title=LONG_PATH), make_stop(5))
    further = (make_further_path(6), make_further_path(7))
    roadmaps = {
        "In sequence": make_roadmap(0),
        "Any order, shared with other lines": make_roadmap(1, in_sequence=False, stops=shared),
        "Nothing published": make_roadmap(2, stops=unwritten),
        "Long titles": make_roadmap(3, role=LONG_TITLE, stops=long),
        "With what isn’t taught": make_roadmap(4, (6,), not_taught="What this role needs besides."),
        "Parts of paths": make_roadmap(7, stops=_parts_of_paths()),
        "Going further": make_roadmap(8, (5,), further=further),
    }
    cards: dict[str, dict[str, Any]] = {
        label: {"roadmap": each, "level": 2} for label, each in roadmaps.items()
    }
    cards["Below another heading"] = {"roadmap": make_roadmap(5, (6,))}
    cards["No path"] = {"roadmap": make_roadmap(6, (), after_paths=""), "level": 2}
    return Component("Roadmap card", template_states("parts/roadmap_card.html", cards))


def part_of_a_path() -> Component:
    labels = ("Some lessons", "Some, one in focus", "Some in focus", "All in focus", "Drafts alone")
    stops = {label: {"stop": stop} for label, stop in zip(labels, _parts_of_paths(), strict=True)}
    return Component("Part of a path", template_states("parts/taken.html", stops), line="teal")


def _parts_of_paths() -> tuple[Stop, ...]:
    """Lessons of PATHS[n] have the numbers 100n + 1 to 100n + 4; the last is a draft."""
    return (
        make_stop(1, only=frozenset({102, 103, 104})),
        make_stop(2, only=frozenset({201, 203}), focus=frozenset({203})),
        make_stop(3, focus=frozenset({302, 304})),
        make_stop(4, focus=frozenset({401, 402, 403, 404})),
        make_stop(5, only=frozenset({504})),
    )


def transit_map() -> Component:
    three = [
        make_roadmap(0),
        make_roadmap(1, (2, 3, 5), in_sequence=False),
        make_roadmap(2, (0, 3, 4, 8)),
    ]
    shown = {
        "1 role": (three[:1], Visitor()),
        "3 roles, for a visitor": (three, Visitor(make_background())),
        "12 roles, 9 paths": (make_roadmaps(12), Visitor()),
        "Parts of paths, and further ones": (
            [
                make_roadmap(7, stops=_parts_of_paths()),
                make_roadmap(8, (1, 3), further=(make_further_path(5), make_further_path(6))),
                make_roadmap(9, (2, 3), in_sequence=False, further=(make_further_path(1),)),
            ],
            Visitor(),
        ),
    }
    maps = {
        label: {"map": map_of_roadmaps(roadmaps, visitor.knows), "visitor": visitor}
        for label, (roadmaps, visitor) in shown.items()
    }
    done = frozenset({101, 102, 201, 301, 302, *range(401, 405)})
    learner = Visitor(done=done)
    stops = [
        make_roadmap(7, stops=_parts_of_paths()),
        make_roadmap(1, (1, 2, 4), in_sequence=False),
    ]
    maps["Of a learner"] = {
        "map": map_of_roadmaps([*stops, make_roadmap(0)], done, done),
        "visitor": learner,
    }
    return Component("Map", template_states("parts/map.html", maps), wide=True)


def salary_band(today: datetime.date) -> Component:
    median = {"middle": 84500, "middle_is": "median", "experience": "5–10 years", "sample": 1240}
    bands = {
        "Strong evidence, with a median": make_band(today, **median),
        "Quartiles": make_band(
            today, ends="quartiles", measures="Lower to upper quartile", basis="survey", method=""
        ),
        "Mean to upper quartile, a method to look up": make_band(
            today,
            ends="mean-to-quartile",
            measures="Mean to upper quartile",
            method="https://example.org/method",
        ),
        "Of a neighbor, with a mean": make_neighbors_band(today),
        "Weak: one article": make_articles_band(today),
        "Weak: nothing known": make_band(today, basis="", sample=None, method=""),
        "Fair: a small sample": make_band(today, sample=23),
        "Stale": make_band(LONG_AGO, period="2019"),
        "One figure, dollars": make_band(
            today, region="US", currency="USD", low=152000, high=152000
        ),
        "Another currency": make_band(today, region="Switzerland", currency="CHF"),
    }
    values = {label: {"band": band} for label, band in bands.items()}
    return Component("Salary band", template_states("parts/salary_band.html", values))


def role_page_components(today: datetime.date) -> Iterable[Component]:
    shares, pivots = ('<table class="shares"', "</table>"), ('<ul class="pivots"', "</ul>")
    view, address = views.role_detail, ("sample-0",)
    yield Component(
        "Bar", template_states("parts/bar.html", {"A third": {"share": 33}}), line="teal"
    )
    yield Component(
        "Shares of a day",
        [PageState("Three", view, shares, address=address)],
        "Where a role’s time goes. Numbers say it; bars in the line’s color help.",
        line="teal",
    )
    yield Component(
        "Pivots",
        [PageState("With and without months", view, pivots, address=address)],
        "Where people come from, the strongest fit first. Months only where a source says so.",
    )
    few = make_catalog(today, roles=4)
    yield Component(
        "Next",
        [PageState("Three", view, ('<ol class="next"', "</ol>"), "", few, ("sample-1",))],
        "What other roles still take once this one’s roadmap is done.",
    )
    yield Component(
        "Hiring signals",
        [PageState("Two, one without a source", views.home, ('<dl class="signals"', "</dl>"))],
        "What a hirer checks, what passes and what fails.",
        wide=True,
    )
    yield Component(
        "Lines",
        [PageState("Twelve roles", views.home, ('<ul class="lines"', "</ul>"))],
        "All roles at a glance.",
        wide=True,
    )
    yield Component(
        "Door",
        [
            PageState("A title", views.home, ('<form id="search" class="door"', "</form>")),
            PageState("Just looking", views.home, ('<div class="door"', "</div>")),
        ],
        "A way into the site for somebody who brings something, or nothing.",
    )


def pay_scale(today: datetime.date) -> Component:
    quartiles = make_band(
        today, region="Germany", ends="quartiles", middle=84500, middle_is="median"
    )
    mean = make_band(today, region="Spain", ends="mean-to-quartile", low=52250, high=68500)
    one = make_band(today, region="Italy", low=37700, high=37700)
    weak: dict[str, Any] = {"basis": "article", "sample": None, "method": ""}
    several = (quartiles, mean, make_band(today, region="France"), one)
    all_weak = tuple(replace(band, **weak) for band in several)
    far = make_band(today, region="Germany, Netherlands, France, Ireland, Spain", high=1_250_000)
    roles = {
        "One figure": [make_role(today)],
        "Every kind": [make_role(today, bands=several)],
        "Every kind, weak": [make_role(today, bands=all_weak)],
        "Currencies": [make_role(today, bands=(*several, make_band(today, currency="CHF")))],
        "Long names, high figures": [make_role(today, bands=(far, quartiles))],
        "Several roles": [
            make_role(today, bands=several),
            make_role(today, code="QX", line="teal", bands=all_weak),
        ],
    }
    values = {
        label: {"scales": pay_scales(each), "are_several": len(each) > 1}
        for label, each in roles.items()
    }
    return Component("Pay on one scale", template_states("parts/pay_scale.html", values))
