"""The words of the trade, and where a lesson's text uses one first."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape

from careers.published.roadmap import LessonRef

# In these an author's words are something else: names, headings, code, a link already.
_APART = {"a", "code", "h2", "h3", "h4", "h5", "h6", "math", "pre", "summary", "sup"}
# A block of code, whole, since it has most of a text's tags; or a tag.
_MARKUP = re.compile(r'(<pre\b(?:[^<]|<(?!/?pre\b))*</pre>|<(?:[^>"]|"[^"]*")*>)')
_NAME = re.compile(r"</?([a-zA-Z0-9]+)")

TERMS_A_PAGE = 500  # as many as one still searches with the browser; some 150 KB before packing


@dataclass(frozen=True, slots=True)
class Term:
    """A term. lesson: the published one that teaches it. linked: whether texts lead to it.

    pk: of its row.
    """

    slug: str
    title: str
    also: tuple[str, ...]
    meaning: str
    lesson: LessonRef | None = None
    linked: bool = True
    pk: int = 0

    @property
    def spellings(self) -> tuple[str, ...]:
        return (self.title, *self.also)


@dataclass(frozen=True, slots=True)
class Glossary:
    """Terms in the order of the alphabet. by_spelling: small letters → term.

    places: the primary key of a row → the place of its term. pages: a slug → its page, from 1.
    """

    terms: tuple[Term, ...] = ()
    by_spelling: Mapping[str, Term] | None = None
    pattern: re.Pattern[str] | None = None
    places: Mapping[int, int] | None = None
    pages: Mapping[str, int] | None = None

    @classmethod
    def of(cls, terms: Iterable[Term]) -> "Glossary":
        ordered = tuple(sorted(terms, key=lambda term: (term.title.casefold(), term.slug)))
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
        pattern = re.compile(rf"(?<![\w-])(?P<term>{words})(?:s|es)?(?![\w-])") if words else None
        places = {term.pk: place for place, term in enumerate(ordered)}
        pages = {term.slug: place // TERMS_A_PAGE + 1 for place, term in enumerate(ordered)}
        by_spelling = {term.slug: term for term in ordered} | spelled
        return cls(ordered, by_spelling, pattern, places, pages)

    def address(self, glossary: str, slug: str) -> str:
        """Where a term is explained. glossary: the address of the first page of all terms."""
        number = (self.pages or {}).get(slug, 1)
        return f"{glossary}?page={number}#{slug}" if number > 1 else f"{glossary}#{slug}"

    def term(self, spelling: str) -> Term | None:
        """The term of a name that a lesson gives, by its key or by any spelling."""
        return (self.by_spelling or {}).get(spelling_key(spelling))

    def with_links(self, html: str, page: str, lesson: int) -> str:
        """A text in which the first use of each term leads to it.

        html: as paths.markdown writes it. page: the glossary's address. lesson: the number of the
        one whose text it is; what it teaches itself is not linked.
        """
        if not self.pattern:
            return html
        return "".join(self._linked(html, page, lesson, self.pattern))

    def _linked(self, html: str, page: str, lesson: int, pattern: re.Pattern[str]) -> Iterator[str]:
        seen = {term.slug for term in self.terms if term.lesson and term.lesson.number == lesson}

        def link(found: re.Match[str]) -> str:
            term = self.term(found["term"])
            if term is None or term.slug in seen:
                return found[0]
            seen.add(term.slug)
            address = self.address(page, term.slug)
            return f'<a class="term" href="{address}" title="{escape(term.meaning)}">{found[0]}</a>'

        depth = 0
        for place, piece in enumerate(_MARKUP.split(html)):
            if place % 2:
                name = _NAME.match(piece)
                if name and name[1] in _APART:
                    depth += not piece.startswith("</")
                    depth -= piece.endswith(f"</{name[1]}>")
                yield piece
            else:
                yield piece if depth else pattern.sub(link, piece)


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
    """What tells spellings apart: neither capitals, nor white space, nor how Unicode composes."""
    return " ".join(unicodedata.normalize("NFC", spelling.casefold()).split())


def _word(spelling: str) -> str:
    """A pattern of a spelling. Small and capital letters are one, but for those of “RAG”."""
    pattern = r"\s+".join(map(re.escape, escape(spelling).split()))
    return pattern if spelling.isupper() else f"(?i:{pattern})"
