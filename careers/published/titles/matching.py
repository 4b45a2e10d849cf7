"""Which roles a title may mean: by name, by occupation, or because some firms use it so."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from careers.published.titles.concepts import Reading, Token, concepts_of, fold, without_gender
from careers.published.titles.index import TitleIndex
from careers.published.titles.names import Name, Sense
from careers.published.titles.occupations import (
    FIELD_OF,
    JOBS,
    SAYS_AI,
    WIDER,
    Occupation,
    has_roles_in,
    leads_people,
    occupation_of,
)
from careers.published.titles.quoting import BLANK, as_typed, verb_for
from careers.published.titles.units import Unit, units_of

MOST_MATCHES = 3
_EMPTY_BRACKETS = re.compile(r"[(\[]\W*[)\]]")
# Kinds of work that no role does: the nearest kind, and why it is. {job}, {field}: as typed.
_NEAREST_KIND = {
    "data-science": (
        "build",
        (
            "{job} {is_} a job of its own, between statistics and models; "
            "this role is the nearest here."
        ),
    ),
    "specialist": ("build", "{job} leaves the task open; {field} makes this the nearest role."),
    "consultant": (
        "architect",
        "{job} work starts with what a client needs, and so does this role.",
    ),
    "presales": (
        "architect",
        "{job} often means finding out with clients what to build, which is this role’s start.",
    ),
    "project": (
        "product",
        "{job} is about when a thing is done; this role decides what is built. Ads mix the two.",
    ),
    "": ("build", "{field} is this role’s field, but the title names no job in it."),
}
# Fields so narrow that their role is worth suggesting if only the field is named.
_NARROWER_FIELDS = ("prompt", "security", "data", "vision")
_NARROW_FIELDS = (*_NARROWER_FIELDS, "generative")
# The role of such a field does all of its work, whatever the job is called.
_WHOLE_FIELDS = {"prompt", "security"}
_KINDS_OF_THEIR_OWN = {"product", "project", "other"}


class Strength(StrEnum):
    EXACT = "exact"  # it is the role's title or one of its aliases
    CLOSE = "close"  # the same job in other words
    RELATED = "related"  # a part of it points there


@dataclass(frozen=True, slots=True)
class Match:
    """A role that a title may mean. reason: a sentence for a visitor, in the words they typed."""

    slug: str
    strength: Strength
    reason: str


class Candidate(NamedTuple):
    """A match, with what ranks it among others of the same strength.

    explains: how much of the title it accounts for. start: where in the title that begins.
    """

    match: Match
    explains: int
    start: int


_ORDER = list(Strength)


def _strength_of(match: Match) -> int:
    """The rank of a match's strength: 0 for the strongest."""
    return _ORDER.index(match.strength)


def best_of(found: Sequence[Candidate]) -> tuple[Match, ...]:
    """The best match of each role, best first, at most MOST_MATCHES."""
    ranked = sorted(found, key=lambda one: (_strength_of(one.match), -one.explains, one.start))
    best: dict[str, Match] = {}
    for one in ranked:
        best.setdefault(one.match.slug, one.match)
    return tuple(best.values())[:MOST_MATCHES]


def side_by_side(sides: Sequence[Sequence[Match]]) -> tuple[Match, ...]:
    """Merge the matches of several titles: the best of each first, then the rest by strength."""
    rest = sorted((each for side in sides for each in side[1:]), key=_strength_of)
    found: dict[str, Match] = {}
    for each in (*(side[0] for side in sides if side), *rest):
        known = found.setdefault(each.slug, each)
        found[each.slug] = min(known, each, key=_strength_of)
    return tuple(found.values())[:MOST_MATCHES]


# By name ------------------------------------------------------------------------------------------


def exactly(title: Reading, titles: TitleIndex) -> Iterator[Candidate]:
    """Roles with exactly this name, with or without the words that are set aside."""
    whole = " ".join(title.text.split())
    typed = {fold(text): text for text in (without_aside(title), whole)}
    for name in titles.called(concepts_of(title.tokens)):
        text = typed.get(fold(name.text))
        if text and not name.narrowed:
            apart = BLANK.search(title.text.strip())
            said = f"{as_typed(title, title.tokens)} together are" if apart else f"“{text}” is"
            match = Match(name.slug, Strength.EXACT, f"{said} {name.called}.")
            yield Candidate(match, 2 * len(name.concepts) + 1, 0)


