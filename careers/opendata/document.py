"""The published catalog as open data: plain dicts and lists that any program can read.

Pure. Lists are in the site's order and keys in that of `careers.opendata.fields`, so that the same
version of the catalog always gives the same text. Every number on the site can be computed from it.
The only sums in it are of drafts, which must not be listed: those that all roles and backgrounds
treat alike are added up, under a key.
"""

import csv
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import asdict
from typing import Any

from careers.opendata.fields import COLUMNS
from careers.published.catalog import (
    Background,
    Band,
    Catalog,
    Lesson,
    Path,
    Pivot,
    Price,
    Role,
    Signal,
)
from careers.published.glossary import Term
from careers.published.lookup.roads import roads
from careers.published.pay.evidence import strength
from careers.published.roadmap import LessonRef, Stop, Work, lesson_numbers, total_work

# The format of the data. Raise it with every change: it is part of the ETag, so that caches notice.
FORMAT = 12
LICENSE = {
    "spdx": "MIT",
    "title": "MIT License",
    "copyright": "Copyright (c) 2026 The AI Careers authors",
    "url": "https://spdx.org/licenses/MIT.html",
}

# Spreadsheets run a text that begins with one of these as a formula. Some also accept the
# full-width signs of Chinese and Japanese keyboards.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

type Record = dict[str, Any]


def catalog_text(catalog: Catalog, site: str, documentation: str) -> Iterator[str]:
    """The whole catalog as JSON, in pieces, so that a large one is never in memory as a whole.

    site: scheme and host. documentation: the address of the page about the data.
    """
    begin = "{\n "
    for key, part in _parts(catalog, site, documentation).items():
        yield f"{begin}{json.dumps(key)}: "
        if isinstance(part, Iterator):
            yield from _list_text(part)
        else:
            yield _text(part, 1)
        begin = ",\n "
    yield "\n}"


def _list_text(items: Iterator[Any]) -> Iterator[str]:
    begin = "[\n  "
    for item in items:
        yield begin + _text(item, 2)
        begin = ",\n  "
    yield "[]" if begin.startswith("[") else "\n ]"


def _text(value: Any, depth: int) -> str:
    """A value as JSON, indented to its depth. JSON has no line breaks inside texts."""
    text = json.dumps(value, ensure_ascii=False, indent=1)
    return text.replace("\n", "\n" + " " * depth)


def _parts(catalog: Catalog, site: str, documentation: str) -> Record:
    changed_at = catalog.version.changed_at
    drafts = _Drafts(catalog)
    return {
        "format": FORMAT,
        "version": catalog.version.number,
        "changed_at": changed_at.isoformat() if changed_at else None,
        "license": LICENSE,
        "documentation": documentation,
        "roles": (_role(role, drafts, site) for role in catalog.roles.values()),
        "paths": (_path(path, catalog, drafts, site) for path in catalog.paths.values()),
        "backgrounds": (
            _background(each, catalog, drafts) for each in catalog.backgrounds.values()
        ),
        "signals": map(_signal, catalog.signals.values()),
        "terms": map(_term, catalog.glossary.terms),
        "prices": map(_price, catalog.prices.values()),
    }


class _Drafts:
    """The drafts of a catalog, in groups that all steps and all backgrounds treat alike."""

    def __init__(self, catalog: Catalog) -> None:
        told_apart: dict[str, list[AbstractSet[int]]] = defaultdict(list)
        for role in catalog.roles.values():
            for stop in role.roadmap.stops:
                if stop.is_partial:
                    told_apart[stop.path].append(stop.only)
        known = [background.knows for background in catalog.backgrounds.values()]
        self.groups: dict[str, list[LessonRef]] = {}
        self.by_path: dict[str, list[str]] = {}
        for path in catalog.paths.values():
            groups: dict[tuple[bool, ...], list[LessonRef]] = defaultdict(list)
            for lesson in path.lessons:
                if not lesson.is_published:
                    sets = (*told_apart[path.slug], *known)
                    groups[tuple(lesson.number in each for each in sets)].append(lesson)
            named = {f"{path.slug}/{n}": group for n, group in enumerate(groups.values(), start=1)}
            self.groups |= named
            self.by_path[path.slug] = list(named)

    def keys(self, numbers: AbstractSet[int], paths: Iterable[str]) -> list[str]:
        """The keys of groups whose drafts are among these numbers. paths: where to search."""
        keys = (key for path in paths for key in self.by_path[path])
        return [key for key in keys if self.groups[key][0].number in numbers]


def _role(role: Role, drafts: _Drafts, site: str) -> Record:
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
        "titles": [asdict(each) for each in role.titles],
        "summary": role.summary,
        "daily_work": list(role.daily_work),
        "time_split": [asdict(share) for share in role.time_split],
        "honest_scope": role.honest_scope,
        "entry_bar": role.entry_bar,
        "beforehand": role.beforehand,
        "not_for_you_if": list(role.not_for_you_if),
        "fit_questions": list(role.fit_questions),
        "sequence": "in-sequence" if roadmap.in_sequence else "any-order",
        "steps": [_step(stop, drafts) for stop in roadmap.stops],
        "after_paths": roadmap.after_paths,
        "further": [path.path for path in roadmap.further],
        "not_taught": roadmap.not_taught,
        "salary_bands": [_band(band) for band in role.bands],
        "pivots": [_pivot(pivot) for pivot in role.pivots],
        "sources": [asdict(source) for source in role.sources],
    }


