"""Read the words of job titles as a few concepts.

Pure: plain values in, plain values out. An unknown word is a concept of its own, so that names made
of such words can still be told apart.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cached_property, lru_cache
from heapq import merge
from typing import NamedTuple

from careers.published.titles.spellings import OF_FIELDS_AND_JOBS, SPELLED

# (m/w/d), H/F, [f/m/x], (all genders), (gn*); also a workload such as 80–100%, and Summer 2027.
_MARKS = re.compile(
    r"""(?P<mark>
        (?: [(\[]\s* | (?<![^\W_]) )
        (?: (?:[mwfdxhignav]|div|hf) (?:\s*[/|*,]\s*(?:[mwfdxhignav]|div(?:ers)?)){1,3}
            | all\s+genders? | alle\s+geschlechter | tous\s+genres | gn
            | \d{1,3}\s*(?:[-–]\s*\d{1,3}\s*)?%
            | (?:spring|summer|autumn|fall|winter|frühjahr|sommer|herbst|printemps|été|automne
                |hiver|primavera|verano|otoño|invierno)\s+(?:of\s+|de\s+)?20\d\d
        )
        (?: [*]?\s*[)\]] | (?![^\W_]) )
    )""",
    re.IGNORECASE | re.VERBOSE,
)
# Ingeniero/a, Ingénieur(e), Entwickler*in, Chef·fe: an ending for the other gender.
_ENDINGS_OF_GENDER = re.compile(
    r"(?<=[^\W_])(?:[/*:_·.]-?|\()(?:in|innen|r|n|e|fe|ne|se|euse|trice|rice|a|o)\)?(?![^\W_])",
    re.IGNORECASE,
)
_YEAR = re.compile(r"20\d\d")
# A.I., M. L.: abbreviations with a dot after each letter, as opposed to the end of a sentence.
_INITIALS = re.compile(r"(?<![^\W_])(?:[^\W\d_]\. ?){1,5}[^\W\d_]\.?(?![^\W_])")
# Names that would be a lone letter, or another word, without their signs.
_SIGNED = re.compile(
    r"(?<![^\W_])(?:[cfjq][#♯]|c\+\+|(?:\.net|[a-z]&[a-z])(?![^\W_]))", re.IGNORECASE
)
_SIGNS = {"#": "sharp", "♯": "sharp", "+": "plus", ".": "dot", "&": "n"}
# Divides a title into parts: "ML Engineer – Vision (Remote)". A slash or hyphen needs a space.
_DIVIDES = re.compile(r"[,;|()\[\]–—•]|\s[-/:]|[-/:]\s")


class Word(NamedTuple):
    """A folded word and where it stands in the text: text[start:end] is as typed."""

    folded: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Token:
    """One or more words with one meaning. An unknown word is a concept of its own.

    part: the number of the title's part that they are in.
    """

    concepts: frozenset[str]
    known: bool
    start: int
    end: int
    part: int


@dataclass(frozen=True, slots=True)
class Reading:
    """A title's tokens in order. aside: the spans that say nothing about the job.

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
    """Lower-case text without accents and punctuation, with single spaces, for comparisons.

    It has the words of words_in(), but is much faster, since it doesn't track their places.
    """
    text = _SIGNED.sub(lambda found: f" {_without_signs(found[0])} ", text)
    text = _INITIALS.sub(lambda found: re.sub("[. ]", "", found[0]), text)
    if text.isascii():
        text = text.lower()
    else:
        text = _CAPITALS.sub(lambda found: found[0].lower(), text)
        text = _NOT_ASCII.sub(lambda found: _letters(found[0]), text)
    return " ".join(_PIECES.findall(text))


def _without_signs(name: str) -> str:
    """C# as “csharp”, C++ as “cplusplus”, .NET as “dotnet”, R&D as “rnd”."""
    return "".join(_SIGNS.get(character, character) for character in name.lower())


def with_signs(folded: str) -> str:
    """A folded word as people write it, if it is a name with signs: C++ for “cplusplus”."""
    return _WITH_SIGNS.get(folded, folded)


_KNOWN_SIGNED = ("C#", "F#", "J#", "Q#", "C++", ".NET", "R&D", "Q&A")
_WITH_SIGNS = {_without_signs(name): name for name in _KNOWN_SIGNED}


@lru_cache(maxsize=1024)
def _letters(character: str) -> str:
    """What words_in() makes of a character beyond ASCII; "" for a format character."""
    if unicodedata.category(character) == "Cf":
        return ""
    return "".join(
        piece for piece in _plain(character) if piece.isalnum() or not unicodedata.combining(piece)
    )


def words_in(text: str) -> Iterator[Word]:
    """The words of a text, folded, each with its place."""
    signed = [Word(_without_signs(name[0]), *name.span()) for name in _SIGNED.finditer(text)]
    rest = _words_without_signs(_blank(_SIGNED, text) if signed else text)
    return merge(rest, signed, key=lambda word: word.start) if signed else rest


