"""What changed, in words: the edits of one thing as sentences for visitors.

Pure: plain values in, plain values out. `careers.changelog` reads the edits. What the public may
not see has no name here, and nothing is said of it.
"""

import datetime
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from careers.published.words import pay

REWRITTEN, IN_PART = 50, 15  # percent of a text
NEW, BACK = "new", "back"  # how a thing came
SHOWN = 3  # names in one sentence


@dataclass(frozen=True, slots=True)
class Edit:
    """One field of a thing, before and after, in the words of the catalog's files.

    share: of a lesson's text, how much of it changed, in percent; the text itself isn't needed.
    """

    field: str
    before: Any
    after: Any
    share: int | None = None


@dataclass(frozen=True, slots=True)
class Names:
    """What the public may see of what edits name: slug → title. lessons: their numbers.

    former: the slugs that paths had → those that they have.
    """

    paths: Mapping[str, str]
    former: Mapping[str, str]
    lessons: Collection[int]
    backgrounds: Mapping[str, str]
    signals: Mapping[str, str]

    def path(self, slug: str) -> str:
        """What a path is called now."""
        return slug if slug in self.paths else self.former.get(slug, slug)


type Words = Callable[[Edit, Names], Iterator[str]]


def sentences(edits: Iterable[Edit], names: Names) -> tuple[str, ...]:
    """What became of one thing by some edits, the oldest first: a sentence for each difference."""
    whole = _whole(edits)
    return tuple(
        sentence
        for field, words in WORDS.items()
        if field in whole
        for sentence in words(whole[field], names)
    )


def _whole(edits: Iterable[Edit]) -> dict[str, Edit]:
    """By field, what all edits of it come to."""
    whole: dict[str, Edit] = {}
    for edit in edits:
        first = whole.get(edit.field, edit)
        most = max(first.share or 0, edit.share or 0) or None
        whole[edit.field] = replace(edit, before=first.before, share=most)
    return whole


@dataclass(frozen=True, slots=True)
class Entry:
    """What became of one thing on one day.

    kind: role, path or lesson; catalog on the day that it opened. row: the thing's own key, which
    no rename changes. at: when the last of it happened. came: NEW or BACK where visitors see the
    thing since then. within: the title of a lesson's path. line, code: of a role.
    """

    day: datetime.date
    at: datetime.datetime
    kind: str
    row: int
    title: str
    url: str
    said: tuple[str, ...]
    came: str = ""
    within: str = ""
    line: str = ""
    code: str = ""

    @property
    def headline(self) -> str:
        """All of it in a line, for those who don't see the rest."""
        if self.kind == "catalog":
            return self.title
        if self.came:
            is_new = self.came == NEW
            return f"New {self.kind}: {self.title}" if is_new else f"{self.title} is back"
        first, *others = self.said
        more = f", and {len(others)} more change{'s'[: len(others) != 1]}" if others else ""
        return f"{self.title}: {first.removesuffix('.')}{more}"


def opening(counts: Mapping[str, int], role: str = "") -> str:
    """The first news of a catalog. counts: of what the public sees, by the word for one.

    role: the title of the role whose news these are; then only what is on the way to it counts.
    """
    counted = [
        f"{count} {noun}{'s'[: count != 1]}"
        for noun, count in counts.items()
        if count and not (role and noun == "role")
    ]
    if not role:
        return f"The catalog opened with {_and(counted)}"
    if counts["role"]:
        return f"{role} was here from the start" + (f", with {_and(counted)}" if counted else "")
    return f"Here from the start: {_and(counted)}"


def arrival(summary: str, roles: list[str]) -> tuple[str, ...]:
    """What is said of a thing that came. roles: those whose roadmap a path is on."""
    return (summary, f"It is on the roadmap of {_some(roles)}.") if roles else (summary,)


# -- Texts ---------------------------------------------------------------------------------


def share(before: str, after: str) -> int:
    """How much of a text changed, in percent: of its pairs of neighboring words.

    It takes time in proportion to the text, and sees no difference in white space.
    """
    old, new = (Counter(pairwise(["", *text.split(), ""])) for text in (before, after))
    if old == new:
        return 0
    kept, longer = (old & new).total(), max(old.total(), new.total())
    return max(1, round(100 * (1 - kept / longer)))


def _text(subject: str, verb: str = "was") -> Words:
    """Words for a text, or for a list of texts."""

    def words(edit: Edit, _: Names) -> Iterator[str]:
        if edit.share is not None:
            yield f"{subject} {verb} {_degree(edit.share)}."
            return
        before, after = _lines(edit.before), _lines(edit.after)
        changed = share("\n".join(before), "\n".join(after))
        if not changed:
            return
        if not before or not after:
            yield f"{subject} {verb} {'added' if after else 'taken out'}."
        elif sorted(before) == sorted(after):
            yield f"{subject} {verb} put into another order."
        else:
            yield f"{subject} {verb} {_degree(changed)}."

    return words


