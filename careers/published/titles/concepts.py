"""The words of job titles, read as a few concepts.

Pure: plain values in, plain values out. A word that isn't known is read as a concept of its own, so
that a name made of such words is still told from every other.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cached_property, lru_cache
from typing import NamedTuple

from careers.published.titles.spellings import OF_FIELDS_AND_JOBS, SPELLED

# (m/w/d), H/F, [f/m/x], (all genders), (gn*): also hours, as in 80–100%.
_MARKS = re.compile(
    r"""(?P<mark>
        (?: [(\[]\s* | (?<![^\W_]) )
        (?: (?:[mwfdxhignav]|div|hf) (?:\s*[/|*,]\s*(?:[mwfdxhignav]|div(?:ers)?)){1,3}
            | all\s+genders? | alle\s+geschlechter | tous\s+genres | gn
            | \d{1,3}\s*(?:[-–]\s*\d{1,3}\s*)?%
        )
        (?: [*]?\s*[)\]] | (?![^\W_]) )
    )""",
    re.IGNORECASE | re.VERBOSE,
)
# Ingeniero/a, Ingénieur(e), Entwickler*in, Chef·fe: the other gender's ending, for which no word
# stands here.
_ENDINGS_OF_GENDER = re.compile(
    r"(?<=[^\W_])(?:[/*:_·.]-?|\()(?:in|innen|r|n|e|fe|ne|se|euse|trice|rice|a|o)\)?(?![^\W_])",
    re.IGNORECASE,
)
_YEAR = re.compile(r"20\d\d")
# A.I., M. L.: letters that stand for words, each with its dot, and not the end of a sentence.
_INITIALS = re.compile(r"(?<![^\W_])(?:[^\W\d_]\. ?){1,5}[^\W\d_]\.?(?![^\W_])")
# What divides a title into parts: "ML Engineer – Vision (Remote)". A tight slash or hyphen doesn't.
_DIVIDES = re.compile(r"[,;|()\[\]–—•]|\s[-/:]|[-/:]\s")


class Word(NamedTuple):
    """A folded word and where it stands in the text: text[start:end] is as typed."""

    folded: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Token:
    """Words with one meaning. A word that isn't known is its own concept.

    part: which of the text's parts they stand in.
    """

    concepts: frozenset[str]
    known: bool
    start: int
    end: int
    part: int


@dataclass(frozen=True, slots=True)
class Reading:
    """A text's tokens in order, and the spans of it that were set aside.

    corrected: the span of each misspelled word, and the word that it was read as.
    """

    text: str
    tokens: tuple[Token, ...]
    aside: tuple[tuple[int, int], ...]
    corrected: tuple[tuple[int, int, str], ...] = ()


_PIECES = re.compile(r"[^\W_]+")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_CAPITALS = re.compile(r"[A-Z]+")


def fold(text: str) -> str:
    """Text without capitals, accents and punctuation, with single spaces: what searches compare.

    The words of words_in(), without their places, in a fraction of the time.
    """
    text = _INITIALS.sub(lambda found: re.sub("[. ]", "", found[0]), text)
    if text.isascii():
        text = text.lower()
    else:
        text = _CAPITALS.sub(lambda found: found[0].lower(), text)
        text = _NOT_ASCII.sub(lambda found: _letters(found[0]), text)
    return " ".join(_PIECES.findall(text))


@lru_cache(maxsize=1024)
def _letters(character: str) -> str:
    """What words_in() makes of a character beyond ASCII: nothing, where it divides no words."""
    if unicodedata.category(character) == "Cf":
        return ""
    return "".join(
        piece for piece in _plain(character) if piece.isalnum() or not unicodedata.combining(piece)
    )


def words_in(text: str) -> Iterator[Word]:
    """The words of a text, folded, each with its place."""
    # Character by character, to know each word's place in the text. A capital begins no new word:
    # “MLOps” and “mlops” are the same.
    letters, start, end = "", 0, 0
    within = {place for found in _INITIALS.finditer(text) for place in range(*found.span())}
    for place, character in enumerate(text):
        if unicodedata.category(character) == "Cf" or (place in within and character in ". "):
            continue  # a soft hyphen, a space of no width, the dots of “A.I.”
        for piece in character.lower() if character.isascii() else _plain(character):
            if piece.isalnum():
                start = start if letters else place
                letters, end = letters + piece, place + 1
            elif letters and not unicodedata.combining(piece):
                yield Word(letters, start, end)
                letters = ""
    if letters:
        yield Word(letters, start, end)


def _plain(character: str) -> str:
    # Twice, since folding case can compose an accented letter again.
    return unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", character).casefold())


_LONGEST = max(map(len, SPELLED))
_VOCABULARY = {word for spelling in SPELLED for word in spelling}
_ENDINGS = ("innen", "in", "s", "e")
SHORTEST_MISSPELLED = 5  # letters: of shorter words, too many are one letter apart
SHORTEST_PLURAL = 3  # letters, but for it: an “s” ends other words too
# One letter apart from a field or a job, and right.
_NO_MISTAKE = frozenset({"waiter", "directory", "modeler", "producer"})
# What a word is, and not what it means: two other trades have nothing to do with one another.
_SORTS_OF_WORDS = frozenset({"joint", "plain", "aside", "other-trade", "other-job"})


def _stem(word: str) -> str:
    """A word without the ending that keeps it from being known: Entwicklerin, engineers."""
    if word in _VOCABULARY:
        return word
    stems = (word.removesuffix(ending) for ending in _ENDINGS)
    return next((stem for stem in stems if stem in _VOCABULARY and len(stem) > 2), word)


class Words(frozenset[str]):
    """Folded words that are right as they are, among which a misspelled one is looked for."""

    @cached_property
    def in_order(self) -> list[str]:
        return sorted(self)

    @cached_property
    def _alike(self) -> dict[tuple[str, int], list[str]]:
        """The first letter and the number of letters → the words that have these."""
        found: dict[tuple[str, int], list[str]] = {}
        for word in self:
            if len(word) >= SHORTEST_MISSPELLED:
                found.setdefault((word[0], len(word)), []).append(word)
        return found

    def any_begins(self, begin: str) -> bool:
        at = bisect_left(self.in_order, begin)
        return at < len(self.in_order) and self.in_order[at].startswith(begin)

    def one_off(self, word: str) -> Iterator[str]:
        """Those that are as long as a misspelled word may be, and a letter away from it."""
        for length in (len(word) - 1, len(word), len(word) + 1):
            for each in self._alike.get((word[0], length), ()):
                if _is_one_off(word, each):
                    yield each


def as_words(own: Iterable[str]) -> Words:
    return own if isinstance(own, Words) else Words(own)


_KNOWN = Words(_VOCABULARY)
# Of fields and jobs alone: “sensor” is no misspelled “senior”, and “context” no “content”.
_MISSPELLED = Words(word for word in OF_FIELDS_AND_JOBS if len(word) >= SHORTEST_MISSPELLED)
_NONE = Words()


def _spelled(word: str, own: Words = _NONE) -> str:
    """A word as it is spelled, if it is one letter off: left out, doubled, wrong or misplaced.

    own: words that are right as well, whatever they look like.
    """
    if len(word) < SHORTEST_MISSPELLED or word in _VOCABULARY or word in _NO_MISTAKE or word in own:
        return word
    if _KNOWN.any_begins(word) or own.any_begins(word):
        return word  # somebody is still typing it
    near = [*_MISSPELLED.one_off(word), *own.one_off(word)]
    return next(iter(get_close_matches(word, near, n=1, cutoff=0)), word)


def _is_one_off(one: str, other: str) -> bool:
    """Whether a letter is left out, put in, wrong, or changed places with the next."""
    if abs(len(one) - len(other)) > 1:
        return False
    pairs = enumerate(zip(one, other, strict=False))
    at = next((n for n, (a, b) in pairs if a != b), min(len(one), len(other)))
    a, b = one[at:], other[at:]
    misplaced = a[:2] == b[1::-1] and a[2:] == b[2:]
    return misplaced or a[1:] == b[1:] or a[1:] == b or a == b[1:]


def _divided(words: Iterable[Word], own: Collection[str] = ()) -> Iterator[Word]:
    """Words, those of a field and a job that are run together divided: dataengineer, #AIEngineer.

    own: words that are right as they are.
    """
    for word in words:
        cut = 0 if _stem(word.folded) in _VOCABULARY or word.folded in own else _cut(word)
        if cut:
            yield Word(word.folded[:cut], word.start, word.start + cut)
            yield Word(word.folded[cut:], word.start + cut, word.end)
        else:
            yield word


def _cut(word: Word) -> int:
    """Where a word falls into two that are known, or 0."""
    folded = word.folded
    if word.end - word.start != len(folded):  # with letters that were folded into others
        return 0
    places = range(2, len(folded) - SHORTEST_MISSPELLED + 1)
    return next(
        (
            at
            for at in places
            # German joins the two with an “s”: Bildverarbeitungsingenieur.
            if {_stem(folded[:at]), _stem(folded[at:])} <= OF_FIELDS_AND_JOBS
        ),
        0,
    )


def read_title(text: str, own: Collection[str] = ()) -> Reading:
    """A job title as concepts, without the words that say nothing of the job.

    own: folded words that are right as well, whatever they look like: those of a catalog's names.
    """
    own = as_words(own)
    marks = [match.span("mark") for match in _MARKS.finditer(text)]
    words = list(_divided(words_in(without_gender(text)), own))
    stems = [_stem(word.folded) for word in words]
    spelled = [_spelled(stem, own) for stem in stems]
    phrases = list(_phrases(text, words, spelled))
    aside = [(each.start, each.end) for each in phrases if "aside" in each.concepts]
    corrected = [
        (word.start, word.end, right)
        for word, stem, right in zip(words, stems, spelled, strict=True)
        if right != stem
    ]
    telling = tuple(_telling(phrases))
    return Reading(text, telling, tuple(sorted(marks + aside)), tuple(corrected))


@dataclass(frozen=True, slots=True)
class Wanted:
    """A word of a search, or words with one meaning: folded, and what they mean.

    corrected: misspelled words, as typed, each with the word that it was read as.
    """

    words: tuple[str, ...]
    concepts: frozenset[str]
    corrected: tuple[tuple[str, str], ...] = ()


def read_search(text: str, own: Collection[str]) -> tuple[Wanted, ...]:
    """What a search asks for, word by word, in the words of titles and of a catalog.

    own: the folded words of what is searched. Little words and what says nothing of the job (of,
    senior, Berlin) ask for nothing, unless there is nothing else.
    """
    return _telling_words(text, own, {"joint", "aside", "plain"})


def read_text_search(text: str, own: Collection[str]) -> tuple[Wanted, ...]:
    """read_search() where it isn't about jobs alone: only little words ask for nothing."""
    return _telling_words(text, own, {"joint"})