def _words_without_signs(text: str) -> Iterator[Word]:
    # Character by character, to track each word's place. A capital doesn't begin a new word:
    # “MLOps” and “mlops” are the same.
    letters, start, end = "", 0, 0
    within = {place for found in _INITIALS.finditer(text) for place in range(*found.span())}
    for place, character in enumerate(text):
        if unicodedata.category(character) == "Cf" or (place in within and character in ". "):
            continue  # a soft hyphen, a zero-width space, the dots of “A.I.”
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
    # Twice, since casefold can compose an accented letter again.
    return unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", character).casefold())


_LONGEST = max(map(len, SPELLED))
_VOCABULARY = {word for spelling in SPELLED for word in spelling}
_ENDINGS = ("innen", "in", "s", "e")
SHORTEST_MISSPELLED = 5  # letters: too many shorter words differ in a single letter
SHORTEST_PLURAL = 3  # letters without the s: short words often end in an s that is no plural
# Correct words that differ in one letter from a field or a job.
_NO_MISTAKE = frozenset({"waiter", "directory", "modeler", "producer"})
# Categories of words, not meanings: two words for other trades have nothing in common.
_SORTS_OF_WORDS = frozenset({"joint", "plain", "aside", "tool", "other-trade", "other-job"})
_SET_ASIDE = frozenset({"aside", "tool"})  # in a title; in a search, a tool is what is sought


def _stem(word: str) -> str:
    """A word without a German or plural ending, if only that keeps it from being known."""
    if word in _VOCABULARY:
        return word
    stems = (word.removesuffix(ending) for ending in _ENDINGS)
    return next((stem for stem in stems if stem in _VOCABULARY and len(stem) > 2), word)


class Words(frozenset[str]):
    """Folded words that are spelled right, indexed to find the one that a typo may stand for."""

    @cached_property
    def in_order(self) -> list[str]:
        return sorted(self)

    @cached_property
    def _alike(self) -> dict[tuple[str, int], list[str]]:
        """(first letter, length) → the words with these."""
        found: dict[tuple[str, int], list[str]] = {}
        for word in self:
            if len(word) >= SHORTEST_MISSPELLED:
                found.setdefault((word[0], len(word)), []).append(word)
        return found

    def any_begins(self, begin: str) -> bool:
        at = bisect_left(self.in_order, begin)
        return at < len(self.in_order) and self.in_order[at].startswith(begin)

    def one_off(self, word: str) -> Iterator[str]:
        """The words that differ from this one by one slip."""
        for length in (len(word) - 1, len(word), len(word) + 1):
            for each in self._alike.get((word[0], length), ()):
                if _is_one_off(word, each):
                    yield each


def as_words(own: Iterable[str]) -> Words:
    return own if isinstance(own, Words) else Words(own)


_KNOWN = Words(_VOCABULARY)
# Fields and jobs only: “sensor” isn't a typo of “senior”, nor “context” of “content”.
_MISSPELLED = Words(word for word in OF_FIELDS_AND_JOBS if len(word) >= SHORTEST_MISSPELLED)
_NONE = Words()


def _spelled(word: str, own: Words = _NONE) -> str:
    """Correct a word that has one slip: a letter missing, added, wrong, or swapped with the next.

    own: more words that are spelled right.
    """
    if len(word) < SHORTEST_MISSPELLED or word in _VOCABULARY or word in _NO_MISTAKE or word in own:
        return word
    if _KNOWN.any_begins(word) or own.any_begins(word):
        return word  # it may still be being typed
    near = [*_MISSPELLED.one_off(word), *own.one_off(word)]
    return next(iter(get_close_matches(word, near, n=1, cutoff=0)), word)


def _is_one_off(one: str, other: str) -> bool:
    """Whether one letter is missing, added, wrong, or swapped with the next."""
    if abs(len(one) - len(other)) > 1:
        return False
    pairs = enumerate(zip(one, other, strict=False))
    at = next((n for n, (a, b) in pairs if a != b), min(len(one), len(other)))
    a, b = one[at:], other[at:]
    misplaced = a[:2] == b[1::-1] and a[2:] == b[2:]
    return misplaced or a[1:] == b[1:] or a[1:] == b or a == b[1:]


def _divided(words: Iterable[Word], own: Collection[str] = ()) -> Iterator[Word]:
    """Split words that run a field and a job together: dataengineer, #AIEngineer.

    own: words that are never split.
    """
    for word in words:
        cut = 0 if _stem(word.folded) in _VOCABULARY or word.folded in own else _cut(word)
        if cut:
            yield Word(word.folded[:cut], word.start, word.start + cut)
            yield Word(word.folded[cut:], word.start + cut, word.end)
        else:
            yield word


