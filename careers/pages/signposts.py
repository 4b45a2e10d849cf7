"""Pages that a search may mean, though its words are in no role, path, lesson or term.

“salary” leads to the roles by their pay, and a background to the roles that are nearest from there.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urlencode

from django.urls import reverse

from careers.published.catalog import Background, Catalog, once
from careers.published.search import Sort
from careers.published.titles.concepts import fold, singular
from careers.published.words import lower_first

MOST = 2


@dataclass(frozen=True, slots=True)
class Signpost:
    """A link to a page that a search may mean. title: the words of the link."""

    title: str
    url: str


# A page's title, the name of its URL, its query, and the searches that mean it, with commas
# between: a phrase anywhere in the text, or, after “=”, the whole text.
_PAGES: tuple[tuple[str, tuple[str, dict[str, str]], str], ...] = (
    (
        "All roles with their pay, highest first",
        ("role-list", {"sort": Sort.BAND}),
        (
            "salary, salaries, =pay, pays, wage, wages, income, earn, highest paid, "
            "highest paying, best paid, best paying, gehalt, salaire, sueldo"
        ),
    ),
    (
        "All roles with their hours, fewest first",
        ("role-list", {"sort": Sort.HOURS}),
        (
            "=how long, how long does it take, =hours, hours a week, hours per week, =easiest, "
            "easiest role, easiest job, =fastest, =quickest, =shortest"
        ),
    ),
    (
        "Two or three roles side by side",
        ("compare", {}),
        "compare roles, =compare, comparison of roles, engineer vs, engineer versus, manager vs",
    ),
    (
        "Five questions that point to a role",
        ("which", {}),
        "quiz, which role, which job, which career, career test, what fits me",
    ),
    (
        "What the title of a job ad means",
        ("decode", {}),
        "job title, job titles, job ad, job ads, job description",
    ),
    (
        "The map of roles and paths",
        ("role-map", {}),
        "=map, =the map, roadmap, roadmaps, =overview",
    ),
    (
        "All learning paths",
        ("path-list", {}),
        "=course, courses, curriculum, syllabus, learning path, learning paths, weiterbildung",
    ),
    (
        "Your plan, which keeps your place",
        ("plan", {}),
        "my plan, study plan, my progress, =plan, =progress, =schedule, =calendar, login, log in",
    ),
    ("The glossary", ("glossary", {}), "glossary, dictionary, definitions, jargon, =terms"),
    (
        "A model to practice on, without a key",
        ("practice-model", {}),
        "ollama, llama cpp, local model, api key, openai key, run locally, free model",
    ),
    (
        "Privacy: what is kept, and where",
        ("privacy", {}),
        "=privacy, cookie, cookies, gdpr, =tracking, dsgvo, datenschutz",
    ),
    ("What changed on this site", ("changes", {}), "what changed, changelog, rss, =feed, =news"),
    ("Open data: the whole catalog", ("data", {}), "open data, =csv, =download"),
)
# Searches by people without a related background.
_FRESH = (
    "beginner, beginners, career change, career changer, no experience, no degree, "
    "without a degree, =degree, phd, doctorate, certificate, =student, entry level, get started, "
    "where to start, how to start, quereinsteiger, quereinstieg, zertifikat, umschulung"
)

# These may follow what somebody works on, and don't tell backgrounds apart.
_ENGINEERS = (["engineer"], ["developer"], ["dev"])
# Further titles of people with a background, folded, by a name of the background. A search means
# one only if it is the whole text.
_ALSO = {
    "software engineer": (
        "software developer, developer, programmer, coder, backend, back end, frontend, "
        "front end, fullstack, full stack, web developer, mobile engineer, embedded "
        "engineer, softwareentwickler, entwickler, programmierer, developpeur, "
        "desarrollador, sviluppatore"
    ),
    "data analyst": (
        "business analyst, business intelligence, analytics, bi analyst, reporting analyst, "
        "datenanalyst, analyste de donnees, analista de datos"
    ),
    "sre": (
        "site reliability, platform engineer, cloud engineer, infrastructure engineer, "
        "system administrator, systems administrator, sysadmin, systemadministrator"
    ),
    "application security": (
        "security engineer, security analyst, cybersecurity, cyber security, appsec, "
        "penetration tester, pentester, red teamer"
    ),
    "product manager": (
        "product owner, product management, produktmanager, chef de produit, jefe de producto"
    ),
    "qa": (
        "quality assurance, quality engineer, test engineer, test automation, tester, help "
        "desk, editor, copywriter, redakteur, redacteur"
    ),
}


@dataclass(frozen=True, slots=True)
class _Titles:
    """Job titles of people with a background, folded.

    own: those in the background's own title, which may name several. also: further ones.
    """

    background: Background
    own: tuple[str, ...]
    also: tuple[str, ...]

    @property
    def all(self) -> tuple[str, ...]:
        return *self.own, *self.also


@once
def _titles(catalog: Catalog) -> list[_Titles]:
    found = []
    for background in catalog.backgrounds.values():
        own = tuple(_names(background))
        also = tuple(each for name in own if name in _ALSO for each in _ALSO[name].split(", "))
        found.append(_Titles(background, own, also))
    return found


def find_signposts(typed: str, catalog: Catalog) -> list[Signpost]:
    """The pages that a text may mean, at most MOST, those for a background first."""
    words = fold(typed).split()
    found = (*_of_backgrounds(words, catalog), *_of_pages(words))
    return list(islice(found, MOST))


def words_of_signposts(catalog: Catalog) -> frozenset[str]:
    """The words that lead to a page by themselves."""
    wanted = ", ".join((*(words for _, _, words in _PAGES), _FRESH)).split(", ")
    named = (name for each in _titles(catalog) for name in each.all)
    return frozenset(each.removeprefix("=") for each in (*wanted, *named) if " " not in each)


def near_from_title(title: str, catalog: Catalog) -> Signpost | None:
    """The roles nearest to the background of people with this job title; None if it is unknown."""
    words = fold(title).split()
    if not words:
        return None
    people = _of_one(words)
    named = (
        (len(name), each.background)
        for each in _titles(catalog)
        for name in each.all
        if _stands_in(_of_one(name.split()), people)
    )
    # The longest name counts: of a “BI developer”, not just “developer”.
    _, background = max(named, key=lambda each: each[0], default=(0, None))
    if background:
        return _from(background)
    return near_from_nowhere(catalog) if _is_wanted(_FRESH, words) else None


def near_from_nowhere(catalog: Catalog) -> Signpost | None:
    """The same for people without a related background; None if the catalog has none for them."""
    fresh = (each for each in catalog.backgrounds.values() if each.starts_fresh)
    return next(map(_from, fresh), None)


def _from(background: Background) -> Signpost:
    title = lower_first(background.title)
    url = f"{reverse('role-list')}?{urlencode({'from': background.slug})}"
    if background.starts_fresh:
        return Signpost(f"Every role from {title}, least demanding first", url)
    return Signpost(f"The nearest roles from {title}", url)


def _of_pages(words: list[str]) -> Iterator[Signpost]:
    for title, (name, query), wanted in _PAGES:
        if _is_wanted(wanted, words):
            yield Signpost(title, f"{reverse(name)}?{urlencode(query)}" if query else reverse(name))


def _of_backgrounds(words: list[str], catalog: Catalog) -> Iterator[Signpost]:
    people = _of_one(words)
    typed = [people, people[:-1] if people[-1:] in _ENGINEERS else people]
    for each in _titles(catalog):
        is_fresh = each.background.starts_fresh and _is_wanted(_FRESH, words)
        is_named = any(_is_from(_of_one(name.split()), people) for name in each.own)
        others = (_of_one(name.split()) for name in each.also)
        if is_fresh or is_named or any(name in typed for name in others):
            yield _from(each.background)


def _names(background: Background) -> Iterator[str]:
    """What people of a background call themselves: its title may name several."""
    for name in re.split(r",| or ", background.title):
        # Between a comma and “or” stands none.
        if folded := fold(name):
            yield folded
            yield folded.removesuffix(" engineer")


def _of_one(words: list[str]) -> list[str]:
    """The words in the singular: “data analysts” as “data analyst”."""
    return [singular(word) for word in words]


def _is_from(name: list[str], words: list[str]) -> bool:
    """Whether a text says that the visitor comes from there.

    One word may be about something else, unless it is the whole text, or in “from …” or “… to”.
    """
    if len(name) == 1:
        phrases: tuple[list[str], ...] = (["from", *name], [*name, "to"])
        return words == name or any(_stands_in(phrase, words) for phrase in phrases)
    return _stands_in(name, words)


def _is_wanted(wanted: str, words: list[str]) -> bool:
    return any(
        words == each[1:].split() if each[0] == "=" else _stands_in(each.split(), words)
        for each in wanted.split(", ")
    )


def _stands_in(phrase: list[str], words: list[str]) -> bool:
    """Whether words stand beside each other in a text."""
    size = len(phrase)
    return any(words[at : at + size] == phrase for at in range(len(words) - size + 1))