def without_aside(title: Reading) -> str:
    """A title as typed, without the words for level, place, contract or gender."""
    text = title.text
    for start, end in title.aside:
        text = text[:start] + " " * (end - start) + text[end:]
    return " ".join(_EMPTY_BRACKETS.sub(" ", text).split()).strip(" ,;:.|/–—-")


def by_names(unit: Unit, titles: TitleIndex, likely: set[str]) -> Iterator[Candidate]:
    """Roles with a name in the title, word for word or in other words.

    likely: slugs of roles that were matched in another way as well.
    """
    fields = titles.fields
    for name in titles.names(concepts_of(unit.tokens)):
        if fields and unit.leads and not leads_people(name.concepts):
            continue
        run = _run(unit.tokens, name.concepts)
        if not run or _says_besides(unit, name, "other-job"):
            continue
        strength = _strength(unit, name, likely, fields)
        if strength:
            literal = fold(as_typed(unit.title, run)) == fold(name.text)
            match = Match(name.slug, strength, _named(unit, name, run, fields))
            yield Candidate(match, 2 * len(name.concepts) + literal, run[0].start)


def _run(tokens: Sequence[Token], concepts: frozenset[str]) -> Sequence[Token]:
    """The shortest run of tokens that has exactly these concepts, in any order; or ()."""
    found: Sequence[Token] = ()
    for first in range(len(tokens)):
        for last in range(first + 1, len(tokens) + 1):
            run = tokens[first:last]
            said = concepts_of(run)
            if said == concepts and _keeps_parts_whole(run, tokens):
                found = run if not found or len(run) < len(found) else found
                break
            if not said <= concepts:
                break
    return found


def _keeps_parts_whole(run: Sequence[Token], tokens: Sequence[Token]) -> bool:
    """Whether a run that crosses parts takes each of them whole: “Engineer, ML” may be read from
    “Engineer, ML”, but not from “Engineer, ML Platform”."""
    parts = {token.part for token in run}
    return len(parts) == 1 or len(run) == sum(token.part in parts for token in tokens)


def _strength(unit: Unit, name: Name, likely: set[str], fields: frozenset[str]) -> Strength | None:
    if name.narrowed:
        return None if (unit.concepts - name.concepts) & JOBS else Strength.RELATED
    if name.concepts <= JOBS and _is_of_elsewhere(unit, name, fields):
        return None
    if not (SAYS_AI & (name.concepts | unit.concepts)):
        # Other trades use the name as well: a Research Scientist may be one in any field.
        if _says_besides(unit, name, "other-trade"):
            return None
        if any(not token.known for token in unit.tokens if not token.concepts <= name.concepts):
            return Strength.RELATED
    same = name.occupation == unit.occupation or name.occupation == ("", unit.occupation.kind)
    return Strength.CLOSE if same or name.slug in likely else Strength.RELATED


def _is_of_elsewhere(unit: Unit, name: Name, fields: frozenset[str]) -> bool:
    """Whether the title adds to a name without a field something that no role has to do with.

    If no role has to do with AI, “AI Engineer” isn't a Software Developer, nor is “Site Engineer”.
    """
    field = unit.occupation.field
    stranger = bool(unit.unread) and len(name.concepts) == 1
    return stranger or bool(field and not has_roles_in(field, fields))


def _says_besides(unit: Unit, name: Name, sort: str) -> bool:
    """Whether a title has, besides the name, a word of this sort: another job or another trade."""
    return any(sort in each.concepts and not each.concepts <= name.concepts for each in unit.tokens)


def _named(unit: Unit, name: Name, run: Sequence[Token], fields: frozenset[str]) -> str:
    quoted = as_typed(unit.title, run)
    if name.narrowed and "” and “" in quoted:
        return f"{quoted} together say “{name.text}”; this role is the “{name.narrowed}” kind."
    if name.narrowed:
        return f"This role is the “{name.narrowed}” kind of {quoted}."
    if fold(quoted) == fold(name.text):
        in_doubt = fields and not SAYS_AI & (name.concepts | unit.concepts)
        doubt = ", but nothing that says AI" if in_doubt else ""
        return f"It contains {quoted}, {name.called}{doubt}."
    another = verb_for(quoted, "is another way", "are another way")
    return f"{quoted} {another} to say “{name.text}”, {name.called}."


