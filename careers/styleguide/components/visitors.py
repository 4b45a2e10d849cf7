"""What a role takes one visitor."""

import datetime
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from careers.published.catalog import Source
from careers.published.visitor import Visitor
from careers.styleguide.samples import make_background, make_role
from careers.styleguide.states import Component, template_states


def visitor_components(today: datetime.date) -> Iterable[Component]:
    role, known = make_role(today), make_background()
    stranger = make_background("Beekeeper", 8)
    visitors = {
        "Nothing said": Visitor(),
        "A pace": Visitor(pace=5, today=today),
        "A background and a pace": Visitor(known, 5, today),
        "Nothing left": Visitor(replace(known, knows=role.roadmap.numbers), 5, today),
    }
    efforts = {label: {"effort": visitor.effort_for(role)} for label, visitor in visitors.items()}
    yield Component("Effort", template_states("parts/effort.html", efforts))
    ways: dict[str, dict[str, Any]] = {
        "A way in": {"effort": Visitor(known).effort_for(role)},
        "No way in": {"effort": Visitor(stranger).effort_for(role)},
        "Open to every role": {
            "effort": Visitor(replace(stranger, starts_fresh=True)).effort_for(role),
            "role": replace(role, beforehand="A trade that the paths don’t teach."),
        },
    }
    yield Component("Fit", template_states("parts/fit.html", ways))
    advised: dict[str, dict[str, Any]] = {
        "Open to every role": {
            "background": replace(stranger, starts_fresh=True),
            "by_demand": True,
        },
        "In another order, with advice": {
            "background": replace(
                stranger,
                starts_fresh=True,
                advice="What one count says that helps to choose.",
                sources=(Source("A count", "https://example.org/count"),),
            )
        },
    }
    yield Component("Advice", template_states("parts/advice.html", advised))
    skipped = {
        "Lessons known": {"known": Visitor(known).effort_for(role).known},
        "None known": {"known": Visitor(stranger).effort_for(role).known},
    }
    yield Component("Known", template_states("parts/known.html", skipped))
    forms = {
        label: {"visitor": visitor}
        for label, visitor in (
            ("Nothing said", Visitor()),
            ("A background and a pace", Visitor(known, 5, today)),
        )
    }
    yield Component("About you", template_states("parts/about_you.html", forms))
