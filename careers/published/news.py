"""What changed, in words: the edits of one thing as sentences for visitors.

Pure: plain values in, plain values out. `careers.changelog` reads the edits. What isn't public has
no name here, and is never mentioned.
"""

import datetime
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from careers.published.words import listed, lower_first, pay_range

REWRITTEN, IN_PART = 50, 15  # percent of a text
NEW, BACK = "new", "back"  # how a thing appeared
MOST_NAMES = 3  # in one sentence; the others are counted


@dataclass(frozen=True, slots=True)
class FieldEdit:
    """An edit of one field: its values before and after, as the catalog's files write them.

    share: how many percent of a lesson's text differ from the start of the day. If it is given, the
    text itself isn't needed.
    """

    field: str
    before: Any
    after: Any
    share: int | None = None


@dataclass(frozen=True, slots=True)
class PublicNames:
    """Slug → title of everything that edits may name and the public may see.

    former: a path's former slug → its present one. lessons: the numbers of the published ones.
    """

    paths: Mapping[str, str]
    former: Mapping[str, str]
    lessons: Collection[int]
    backgrounds: Mapping[str, str]
    signals: Mapping[str, str]

    def path(self, slug: str) -> str:
        """The present slug of a path."""
        return slug if slug in self.paths else self.former.get(slug, slug)


type Describe = Callable[[FieldEdit, PublicNames], Iterator[str]]


def sentences(edits: Iterable[FieldEdit], names: PublicNames) -> tuple[str, ...]:
    """Describe the sum of a thing's edits, given oldest first: a sentence for each difference."""
    merged = _merged(edits)
    return tuple(
        sentence
        for field, describe in DESCRIBED.items()
        if field in merged
        for sentence in describe(merged[field], names)
    )


def _merged(edits: Iterable[FieldEdit]) -> dict[str, FieldEdit]:
    """Merge the edits of each field into one, from its first value to its last."""
    merged: dict[str, FieldEdit] = {}
    for edit in edits:
        first = merged.get(edit.field, edit)
        merged[edit.field] = replace(edit, before=first.before)
    return merged


@dataclass(frozen=True, slots=True)
class NewsItem:
    """All that changed about one thing on one day.

    kind: role, path or lesson; or catalog, on the day that it opened. row: the primary key of the
    thing's row, which stays when its address changes. began, at: the times of the first and the
    last edit. said: a sentence for each change. appeared: NEW or BACK if that day's edits made it
    public. within: the title of a lesson's path. line, code: of a role.
    """

    day: datetime.date
    began: datetime.datetime
    at: datetime.datetime
    kind: str
    row: int
    title: str
    url: str
    said: tuple[str, ...]
    appeared: str = ""
    within: str = ""
    line: str = ""
    code: str = ""

    @property
    def headline(self) -> str:
        """The item in one line, for feed readers that show titles alone."""
        if self.kind == "catalog":
            return self.title
        if self.appeared:
            is_new = self.appeared == NEW
            return f"New {self.kind}: {self.title}" if is_new else f"{self.title} is back"
        first, *others = self.said
        more = f", and {len(others)} more change{'s'[: len(others) != 1]}" if others else ""
        return f"{self.title}: {first.removesuffix('.')}{more}"


def opening(counts: Mapping[str, int], role: str = "") -> str:
    """The headline of a catalog's first news. counts: singular noun → how many are public.

    role: the title of the role that a visitor narrowed the news to, if any; then counts are of that
    role, its paths and their lessons.
    """
    counted = [
        f"{count} {noun}{'s'[: count != 1]}"
        for noun, count in counts.items()
        if count and not (role and noun == "role")
    ]
    if not role:
        return f"The catalog opened with {listed(counted, 'and')}"
    if counts["role"]:
        return f"{role} was here from the start" + (
            f", with {listed(counted, 'and')}" if counted else ""
        )
    return f"Here from the start: {listed(counted, 'and')}"


def arrival(summary: str, roles: list[str]) -> tuple[str, ...]:
    """Describe a thing that appeared. roles: the titles of the roles whose roadmaps have it."""
    return (summary, f"It is on the roadmap of {_named(roles)}.") if roles else (summary,)


# -- Texts ---------------------------------------------------------------------------------


def changed_share(before: str, after: str) -> int:
    """Percent of a text that changed, measured in pairs of neighboring words.

    White space is ignored. Takes linear time, where difflib would take quadratic time.
    """
    old, new = (Counter(pairwise(["", *text.split(), ""])) for text in (before, after))
    if old == new:
        return 0
    kept, longer = (old & new).total(), max(old.total(), new.total())
    return max(1, round(100 * (1 - kept / longer)))


