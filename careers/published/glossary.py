"""The terms of the trade, and links to them where a lesson's text first uses each."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from html import escape, unescape
from typing import NamedTuple

from careers.published.roadmap import LessonRef

# No links inside these: names, headings, code, and what is a link already. A table's head may be
# hidden on a phone, and its words repeated in each row.
_APART = {"a", "b", "code", "h2", "h3", "h4", "h5", "h6", "math", "pre", "summary", "sup", "th"}
# A whole block of code, since most of a text's tags are in one; or a single tag.
_MARKUP = re.compile(r'(<pre\b(?:[^<]|<(?!/?pre\b))*</pre>|<(?:[^>"]|"[^"]*")*>)')
_NAME = re.compile(r"</?([a-zA-Z0-9]+)")

TERMS_A_PAGE = 500  # few enough to search with the browser; some 150 KB before compression


class Place(NamedTuple):
    """A page elsewhere that teaches something."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Term:
    """A term. lesson: the published one that teaches it. linked: whether texts link to it.

    pk: of its row. learn: where to learn it if no lesson teaches it.
    """

    slug: str
    title: str
    also: tuple[str, ...]
    meaning: str
    lesson: LessonRef | None = None
    linked: bool = True
    pk: int = 0
    learn: tuple[Place, ...] = ()

    @property
    def initial(self) -> "Initial":
        """The letter that it is listed under."""
        return _initial(_in_order(self.title))

    @property
    def spellings(self) -> tuple[str, ...]:
        return (self.title, *self.also)


class Initial(NamedTuple):
    """A letter of the alphabet. anchor: begins with a capital, so it is never a slug."""

    label: str
    anchor: str


DIGITS = Initial("0–9", "Digits")  # and what begins with neither a letter nor a digit


class Use(NamedTuple):
    """Where in an HTML text a term is first used: the characters from `start` to before `end`."""

    start: int
    end: int
    term: Term


MOST_USES_KEPT = 1_000  # texts; some three kilobytes each


