"""What somebody asks of a search, in the words of the index. Pure."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from careers.published.fulltext.vocabulary import Vocabulary
from careers.published.titles.concepts import Wanted, fold, read_text_search, spellings_of

MOST_SOUGHT = 12  # words, or words with one meaning
MOST_SPELLINGS = 6  # of one meaning
SHORTEST = 2  # letters that are searched for
SHORTEST_MISSPELLED = 7  # letters of a word that may be more than one letter off

# Questions are made of these, and so are all texts.
_ASKING = frozenset(
    {
        *("a", "am", "an", "and", "are", "be", "can", "could", "did", "do", "does", "for", "how"),
        *("i", "if", "in", "is", "it", "me", "mean", "means", "my", "of", "on", "or", "should"),
        *("that", "the", "their", "them", "there", "these", "they", "this", "to", "was", "we"),
        *("were", "what", "when", "where", "which", "who", "why", "will", "with", "would"),
        *("you", "your"),
    }
)

# How much it tells to find a form of what was asked for, and not its very words.
IN_ITS_WORDS, ALIKE, SAME_MEANING, BEGUN = 1.0, 0.8, 0.6, 0.4


@dataclass(frozen=True, slots=True)
class Form:
    """Words in a row that count as what was asked for. begun: the last may go on.

    weight: up to 1, the nearer to what was typed.
    """

    words: tuple[str, ...]
    weight: float
    begun: bool = False


@dataclass(frozen=True, slots=True)
class Sought:
    """One thing that was asked for, in any of its forms. things: how many have it, about."""

    forms: tuple[Form, ...]
    things: int


@dataclass(frozen=True, slots=True)
class Question:
    """A search as it is read.

    unknown: words that nothing has. corrected: misspelled words, as typed, each with the word that
    it was read as. beyond: how many words are too many and were left out.
    """

    sought: tuple[Sought, ...] = ()
    unknown: tuple[str, ...] = ()
    corrected: tuple[tuple[str, str], ...] = ()
    beyond: int = 0


def read_question(text: str, vocabulary: Vocabulary, right: Collection[str] = ()) -> Question:
    """What a text asks for. Little words ask for nothing, unless there is nothing else.

    right: words that are no misspelled ones, though nothing has them.
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
            unknown.append(" ".join(each.words))
    return Question(tuple(sought), tuple(unknown), tuple(corrected), len(wanted[MOST_SOUGHT:]))


def _meant(wanted: Wanted, last: str, vocabulary: Vocabulary) -> Wanted:
    """What is wanted, with a word that nothing has read as the nearest, if one is near."""
    word = wanted.words[0]
    is_right = len(wanted.words) > 1 or len(word) < SHORTEST_MISSPELLED or not word.isalpha()
    if is_right or any(_forms(wanted, last, vocabulary)):
        return wanted
    meant = vocabulary.meant(word)
    return Wanted((meant,), frozenset(), ((word, meant),)) if meant else wanted


def _forms(wanted: Wanted, last: str, vocabulary: Vocabulary) -> Iterator[Form]:
    """The forms of what is wanted that the index has."""
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
    """How many things have a form, at most: its rarest word tells."""
    known = [vocabulary.things[word] for word in form.words if word in vocabulary]
    return min(known, default=1)
