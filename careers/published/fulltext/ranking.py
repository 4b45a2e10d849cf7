"""Which search results come first, and the sentence that shows why.

Pure. Each database returns results in an order of its own; this order is the same for all. Words
are weighted as in BM25 (Robertson and Zaragoza, “The Probabilistic Relevance Framework”, 2009): a
rare word counts more than a common one, and the tenth use of a word hardly more than the ninth.
"""

import math
import re
from bisect import bisect
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from careers.published.fulltext.question import Form, Sought
from careers.published.titles.concepts import words_in

IN_A_NAME, IN_ABOUT, IN_TEXT, WHOLE_NAME, IN_A_ROW = 4.0, 1.5, 1.0, 4.0, 1.0
SATURATION = 1.2  # BM25's k1
LENGTH = 0.5  # BM25's b: how much more often a long text must have a word to score the same
USUAL_LENGTH = 7_000  # characters of a usual lesson, folded
PROSE = 1.2  # weight of a sentence, where a heading has 1
CODE = 0.1  # weight of a line of code
OF_KINDS = {"roles": 1.1, "paths": 1.1, "terms": 1.05, "lessons": 1.0}
LONGEST_QUOTE = 240  # characters of a quoted sentence
LONGEST_WORD = 40  # characters: only what is longer, as a line of data, is cut within
_LINE_END = re.compile("\n")
# A line that matches is code (“import math”, “x = f(y)”), unless it ends as a sentence does.
_OF_CODE = re.compile(
    r"^(?:import|from \S+ import|def|class|return|yield|raise|assert|print|@\w+)\b"
    r"|^(?:for|while|if|elif|else|try|except|finally|with)\b.*:$"
    r"|=|[{}\]]|\w[(\[_]\w|\w\(\)|\w\([\"']|^[#$>]+ "
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A thing that was found. The fields are those of careers.models.IndexedThing."""

    kind: str
    row: int
    names: str
    about: str
    text: str
    shown: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text. marked: whether it matches the search."""

    text: str
    marked: bool = False


class Ranking:
    """Orders what a search found. things: how many things the index has in all."""

    def __init__(self, sought: Sequence[Sought], things: int) -> None:
        self.sought = sought
        self.rarity = [_rarity(min(each.things, things), things) for each in sought]
        self._pattern = re.compile("|".join(map(_group, range(len(sought)), sought)))
        self._typed = " ".join(word for each in sought for word in each.forms[0].words)

    def best(self, found: Iterable[Candidate], most: int) -> list[Candidate]:
        """The most relevant things, at most `most`, the best first."""
        kinds = list(OF_KINDS)

        def order(each: Candidate) -> tuple[float, int, int]:
            return -self.score(each), kinds.index(each.kind), each.row

        return sorted(found, key=order)[:most]

    def score(self, found: Candidate) -> float:
        """How relevant a thing is; 0 if it has nothing of what was searched for."""
        names = [_padded(name) for name in found.names.split("\n")]
        about, text = _padded(found.about), _padded(found.text)
        code = _padded("\n".join(self._code_of(found)))
        length = len(text) / USUAL_LENGTH
        scores = (
            rarity
            * (
                IN_A_NAME * _in_names(each, names)
                + IN_ABOUT * _often(_times(each, about), 0.0)
                + IN_TEXT * _often(_times(each, text) - (1 - CODE) * _times(each, code), length)
            )
            for each, rarity in zip(self.sought, self.rarity, strict=True)
        )
        total = sum(scores)
        total += WHOLE_NAME * sum(self.rarity) * max(map(self._called, names))
        if len(self.sought) > 1 and (self._typed in about or self._typed in text):
            total += IN_A_ROW * max(self.rarity)
        return total * OF_KINDS[found.kind]

    def _code_of(self, found: Candidate) -> Iterator[str]:
        """The folded lines of its text that are code and match the search."""
        text = found.text.split("\n")
        shown = found.shown.split("\n")[-len(text) :]
        for folded, line in zip(text, shown, strict=False):
            if self._pattern.search(folded) and _tells_as(line) == CODE:
                yield folded

    def _called(self, name: str) -> float:
        """How much of a name the search covers, from 0 to 1; 0 unless the name has all of it."""
        if not all(any(map(_finder(name), each.forms)) for each in self.sought):
            return 0.0
        spans = [found.span() for found in self._pattern.finditer(name)]
        covered = sum(end - start for start, end in spans) + max(0, len(spans) - 1)
        return min(1.0, covered / (len(name) - 2)) * max(
            form.weight for each in self.sought for form in each.forms if _finder(name)(form)
        )

    # -- The quoted sentence ---------------------------------------------------------------

    def sentence(self, found: Candidate) -> list[Piece]:
        """The first of the sentences that match best, or the first of all if none matches.

        Matches are marked, and a long sentence is cut around the first of them.
        """
        shown = found.shown.split("\n")
        return _cut(self.marked(shown[self._best_line(found, shown)]))

    def _best_line(self, found: Candidate, shown: Sequence[str]) -> int:
        # Joined as `shown` is: a part that is empty has no line there.
        lines = _padded("\n".join(part for part in (found.about, found.text) if part))
        ends = [match.start() for match in _LINE_END.finditer(lines)]
        has: dict[int, set[int]] = defaultdict(set)
        for which, each in enumerate(self.sought):
            for form in each.forms:
                for start in _starts(_needle(form), lines):
                    has[bisect(ends, start)].add(which)

        def tells(place: int) -> float:
            rare = sum(self.rarity[each] for each in has[place])
            return rare * _tells_as(shown[place])

        return max(has, key=lambda place: (tells(place), -place), default=0)

    def marked(self, text: str) -> list[Piece]:
        """Split a text into pieces, so that those that match the search are marked."""
        words = list(words_in(text))
        starts: dict[int, int] = {}
        at = 0
        for place, word in enumerate(words):
            starts[at] = place
            at += len(word.folded) + 1
        folded = " ".join(word.folded for word in words)
        pieces: list[Piece] = []
        done = 0
        for match in self._pattern.finditer(folded):
            first = starts[match.start()]
            last = first + match[0].count(" ")
            start, end = words[first].start, words[last].end
            if pieces and not text[done:start].strip():  # nothing but spaces between: one mark
                pieces[-1] = Piece(pieces[-1].text + text[done:end], marked=True)
            else:
                pieces += [Piece(text[done:start])] * (start > done)
                pieces.append(Piece(text[start:end], marked=True))
            done = end
        return [*pieces, Piece(text[done:])] if done < len(text) else pieces


def _tells_as(line: str) -> float:
    """The weight of a line: a sentence, a heading or code."""
    if line.rstrip("”’)").endswith((".", "?", "!")):
        return PROSE
    return CODE if _OF_CODE.search(line) else 1.0


def _rarity(having: int, things: int) -> float:
    """How much a word counts that `having` of all things have: inverse frequency, as in BM25."""
    return math.log(1 + (things - having + 0.5) / (having + 0.5))


def _group(place: int, sought: Sought) -> str:
    """A pattern of the forms of one thing that is searched for, the longest first."""
    forms = sorted(sought.forms, key=lambda form: -len(" ".join(form.words)))
    words = (re.escape(" ".join(form.words)) + r"\S*" * form.begun for form in forms)
    return rf"(?P<s{place}>(?<!\S)(?:{'|'.join(words)})(?!\S))"


def _padded(text: str) -> str:
    """A folded text in which every word has a space on both sides."""
    return f" {text} ".replace("\n", " \n ")


def _finder(text: str) -> Callable[[Form], bool]:
    return lambda form: _needle(form) in text


def _needle(form: Form) -> str:
    return f" {' '.join(form.words)}{'' if form.begun else ' '}"


def _times(sought: Sought, text: str) -> float:
    """How often a text has it; a form with a low weight counts less."""
    return sum(form.weight * text.count(_needle(form)) for form in sought.forms)


def _starts(needle: str, text: str) -> Iterator[int]:
    start = text.find(needle)
    while start >= 0:
        yield start
        start = text.find(needle, start + 1)


def _often(times: float, length: float) -> float:
    """BM25's saturation, from 0 to 1: each use adds less. length: 1 is that of a usual text."""
    return times / (times + SATURATION * (1 - LENGTH + LENGTH * length))


def _in_names(sought: Sought, names: Iterable[str]) -> float:
    return max(
        (form.weight for name in names for form in sought.forms if _needle(form) in name),
        default=0.0,
    )


def _cut(pieces: list[Piece]) -> list[Piece]:
    """Cut a sentence to about LONGEST_QUOTE characters around the first marked piece."""
    if sum(len(piece.text) for piece in pieces) <= LONGEST_QUOTE:
        return pieces
    marks = (place for place, piece in enumerate(pieces) if piece.marked)
    first = next(marks, 0)
    before = "".join(piece.text for piece in pieces[:first])
    if len(before) > LONGEST_QUOTE // 3:
        before = "… " + before[-LONGEST_QUOTE // 3 :].partition(" ")[2]
    return list(_until_full([Piece(before)] * bool(before) + pieces[first:]))


def _until_full(pieces: Iterable[Piece]) -> Iterator[Piece]:
    room = LONGEST_QUOTE
    for piece in pieces:
        if len(piece.text) > room:
            start = piece.text[:room]
            words = start.rpartition(" ")[0]
            if not words.strip() and room > LONGEST_WORD:
                words = start
            yield Piece(words + " …", piece.marked)
            return
        yield piece
        room -= len(piece.text)
