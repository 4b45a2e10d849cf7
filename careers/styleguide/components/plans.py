"""A learner's study plan."""

import datetime
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from careers.pages.plan.kept import KeptPlan
from careers.published.catalog import Things
from careers.published.plan.progress import Progress
from careers.published.plan.study_plan import StudyPlan
from careers.published.plan.text import Flaw
from careers.published.plan.week_plan import plan_weeks
from careers.published.query import Ignored
from careers.styleguide.samples import make_background, make_catalog, make_lesson_row
from careers.styleguide.states import Component, template_states

PRACTICE = """<h2 id="practice">Practice</h2>
<ol><li>Count the pieces of a text.</li><li>Say what they cost.</li></ol>
<pre class="check"></pre>"""
START = datetime.date(2026, 12, 7)


def make_studies(today: datetime.date) -> dict[str, Progress]:
    """State's label → progress on a sample role."""
    catalog = make_catalog(today, roles=3)
    teacher = make_background()
    catalog = replace(catalog, backgrounds=Things({teacher.slug: teacher}))
    role = catalog.roles["sample-1"]
    lessons = [lesson.number for lesson in role.roadmap.lessons]
    begun = StudyPlan((role.slug,), pace=5, start=START, days=frozenset({2, 4}))
    return {
        "Just begun": Progress(begun, catalog),
        "On the way, some known": Progress(
            replace(begun, done=dict.fromkeys(lessons[:6], 40), background=teacher.slug), catalog
        ),
        "All done": Progress(replace(begun, done=dict.fromkeys(lessons, 40)), catalog),
    }


def _positions(study: Progress) -> dict[str, dict[str, Any]]:
    lessons = [lesson for lesson in study.lessons if lesson.is_published]
    ends = {"The first of the line": lessons[0], "In between": lessons[4], "The last": lessons[-1]}
    shown: dict[str, dict[str, Any]] = {}
    for label, ref in ends.items():
        lesson = make_lesson_row(ref.title)
        lesson.number = ref.number
        position = study.on_line(ref.number)
        shown[label] = {"study": study, "lesson": lesson, "position": position}
    return shown | {"Not on it": {"study": study, "lesson": make_lesson_row("Another")}}


def plan_components(today: datetime.date) -> Iterable[Component]:
    studies = make_studies(today)
    begun, under_way, all_done = studies.values()
    kept = KeptPlan(under_way.plan, None, in_browser=True)
    carried = replace(kept, in_browser=False)
    role = under_way.role
    starts: dict[str, dict[str, Any]] = {
        "Without a plan": {"role": role},
        "On the way": {"role": role, "study": under_way},
        "All done": {"role": role, "study": all_done},
        "Another roadmap comes first": {
            "role": begun.catalog.roles["sample-2"],
            "study": under_way,
        },
    }
    yield Component("Start", template_states("parts/start.html", starts))
    questions = {
        "Asked": {"kept_plan": carried},
        "Declined": {"kept_plan": replace(carried, is_declined=True)},
    }
    yield Component("Keep", template_states("parts/keep.html", questions))
    lesson = make_lesson_row()
    lesson.number = min(under_way.done)
    lesson.body_html = PRACTICE
    places: dict[str, dict[str, Any]] = {
        "Without a plan": {"lesson": lesson},
        "To do": {"lesson": lesson, "study": begun, "kept_plan": kept},
        "Done": {"lesson": lesson, "study": under_way, "kept_plan": kept},
    }
    yield Component("Place", template_states("parts/place.html", places))
    yield Component("On line", template_states("parts/on_line.html", _positions(under_way)))
    lines = {label: {"line": study.lines[0]} for label, study in studies.items()}
    yield Component(
        "Plan line", template_states("parts/plan_line.html", lines), line=role.line if role else ""
    )
    weeks = plan_weeks(under_way.plan, under_way.to_do, today)
    shown: dict[str, Any] = {
        "study": under_way,
        "weeks": weeks,
        "on_paper": weeks.weeks[:3],
        "kept_plan": kept,
    }
    yield Component(
        "Weeks",
        template_states(
            "careers/plan_weeks.html", {"Three": shown}, ('<ol class="weeks"', "</ol>")
        ),
        "Which lesson when, by the week.",
        wide=True,
    )
    settings_flaws = {
        "pace": Ignored("pace", "3.5", "It must be a whole number of hours a week, from 1 to 60."),
        "start": Ignored("start", "2020-01-01", "It must be a day from 2026-01-05 to 2035-12-31."),
    }
    settings: dict[str, dict[str, Any]] = {
        "Just begun": {"study": begun},
        "With values that can’t be read": {"study": begun, "flaws": settings_flaws},
    }
    yield Component("Plan settings", template_states("parts/plan_settings.html", settings))
    flaws = {each.value.title(): {"kept_plan": replace(kept, flaw=each)} for each in Flaw}
    yield Component("Plan flaw", template_states("parts/plan_flaw.html", flaws))
    forms = {"In a cookie": {"kept_plan": kept}, "In an address": {"kept_plan": carried}}
    yield Component("Forget", template_states("parts/forget.html", forms))