# By occupation: the work and its field -----------------------------------------------------------


def by_occupation(unit: Unit, titles: TitleIndex) -> Iterator[Candidate]:
    """Roles that do this work in this field, whatever they are called."""
    field, kind = _occupation_meant(unit)
    if not field:
        return
    if unit.leads:
        yield from _of_those_led(unit, field, kind, titles)
        return
    if field in _WHOLE_FIELDS and kind not in _KINDS_OF_THEIR_OWN:
        if name := _nearest_name(unit, titles.names_in(field)):
            yield _candidate(unit, name, _whole_field(unit, name, titles))
        return
    nearest, why = _NEAREST_KIND.get(kind, (kind, ""))
    builds = _scientist_who_builds(unit, field, titles)
    if builds:
        why_builds = _related(unit, "{field} is this role’s field; {job} may mean more research.")
        yield _candidate(unit, builds, (Strength.CLOSE, why_builds[1]))
    if name := _doing(unit, Occupation(field, nearest), titles):
        strength, reason = _related(unit, why) if why else _same_occupation(unit, name)
        yield _candidate(unit, name, (Strength.RELATED if builds else strength, reason))


def _scientist_who_builds(unit: Unit, field: str, titles: TitleIndex) -> Name | None:
    """The role that builds, for a scientist in a field so narrow that it is nearer than research.

    Only for vision, and not for a “Research Scientist”.
    """
    if unit.occupation.kind != "research" or "research" in unit.concepts:
        return None
    theirs = titles.names_doing([Occupation(field, "build")]) if field == "vision" else []
    return _nearest_name(unit, theirs)


def _of_those_led(unit: Unit, field: str, kind: str, titles: TitleIndex) -> Iterator[Candidate]:
    """The role of the people who are led, for a title of somebody who leads."""
    nearest, _ = _NEAREST_KIND.get(kind, (kind, ""))
    whole = field in _WHOLE_FIELDS and _nearest_name(unit, titles.names_in(field))
    if name := whole or _doing(unit, Occupation(field, nearest), titles):
        leading = as_typed(unit.title, unit.leading)
        lead = verb_for(leading, "leads", "lead")
        said = as_typed(unit.title, unit.field_tokens)
        reason = f"{leading} {lead} people; those in {said} do the work of this role."
        if not unit.field_tokens:
            science = [each for each in unit.tokens if "data-science" in each.concepts]
            said = as_typed(unit.title, science)
            reason = f"{leading} {lead} people, and this role is the nearest here to {said}."
        yield _candidate(unit, name, (Strength.RELATED, reason))


def _occupation_meant(unit: Unit) -> Occupation:
    """The occupation of a title without a role's name; "" as its field if no role is near."""
    field, kind = unit.work
    nowhere = Occupation("", "")
    if "data-science" in unit.concepts and not field:
        return Occupation("ml", "data-science")
    if kind == "data-science" and field in {"ai", "data"}:
        field = "ml"
    elif kind == "other" or "other-trade" in concepts_of(unit.beside_the_job):
        return nowhere
    no_job = not kind
    vague = "other-trade" in unit.concepts or any(not token.known for token in unit.tokens)
    is_wide = field == "ai" or (unit.leads and field == "data")
    if no_job and (is_wide or vague):
        return nowhere  # “Head of AI” is too wide, and “Prompt Payments” can mean anything
    return Occupation(field, kind)


def _doing(unit: Unit, occupation: Occupation, titles: TitleIndex) -> Name | None:
    """A name with this occupation, or else with this kind of work in the next wider field."""
    field = occupation.field
    while field:
        names = titles.names_doing([Occupation(field, occupation.kind)])
        if name := _nearest_name(unit, names):
            return name
        field = WIDER.get(field, "")
    return None


def _nearest_name(unit: Unit, names: Sequence[Name]) -> Name | None:
    """The name that shares the most concepts with the title, or None."""
    own = [name for name in names if not name.narrowed]
    return max(own, key=lambda name: len(name.concepts & unit.concepts), default=None)


