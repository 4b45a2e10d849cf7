"""A job ad's title → the nearest roles, with the reason for each, or none.

Pure: plain values in, plain values out. Nothing is learned and nothing is looked up elsewhere. The
title's words are read as a few concepts, in four languages; so are the roles' titles and aliases;
and the two are laid side by side. What a role is called, and which titles may mean it, comes from
the catalog alone, so another catalog has its own decoder. Of a field in which it has no role, a
word decides nothing.
"""

import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from careers.published.catalog import (
    AdTitle,
    Catalog,
    Role,
    differing_roles,
    once_updated,
)
from careers.published.titles.concepts import (
    Reading,
    Token,
    Words,
    concepts_of,
    fold,
    read_title,
    singular,
)
from careers.published.words import listed

MOST_MATCHES = 3


class Strength(StrEnum):
    EXACT = "exact"  # it is the role's title or one of its aliases
    CLOSE = "close"  # the same job in other words
    RELATED = "related"  # a part of it points there


@dataclass(frozen=True, slots=True)
class RoleTitles:
    """What a role is called. near: titles that may mean it."""

    slug: str
    title: str
    aliases: tuple[str, ...] = ()
    near: tuple[AdTitle, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """A role that a title may mean. reason: a sentence for a visitor, in the words they typed."""

    slug: str
    strength: Strength
    reason: str


@dataclass(frozen=True, slots=True)
class Decoded:
    """What a title was read as.

    title: as read, with single spaces. matches: best first, at most MOST_MATCHES. set_aside: words
    that say level, place, contract or gender, as typed. corrected: misspelled words, as typed, each
    with the word it was read as. unread: words that say nothing known of
    the job, as typed. varies: what such a title means from firm to firm, or "". why_none: a
    sentence where there is no match, else "". more: how many other roles share the name of a match.
    """

    title: str
    matches: tuple[Match, ...]
    set_aside: tuple[str, ...]
    corrected: tuple[tuple[str, str], ...]
    unread: tuple[str, ...]
    varies: str
    why_none: str
    more: int = 0


# The meaning of concepts --------------------------------------------------------------------------

# The first of these that a title has is its field. The narrower comes before the wider.
_FIELD_OF = {
    "prompt": ("prompt",),
    "security": ("security", "adversarial", "red-team"),
    "data": ("data",),
    "ops": ("mlops", "platform", "infrastructure", "devops", "sre", "serving", "model-serving"),
    "vision": ("vision", "image", "perception", "sight"),
    "generative": ("generative", "llm", "rag", "agent", "chatbot"),
    "ml": ("ml", "deep", "nlp", "speech", "recommender", "reinforcement"),
    "ai": ("ai",),
}
# Where nobody is known in a field, whoever does the job in the wider one is next.
_WIDER = {
    "prompt": "generative",
    "security": "ai",
    "data": "ai",
    "ops": "ml",
    "vision": "ml",
    "generative": "ai",
    "ml": "ai",
}
# These say AI by themselves; security, data and platforms are mostly those of something else.
_SAYS_AI = frozenset(
    concept for field in ("prompt", "generative", "ml", "ai") for concept in _FIELD_OF[field]
) | {"vision", "image", "perception", "mlops", "model-serving"}
# The first of these whose concepts a title has is its kind of work.
_KINDS = (
    ("other", ("other-job",)),
    ("product", ("product-manager",)),
    ("project", ("project-manager",)),
    ("architect", ("architect",)),
    ("research", ("research",)),
    ("research", ("scientist",)),
    ("consultant", ("consultant",)),
    ("lead", ("engineer", "manager")),
    ("lead", ("leader",)),
    ("presales", ("solutions-engineer",)),
    ("build", ("engineer",)),
    ("data-science", ("data-science",)),
    ("specialist", ("specialist",)),
    ("analyst", ("analyst",)),
    ("lead", ("manager",)),
    ("other", ("designer",)),
    ("other", ("writer",)),
)
_JOBS = frozenset(concept for _, needed in _KINDS for concept in needed)
# Kinds of work that no role has: the kind that comes nearest, and why. {job}, {field}: as typed.
_NEAREST_KIND = {
    "data-science": (
        "build",
        "{job} is a job of its own, between statistics and models; this role is the nearest here.",
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
    "lead": ("build", "{job} leads people; in {field} they do the work of this role."),
    "": ("build", "{field} is this role’s field, but the title names no job in it."),
}
# Fields so narrow that their role is worth a look when only the field is named.
_NARROWER_FIELDS = ("prompt", "security", "data", "vision")
_NARROW_FIELDS = (*_NARROWER_FIELDS, "generative")
# A role in one of these fields does all of it, whatever the job is called.
_WHOLE_FIELDS = {"prompt", "security"}
_KINDS_OF_THEIR_OWN = {"product", "project", "other"}


# Reading titles and names -------------------------------------------------------------------------


class _Occupation(NamedTuple):
    """A field and a kind of work, as in ("vision", "build"); "" for what a title doesn't say."""

    field: str
    kind: str


@lru_cache(maxsize=1024)
def _occupation(concepts: frozenset[str]) -> _Occupation:
    kind = next((kind for kind, needed in _KINDS if concepts.issuperset(needed)), "")
    return _Occupation(_field(concepts), kind)


def _field(concepts: frozenset[str]) -> str:
    if concepts & _SAYS_AI:
        return next(field for field, those in _FIELD_OF.items() if concepts.intersection(those))
    return ""


@dataclass(frozen=True, slots=True)
class _Name:
    """One of a role's names, read as concepts.

    called: what the name is to the role, in words. narrowed: for a title without its brackets, what
    stood in them.
    """

    slug: str
    text: str
    called: str
    concepts: frozenset[str]
    occupation: _Occupation
    narrowed: str = ""


_BRACKETS = re.compile(r"\s*\(([^()]+)\)$")


def _name(slug: str, text: str, called: str, narrowed: str = "") -> _Name:
    concepts = _concepts_of_name(text)
    return _Name(slug, text, called, concepts, _occupation(concepts), narrowed)


@lru_cache(maxsize=1024)  # every title is held against some twenty of the same names
def _concepts_of_name(text: str) -> frozenset[str]:
    return concepts_of(read_title(text, Words(fold(text).split())).tokens)


@dataclass(frozen=True, slots=True)
class _Unit:
    """A title, or a part of one that names a job by itself. title: the whole title."""

    title: Reading
    tokens: tuple[Token, ...]

    @property
    def concepts(self) -> frozenset[str]:
        return concepts_of(token for token in self.tokens if token.known)

    @property
    def occupation(self) -> _Occupation:
        return _occupation(self.concepts)

    @property
    def beside_the_job(self) -> list[Token]:
        """The tokens in the same part as the word for the job."""
        parts = {token.part for token in self.tokens if token.concepts & _JOBS}
        return [token for token in self.tokens if token.part in parts]

    @property
    def unread(self) -> list[Token]:
        return [token for token in self.beside_the_job if not token.known]


def _units(title: Reading) -> list[_Unit]:
    """Each part that names a job and its field, or else all parts as one.

    The first part with a job decides. If that job is another trade's, nothing beside it counts: a
    “Recruiter – ML Engineering” recruits. And “AI” is too wide a field for a part to stand alone:
    in “AI Engineer – Vision” it's the other part that says what is done.
    """
    parts = [
        _Unit(title, tuple(token for token in title.tokens if token.part == part))
        for part in sorted({token.part for token in title.tokens})
    ]
    head = next((part for part in parts if part.concepts & _JOBS), None)
    if head and _another_trade(head):
        return [head]
    ours = [part for part in parts if part.occupation.kind != "other"]
    if head and _stands_alone(head):
        return [part for part in ours if _stands_alone(part)]
    return [_Unit(title, tuple(token for part in ours for token in part.tokens))]


def _another_trade(part: _Unit) -> bool:
    trade = "other-trade" in part.concepts and not part.concepts & {*_SAYS_AI, "data-science"}
    return trade or part.occupation.kind == "other"


def _stands_alone(part: _Unit) -> bool:
    return bool(part.occupation.kind) and part.occupation.field not in {"", "ai"}


# Looking names up ---------------------------------------------------------------------------------


class _ByConcepts:
    """Finds those of many sets of concepts that lie within another, without a look at each.

    A set is looked for by the rarest of its concepts: of those that share a common one there are
    many, and each of them has a rarer one that is hardly ever asked for.
    """

    def __init__(self, sets: Sequence[Collection[str]]) -> None:
        often = Counter(concept for each in sets for concept in each)
        self._numbers = {concept: number for number, concept in enumerate(often)}
        self._rarest: dict[str, array[int]] = defaultdict(lambda: array("I"))
        self._ends = array("I")
        self._flat = array("I")  # the numbers of all concepts of all sets, one behind another
        self._empty = [place for place, each in enumerate(sets) if not each]
        for place, each in enumerate(sets):
            if each:
                self._rarest[min(each, key=lambda one: (often[one], one))].append(place)
            self._flat.extend(self._numbers[concept] for concept in each)
            self._ends.append(len(self._flat))

    def within(self, concepts: AbstractSet[str]) -> list[int]:
        """The places of those that have no other concepts, in the order in which they came.

        Those that have none are among them.
        """
        asked = {self._numbers[concept] for concept in concepts if concept in self._numbers}
        found = [
            place
            for concept in concepts
            for place in self._rarest.get(concept, ())
            if asked.issuperset(self._of(place))
        ]
        return sorted(found + self._empty)

    def _of(self, place: int) -> Sequence[int]:
        return self._flat[self._ends[place - 1] if place else 0 : self._ends[place]]


class TitleIndex:
    """The names of roles, and titles that may mean them, to be looked up at every letter typed.

    own_words: the folded words of all of them, also as they are said of one. fields: in which the
    catalog has roles; none, if it isn't about AI. said: the concepts of all names.
    """

    def __init__(self, roles: Iterable[RoleTitles]) -> None:
        self._roles = tuple(roles)
        self._texts = [  # a name's role, and which of its names it is: 0 is its title
            (place, which)
            for place, role in enumerate(self._roles)
            for which in range(_count_of_names(role))
        ]
        self._own: set[int] = set()  # the places of names that aren't another role's
        self._doing: dict[_Occupation, list[int]] = defaultdict(list)
        self._read_names()
        self.fields = frozenset(occupation.field for occupation in self._doing)
        self._sense_texts = [
            (place, which)
            for place, role in enumerate(self._roles)
            for which in range(len(role.near))
        ]
        near = (self._roles[place].near[which].title for place, which in self._sense_texts)
        self._senses = _ByConcepts([_concepts_of_name(title) for title in near])
        self.own_words = _own_words(self._roles)

    def _read_names(self) -> None:
        names = [self._name(place) for place in range(len(self._texts))]
        owners = _owners(names)
        said: set[str] = set()
        self._names = _ByConcepts([name.concepts for name in names])
        for place, name in enumerate(names):
            if owners[name.concepts] == name.slug:
                self._own.add(place)
                said |= name.concepts
                if name.occupation.field:
                    self._doing[name.occupation].append(place)
        self.said = frozenset(said)

    def _name(self, place: int) -> _Name:
        role, which = self._texts[place]
        return _name_of(self._roles[role], which)

    def called(self, concepts: AbstractSet[str]) -> list[_Name]:
        """All names that say nothing but these concepts, in the order of roles."""
        return [self._name(place) for place in self._names.within(concepts)]

    def names(self, concepts: AbstractSet[str]) -> list[_Name]:
        """Those of them that stand for their concepts: see _owners()."""
        places = self._names.within(concepts)
        return [self._name(place) for place in places if place in self._own]

    def names_doing(self, occupations: Iterable[_Occupation]) -> list[_Name]:
        """Of the role with most names of these occupations, those that have one of them."""
        places = sorted(place for each in occupations for place in self._doing.get(each, ()))
        if not places:
            return []
        role, _ = Counter(self._texts[place][0] for place in places).most_common(1)[0]
        return [self._name(place) for place in places if self._texts[place][0] == role]

    def names_in(self, field: str) -> list[_Name]:
        """The same of all occupations of a field."""
        return self.names_doing(each for each in self._doing if each.field == field)

    def kinds_of(self, slug: str) -> set[str]:
        """The kinds of work that a role's names say."""
        return {
            occupation.kind
            for occupation, places in self._doing.items()
            if any(self._roles[self._texts[place][0]].slug == slug for place in places)
        }

    def senses(self, concepts: AbstractSet[str]) -> list["_Sense"]:
        """Titles that may mean a role and say nothing but these concepts, in the order of roles."""
        texts = (self._sense_texts[place] for place in self._senses.within(concepts))
        near = ((self._roles[place], self._roles[place].near[which]) for place, which in texts)
        return [_sense(role.slug, each.title, each.varies) for role, each in near]


def _count_of_names(role: RoleTitles) -> int:
    return 1 + len(role.aliases) + bool(_in_brackets(role.title)[1])


def _in_brackets(title: str) -> tuple[str, str]:
    """A title without its brackets, and what stands in them, or nothing."""
    found = _BRACKETS.search(title)
    return (title[: found.start()], found.group(1)) if found else (title, "")


def _name_of(role: RoleTitles, which: int) -> _Name:
    if which == 0:
        return _name(role.slug, role.title, "this role’s own title")
    if which <= len(role.aliases):
        return _name(role.slug, role.aliases[which - 1], "one of the names of this role")
    named, narrowed = _in_brackets(role.title)
    return _name(role.slug, named, "", narrowed)


def _owners(names: Iterable[_Name]) -> dict[frozenset[str], str]:
    """Concepts → the role whose name stands for them: the shortest that says just these.

    “ML Systems Engineer” and “ML Engineer” are read as the same concepts. If they belong to two
    roles, only the shorter stands for those concepts; the longer matches word for word alone.
    """
    owners: dict[frozenset[str], str] = {}
    for name in sorted(names, key=lambda name: len(name.text.split())):
        owners.setdefault(name.concepts, name.slug)
    return owners


def _titles_of(role: Role) -> RoleTitles:
    return RoleTitles(role.slug, role.title, role.aliases, role.titles)


def _same_titles(titles: TitleIndex, before: Catalog, now: Catalog) -> TitleIndex | None:
    """What was made before, as long as roles are called the same."""
    roles = differing_roles(before, now)
    if roles is None or any(_titles_of(was) != _titles_of(role) for was, role in roles.values()):
        return None
    return titles


@once_updated(_same_titles)
def title_index(catalog: Catalog) -> TitleIndex:
    titles = TitleIndex(map(_titles_of, catalog.roles.values()))
    decode_title("misspeled", titles)  # what is looked up for such a word is made for the first
    return titles


# Matching -----------------------------------------------------------------------------------------


class _Candidate(NamedTuple):
    """A match, with what ranks it among others of its strength.

    explains: how much of the title it accounts for; start: where in the title that begins.
    """

    match: Match
    explains: int
    start: int


def decode_title(title: str, roles: Iterable[RoleTitles] | TitleIndex) -> Decoded:
    """Find the roles that a job ad's title may mean. Who asks often keeps a TitleIndex of them."""
    titles = roles if isinstance(roles, TitleIndex) else TitleIndex(roles)
    title = " ".join(title.split())
    reading = read_title(title, titles.own_words)
    meant = _meant(reading, titles)
    found = list(_exact(reading, titles))
    for unit in _units(reading):
        found += _by_occupation(unit, titles)
        found += _by_names(unit, titles, {one.match.slug for one in found})
    if found:
        found += _by_field(reading, titles)
    found += _by_sense(reading, meant)
    matches = _best(found)
    return Decoded(
        title=title,
        matches=matches,
        set_aside=tuple(title[start:end] for start, end in reading.aside),
        corrected=tuple((title[start:end], word) for start, end, word in reading.corrected),
        unread=_unread(reading, titles, meant),
        varies=next((sense.varies for sense in meant if sense.varies), ""),
        why_none="" if matches else _why_none(reading, titles),
        more=_more(reading, titles, {match.slug for match in matches}),
    )


def _more(title: Reading, titles: TitleIndex, shown: set[str]) -> int:
    """How many roles that aren't shown have the same name as one that is."""
    key = _name_key(_without_aside(title))
    names = titles.called(concepts_of(title.tokens))
    sharing = {name.slug for name in names if not name.narrowed and _name_key(name.text) == key}
    return len(sharing - shown) if sharing & shown else 0


def _name_key(name: str) -> list[str]:
    """What two names have in common that differ in the order of their words, or in a plural."""
    return sorted(map(singular, fold(name).split()))


def _best(found: Sequence[_Candidate]) -> tuple[Match, ...]:
    """The best match of each role, best first."""
    order = list(Strength)
    ranked = sorted(
        found, key=lambda one: (order.index(one.match.strength), -one.explains, one.start)
    )
    best: dict[str, Match] = {}
    for one in ranked:
        best.setdefault(one.match.slug, one.match)
    return tuple(best.values())[:MOST_MATCHES]


def _exact(title: Reading, titles: TitleIndex) -> Iterator[_Candidate]:
    """Roles that are called just that, with or without what is set aside."""
    typed = {fold(text): text for text in (_without_aside(title), title.text)}
    for name in titles.called(concepts_of(title.tokens)):
        text = typed.get(fold(name.text))
        if text and not name.narrowed:
            match = Match(name.slug, Strength.EXACT, f"“{text}” is {name.called}.")
            yield _Candidate(match, 2 * len(name.concepts) + 1, 0)


_EMPTY_BRACKETS = re.compile(r"[(\[]\W*[)\]]")


def _without_aside(title: Reading) -> str:
    text = title.text
    for start, end in title.aside:
        text = text[:start] + " " * (end - start) + text[end:]
    return " ".join(_EMPTY_BRACKETS.sub(" ", text).split()).strip(" ,;:.|/–—-")


def _by_names(unit: _Unit, titles: TitleIndex, likely: set[str]) -> Iterator[_Candidate]:
    """Roles of which a name stands in the title, word for word or in other words.

    likely: roles that something else speaks for.
    """
    fields = titles.fields
    for name in titles.names(concepts_of(unit.tokens)):
        run = _run(unit.tokens, name.concepts)
        if not run or _says_besides(unit, name, "other-job"):
            continue
        strength = _strength(unit, name, likely, fields)
        if strength:
            literal = fold(_quoted(unit.title, run)) == fold(name.text)
            match = Match(name.slug, strength, _named(unit, name, run, fields))
            yield _Candidate(match, 2 * len(name.concepts) + literal, run[0].start)


def _run(tokens: Sequence[Token], concepts: frozenset[str]) -> Sequence[Token]:
    """The first tokens in a row that say these concepts and no other, in any order."""
    for first in range(len(tokens)):
        for last in range(first + 1, len(tokens) + 1):
            run = tokens[first:last]
            said = concepts_of(run)
            if said == concepts and _keeps_parts_whole(run, tokens):
                return run
            if not said <= concepts:
                break
    return ()


def _keeps_parts_whole(run: Sequence[Token], tokens: Sequence[Token]) -> bool:
    """“Engineer, ML” may not be cut out of “Engineer, ML Platform”, but out of “Engineer, ML”."""
    parts = {token.part for token in run}
    return len(parts) == 1 or len(run) == sum(token.part in parts for token in tokens)


def _has_roles_in(field: str, fields: frozenset[str]) -> bool:
    while field and field not in fields:
        field = _WIDER.get(field, "")
    return bool(field)


def _is_of_elsewhere(unit: _Unit, name: _Name, fields: frozenset[str]) -> bool:
    """Whether a title says more than a name that says no field, and none of it is the catalog's.

    “AI Engineer” is no Software Developer where no role has to do with AI; nor is “Site Engineer”.
    """
    field = unit.occupation.field
    stranger = bool(unit.unread) and len(name.concepts) == 1
    return stranger or bool(field and not _has_roles_in(field, fields))


def _says_besides(unit: _Unit, name: _Name, sort: str) -> bool:
    """Whether a title has, besides a name, a word of a sort: of another job, or another trade."""
    return any(sort in each.concepts and not each.concepts <= name.concepts for each in unit.tokens)


def _strength(
    unit: _Unit, name: _Name, likely: set[str], fields: frozenset[str]
) -> Strength | None:
    if name.narrowed:
        return None if (unit.concepts - name.concepts) & _JOBS else Strength.RELATED
    if name.concepts <= _JOBS and _is_of_elsewhere(unit, name, fields):
        return None
    if not (_SAYS_AI & (name.concepts | unit.concepts)):
        # A name that other trades use as well: Research Scientist, of what?
        if _says_besides(unit, name, "other-trade"):
            return None
        if any(not token.known for token in unit.tokens if not token.concepts <= name.concepts):
            return Strength.RELATED
    same = name.occupation == unit.occupation or name.occupation == ("", unit.occupation.kind)
    return Strength.CLOSE if same or name.slug in likely else Strength.RELATED


def _named(unit: _Unit, name: _Name, run: Sequence[Token], fields: frozenset[str]) -> str:
    quoted = _quoted(unit.title, run)
    if name.narrowed:
        return f"This role is the “{name.narrowed}” kind of {quoted}."
    if fold(quoted) == fold(name.text):
        in_doubt = fields and not _SAYS_AI & (name.concepts | unit.concepts)
        doubt = ", but nothing that says AI" if in_doubt else ""
        return f"It has {quoted} in it, {name.called}{doubt}."
    another = _verb(quoted, "is another way", "are another way")
    return f"{quoted} {another} to say “{name.text}”, {name.called}."


def _by_occupation(unit: _Unit, titles: TitleIndex) -> Iterator[_Candidate]:
    """Roles that do such work in such a field, whatever they are called."""
    field, kind = _occupation_meant(unit)
    if not field:
        return
    if field in _WHOLE_FIELDS and kind not in _KINDS_OF_THEIR_OWN:
        if name := _nearest_name(unit, titles.names_in(field)):
            yield _candidate(unit, name, _whole_field(unit, name, titles))
        return
    nearest, why = _NEAREST_KIND.get(kind, (kind, ""))
    if name := _doing(unit, _Occupation(field, nearest), titles):
        yield _candidate(unit, name, _related(unit, why) if why else _same_occupation(unit, name))


def _occupation_meant(unit: _Unit) -> _Occupation:
    """What a title that has no role's name in it means; no field if none of our roles is near."""
    field, kind = unit.occupation
    nowhere = _Occupation("", "")
    if "data-science" in unit.concepts and not field:
        return _Occupation("ml", "data-science")
    if kind == "data-science" and field in {"ai", "data"}:
        field = "ml"
    elif kind == "other" or "other-trade" in concepts_of(unit.beside_the_job):
        return nowhere
    no_job = kind in {"", "lead"} and "engineer" not in unit.concepts
    vague = "other-trade" in unit.concepts or any(not token.known for token in unit.tokens)
    if no_job and (field == "ai" or vague):
        return nowhere  # “Head of AI” is too wide, and nobody knows what “Prompt Payments” is
    return _Occupation(field, kind)


def _doing(unit: _Unit, occupation: _Occupation, titles: TitleIndex) -> _Name | None:
    """A name with this occupation, or else with the same kind of work in the next wider field."""
    field = occupation.field
    while field:
        names = titles.names_doing([_Occupation(field, occupation.kind)])
        if name := _nearest_name(unit, names):
            return name
        field = _WIDER.get(field, "")
    return None


def _nearest_name(unit: _Unit, names: Sequence[_Name]) -> _Name | None:
    """Of the names of a role, the one with the most words in common."""
    own = [name for name in names if not name.narrowed]
    return max(own, key=lambda name: len(name.concepts & unit.concepts), default=None)


def _same_occupation(unit: _Unit, name: _Name) -> tuple[Strength, str]:
    quoted = _quoted_occupation(unit)
    means = _verb(quoted, "means", "mean")
    reason = f"{quoted} {means} the same kind of work as “{name.text}”, {name.called}"
    if unit.unread:
        return Strength.RELATED, f"{reason}, but {_quoted(unit.title, unit.unread)} may change it."
    return Strength.CLOSE, f"{reason}."


def _whole_field(unit: _Unit, name: _Name, titles: TitleIndex) -> tuple[Strength, str]:
    if unit.occupation.kind in titles.kinds_of(name.slug) | {"specialist", "analyst"}:
        return _same_occupation(unit, name)
    return _related(unit, "{field} is this role’s field, whatever the job in it is called.")


def _related(unit: _Unit, why: str) -> tuple[Strength, str]:
    return Strength.RELATED, why.format(
        job=_quoted(unit.title, _job_tokens(unit)), field=_quoted(unit.title, _field_tokens(unit))
    )


def _candidate(unit: _Unit, name: _Name, judged: tuple[Strength, str]) -> _Candidate:
    # A close match by name ranks above one by occupation. Among loose matches it is the other way
    # round, since an occupation weighs every word of the title.
    explains = 0 if judged[0] is Strength.CLOSE else len(unit.tokens) * 9
    return _Candidate(Match(name.slug, *judged), explains, unit.tokens[0].start)


def _by_field(title: Reading, titles: TitleIndex) -> Iterator[_Candidate]:
    """Roles whose narrow field is named beside another job: “Product Manager, Computer Vision”."""
    unit = _Unit(title, title.tokens)
    if not _SAYS_AI & unit.concepts:
        return
    for field in _NARROW_FIELDS if unit.occupation.kind == "build" else _NARROWER_FIELDS:
        tokens = [token for token in title.tokens if token.concepts.intersection(_FIELD_OF[field])]
        theirs = titles.names_doing([_Occupation(field, "build")]) if tokens else []
        if tokens and (name := _nearest_name(unit, theirs)):
            reason = f"{_quoted(title, tokens)} is this role’s field."
            yield _Candidate(Match(name.slug, Strength.RELATED, reason), 0, tokens[0].start)


# Titles that differ from firm to firm -------------------------------------------------------------


class _Sense(NamedTuple):
    """A title that may mean a role, as concepts. varies: what to look for in the ad, or nothing."""

    slug: str
    concepts: frozenset[str]
    varies: str


def _sense(slug: str, title: str, varies: str) -> _Sense:
    return _Sense(slug, _concepts_of_name(title), varies)


def _own_words(roles: Iterable[RoleTitles]) -> Words:
    """The folded words of all names and titles of a catalog, also as they are said of one."""
    texts = (
        text
        for role in roles
        for text in (role.title, *role.aliases, *(near.title for near in role.near))
    )
    words = frozenset(word for text in texts for word in fold(text).split())
    return Words(words | {singular(word) for word in words})


def _meant(title: Reading, titles: TitleIndex) -> list[_Sense]:
    """What is known of such a title, role by role; of several that fit, the one with most words."""
    concepts = concepts_of(title.tokens)
    beside = concepts_of(_Unit(title, title.tokens).beside_the_job)
    jobs = (concepts & _JOBS) | (beside & {"other-trade"})
    occupations = {unit.occupation for unit in _units(title)}
    fitting = [
        sense
        for sense in titles.senses(concepts)
        if _occupation(sense.concepts) in occupations and jobs <= sense.concepts
    ]
    longest = max(fitting, key=lambda sense: len(sense.concepts), default=None)
    return [sense for sense in fitting if longest and sense.concepts == longest.concepts]


def _by_sense(title: Reading, meant: Sequence[_Sense]) -> Iterator[_Candidate]:
    """Roles that some firms mean by this title, if it is that title and nothing more."""
    concepts = meant[0].concepts if meant else frozenset()
    said = [token for token in title.tokens if token.concepts <= concepts]
    parts = {token.part for token in said}
    if not said or any(token.part in parts and token not in said for token in title.tokens):
        return
    reason = f"Some firms mean the work of this role by {_quoted(title, said)}."
    for sense in meant:
        yield _Candidate(Match(sense.slug, Strength.RELATED, reason), 0, 0)


# Saying why ---------------------------------------------------------------------------------------


def _why_none(title: Reading, titles: TitleIndex) -> str:
    unit = _Unit(title, title.tokens)
    if not title.tokens:
        return _why_nothing(title)
    if not titles.fields:
        return _why_no_name(title, titles)
    field, job = _quoted(title, _field_tokens(unit)), _quoted(title, _job_tokens(unit))
    if not _SAYS_AI & unit.concepts:
        beside = f" beside {job}" if job else " in it"
        return f"No word{beside} says AI, machine learning or models."
    if unit.occupation.kind == "lead" and "other-trade" not in unit.concepts:
        return f"{job} leads people, and {field} is as wide a field as all of these roles."
    if job:
        return f"{field} is in it, but none of these roles does the job of {job}."
    return f"{field} is a field, and no word beside it names a job in it that these roles do."


def _why_no_name(title: Reading, titles: TitleIndex) -> str:
    """Of roles that have nothing to do with AI."""
    strange = [token for token in title.tokens if not token.concepts <= titles.said]
    if strange:
        return f"None of these roles has {_quoted(title, strange)} in its name."
    return f"No one of these roles has all of {_quoted(title, title.tokens)} in its name."


def _why_nothing(title: Reading) -> str:
    if not title.aside:
        return "There is no word in it to go by."
    aside = _listed(f"“{title.text[start:end]}”" for start, end in title.aside)
    says = _verb(aside, "says", "say")
    return f"{aside} {says} how far along, where or on what contract, but not what the job is."


def _unread(title: Reading, titles: TitleIndex, meant: Iterable[_Sense]) -> tuple[str, ...]:
    """The words that neither the vocabulary nor any role's name knows."""
    read_by_name = titles.said.union(*(sense.concepts for sense in meant))
    return tuple(
        title.text[start:end]
        for start, end in _pieces(
            title,
            [each for each in title.tokens if not each.known and not each.concepts & read_by_name],
        )
    )


def _field_tokens(unit: _Unit) -> list[Token]:
    fields = {concept for those in _FIELD_OF.values() for concept in those}
    return [token for token in unit.tokens if token.concepts & fields]


def _job_tokens(unit: _Unit) -> list[Token]:
    """The words for the kind of work, with the trade that they name it for."""
    trade = {"other-trade"} if unit.occupation.kind != "data-science" else set()
    beside = unit.beside_the_job or unit.tokens
    return [token for token in beside if token.concepts & (_JOBS | trade)]


def _quoted_occupation(unit: _Unit) -> str:
    said = {*_field_tokens(unit), *_job_tokens(unit)}
    return _quoted(unit.title, [token for token in unit.tokens if token in said])


def _quoted(title: Reading, tokens: Sequence[Token]) -> str:
    """The words of these tokens as typed, in quotation marks: one pair for words in a row."""
    return _listed(f"“{title.text[start:end]}”" for start, end in _pieces(title, tokens))


def _pieces(title: Reading, tokens: Iterable[Token]) -> list[tuple[int, int]]:
    """The spans of some tokens; neighbors are one span."""
    pieces: list[tuple[int, int]] = []
    for token in tokens:
        if pieces and not _apart(title, pieces[-1][1], token.start):
            pieces[-1] = (pieces[-1][0], token.end)
        else:
            pieces.append((token.start, token.end))
    return pieces


def _apart(title: Reading, end: int, start: int) -> bool:
    spans = [*title.aside, *((token.start, token.end) for token in title.tokens)]
    between = any(end <= span[0] < start for span in spans)
    return between or bool(set("()[]|") & set(title.text[end:start]))


def _verb(quoted: str, one: str, many: str) -> str:
    return many if "” and “" in quoted else one


def _listed(pieces: Iterable[str]) -> str:
    """Each once: “a”; “a” and “b”; “a”, “b” and “c”. Nothing for no pieces."""
    return listed([*dict.fromkeys(pieces)] or [""], "and")