@dataclass(frozen=True, slots=True)
class Glossary:
    """All terms in alphabetical order. by_spelling: spelling_key() of a name, or a slug → term.

    places: the primary key of a row → its term's index. pages: slug → page of the glossary, from 1.
    initials: letter → the slug of its first term.
    uses: (lesson number, digest of its HTML) → the terms used in it; a cache, so that a text is
    searched once and not for each visitor.
    """

    terms: tuple[Term, ...] = ()
    by_spelling: Mapping[str, Term] | None = None
    pattern: re.Pattern[str] | None = None
    places: Mapping[int, int] | None = None
    pages: Mapping[str, int] | None = None
    initials: Mapping[Initial, str] = field(default_factory=dict)
    uses: dict[tuple[int, bytes], tuple[Use, ...]] = field(
        default_factory=dict, compare=False, repr=False
    )

    @classmethod
    def of(cls, terms: Iterable[Term]) -> "Glossary":
        ordered = tuple(sorted(terms, key=_place_of))
        spelled = {spelling_key(name): term for term in ordered for name in term.spellings}
        linked = {
            unicodedata.normalize(form, name)
            for term in ordered
            if term.linked
            for name in term.spellings
            for form in ("NFC", "NFD")
        }
        names = sorted(linked, key=lambda name: (-len(name), name))
        words = "|".join(_by_first_letter(names))
        pattern = re.compile(rf"(?<![\w&-])(?P<term>{words})(?:s|es)?(?![\w-])") if words else None
        places = {term.pk: place for place, term in enumerate(ordered)}
        pages = {term.slug: place // TERMS_A_PAGE + 1 for place, term in enumerate(ordered)}
        by_spelling = {term.slug: term for term in ordered} | spelled
        initials = {term.initial: term.slug for term in reversed(ordered)}
        return cls(ordered, by_spelling, pattern, places, pages, dict(reversed(initials.items())))

    def letters(self, glossary: str) -> list[tuple[str, str]]:
        """Each letter that has terms, and its address. glossary: as for `address`."""
        return [
            (letter.label, f"{self._page_of(glossary, slug)}#{letter.anchor}")
            for letter, slug in self.initials.items()
        ]

    def address(self, glossary: str, slug: str) -> str:
        """The address of a term. glossary: the address of the glossary's first page."""
        return f"{self._page_of(glossary, slug)}#{slug}"

    def _page_of(self, glossary: str, slug: str) -> str:
        number = (self.pages or {}).get(slug, 1)
        return f"{glossary}?page={number}" if number > 1 else glossary

    def term(self, spelling: str) -> Term | None:
        """The term that a lesson names, by its slug or any spelling; or None."""
        return (self.by_spelling or {}).get(spelling_key(spelling))

    def learned_elsewhere(self, spellings: Iterable[str]) -> list[Term]:
        """The terms among these that no lesson teaches but a page elsewhere does, each once."""
        found = dict.fromkeys(self.term(spelling) for spelling in spellings)
        return [term for term in found if term and term.learn and not term.lesson]

    def with_links(self, html: str, page: str, lesson: int) -> str:
        """Link the first use of each term in a text to the glossary.

        html: as paths.markdown writes it. page: the glossary's address. lesson: the number of the
        text's own lesson; terms that it teaches aren't linked.
        """
        if not self.pattern:
            return html
        pieces, end = [], 0
        for use in self._uses_in(html, lesson, self.pattern):
            address = self.address(page, use.term.slug)
            meaning, word = escape(use.term.meaning), html[use.start : use.end]
            link = f'<a class="term" href="{address}" title="{meaning}">{word}</a>'
            pieces += [html[end : use.start], link]
            end = use.end
        return "".join([*pieces, html[end:]])

    def _uses_in(self, html: str, lesson: int, pattern: re.Pattern[str]) -> tuple[Use, ...]:
        key = (lesson, sha256(html.encode()).digest())
        kept = self.uses.get(key)
        if kept is None:
            kept = tuple(self._first_uses(html, lesson, pattern))
            if len(self.uses) >= MOST_USES_KEPT:
                self.uses.clear()
            self.uses[key] = kept
        return kept

    def _first_uses(self, html: str, lesson: int, pattern: re.Pattern[str]) -> Iterator[Use]:
        seen = {term.slug for term in self.terms if term.lesson and term.lesson.number == lesson}
        for start, end in _prose(html):
            for found in pattern.finditer(html, start, end):
                term = self.term(unescape(found["term"]))
                if term and term.slug not in seen:
                    seen.add(term.slug)
                    yield Use(*found.span(), term)


def _place_of(term: Term) -> tuple[bool, str, str, str, str]:
    """A sort key: alphabetical, digits first."""
    words = _in_order(term.title)
    letter = _initial(words)
    return letter != DIGITS, letter.label, words, term.title.casefold(), term.slug


def _in_order(title: str) -> str:
    """A title as it is sorted: lower case, without accents and leading punctuation."""
    bare = "".join(
        each
        for each in unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", title).casefold())
        if not unicodedata.combining(each)
    )
    start = next((place for place, each in enumerate(bare) if each.isalnum()), len(bare))
    return bare[start:]


def _initial(words: str) -> Initial:
    letter = words[:1].upper()
    return Initial(letter, letter) if letter[:1].isalpha() else DIGITS


def _prose(html: str) -> Iterator[tuple[int, int]]:
    """Start and end of each stretch of text between tags, but for what is inside `_APART`."""
    depth = end = 0
    for markup in _MARKUP.finditer(html):
        if not depth:
            yield end, markup.start()
        name = _NAME.match(markup[0])
        if name and name[1] in _APART:
            depth += not markup[0].startswith("</")
            depth -= markup[0].endswith(f"</{name[1]}>")
        end = markup.end()
    if not depth:
        yield end, len(html)


def _by_first_letter(names: Iterable[str]) -> Iterator[str]:
    """Patterns for names, grouped by first letter: a group is only tried where its letter stands.

    Of two names that match at one place, the first in `names` still wins: they share the letter.
    """
    groups: dict[str, list[str]] = {}
    for name in names:
        first = name[0].lower()
        groups.setdefault(first if first.isascii() and first.isalpha() else "", []).append(name)
    for first, group in groups.items():
        words = "|".join(map(_word, group))
        yield f"(?=(?i:{first}))(?:{words})" if first else words


def spelling_key(spelling: str) -> str:
    """A spelling to compare with others: without regard to case, white space, Unicode composition,
    and whether an apostrophe is straight."""
    straight = spelling.replace("’", "'")
    return " ".join(unicodedata.normalize("NFC", straight.casefold()).split())


def _word(spelling: str) -> str:
    """A pattern that finds a spelling in HTML. It ignores case, except for “RAG” and the like."""
    words = escape(spelling, quote=False).split()  # the texts don't escape quotes either
    pattern = re.sub("['’]", "['’]", r"(?:\s|&nbsp;)+".join(map(re.escape, words)))
    return pattern if spelling.isupper() else f"(?i:{pattern})"