def _text(subject: str, verb: str = "was") -> Describe:
    """A describer of a text or a list of texts."""

    def describe(edit: FieldEdit, _: PublicNames) -> Iterator[str]:
        if edit.share is not None:
            if edit.share:
                yield f"{subject} {verb} {_degree(edit.share)}."
            return
        before, after = _lines(edit.before), _lines(edit.after)
        changed = changed_share("\n".join(before), "\n".join(after))
        if not changed:
            return
        if not before or not after:
            yield f"{subject} {verb} {'added' if after else 'removed'}."
        elif sorted(before) == sorted(after):
            yield f"{subject} {verb} put in a new order."
        else:
            yield f"{subject} {verb} {_degree(changed)}."

    return describe


def _degree(changed: int) -> str:
    if changed >= REWRITTEN:
        return "rewritten"
    return "partly rewritten" if changed >= IN_PART else "lightly edited"


def _lines(value: Any) -> list[str]:
    """A text or list as lines. A mapping, such as a share of the day, is a line of its values."""
    if isinstance(value, list):
        return [
            " ".join(map(str, each.values())) if isinstance(each, dict) else str(each)
            for each in value
        ]
    return [value] if value else []


# -- Single values -------------------------------------------------------------------------


def _title(edit: FieldEdit, _: PublicNames) -> Iterator[str]:
    if edit.before != edit.after:
        yield f"The title changed from “{edit.before}” to “{edit.after}”."


def _now(subject: str, verbs: tuple[str, str] = ("is", "was")) -> Describe:
    """A describer of a value that can be shown as it is."""

    def describe(edit: FieldEdit, _: PublicNames) -> Iterator[str]:
        if edit.before != edit.after:
            is_, was = verbs
            yield f"{subject} {is_} now {edit.after} ({was} {edit.before})."

    return describe


def _minutes(subject: str) -> Describe:
    def describe(edit: FieldEdit, _: PublicNames) -> Iterator[str]:
        if edit.before != edit.after:
            unit = "minute" if edit.after == 1 else "minutes"
            yield f"{subject} now takes {edit.after} {unit} (was {edit.before})."

    return describe


def _one_of(**said: str) -> Describe:
    """A describer of a choice. said: value → sentence, with “_” for a hyphen in the value."""

    def describe(edit: FieldEdit, _: PublicNames) -> Iterator[str]:
        sentence = said.get(str(edit.after).replace("-", "_"))
        if edit.before != edit.after and sentence:
            yield sentence

    return describe


def _moved(edit: FieldEdit, names: PublicNames) -> Iterator[str]:
    """Describe a lesson's move to another path."""
    before, after = names.path(edit.before), names.path(edit.after)
    if before != after and before in names.paths and after in names.paths:
        yield f"It moved from {names.paths[before]} to {names.paths[after]}."


# -- Lists ---------------------------------------------------------------------------------


def _steps(edit: FieldEdit, names: PublicNames) -> Iterator[str]:
    old, new = (
        {path: step for step in side or () if (path := names.path(step["path"])) in names.paths}
        for side in (edit.before, edit.after)
    )
    titles = names.paths
    if joined := [titles[path] for path in new if path not in old]:
        yield f"{_named(joined)} joined the roadmap."
    if left := [titles[path] for path in old if path not in new]:
        yield f"{_named(left)} left the roadmap."
    stayed = [path for path in new if path in old]
    if stayed != [path for path in old if path in new]:
        yield "The roadmap has a new order."
    for each in stayed:
        yield from _parts(titles[each], old[each], new[each])
    own = ("why", "emphasis")
    if said := [titles[each] for each in stayed if _differ(old[each], new[each], own)]:
        yield f"What the roadmap says about {_named(said)} was edited."


