"""The words of lessons are spelled right, and their links lead somewhere.

The dictionary is pyspellchecker's; words.txt adds our own words, one a line, in lower case.
"""

import re
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml
from django.conf import settings
from lxml.html import HtmlElement, document_fromstring
from spellchecker import SpellChecker

from careers import snapshot
from careers.published.roadmap import first_week
from paths.models import validate_url
from tests.paths.lessons import WrittenLesson, written

WORDS = Path(__file__).with_name("words.txt")
LESSONS = {f"{lesson.number}-{lesson.name}": lesson for lesson in written(settings.CATALOG_DIR)}
SHOWN = ("title", "summary", "objectives", "skip_if")  # the keys of a front matter that readers see

# British spellings.
BRITISH = re.compile(
    r"(?i)\b(?:\w*(?:colour|behaviour|favour|neighbour|labour|honour|labell|modell|travell)\w*"
    r"|\w*(?:organ|optim|recogn|summar|token|normal|general|regular|quant|minim|maxim)is(?:e|ing|a)\w*"
    r"|cancell(?:ed|ing)|centres?|licences?|defences?|catalogues?|programmes?|grey|whilst|analys(?:ed|ing))\b"
)
_NO_WORDS = re.compile(
    r"```.*?```|`[^`\n]*`|\$\$.*?\$\$|\$[^$\n]+\$|\]\([^)]*\)|\S+://\S+", re.DOTALL
)
_WORD = re.compile(r"(?<![\w.@/-])[a-z]+(?:['’][a-z]+)?(?![\w@/])")


@pytest.fixture(params=LESSONS)
def lesson(request) -> WrittenLesson:
    return LESSONS[request.param]


@cache
def dictionary() -> SpellChecker:
    found = SpellChecker()
    found.word_frequency.load_words(own_words())
    return found


def own_words() -> list[str]:
    return WORDS.read_text(encoding="utf-8").split()


def prose(lesson: WrittenLesson) -> str:
    """The words of a lesson that readers see."""
    front = yaml.safe_load(lesson.file.read_text(encoding="utf-8").split("---\n")[1])
    parts = [front[name] for name in SHOWN if name in front]
    lines = [line for part in parts for line in ([part] if isinstance(part, str) else part)]
    return words_of("\n".join([*lines, lesson.body]))


def words_of(text: str) -> str:
    """A text without its code, formulas and addresses."""
    return _NO_WORDS.sub(" ", text)


def unknown(text: str) -> set[str]:
    """The words that the dictionary lacks. Those with a capital, as names have, aren't checked."""
    words = {word.replace("’", "'").removesuffix("'s") for word in _WORD.findall(text)}
    return dictionary().unknown(words)


def test_its_words_are_spelled_as_in_a_dictionary(lesson):
    words = unknown(prose(lesson))
    assert not words, f"mend them, or add them to {WORDS.name} if they are right"


def test_its_spelling_is_american(lesson):
    assert not {found[0] for found in BRITISH.finditer(prose(lesson))}


def test_its_sources_have_addresses_of_the_right_form(lesson):
    for source in lesson.front.get("sources") or []:
        address = urlsplit(source["url"].strip())
        validate_url(source["url"].strip())
        assert address.scheme == "https" or address.hostname in HTTP_ONLY, source["url"]
        assert not address.query.startswith("utm_")
        assert not address.username


# Sources that can't be reached by https://.
HTTP_ONLY: set[str] = set()


def test_own_words_are_needed_once_and_in_order():
    words = own_words()
    assert words == sorted(set(words))
    known = SpellChecker().known(words)
    assert not known, "the dictionary has them"


def test_misspelled_words_are_found():
    text = words_of("The modle recieves `teh` $teh$ [x](teh) https://teh.org Vaswani's tokens.")
    assert unknown(text) == {"modle", "recieves"}


def test_british_spellings_are_found():
    text = "A colour of labelled data, normalised; a promise, an exercise, programmed analyses."
    assert [found[0] for found in BRITISH.finditer(text)] == ["colour", "labelled", "normalised"]


