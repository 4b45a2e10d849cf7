"""The words of the trade, and where a lesson's text uses one first."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from html import escape, unescape
from typing import NamedTuple

from careers.published.roadmap import LessonRef

# In these an author's words are something else: names, headings, code, a link already. The head of
# a table may not be shown, and what it says may stand in each row.
_APART = {"a", "b", "code", "h2", "h3", "h4", "h5", "h6", "math", "pre", "summary", "sup", "th"}
# A block of code, whole, since it has most of a text's tags; or a tag.
_MARKUP = re.compile(r'(<pre\b(?:[^<]|<(?!/?pre\b))*</pre>|<(?:[^>"]|"[^"]*")*>)')
_NAME = re.compile(r"</?([a-zA-Z0-9]+)")

TERMS_A_PAGE = 500  # as many as one still searches with the browser; some 150 KB before packing


class Place(NamedTuple):
    """A page elsewhere that teaches something."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Term:
    """A term. lesson: the published one that teaches it. linked: whether texts lead to it.

    pk: of its row. learn: where to learn what no lesson teaches.
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
        """The letter of the alphabet under which it stands."""
        return _initial(_in_order(self.title))

    @property
    def spellings(self) -> tuple[str, ...]:
        return (self.title, *self.also)


class Initial(NamedTuple):
    """A letter of the alphabet. anchor: begins with a capital, which no slug does."""

    label: str
    anchor: str


DIGITS = Initial("0–9", "Digits")  # and what begins with neither a letter nor a digit


class Use(NamedTuple):
    """Where a text, as HTML, uses a term first: from which character up to which."""

    start: int
    end: int
    term: Term


MOST_USES_KEPT = 1_000  # texts; some three kilobytes each


@dataclass(frozen=True, slots=True)
class Glossary:
    """Terms in the order of the alphabet. by_spelling: small letters → term.

    places: the primary key of a row → the place of its term. pages: a slug → its page, from 1.
    initials: a letter → the slug of its first term.
    uses: the number of a lesson and the digest of its text → where it uses terms. A lesson's text
    is read through for them once, and not for each visitor.
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
        """Each letter that has terms, and where they begin. glossary: as for `address`."""
        return [
            (letter.label, f"{self._page_of(glossary, slug)}#{letter.anchor}")
            for letter, slug in self.initials.items()
        ]

    def address(self, glossary: str, slug: str) -> str:
        """Where a term is explained. glossary: the address of the first page of all terms."""
        return f"{self._page_of(glossary, slug)}#{slug}"

    def _page_of(self, glossary: str, slug: str) -> str:
        number = (self.pages or {}).get(slug, 1)
        return f"{glossary}?page={number}" if number > 1 else glossary

    def term(self, spelling: str) -> Term | None:
        """The term of a name that a lesson gives, by its key or by any spelling."""
        return (self.by_spelling or {}).get(spelling_key(spelling))

    def learned_elsewhere(self, spellings: Iterable[str]) -> list[Term]:
        """Of the terms that a lesson needs, those that no lesson teaches and another place does."""
        found = [self.term(spelling) for spelling in spellings]
        return [term for term in found if term and term.learn and not term.lesson]

    def with_links(self, html: str, page: str, lesson: int) -> str:
        """A text in which the first use of each term leads to it.

        html: as paths.markdown writes it. page: the glossary's address. lesson: the number of the
        one whose text it is; what it teaches itself is not linked.
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
    """What puts terms into the order of the alphabet, digits before it."""
    words = _in_order(term.title)
    letter = _initial(words)
    return letter != DIGITS, letter.label, words, term.title.casefold(), term.slug


def _in_order(title: str) -> str:
    """A title as the alphabet has it: small, without signs above letters or before the first."""
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
    """From which character up to which a text is an author's words, and nothing apart."""
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
    """Patterns of spellings: those with the same first letter are only tried where it stands.

    Where two could begin at one place, the one that comes first in names still does.
    """
    groups: dict[str, list[str]] = {}
    for name in names:
        first = name[0].lower()
        groups.setdefault(first if first.isascii() and first.isalpha() else "", []).append(name)
    for first, group in groups.items():
        words = "|".join(map(_word, group))
        yield f"(?=(?i:{first}))(?:{words})" if first else words


def spelling_key(spelling: str) -> str:
    """What tells spellings apart: neither capitals, nor white space, nor how Unicode composes, nor
    whether an apostrophe is a straight one."""
    straight = spelling.replace("’", "'")
    return " ".join(unicodedata.normalize("NFC", straight.casefold()).split())


def _word(spelling: str) -> str:
    """A pattern of a spelling, as HTML has it in a text. Small and capital letters are one, but for
    those of “RAG”."""
    words = escape(spelling, quote=False).split()  # quotes stand in a text as they are
    pattern = re.sub("['’]", "['’]", r"(?:\s|&nbsp;)+".join(map(re.escape, words)))
    return pattern if spelling.isupper() else f"(?i:{pattern})"