def _parts(title: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    """Describe which lessons of a path a step takes. It names none: some may be drafts."""
    took, takes = ([*(side.get("only") or ())] for side in (old, new))
    if took != takes:
        taken = f"{len(takes)} lesson{'s'[: len(takes) != 1]} of" if takes else "all of"
        yield f"It now takes {taken} {title}."
    stood_out, stand_out = (side.get("focus") or () for side in (old, new))
    if stood_out and not stand_out:
        yield f"No lesson of {title} is in focus anymore."
    elif stood_out != stand_out:
        yield f"{'Other' if stood_out else 'Some'} lessons of {title} are in focus now."


def _further(edit: FieldEdit, names: PublicNames) -> Iterator[str]:
    old, new = (
        [path for each in side or () if (path := names.path(each)) in names.paths]
        for side in (edit.before, edit.after)
    )
    if gained := [names.paths[path] for path in new if path not in old]:
        yield f"The roadmap now goes on to {_named(gained)}."
    if lost := [names.paths[path] for path in old if path not in new]:
        yield f"The roadmap no longer goes on to {_named(lost)}."


def _pivots(edit: FieldEdit, names: PublicNames) -> Iterator[str]:
    old, new = (
        {each["background"]: each for each in side or () if each["background"] in names.backgrounds}
        for side in (edit.before, edit.after)
    )
    titles = names.backgrounds
    if joined := [titles[each] for each in new if each not in old]:
        yield f"There is now a way in from {_named(joined)}."
    if left := [titles[each] for each in old if each not in new]:
        yield f"The way in from {_named(left)} was removed."
    stayed = [each for each in new if each in old]
    for each in stayed:
        was, fit = old[each]["fit"], new[each]["fit"]
        if was != fit:
            yield f"The fit from {titles[each]} is now {fit} (was {was})."
        elif _differ(old[each], new[each], ("months", "note")):
            yield f"The way in from {titles[each]} was reworded."


def _outline(edit: FieldEdit, names: PublicNames) -> Iterator[str]:
    """Describe a new order of lessons. Lessons that appear have news of their own."""
    old, new = (
        [number for number in side or () if number in names.lessons]
        for side in (edit.before, edit.after)
    )
    if [each for each in old if each in new] != [each for each in new if each in old]:
        yield "The lessons have a new order."


def _signals(edit: FieldEdit, names: PublicNames) -> Iterator[str]:
    old, new = (
        [f"“{names.signals[slug]}”" for slug in side or () if slug in names.signals]
        for side in (edit.before, edit.after)
    )
    if gained := [each for each in new if each not in old]:
        yield f"It now counts toward {_named(gained)}."
    if lost := [each for each in old if each not in new]:
        yield f"It no longer counts toward {_named(lost)}."


def _aliases(edit: FieldEdit, _: PublicNames) -> Iterator[str]:
    if gained := [each for each in edit.after or () if each not in (edit.before or ())]:
        yield f"Job ads also call it {_named(gained)}."
    if lost := [each for each in edit.before or () if each not in (edit.after or ())]:
        yield f"Job ads no longer call it {_named(lost)}."


def _sources(edit: FieldEdit, _: PublicNames) -> Iterator[str]:
    # A value that was written in a shell may hold items that aren't sources.
    old, new = (
        {(each.get("url"), each.get("title")) for each in side or () if isinstance(each, dict)}
        for side in (edit.before, edit.after)
    )
    had, has = ({url for url, _ in side} for side in (old, new))
    gained, lost = len(has - had), len(had - has)
    counted = [f"{count} {done}" for count, done in ((gained, "added"), (lost, "removed")) if count]
    if counted:
        yield f"The sources changed: {listed(counted, 'and')}."
    elif old != new:
        yield "The sources were edited."


# -- Salary bands --------------------------------------------------------------------------

type BandFields = Mapping[str, Any]  # as a file writes a salary band

_MIDDLE = ("middle", "middle_is")
_NOTES = ("measures", "ends", "experience", "note")
_EVIDENCE = ("basis", "sample", "method", "for_title", "period", "source", "collected")


def _bands(edit: FieldEdit, _: PublicNames) -> Iterator[str]:
    old, new = list(edit.before or ()), list(edit.after or ())
    pairs = _paired(old, new)
    for place, band in enumerate(new):
        called = _called(band, new)
        if place not in pairs:
            yield f"{called} is new: {_pay(band)}."
        else:
            yield from _band(called, old[pairs[place]], band)
    for place, band in enumerate(old):
        if place not in pairs.values():
            yield f"{_called(band, old)}, {_pay(band)}, was removed."
    if list(pairs.values()) != sorted(pairs.values()):
        yield "The salary bands have a new order."


def _band(called: str, old: BandFields, new: BandFields) -> Iterator[str]:
    if _pay(old) != _pay(new):
        yield f"{called} is now {_pay(new)} (was {_pay(old)})."
    elif _differ(old, new, _MIDDLE):
        yield from _middle(called, old, new)
    elif _differ(old, new, _EVIDENCE):
        yield f"The evidence for {lower_first(called)} was updated."
    elif _differ(old, new, _NOTES):
        yield f"What is said about {lower_first(called)} was edited."


def _middle(called: str, old: BandFields, new: BandFields) -> Iterator[str]:
    was, now = (
        f"a {each['middle_is']} of {pay_range(each['currency'], each['middle'], each['middle'])}"
        if each.get("middle") is not None
        else ""
        for each in (old, new)
    )
    if was and now:
        yield f"{called} now has {now} (was {was})."
    else:
        yield f"{called} now has {now}." if now else f"{called} no longer has a {old['middle_is']}."


def _paired(old: list[BandFields], new: list[BandFields]) -> dict[int, int]:
    """Index in `new` → index in `old`, for bands that are the same one.

    Pairs bands of the same survey, region and measurement first, then of the same region and
    measurement, then of the same region.
    """
    pairs: dict[int, int] = {}
    for name in (_surveyed, _measured, lambda band: band["region"]):
        for place, band in enumerate(new):
            free = (each for each in range(len(old)) if each not in pairs.values())
            same = next((each for each in free if name(old[each]) == name(band)), None)
            if place not in pairs and same is not None:
                pairs[place] = same
    return dict(sorted(pairs.items()))


def _surveyed(band: BandFields) -> tuple[Any, ...]:
    source = (band.get("source") or {}).get("title")
    return *_measured(band), source, band.get("for_title"), band.get("period")


def _measured(band: BandFields) -> tuple[Any, ...]:
    return tuple(band.get(name) for name in ("region", "measures", "experience"))


def _called(band: BandFields, bands: list[BandFields]) -> str:
    """What to call a band: by its region and, if that has several, by what sets it apart."""
    known = f"The {band['region']} band"
    alike = [each for each in bands if each["region"] == band["region"]]
    if len(alike) > 1:
        more = [band["measures"], band.get("experience")]
        if [_measured(each) for each in alike].count(_measured(band)) > 1:
            more.append((band.get("source") or {}).get("title"))
        known += f" ({', '.join(filter(None, more))})"
    return known


def _pay(band: BandFields) -> str:
    return pay_range(band["currency"], band["low"], band["high"])


# -- Shared by several of them -------------------------------------------------------------


def _differ(old: Mapping[str, Any], new: Mapping[str, Any], fields: Iterable[str]) -> bool:
    # A file leaves out what is empty: an absent key, null and "" are the same.
    return any((old.get(field) or "") != (new.get(field) or "") for field in fields)


def _named(names: list[str]) -> str:
    """List the first few names and count the others: “A, B, C and 4 more”."""
    shown, more = names[:MOST_NAMES], len(names) - MOST_NAMES
    return listed([*shown, f"{more} more"] if more > 0 else shown, "and")


# Field → how to describe its edits, in the order in which sentences are shown. A field that isn't
# here is invisible (position) or no news (a slug, since the old address redirects).
DESCRIBED: dict[str, Describe] = {
    "title": _title,
    "salary_bands": _bands,
    "path": _moved,
    "steps": _steps,
    "further": _further,
    "sequence": _one_of(
        in_sequence="The steps now build on each other.",
        any_order="The steps can now be taken in any order.",
    ),
    "lessons": _outline,
    "body": _text("The text"),
    "minutes": _minutes("Reading"),
    "practice_minutes": _minutes("Practice"),
    "files": _text("What comes with the text"),
    "needs": _text("The terms to know beforehand", "were"),
    "objectives": _text("The objectives", "were"),
    "skip_if": _text("The reasons to skip it", "were"),
    "signals": _signals,
    "summary": _text("The summary"),
    "description": _text("The description"),
    "setup": _text("What its lessons need"),
    "aliases": _aliases,
    "titles": _text("The titles that may mean it", "were"),
    "daily_work": _text("The list of daily work"),
    "time_split": _text("The shares of the day", "were"),
    "honest_scope": _text("The note on what lessons can’t give you"),
    "not_for_you_if": _text("The reasons why it may not be for you", "were"),
    "entry_bar": _text("How much it expects beforehand"),
    "beforehand": _text("What it expects beforehand"),
    "fit_questions": _text("The questions about whether it fits", "were"),
    "after_paths": _text("What comes after the paths"),
    "not_taught": _text("The note on what isn’t taught yet"),
    "pivots": _pivots,
    "group": _one_of(
        core="It is now among the core roles.", newer="It is now among the newer roles."
    ),
    "code": _now("Its code on the map"),
    "line": _now("The color of its line"),
    "sources": _sources,
}