def _step(stop: Stop, drafts: _Drafts) -> Record:
    return {
        "path": stop.path,
        "why": stop.why,
        "emphasis": stop.emphasis,
        "lessons": [lesson.number for lesson in stop.lessons if lesson.is_published],
        "drafts": drafts.keys(lesson_numbers(stop.lessons), [stop.path]),
        "focus": [lesson.number for lesson in stop.in_focus if lesson.is_published],
    }


def _band(band: Band) -> Record:
    return {
        "region": band.region,
        "currency": band.currency,
        "low": band.low,
        "high": band.high,
        "middle": band.middle,
        "middle_is": band.middle_is,
        "ends": band.ends,
        "measures": band.measures,
        "basis": band.basis,
        "sample": band.sample,
        "method": band.method,
        "for_title": band.for_title,
        "strength": str(strength(band)),
        "period": band.period,
        "experience": band.experience,
        "source": {"title": band.source_title, "url": band.source_url},
        "collected": band.collected.isoformat(),
        "note": band.note,
    }


def _pivot(pivot: Pivot) -> Record:
    return {
        "background": pivot.background.slug,
        "fit": pivot.fit,
        "months": pivot.months,
        "note": pivot.note,
    }


def _path(path: Path, catalog: Catalog, drafts: _Drafts, site: str) -> Record:
    published = (catalog.lessons[ref.number] for ref in path.lessons if ref.is_published)
    return {
        "slug": path.slug,
        "title": path.title,
        "url": f"{site}{path.url}",
        "summary": path.summary,
        "description": path.description,
        "setup": path.setup,
        "lessons": [_lesson(lesson, site) for lesson in published],
        "drafts": [
            {"key": key, **_work(total_work(drafts.groups[key]))}
            for key in drafts.by_path[path.slug]
        ],
    }


def _lesson(lesson: Lesson, site: str) -> Record:
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
        "needs": list(lesson.needs),
        "skip_if": list(lesson.skip_if),
        "packages": list(lesson.packages),
        "sources": [asdict(source) for source in lesson.sources],
        "files": [{"name": file.name, "url": f"{site}{file.url}"} for file in lesson.files],
    }


def _work(done: Work) -> Record:
    return {"lessons": done.lessons, "minutes": done.reading, "practice_minutes": done.practice}


def _background(background: Background, catalog: Catalog, drafts: _Drafts) -> Record:
    return {
        "slug": background.slug,
        "title": background.title,
        "summary": background.summary,
        "starts_fresh": background.starts_fresh,
        "advice": background.advice,
        "sources": [asdict(source) for source in background.sources],
        "knows": [
            lesson.number
            for lesson in roads(catalog).lessons(background.knows)
            if lesson.is_published
        ],
        "knows_drafts": drafts.keys(background.knows, catalog.paths),
    }


def _term(term: Term) -> Record:
    return {
        "slug": term.slug,
        "title": term.title,
        "also": list(term.also),
        "meaning": term.meaning,
        "lesson": term.lesson.number if term.lesson else None,
        "learn": [place._asdict() for place in term.learn],
    }


def _price(price: Price) -> Record:
    return {
        "model": price.model,
        "title": price.title,
        "size": price.size,
        "price_in": price.price_in,
        "price_out": price.price_out,
        "source": {"title": price.source, "url": price.url},
        "collected": price.collected.isoformat(),
    }


def _signal(signal: Signal) -> Record:
    return {
        "slug": signal.slug,
        "title": signal.title,
        "summary": signal.summary,
        "passes": signal.passes,
        "fails": signal.fails,
        "lessons": [lesson.number for lesson in signal.lessons],
        "sources": [asdict(source) for source in signal.sources],
    }


def role_lines(catalog: Catalog, site: str) -> Iterator[str]:
    """The table of roles as lines of CSV, below a line of COLUMNS. No text is a formula."""
    table = csv.DictWriter(_Lines(), COLUMNS)
    yield table.writeheader()
    for role in catalog.roles.values():
        row = _row(role, site)
        yield table.writerow({name: _harmless(value) for name, value in row.items()})


class _Lines:
    """A file for csv.DictWriter that returns each line."""

    def write(self, line: str) -> str:
        return line


def _row(role: Role, site: str) -> Record:
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


def _first_band(band: Band) -> Record:
    return {
        "region": band.region,
        "currency": band.currency,
        "low": band.low,
        "high": band.high,
        "ends": band.ends,
        "measures": band.measures,
        "basis": band.basis,
        "sample": band.sample,
        "for_title": band.for_title,
        "strength": str(strength(band)),
        "period": band.period,
        "source_title": band.source_title,
        "source_url": band.source_url,
        "collected": band.collected.isoformat(),
    }


def _harmless(value: Any) -> Any:
    """Put an apostrophe before a text that would be taken for a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value