def _cut(word: Word) -> int:
    """The place where a word splits into two known ones, or 0."""
    folded = word.folded
    if word.end - word.start != len(folded):  # folding changed its length, so that places differ
        return 0
    places = range(2, len(folded) - SHORTEST_MISSPELLED + 1)
    return next(
        (
            at
            for at in places
            # German may join the two with an “s”: Bildverarbeitungsingenieur.
            if {_stem(folded[:at]), _stem(folded[at:])} <= OF_FIELDS_AND_JOBS
        ),
        0,
    )


def read_title(text: str, own: Collection[str] = ()) -> Reading:
    """Read a job title as concepts, without the words that say nothing about the job.

    own: folded words that are spelled right, such as those of a catalog's names.
    """
    own = as_words(own)
    marks = [match.span("mark") for match in _MARKS.finditer(text)]
    words = list(_divided(words_in(without_gender(text)), own))
    stems = [_stem(word.folded) for word in words]
    spelled = [_spelled(stem, own) for stem in stems]
    phrases = list(_phrases(text, words, spelled))
    aside = [(each.start, each.end) for each in phrases if each.concepts & _SET_ASIDE]
    corrected = [
        (word.start, word.end, right)
        for word, stem, right in zip(words, stems, spelled, strict=True)
        if right != stem
    ]
    telling = tuple(_telling(phrases))
    return Reading(text, telling, tuple(sorted(marks + aside)), tuple(corrected))


@dataclass(frozen=True, slots=True)
class Wanted:
    """A word of a search, or several with one meaning. words: folded. concepts: what they mean.

    corrected: misspelled words, as typed, each with the word that it was read as.
    """

    words: tuple[str, ...]
    concepts: frozenset[str]
    corrected: tuple[tuple[str, str], ...] = ()


def read_search(text: str, own: Collection[str]) -> tuple[Wanted, ...]:
    """Read a search for roles, in the words of job titles and of a catalog.

    own: the folded words of what is searched. Joints and words that say nothing about the job (of,
    senior, Berlin) are ignored, unless there is nothing else.
    """
    return _telling_words(text, own, {"joint", "aside", "plain"})


def read_text_search(text: str, own: Collection[str]) -> tuple[Wanted, ...]:
    """The same for a search that isn't only about jobs: it ignores nothing but joints."""
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
    """Every spelling, as folded words, that means exactly these concepts."""
    return (spelling for spelling, meant in SPELLED.items() if concepts and meant == concepts)


def concepts_of_words(words: Sequence[str]) -> frozenset[str]:
    """All concepts that a row of folded words mentions, in the vocabulary of job titles."""
    stems = [Word(_stem(word), 0, 0) for word in words]
    found: set[str] = set()
    at = 0
    while at < len(stems):
        length, concepts = _longest_known(stems[at : at + _LONGEST])
        found |= concepts
        at += length
    return frozenset(found)


def _phrases(text: str, read: Iterable[Word], as_words: Iterable[str]) -> Iterator[Token]:
    """The longest known spellings in a row of words. as_words: what each word is read as."""
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
    """Strip the plural s of an unknown word, as for the title of one person: carpenters, carpenter.

    The result is only compared, never shown: so words that aren't plurals may lose their s as well.
    """
    return word.removesuffix("s") if len(word) > SHORTEST_PLURAL else word


def _of_one(word: str, own: Words) -> str:
    """A word in the singular, if `own` has only that: cameras, camera."""
    one = singular(word)
    return one if one in own and word not in own and word not in _VOCABULARY else word


def _longest_known(words: Sequence[Word]) -> tuple[int, frozenset[str]]:
    """The length in words of the longest known spelling they begin with, and its concepts."""
    for length in range(len(words), 0, -1):
        spelling = tuple(word.folded for word in words[:length])
        if spelling in SPELLED:
            return length, SPELLED[spelling]
    number = words[0].folded
    if number.isdigit():
        return 1, frozenset({"aside" if _YEAR.fullmatch(number) else "joint"})
    return 1, frozenset()


def _telling(phrases: Iterable[Token]) -> Iterator[Token]:
    """The tokens that say something about the job: no joints, nothing that is set aside.

    A plain word is joined to the next one, as “Software” to “Engineer”.
    """
    plain: Token | None = None
    for phrase in phrases:
        if plain and plain.part != phrase.part:
            plain = None
        if "plain" in phrase.concepts:
            plain = plain or phrase
        elif not phrase.concepts & (_SET_ASIDE | {"joint"}):
            yield replace(phrase, start=plain.start) if plain else phrase
            plain = None


def without_gender(text: str) -> str:
    """A title in which spaces replace gender marks and endings, and so their slashes."""
    return _blank(_ENDINGS_OF_GENDER, _blank(_MARKS, text))


def _blank(pattern: re.Pattern[str], text: str) -> str:
    """Replace matches by as many spaces, so that the rest keeps its place."""
    return pattern.sub(lambda match: " " * len(match.group()), text)


def concepts_of(tokens: Iterable[Token]) -> frozenset[str]:
    """All concepts of some tokens."""
    return frozenset(concept for token in tokens for concept in token.concepts)
