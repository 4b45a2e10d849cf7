"""The published catalog as open data: plain dicts and lists that any program can read.

Pure. Lists are in the site's order and keys in that of `careers.opendata.fields`, so that one
version of the catalog has one text. Whatever the site reckons can be reckoned from it. The only
sums in it stand for drafts, which nobody may name.
"""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from careers.published.catalog import Background, Band, Catalog, Lesson, Path, Pivot, Role, Signal
from careers.published.roadmap import LessonRef, Work, work

# How the data is written. Raise it with every change of that: caches tell by it what they hold.
FORMAT = 1
LICENSE = {
    "spdx": "MIT",
    "title": "MIT License",
    "copyright": "Copyright (c) 2026 The AI Careers authors",
    "url": "https://spdx.org/licenses/MIT.html",
}

# A spreadsheet would take a text that begins with one of these for a formula, and run it.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")

type Thing = dict[str, Any]


def document(catalog: Catalog, site: str, documentation: str) -> Thing:
    """All of it. site: scheme and host, for addresses; documentation: the address of the page."""
    changed_at = catalog.version.changed_at
    return {
        "format": FORMAT,
        "version": catalog.version.number,
        "changed_at": changed_at.isoformat() if changed_at else None,
        "license": LICENSE,
        "documentation": documentation,
        "roles": [_role(role, site) for role in catalog.roles.values()],
        "paths": [_path(path, catalog.lessons, site) for path in catalog.paths.values()],
        "backgrounds": [_background(each, catalog) for each in catalog.backgrounds.values()],
        "signals": [_signal(signal) for signal in catalog.signals.values()],
    }


def _role(role: Role, site: str) -> Thing:
    roadmap = role.roadmap
    return {
        "slug": role.slug,
        "title": role.title,
        "url": f"{site}{role.url}",
        "code": role.code,
        "line": role.line,
        "group": role.group,
        "published_at": role.published_at.isoformat() if role.published_at else None,
        "aliases": list(role.aliases),
        "summary": role.summary,
        "daily_work": list(role.daily_work),
        "time_split": [asdict(share) for share in role.time_split],
        "honest_scope": role.honest_scope,
        "not_for_you_if": list(role.not_for_you_if),
        "sequence": "in-sequence" if roadmap.in_sequence else "any-order",
        "steps": [
            {"path": stop.path, "why": stop.why, "emphasis": stop.emphasis}
            for stop in roadmap.stops
        ],
        "after_paths": roadmap.after,
        "not_taught": roadmap.not_taught,
        "salary_bands": [_band(band) for band in role.bands],
        "pivots": [_pivot(pivot) for pivot in role.pivots],
        "sources": [asdict(source) for source in role.sources],
    }


def _band(band: Band) -> Thing:
    return {
        "region": band.region,
        "currency": band.currency,
        "low": band.low,
        "high": band.high,
        "middle": band.middle,
        "middle_is": band.middle_is,
        "measures": band.measures,
        "grade": band.grade,
        "proxy_title": band.proxy_title,
        "period": band.period,
        "experience": band.experience,
        "sample": band.sample,
        "source": {"title": band.source_title, "url": band.source_url},
        "collected": band.collected.isoformat(),
        "note": band.note,
    }


def _pivot(pivot: Pivot) -> Thing:
    return {
        "background": pivot.background.slug,
        "fit": pivot.fit,
        "months": pivot.months,
        "note": pivot.note,
    }


def _path(path: Path, lessons: dict[int, Lesson], site: str) -> Thing:
    return {
        "slug": path.slug,
        "title": path.title,
        "url": f"{site}{path.url}",
        "summary": path.summary,
        "description": path.description,
        "lessons": [_lesson(lessons[ref.number], site) for ref in path.lessons if ref.is_published],
        "drafts": _work(work(_drafts(path))),
    }


def _lesson(lesson: Lesson, site: str) -> Thing:
    return {
        "number": lesson.ref.number,
        "slug": lesson.slug,
        "title": lesson.ref.title,
        "url": f"{site}{lesson.ref.url}",
        "published_at": lesson.published_at.isoformat(),
        "summary": lesson.summary,
        "minutes": lesson.ref.minutes,
        "practice_minutes": lesson.ref.practice_minutes,
        "objectives": list(lesson.objectives),
        "skip_if": list(lesson.skip_if),
        "sources": [asdict(source) for source in lesson.sources],
    }


def _drafts(path: Path) -> Iterable[LessonRef]:
    return (lesson for lesson in path.lessons if not lesson.is_published)


def _work(done: Work) -> Thing:
    return {"lessons": done.lessons, "minutes": done.reading, "practice_minutes": done.practice}


def _background(background: Background, catalog: Catalog) -> Thing:
    knows = background.knows
    drafts = {
        path.slug: work(draft for draft in _drafts(path) if draft.number in knows)
        for path in catalog.paths.values()
    }
    return {
        "slug": background.slug,
        "title": background.title,
        "summary": background.summary,
        "knows": [number for number in catalog.lessons if number in knows],
        "knows_drafts": [
            {"path": path, **_work(known)} for path, known in drafts.items() if known.lessons
        ],
    }


def _signal(signal: Signal) -> Thing:
    return {
        "slug": signal.slug,
        "title": signal.title,
        "summary": signal.summary,
        "passes": signal.passes,
        "fails": signal.fails,
        "lessons": [lesson.number for lesson in signal.lessons],
        "sources": [asdict(source) for source in signal.sources],
    }


def rows(catalog: Catalog, site: str) -> list[Thing]:
    """The table of roles: a dict for each, by the names of COLUMNS. Their texts are no formulas."""
    return [
        {name: _harmless(value) for name, value in _row(role, site).items()}
        for role in catalog.roles.values()
    ]


def _row(role: Role, site: str) -> Thing:
    hours = role.roadmap.hours
    return {
        "slug": role.slug,
        "title": role.title,
        "code": role.code,
        "group": role.group,
        "url": f"{site}{role.url}",
        **(_first_band(role.bands[0]) if role.bands else {}),
        "lessons_planned": hours.lessons_planned,
        "lessons_published": hours.lessons_published,
        "minutes_planned": hours.minutes_planned,
        "minutes_published": hours.minutes_published,
        "paths": ";".join(stop.path for stop in role.roadmap.stops),
    }


def _first_band(band: Band) -> Thing:
    return {
        "region": band.region,
        "currency": band.currency,
        "low": band.low,
        "high": band.high,
        "measures": band.measures,
        "grade": band.grade,
        "proxy_title": band.proxy_title,
        "period": band.period,
        "source_title": band.source_title,
        "source_url": band.source_url,
        "collected": band.collected.isoformat(),
    }


def _harmless(value: Any) -> Any:
    """A text that would be taken for a formula, with an apostrophe before it."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value
