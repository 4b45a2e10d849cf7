"""Warnings about files that are in order otherwise: authors see them, and may ignore them."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from django.urls import reverse

from careers.published.glossary import spelling_key
from careers.sync.comparing.spelling import told_apart
from careers.sync.entries import Entry, address_of
from careers.sync.kinds import KINDS
from careers.sync.problems import Problem
from careers.sync.reading.files import read_text
from careers.sync.reading.reader import split_front_matter
from paths import lint
from paths.models import Status

_PAGES = {"lessons": "lesson", "paths": "path", "roles": "role"}


def text_warnings(folder: Path, entries: Iterable[Entry]) -> Iterator[Problem]:
    """A warning for each finding in a text that doesn't keep its lesson from being published, for
    each `instead` that leads nowhere, and for each spelling that two terms have.

    In a lesson that isn't published, every finding is a warning.
    """
    entries = list(entries)
    yield from _of_spellings(folder, entries)
    with_pages = [entry for entry in entries if entry.kind in _PAGES]
    # Look up addresses only if something leads to one: resolving them loads every view.
    linking = {entry.id for entry in with_pages if _leads_somewhere(entry)}
    there = _addresses(with_pages) if linking else lint.Addresses(())
    for entry in with_pages:
        page = _address(entry.kind, address_of(entry.values)) if entry.id in linking else ""
        if why := lint.why_dead(entry.values.get("instead", ""), "", there):
            place = read_text(folder, entry.file).place_of_line(entry.lines["instead"])
            yield Problem("instead", f"`instead` leads to {why}", place, is_warning=True)
        if KINDS[entry.kind].is_markdown:
            yield from _of_text(folder, entry, page, there)


def _leads_somewhere(entry: Entry) -> bool:
    """Whether an entry has an `instead`, or a text that links to an address of this site."""
    return bool(entry.values.get("instead")) or lint.leads_within(entry.values.get("body", ""))


def _of_text(folder: Path, entry: Entry, page: str, there: lint.Addresses) -> Iterator[Problem]:
    is_published = entry.values["status"] == Status.PUBLISHED
    text = entry.values["body"]
    found = [each for each in lint.findings(text) if not (is_published and each.is_error)]
    found += lint.dead_links(text, page, there)
    if found:
        _, body = split_front_matter(read_text(folder, entry.file))
        for each in sorted(found):
            place = body.place_of_line(each.line)
            yield Problem("text", str(each), place, is_warning=True)


def _of_spellings(folder: Path, entries: Iterable[Entry]) -> Iterator[Problem]:
    first: dict[str, Entry] = {}
    for entry in entries:
        if entry.kind != "terms" or entry.values["status"] != Status.PUBLISHED:
            continue
        for field, said in (
            ("title", entry.values["title"]),
            *(("also", each) for each in entry.values.get("also", ())),
        ):
            other = first.setdefault(spelling_key(said), entry)
            if other is not entry:
                place = read_text(folder, entry.file).place_of_line(entry.lines[field])
                own, others = told_apart(said, other.values["title"])
                words = f"“{own}” is a spelling of “{others}” as well"
                hint = "texts are linked to one of the two"
                yield Problem("spelling", words, place, hint, is_warning=True)


def _addresses(entries: Iterable[Entry]) -> lint.Addresses:
    public, hidden = set[str](), set[str]()
    statuses = {entry.id: entry.values["status"] for entry in entries}
    for entry in entries:
        shown = [entry.values["status"]]
        if "path" in entry.values:
            shown.append(statuses.get(("paths", entry.values["path"]), Status.DRAFT))
        there = public if {*shown} == {Status.PUBLISHED} else hidden
        page = _address(entry.kind, address_of(entry.values))
        there |= {page, *(_address(entry.kind, name) for name in entry.formerly)}
        there |= {page + file["name"] for file in entry.values.get("files", ())}
    return lint.Addresses(public, hidden)


def _address(kind: str, name: str) -> str:
    return reverse(_PAGES[kind], args=name.split("/"))