def _degree(changed: int) -> str:
    if changed >= REWRITTEN:
        return "rewritten"
    return "rewritten in part" if changed >= IN_PART else "mended"


def _lines(value: Any) -> list[str]:
    """A text or a list as lines; an item with keys, such as a share of the day, as its values."""
    if isinstance(value, list):
        return [
            " ".join(map(str, each.values())) if isinstance(each, dict) else str(each)
            for each in value
        ]
    return [value] if value else []


# -- Single values -------------------------------------------------------------------------


def _title(edit: Edit, _: Names) -> Iterator[str]:
    if edit.before != edit.after:
        yield f"The title changed from “{edit.before}” to “{edit.after}”."


def _now(subject: str, verbs: tuple[str, str] = ("is", "was")) -> Words:
    """Words for a value that is shown as it is."""

    def words(edit: Edit, _: Names) -> Iterator[str]:
        if edit.before != edit.after:
            is_, was = verbs
            yield f"{subject} {is_} now {edit.after} ({was} {edit.before})."

    return words


def _minutes(subject: str) -> Words:
    def words(edit: Edit, _: Names) -> Iterator[str]:
        if edit.before != edit.after:
            unit = "minute" if edit.after == 1 else "minutes"
            yield f"{subject} takes {edit.after} {unit} now (was {edit.before})."

    return words


def _one_of(**said: str) -> Words:
    """Words for a value among a few. said: a sentence for each; a hyphen is written as “_”."""

    def words(edit: Edit, _: Names) -> Iterator[str]:
        sentence = said.get(str(edit.after).replace("-", "_"))
        if edit.before != edit.after and sentence:
            yield sentence

    return words


def _moved(edit: Edit, names: Names) -> Iterator[str]:
    """A lesson's path."""
    before, after = names.path(edit.before), names.path(edit.after)
    if before != after and before in names.paths and after in names.paths:
        yield f"It moved from {names.paths[before]} to {names.paths[after]}."


# -- Lists ---------------------------------------------------------------------------------


def _steps(edit: Edit, names: Names) -> Iterator[str]:
    old, new = (
        {path: step for step in side or () if (path := names.path(step["path"])) in names.paths}
        for side in (edit.before, edit.after)
    )
    titles = names.paths
    if joined := [titles[path] for path in new if path not in old]:
        yield f"{_some(joined)} joined the roadmap."
    if left := [titles[path] for path in old if path not in new]:
        yield f"{_some(left)} left the roadmap."
    stayed = [path for path in new if path in old]
    if stayed != [path for path in old if path in new]:
        yield "The roadmap has another order."
    own = ("why", "emphasis")
    if said := [titles[each] for each in stayed if _differ(old[each], new[each], own)]:
        yield f"What the roadmap says of {_some(said)} was mended."


def _pivots(edit: Edit, names: Names) -> Iterator[str]:
    old, new = (
        {each["background"]: each for each in side or () if each["background"] in names.backgrounds}
        for side in (edit.before, edit.after)
    )
    titles = names.backgrounds
    if joined := [titles[each] for each in new if each not in old]:
        yield f"There is a way in from {_some(joined)} now."
    if left := [titles[each] for each in old if each not in new]:
        yield f"The way in from {_some(left)} was taken out."
    stayed = [each for each in new if each in old]
    for each in stayed:
        was, fit = old[each]["fit"], new[each]["fit"]
        if was != fit:
            yield f"The fit from {titles[each]} is now {fit} (was {was})."
        elif _differ(old[each], new[each], ("months", "note")):
            yield f"The way in from {titles[each]} was described anew."


def _outline(edit: Edit, names: Names) -> Iterator[str]:
    """The lessons of a path. Those that come have news of their own."""
    old, new = (
        [number for number in side or () if number in names.lessons]
        for side in (edit.before, edit.after)
    )
    if [each for each in old if each in new] != [each for each in new if each in old]:
        yield "The lessons stand in another order."


def _signals(edit: Edit, names: Names) -> Iterator[str]:
    old, new = (
        [f"“{names.signals[slug]}”" for slug in side or () if slug in names.signals]
        for side in (edit.before, edit.after)
    )
    if gained := [each for each in new if each not in old]:
        yield f"It counts toward {_some(gained)} now."
    if lost := [each for each in old if each not in new]:
        yield f"It no longer counts toward {_some(lost)}."


def _aliases(edit: Edit, _: Names) -> Iterator[str]:
    if gained := [each for each in edit.after or () if each not in (edit.before or ())]:
        yield f"Job ads call it {_some(gained)} too."
    if lost := [each for each in edit.before or () if each not in (edit.after or ())]:
        yield f"Job ads call it {_some(lost)} no longer."