# -- Links, and what is needed before --------------------------------------------------------------


def test_no_link_of_a_lesson_is_dead(real_catalog, client):
    """Only links within the site are followed; other addresses are checked for their form."""
    pages = {}
    dead = []
    within = "//*[contains(@class, 'lesson')]//*[self::a/@href or self::img/@src]"
    for number, lesson in snapshot.current().lessons.items():
        address = lesson.ref.url
        if address not in pages:
            pages[address] = tree(client, address)
        for link in pages[address].xpath(within):
            target = link.get("href") or link.get("src")
            if not is_alive(client, address, target, pages):
                dead.append((number, target))
    assert not dead


def tree(client, address: str) -> HtmlElement | None:
    """A page, or None. By lxml, ten times as fast as Beautiful Soup: there are over a hundred."""
    answer = client.get(address)
    return document_fromstring(answer.content) if answer.status_code == 200 else None


def is_alive(client, page: str, target: str, pages: dict[str, HtmlElement | None]) -> bool:
    parts = urlsplit(target)
    if parts.scheme:
        validate_url(target)
        return True
    path = parts.path if parts.path.startswith("/") else f"{page}{parts.path}"
    path = path if parts.path else page
    path = f"{path}?{parts.query}" if parts.query else path  # page 2 and later of a list
    if path not in pages:
        pages[path] = tree(client, path)
    found = pages[path]
    if found is None or not parts.fragment:
        return found is not None
    return bool(found.xpath("//*[@id=$id]", id=parts.fragment))


def test_no_lesson_needs_what_comes_later(real_catalog):
    """On every roadmap, what a lesson needs is taught before it, or nowhere on that roadmap."""
    catalog = snapshot.current()
    late = []
    for role in catalog.roles.values():
        stops = role.roadmap.stops
        roads = [[each.number for each in stop.lessons] for stop in stops]
        if role.roadmap.in_sequence:
            roads = [[number for road in roads for number in road]]
        for road in roads:
            place = {number: index for index, number in enumerate(road)}
            for number in road:
                lesson = catalog.lessons.get(number)
                for spelling in lesson.needs if lesson else ():
                    term = catalog.glossary.term(spelling)
                    taught = place.get(term.lesson.number, -1) if term.lesson else -1
                    if taught >= place[number]:
                        late.append((role.slug, number, spelling))
    assert not late


def test_a_first_week_leaves_out_nothing_that_it_needs(real_catalog):
    """As far as the roadmap teaches it. The first week may skip lessons for those in focus."""
    catalog = snapshot.current()
    missing = []
    for role in catalog.roles.values():
        week = [lesson.number for lesson in first_week(role.roadmap).lessons]
        for place, number in enumerate(week):
            for spelling in catalog.lessons[number].needs:
                term = catalog.glossary.term(spelling)
                taught = term.lesson.number if term.lesson else None
                if taught in role.roadmap.numbers and taught not in week[:place]:
                    missing.append((role.slug, number, spelling))
    assert not missing


def test_a_role_asks_beforehand_for_the_language_of_its_lessons(real_catalog):
    catalog = snapshot.current()
    silent = [
        role.slug
        for role in catalog.roles.values()
        if any("python" in catalog.lessons[each.number].needs for each in role.roadmap.lessons)
        and "Python" not in role.beforehand
    ]
    assert not silent


def test_every_spelling_belongs_to_one_term(real_catalog):
    terms = snapshot.current().glossary.terms
    spellings = [name.casefold() for term in terms for name in {term.slug, *term.spellings}]
    owners = {
        name: {t.slug for t in terms if name in map(str.casefold, t.spellings)}
        for name in spellings
    }
    assert not {name: found for name, found in owners.items() if len(found) > 1}


def test_every_term_is_one_plain_sentence(real_catalog):
    for term in snapshot.current().glossary.terms:
        assert re.fullmatch(r"[A-Z][^.]*(?:\.\d[^.]*)*\.", term.meaning), term.slug
        assert not unknown(term.meaning)