def _same_occupation(unit: Unit, name: Name) -> tuple[Strength, str]:
    quoted = _quoted_occupation(unit)
    means = verb_for(quoted, "means", "mean")
    reason = f"{quoted} {means} the same kind of work as “{name.text}”, {name.called}"
    if unit.unread:
        return Strength.RELATED, f"{reason}, but {as_typed(unit.title, unit.unread)} may change it."
    return Strength.CLOSE, f"{reason}."


def _whole_field(unit: Unit, name: Name, titles: TitleIndex) -> tuple[Strength, str]:
    if unit.occupation.kind in titles.kinds_of(name.slug) | {"specialist", "analyst"}:
        return _same_occupation(unit, name)
    return _related(unit, "{field} is this role’s field, whatever the job in it is called.")


def _related(unit: Unit, why: str) -> tuple[Strength, str]:
    job, field = as_typed(unit.title, unit.job_tokens), as_typed(unit.title, unit.field_tokens)
    is_ = verb_for(job, "is", "together are")
    return Strength.RELATED, why.format(job=job, field=field, is_=is_)


def _quoted_occupation(unit: Unit) -> str:
    said = {*unit.field_tokens, *unit.job_tokens}
    return as_typed(unit.title, [token for token in unit.tokens if token in said])


def _candidate(unit: Unit, name: Name, judged: tuple[Strength, str]) -> Candidate:
    # Among close matches, one by name ranks above one by occupation. Among related ones it is the
    # other way round, since an occupation takes every word of the title into account.
    explains = 0 if judged[0] is Strength.CLOSE else len(unit.tokens) * 9
    return Candidate(Match(name.slug, *judged), explains, unit.tokens[0].start)


def by_field(title: Reading, titles: TitleIndex) -> Iterator[Candidate]:
    """Roles whose narrow field is named beside another job: “Product Manager, Computer Vision”."""
    unit = Unit(title, title.tokens)
    if not SAYS_AI & unit.concepts:
        return
    for field in _NARROW_FIELDS if unit.occupation.kind == "build" else _NARROWER_FIELDS:
        tokens = [token for token in title.tokens if token.concepts.intersection(FIELD_OF[field])]
        theirs = titles.names_doing([Occupation(field, "build")]) if tokens else []
        if tokens and (name := _nearest_name(unit, theirs)):
            reason = f"{as_typed(title, tokens)} is this role’s field."
            yield Candidate(Match(name.slug, Strength.RELATED, reason), 0, tokens[0].start)


# Titles that differ from firm to firm -------------------------------------------------------------


def senses_meant(title: Reading, titles: TitleIndex) -> list[Sense]:
    """The known meanings of a title that differs from firm to firm, one for each role.

    If several such titles fit, the one with the most concepts counts. One without any, such as
    “Associate”, must be the whole title.
    """
    whole = fold(without_gender(title.text))
    concepts = concepts_of(title.tokens)
    beside = concepts_of(Unit(title, title.tokens).beside_the_job)
    jobs = (concepts & JOBS) | (beside & {"other-trade"})
    occupations = {unit.occupation for unit in units_of(title)}
    fitting = [
        sense
        for sense in titles.senses(concepts)
        if occupation_of(sense.concepts) in occupations and jobs <= sense.concepts
        if sense.concepts or fold(without_gender(sense.title)) == whole
    ]
    longest = max(fitting, key=lambda sense: len(sense.concepts), default=None)
    return [sense for sense in fitting if longest and sense.concepts == longest.concepts]


def by_sense(title: Reading, meant: Sequence[Sense]) -> Iterator[Candidate]:
    """Roles that some firms mean by this title, if the title says nothing more."""
    concepts = meant[0].concepts if meant else frozenset()
    said = [token for token in title.tokens if token.concepts <= concepts]
    parts = {token.part for token in said}
    if any(token.part in parts and token not in said for token in title.tokens):
        return
    if title.tokens and not said:
        return
    quoted = as_typed(title, said) if said else f"“{title.text.strip()}”"
    reason = f"Some firms use {quoted} for the work of this role."
    for sense in meant:
        yield Candidate(Match(sense.slug, Strength.RELATED, reason), 0, 0)
