"""Turn the text of a search into words of the index. Pure."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from careers.published.fulltext.vocabulary import Vocabulary
from careers.published.titles.concepts import (
    Wanted,
    fold,
    read_text_search,
    spellings_of,
    with_signs,
)

MOST_SOUGHT = 12  # words, or phrases with one meaning
MOST_SPELLINGS = 6  # of one meaning
SHORTEST = 2  # letters; a shorter beginning of a word isn't completed
SHORTEST_MISSPELLED = 7  # letters; in a shorter word at most one letter may be wrong

# Questions are full of these words, and so are all texts: they find nothing in particular.
_ASKING = frozenset(
    {
        *("a", "am", "an", "and", "are", "be", "can", "could", "did", "do", "does", "for", "how"),
        *("i", "if", "in", "is", "it", "me", "mean", "means", "my", "of", "on", "or", "should"),
        *("that", "the", "their", "them", "there", "these", "they", "this", "to", "was", "we"),
        *("were", "what", "when", "where", "which", "who", "why", "will", "with", "would"),
        *("you", "your"),
    }
)

# Weights of a match: the typed words themselves, a word of the same family, another phrase with
# the same meaning, a word that begins as typed.
IN_ITS_WORDS, ALIKE, SAME_MEANING, BEGUN = 1.0, 0.8, 0.6, 0.4


@dataclass(frozen=True, slots=True)
class Form:
    """A phrase that counts as a match. begun: the last word is only the beginning of one.

    weight: from 0 to 1; 1 if it is what was typed.
    """

    words: tuple[str, ...]
    weight: float
    begun: bool = False


@dataclass(frozen=True, slots=True)
class Sought:
    """One thing that was searched for, in all its forms. things: about how many have it."""

    forms: tuple[Form, ...]
    things: int


@dataclass(frozen=True, slots=True)
class Question:
    """A search, read.

    unknown: words that the index doesn't have. corrected: misspelled words, as typed, each with the
    word that it was read as. beyond: how many words were left out since there were too many.
    """

    sought: tuple[Sought, ...] = ()
    unknown: tuple[str, ...] = ()
    corrected: tuple[tuple[str, str], ...] = ()
    beyond: int = 0


def read_question(text: str, vocabulary: Vocabulary, right: Collection[str] = ()) -> Question:
    """Read the text of a search. Words such as “the” and “how” are ignored if there are others.

    right: words that are spelled right, though the index may not have them.
    """
    typed = fold(text).split()
    own = {near for word in typed for near in vocabulary.around(word)}
    own.update(word for word in typed if word in right or vocabulary.parts(word))
    read = read_text_search(text, own)
    wanted = list(dict.fromkeys(each for each in read if not _ASKING.issuperset(each.words)))
    wanted = wanted or [*dict.fromkeys(read)]
    last = typed[-1] if typed else ""
    sought: list[Sought] = []
    unknown: list[str] = []
    corrected: list[tuple[str, str]] = []
    for each in wanted[:MOST_SOUGHT]:
        is_right = all(word in right for word in each.words)
        meant = each if is_right else _meant(each, last, vocabulary)
        forms = tuple(_forms(meant, last, vocabulary))
        if forms:
            sought.append(Sought(forms, max(_things(form, vocabulary) for form in forms)))
            corrected += meant.corrected
        else:
            unknown.append(" ".join(map(with_signs, each.words)))
    return Question(tuple(sought), tuple(unknown), tuple(corrected), len(wanted[MOST_SOUGHT:]))


def _meant(wanted: Wanted, last: str, vocabulary: Vocabulary) -> Wanted:
    """The same, with a word that the index doesn't have replaced by the nearest, if one is near."""
    word = wanted.words[0]
    is_right = len(wanted.words) > 1 or len(word) < SHORTEST_MISSPELLED or not word.isalpha()
    if is_right or any(_forms(wanted, last, vocabulary)):
        return wanted
    meant = vocabulary.meant(word)
    return Wanted((meant,), frozenset(), ((word, meant),)) if meant else wanted


def _forms(wanted: Wanted, last: str, vocabulary: Vocabulary) -> Iterator[Form]:
    """The forms of it that the index has."""
    words = wanted.words
    if all(word in vocabulary for word in words):
        yield Form(words, IN_ITS_WORDS)
    elif len(words) == 1 and (parts := vocabulary.parts(words[0])):
        yield Form(parts, IN_ITS_WORDS)
    if len(words) == 1:
        for word in vocabulary.family(words[0]):
            yield Form((word,), ALIKE)
    if words[-1] == last and len(last) >= SHORTEST and _goes_on(words, vocabulary):
        yield Form(words, BEGUN, begun=True)
    yield from _same_meaning(wanted, vocabulary)


def _goes_on(words: Iterable[str], vocabulary: Vocabulary) -> bool:
    *before, last = words
    longer = any(word != last for word in vocabulary.beginning_with(last))
    return longer and all(word in vocabulary for word in before)


def _same_meaning(wanted: Wanted, vocabulary: Vocabulary) -> Iterator[Form]:
    known = (
        spelling
        for spelling in spellings_of(wanted.concepts)
        if spelling != wanted.words and all(word in vocabulary for word in spelling)
    )
    for spelling, _ in zip(known, range(MOST_SPELLINGS), strict=False):
        yield Form(spelling, SAME_MEANING)


def _things(form: Form, vocabulary: Vocabulary) -> int:
    """The most things that a form can be in: as many as its rarest word."""
    known = [vocabulary.things[word] for word in form.words if word in vocabulary]
    return min(known, default=1)