def _telling_words(text: str, own: Collection[str], silent: set[str]) -> tuple[Wanted, ...]:
    own = as_words(own)
    words = list(_divided(words_in(text), own))
    stems = [_of_one(_stem(word.folded), own) for word in words]
    spelled = [_spelled(stem, own) for stem in stems]
    wanted, telling = [], []
    for phrase in _phrases(text, words, spelled):
        said = [
            (text[word.start : word.end], stem, right)
            for word, stem, right in zip(words, stems, spelled, strict=True)
            if phrase.start <= word.start < phrase.end
        ]
        each = Wanted(
            tuple(right for _, _, right in said),
            phrase.concepts - _SORTS_OF_WORDS if phrase.known else frozenset(),
            tuple((typed, right) for typed, stem, right in said if right != stem),
        )
        wanted.append(each)
        if not phrase.concepts & silent:
            telling.append(each)
    return tuple(telling or wanted)


def spellings_of(concepts: Collection[str]) -> Iterator[tuple[str, ...]]:
    """Every spelling, as folded words, that means just these concepts."""
    return (spelling for spelling, meant in SPELLED.items() if concepts and meant == concepts)


def concepts_of_words(words: Sequence[str]) -> frozenset[str]:
    """Everything that a row of folded words mentions, in the words of titles."""
    stems = [Word(_stem(word), 0, 0) for word in words]
    found: set[str] = set()
    at = 0
    while at < len(stems):
        length, concepts = _longest_known(stems[at : at + _LONGEST])
        found |= concepts
        at += length
    return frozenset(found)