def _sources(edit: Edit, _: Names) -> Iterator[str]:
    old, new = ({each["url"]: each for each in side or ()} for side in (edit.before, edit.after))
    gained, lost = len(new.keys() - old.keys()), len(old.keys() - new.keys())
    counted = [
        f"{count} {done}" for count, done in ((gained, "added"), (lost, "taken out")) if count
    ]
    if counted:
        yield f"The sources changed: {_and(counted)}."
    elif any(old[url] != new[url] for url in new):
        yield "The sources were mended."


# -- Salary bands --------------------------------------------------------------------------

type Band = Mapping[str, Any]

_MIDDLE = ("middle", "middle_is")
_NOTES = ("measures", "experience", "note")
_EVIDENCE = ("grade", "proxy_title", "period", "sample", "source", "collected")


def _bands(edit: Edit, _: Names) -> Iterator[str]:
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
            yield f"{_called(band, old)}, {_pay(band)}, was taken out."
    if list(pairs.values()) != sorted(pairs.values()):
        yield "The salary bands stand in another order."


def _band(called: str, old: Band, new: Band) -> Iterator[str]:
    if _pay(old) != _pay(new):
        yield f"{called} is now {_pay(new)} (was {_pay(old)})."
    elif _differ(old, new, _MIDDLE):
        yield from _middle(called, old, new)
    elif _differ(old, new, _EVIDENCE):
        yield f"The evidence for {_lower(called)} was renewed."
    elif _differ(old, new, _NOTES):
        yield f"What is said of {_lower(called)} was mended."


def _middle(called: str, old: Band, new: Band) -> Iterator[str]:
    was, now = (
        f"a {each['middle_is']} of {pay(each['currency'], each['middle'], each['middle'])}"
        if each.get("middle") is not None
        else ""
        for each in (old, new)
    )
    if was and now:
        yield f"{called} has {now} now (was {was})."
    else:
        yield f"{called} has {now} now." if now else f"{called} has no {old['middle_is']} any more."


def _paired(old: list[Band], new: list[Band]) -> dict[int, int]:
    """Place of a new band → that of the old one that it was, by what was measured, or by where."""
    pairs: dict[int, int] = {}
    for name in (_measured, lambda band: band["region"]):
        for place, band in enumerate(new):
            free = (each for each in range(len(old)) if each not in pairs.values())
            same = next((each for each in free if name(old[each]) == name(band)), None)
            if place not in pairs and same is not None:
                pairs[place] = same
    return dict(sorted(pairs.items()))


def _measured(band: Band) -> tuple[Any, ...]:
    return tuple(band.get(name) for name in ("region", "measures", "experience"))


def _called(band: Band, bands: list[Band]) -> str:
    """A band among its like: by its region, and by more where that doesn't tell it apart."""
    known = f"The {band['region']} band"
    alike = [each for each in bands if each["region"] == band["region"]]
    if len(alike) > 1:
        more = [band["measures"], band.get("experience")]
        known += f" ({', '.join(filter(None, more))})"
    return known


def _pay(band: Band) -> str:
    return pay(band["currency"], band["low"], band["high"])


# -- Words of many fields ------------------------------------------------------------------


def _differ(old: Mapping[str, Any], new: Mapping[str, Any], fields: Iterable[str]) -> bool:
    # Nothing and an empty text say the same.
    return any((old.get(field) or "") != (new.get(field) or "") for field in fields)


def _and(items: list[str]) -> str:
    *most, last = items
    return f"{', '.join(most)} and {last}" if most else last


def _some(items: list[str]) -> str:
    """A few of many names: “A, B, C and 4 more”."""
    if len(items) > SHOWN:
        return f"{', '.join(items[:SHOWN])} and {len(items) - SHOWN} more"
    return _and(items)


def _lower(subject: str) -> str:
    return subject[:1].lower() + subject[1:]


# In the order in which they are said. What isn't here can't be seen, or is no news: positions,
# addresses, which redirect.
WORDS: dict[str, Words] = {
    "title": _title,
    "salary_bands": _bands,
    "path": _moved,
    "steps": _steps,
    "sequence": _one_of(
        in_sequence="The steps build on each other now.",
        any_order="The steps can be taken in any order now.",
    ),
    "lessons": _outline,
    "body": _text("The text"),
    "minutes": _minutes("Reading"),
    "practice_minutes": _minutes("Practice"),
    "objectives": _text("The objectives", "were"),
    "skip_if": _text("The reasons to skip it", "were"),
    "signals": _signals,
    "summary": _text("The summary"),
    "description": _text("The description"),
    "aliases": _aliases,
    "daily_work": _text("The list of daily work"),
    "time_split": _text("The shares of the day", "were"),
    "honest_scope": _text("The honest scope"),
    "not_for_you_if": _text("The reasons why it may not be for you", "were"),
    "after_paths": _text("What comes after the paths"),
    "not_taught": _text("The note on what isn’t taught yet"),
    "pivots": _pivots,
    "group": _one_of(
        core="It stands among the core roles now.", newer="It stands among the newer roles now."
    ),
    "code": _now("Its code on the map"),
    "line": _now("The color of its line"),
    "sources": _sources,
}
