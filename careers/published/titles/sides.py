"""Split a title that names several jobs into one text for each.

“ML Engineer / Data Scientist” is two titles, and so is “Computer Vision Engineer/Scientist”, whose
two jobs share a field. “AI/ML Engineer” is one.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from careers.published.titles.concepts import Reading, Token, concepts_of, fold, without_gender
from careers.published.titles.index import TitleIndex
from careers.published.titles.occupations import FIELD_OF, JOBS

MOST_SIDES = 6  # jobs: with more in a title, nobody knows which one is meant
# `_BESIDE` stands between two jobs, or between two fields of one job. What follows a `_BEHIND`
# applies to all before it, unless it names a job by itself.
_BESIDE = re.compile(r"[/|+&]|(?<![^\W_])(?:and|or|und|oder|et|ou|y|e)(?![^\W_])", re.IGNORECASE)
_NO_DIVIDER = re.compile(r"[^,;()\[\]–—•:-]")
_BEHIND = re.compile(r"[,;()\[\]–—•]|\s[-:]|[-:]\s")
# Words for work, not for a person: a manager of “ML Engineering” is not an engineer as well.
_WORK = (
    "engineering development dev science research management ownership consulting entwicklung"
    " softwareentwicklung forschung leitung produktmanagement projektleitung ingenierie recherche"
    " ingenieria investigacion ingegneria ricerca engenharia pesquisa"
)
_LAST_WORD = re.compile(r"[^\W_]+$")
_FIELDS = frozenset(concept for those in FIELD_OF.values() for concept in those)
_TRADES = frozenset({"mlops", "data-science"})  # fields whose name may stand for a job

type Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Item:
    """Tokens between two dividers."""

    tokens: tuple[Token, ...]
    is_named: bool  # whether they are the whole name of a role

    @property
    def span(self) -> Span:
        return self.tokens[0].start, self.tokens[-1].end

    @property
    def concepts(self) -> frozenset[str]:
        return concepts_of(self.tokens)

    @property
    def fields(self) -> frozenset[str]:
        return self.concepts & (_FIELDS | _TRADES)


def sides_of(title: Reading, titles: TitleIndex, means_ours: Callable[[str], bool]) -> list[str]:
    """A text for each job in a title. It is as long as the title, with spaces for all other words.

    Empty if the title names one job. means_ours: whether a text matches a role.
    """
    return _Sides(title, titles, means_ours).found()


class _Sides:
    def __init__(
        self, title: Reading, titles: TitleIndex, means_ours: Callable[[str], bool]
    ) -> None:
        self._title, self._titles, self._means_ours = title, titles, means_ours
        self._text = title.text
        between = without_gender(title.text)
        for start, end in title.aside:
            between = between[:start] + " " * (end - start) + between[end:]
        self._between = between

    def found(self) -> list[str]:
        segments = self._segments()
        for place, items in enumerate(segments):
            sides = self._beside(items) if 1 < len(items) <= MOST_SIDES else []
            if len(sides) > 1:
                rest = [self._span(each) for each in segments[:place] + segments[place + 1 :]]
                return [self._only([*side, *rest]) for side in sides]
        return self._behind([self._span(items) for items in segments], segments)

    # -- Jobs beside each other ----------------------------------------------------------------

    def _segments(self) -> list[list[_Item]]:
        """Split the tokens into segments at `_BEHIND`, and these into items at `_BESIDE`."""
        segments: list[list[list[Token]]] = []
        tokens = self._title.tokens
        for before, token in zip((None, *tokens), tokens, strict=False):
            gap = self._between[before.end : token.start] if before else ""
            if not before or (_BEHIND.search(gap) and not _BESIDE.search(gap)):
                segments.append([[token]])
            elif _BESIDE.search(gap) and not self._is_in_a_name(segments[-1][-1], token):
                segments[-1].append([token])
            else:
                segments[-1][-1].append(token)
        return [[self._item(tokens) for tokens in items] for items in segments]

    def _is_in_a_name(self, before: Sequence[Token], token: Token) -> bool:
        """Whether a divider is part of a role's name, as in “AI/ML Engineer”."""
        rest = [each for each in self._title.tokens if each.start >= token.start]
        around = fold(self._text[before[0].start : rest[-1].end])
        split = len(fold(self._text[before[0].start : before[-1].end]).split())
        for name in self._titles.called(concepts_of([*before, *rest])):
            words = fold(name.text)
            at = f" {around} ".find(f" {words} ")
            first = around[:at].count(" ") if at >= 0 else split
            if _BESIDE.search(name.text) and first < split < first + len(words.split()):
                return True
        return False

    def _item(self, tokens: Sequence[Token]) -> _Item:
        said = fold(self._text[tokens[0].start : tokens[-1].end])
        names = self._titles.called(concepts_of(tokens))
        return _Item(tuple(tokens), any(fold(name.text) == said for name in names))

    def _beside(self, items: Sequence[_Item]) -> list[list[Span]]:
        """The spans of each side, if at least one item names a job."""
        persons = [each for each in items if self._names_a_job(each)]
        if not persons:
            return []
        sides: list[list[Span]] = []
        joined: int | None = None  # start of the words that belong to the next side
        shared: Span | None = None
        for place, item in enumerate(items):
            start, end = item.span
            if item in persons:
                span = (start if joined is None else joined, end)
                more = self._shared(items, place, shared)
                shared = self._before_the_job(item) or more
                sides.append([span, *([more] if more else [])])
                joined = None
            elif job := self._job_for(items, place, persons):
                sides.append([item.span, job] if job != item.span else [item.span])
            elif any(each in persons for each in items[place + 1 :]):
                joined = start if joined is None else joined
            elif sides:
                first, *others = sides[-1]
                sides[-1] = [(first[0], end), *others]
        return sides

    def _names_a_job(self, item: _Item) -> bool:
        return item.is_named or any(map(self._is_a_person, item.tokens))

    def _is_a_person(self, token: Token) -> bool:
        """Whether a token names somebody who works, and not the work."""
        words = fold(self._text[token.start : token.end]).split()
        return bool(token.concepts & JOBS) and words[-1] not in _WORK.split()

    def _job_for(self, items: Sequence[_Item], place: int, persons: Sequence[_Item]) -> Span | None:
        """The span of the job that a bare field shares: in “MLOps / ML Engineer”, of “Engineer”.

        It is the field's own span if its name may stand for a job; None if no job is shared.
        """
        item = items[place]
        if not item.fields or not all(each.known for each in item.tokens):
            return None
        if "data-science" in item.concepts:
            return item.span
        later = [each for each in persons if each.span[0] > item.span[0]]
        is_trade = bool(item.fields & _TRADES)
        for other in later or (persons if is_trade else ()):
            job = next((each for each in other.tokens if each.concepts & JOBS), None)
            if not job or not (other.fields or is_trade):
                continue
            both = ([item.span, (job.start, other.span[1])], [other.span])
            wide = {"ai"} in (item.fields, other.fields) and not is_trade
            if not wide and all(self._means_ours(self._only(each)) for each in both):
                return job.start, other.span[1]
        return item.span if is_trade and not later else None

    def _shared(self, items: Sequence[_Item], place: int, before: Span | None) -> Span | None:
        """The span of the field that a bare job shares with its neighbor, or None."""
        item = items[place]
        if len(item.tokens) > 1 or item.is_named:
            return None
        if place and before and " " not in self._text[slice(*item.span)]:
            return before
        following = items[place + 1] if not place and len(items) > 1 else None
        job = following and next((each for each in following.tokens if each.concepts & JOBS), None)
        if following and job and job.end < following.span[1]:
            return job.end, following.span[1]
        return None

    def _before_the_job(self, item: _Item) -> Span | None:
        """The span before the last word, if that word is the job; or None."""
        start, end = item.span
        last = _LAST_WORD.search(self._text[start:end])
        if not last or not last.start() or not self._is_a_person(item.tokens[-1]):
            return None
        return start, start + len(self._text[start : start + last.start()].rstrip())

    # -- One job behind another ----------------------------------------------------------------

    def _behind(self, spans: Sequence[Span], segments: Sequence[Sequence[_Item]]) -> list[str]:
        """A text for each segment that names a job, with the segments after it that don't.

        Empty unless each of these matches a role by itself, and the first segment is one.
        """
        jobs = [any(map(self._names_a_job, items)) for items in segments]
        if not 1 < sum(jobs) <= MOST_SIDES or not jobs[0]:
            return []
        starts = [place for place, is_job in enumerate(jobs) if is_job] + [len(spans)]
        if not all(self._means_ours(self._only([spans[place]])) for place in starts[:-1]):
            return []
        return [self._only(spans[start:end]) for start, end in pairwise(starts)]

    # -- Texts ---------------------------------------------------------------------------------

    def _span(self, items: Sequence[_Item]) -> Span:
        return items[0].span[0], items[-1].span[1]

    def _only(self, spans: Sequence[Span]) -> str:
        """The title with spaces for all that is outside of the spans, except for dividers."""
        text, end = "", 0
        for start, stop in _in_order(spans):
            between = self._between[end:start]
            between = between if text and _BEHIND.search(between) else ""
            dividers = _NO_DIVIDER.sub(" ", between)
            text += dividers.ljust(start - end) + self._text[start:stop]
            end = stop
        return text.ljust(len(self._text))


def _in_order(spans: Sequence[Span]) -> Iterator[Span]:
    end = 0
    for start, stop in sorted(spans):
        if stop > end:
            yield max(start, end), stop
            end = stop