def _phrases(text: str, read: Iterable[Word], as_words: Iterable[str]) -> Iterator[Token]:
    """The longest known spellings in a row of words. as_words: what each is read as."""
    words = [Word(right, word.start, word.end) for word, right in zip(read, as_words, strict=True)]
    part = end = 0
    while words:
        length, concepts = _longest_known(words[:_LONGEST])
        start = words[0].start
        part += bool(_DIVIDES.search(text[end:start]))
        end = words[length - 1].end
        own = frozenset({f"“{singular(words[0].folded)}”"})
        yield Token(concepts or own, bool(concepts), start, end, part)
        words = words[length:]


def singular(word: str) -> str:
    """A word that isn't known as it stands in the name of one person’s job: carpenters, carpenter.

    It is compared and never shown, so that a word which is no plural may lose its s as well.
    """
    return word.removesuffix("s") if len(word) > SHORTEST_PLURAL else word


def _of_one(word: str, own: Words) -> str:
    """A word without its plural's s, if a text has it only so: cameras, camera."""
    one = singular(word)
    return one if one in own and word not in own and word not in _VOCABULARY else word


def _longest_known(words: Sequence[Word]) -> tuple[int, frozenset[str]]:
    """How many of the words make up the longest known spelling, and what it means."""
    for length in range(len(words), 0, -1):
        spelling = tuple(word.folded for word in words[:length])
        if spelling in SPELLED:
            return length, SPELLED[spelling]
    number = words[0].folded
    if number.isdigit():
        return 1, frozenset({"aside" if _YEAR.fullmatch(number) else "joint"})
    return 1, frozenset()


def _telling(phrases: Iterable[Token]) -> Iterator[Token]:
    """The tokens that tell of the job: no joints, and nothing that is set aside.

    A plain word becomes part of the next one: “Software” of “Engineer”.
    """
    plain: Token | None = None
    for phrase in phrases:
        if plain and plain.part != phrase.part:
            plain = None
        if "plain" in phrase.concepts:
            plain = plain or phrase
        elif not phrase.concepts & {"joint", "aside"}:
            yield replace(phrase, start=plain.start) if plain else phrase
            plain = None


def without_gender(text: str) -> str:
    """A title with spaces for what says which gender it is for, and so with no slash in it."""
    return _blank(_ENDINGS_OF_GENDER, _blank(_MARKS, text))


def _blank(pattern: re.Pattern[str], text: str) -> str:
    """The text with spaces for what matches, so that all else stays in its place."""
    return pattern.sub(lambda match: " " * len(match.group()), text)


def concepts_of(tokens: Iterable[Token]) -> frozenset[str]:
    """Everything that some tokens mean, together."""
    return frozenset(concept for token in tokens for concept in token.concepts)
