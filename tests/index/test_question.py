"""How a search is parsed, and what of its results is marked and quoted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.published.fulltext.question import Question, read_question
from careers.published.fulltext.ranking import LONGEST_QUOTE, Candidate, Piece, Ranking
from careers.published.fulltext.vocabulary import Vocabulary, stem
from careers.published.titles.concepts import fold

WORDS = Vocabulary(
    {
        **dict.fromkeys(("embedding", "embeddings", "embed", "fine", "tuning", "vector"), 3),
        **dict.fromkeys(("machine", "learning", "ml", "engineer", "model", "token", "the"), 5),
        "ing": 1,
    }
)


def read(text: str) -> Question:
    return read_question(text, WORDS)


def forms(text: str) -> list[set[str]]:
    return [{" ".join(form.words) for form in each.forms} for each in read(text).sought]


@pytest.mark.parametrize(
    ("typed", "sought"),
    [
        ("Embedding", [{"embedding", "embeddings", "embed"}]),
        ("finetuning", [{"fine tuning"}]),
        ("fine-tuning", [{"fine"}, {"tuning"}]),
        ("maschinelles Lernen", [{"machine learning", "ml"}]),
        ("what is a token?", [{"token"}]),
        ("the", [{"the"}]),
        ("vec", [{"vec"}]),
        ("token token", [{"token"}]),
    ],
)
def test_what_is_asked_for(typed, sought):
    assert forms(typed) == sought


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        *(("embeding", "embedding"), ("enbeding", "embedding"), ("embedin", "embedding")),
        ("vectro", "vector"),
    ],
)
def test_a_misspelled_word_is_read_as_a_right_one(typed, right):
    question = read(typed)
    assert question.corrected == ((typed, right),)
    assert right in forms(typed)[0]


# Two typos are too many in a word of five or six letters, and “machete” is a word of its own.
@pytest.mark.parametrize("typed", ["gpt5", "w1234", "xqzv", "漢字", "mchne", "lernng", "machete"])
def test_what_nothing_has_is_said(typed):
    assert read(typed) == Question(unknown=(typed,))


@pytest.mark.parametrize("typed", ["C#", "C++", "F#", ".NET"])
def test_what_nothing_has_is_said_with_its_signs(typed):
    assert read(typed.lower()) == Question(unknown=(typed,))


def test_words_beyond_the_twelfth_are_counted():
    assert read(" ".join(f"w{number}" for number in range(15))).beyond == 3


@pytest.mark.parametrize(
    ("one", "other"),
    [("tokenizer", "tokenization"), ("evaluate", "evaluation"), ("running", "runner")],
)
def test_words_of_one_family_have_one_stem(one, other):
    assert stem(one) == stem(other)


@pytest.mark.parametrize(("one", "other"), [("stalled", "stale"), ("chilled", "chiles")])
def test_a_doubled_letter_of_a_word_itself_stays_in_its_stem(one, other):
    assert stem(one) != stem(other)


def thing(*sentences: str, name: str = "name") -> Candidate:
    folded = "\n".join(fold(sentence) for sentence in sentences)
    return Candidate("lessons", 1, name, folded, "", "\n".join(sentences))


def test_the_sentence_with_most_of_it_is_quoted_and_marked():
    ranking = Ranking(read("model token").sought, 10)
    found = thing("A model here", "A Token and a Model here", "A token here")
    assert ranking.sentence(found) == [
        Piece("A "),
        Piece("Token", marked=True),
        Piece(" and a "),
        Piece("Model", marked=True),
        Piece(" here"),
    ]


@pytest.mark.parametrize(
    ("about", "text"),
    [("", "A word.|A token."), ("A word.|A token.", ""), ("A word.", "A token.|Another.")],
)
def test_the_sentence_that_has_it_is_quoted_whichever_part_says_nothing(about, text):
    shown = [line for part in (about, text) for line in part.split("|") if line]
    folded = ["\n".join(map(fold, part.split("|"))) for part in (about, text)]
    found = Candidate("paths", 1, "name", *folded, "\n".join(shown))
    pieces = Ranking(read("token").sought, 10).sentence(found)
    assert "".join(piece.text for piece in pieces) == "A token."


CODE = (
    "import token",
    "from token import model",
    "token, model, ends = 0.0, 0, []",
    "for token in model:",
    "token = model(ends)",
    "print(token)",
    'TOKEN_NAMES = ("token", "model")',
)


@pytest.mark.parametrize("line", CODE)
def test_prose_is_quoted_before_a_line_of_code(line):
    ranking = Ranking(read("token model").sought, 10)
    found = thing(line, "Count every token")
    assert "".join(piece.text for piece in ranking.sentence(found)) == "Count every token"
    alone = ranking.sentence(thing(line))
    assert "".join(piece.text for piece in alone) == line


@pytest.mark.parametrize(
    "line", ["A token (or a model) here", "Token · Model · 0.9", "From token to model: a word"]
)
def test_a_heading_or_the_row_of_a_table_is_no_code(line):
    ranking = Ranking(read("token model").sought, 10)
    assert "".join(piece.text for piece in ranking.sentence(thing("Token", line))) == line


@pytest.mark.parametrize("line", CODE)
def test_what_says_it_in_prose_comes_before_what_says_it_in_code(line):
    ranking = Ranking(read("token").sought, 10)
    folded = fold(line)
    code = Candidate("lessons", 1, "name", "", f"{folded}\n{folded}", f"{line}\n{line}")
    prose = Candidate("lessons", 2, "name", "", "a token is here", "A token is here.")
    assert ranking.best([code, prose], 2) == [prose, code]


NEAR = Vocabulary(dict.fromkeys(("use", "user", "uses", "unsure", "say", "stay", "learn"), 5))


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("nurse", []),
        ("salry", ["salary"]),
        ("lern", ["learn"]),
        ("glosary", ["glossary"]),
        ("cariculum", ["curriculum"]),
    ],
)
def test_a_word_is_offered_that_is_a_slip_away_and_none_that_is_far(typed, words):
    assert NEAR.nearest(typed, 4, {"salary", "glossary", "curriculum"}) == words


def test_of_a_long_sentence_the_part_around_a_mark_is_quoted():
    ranking = Ranking(read("token").sought, 10)
    pieces = ranking.sentence(thing(f"{'many words ' * 60}token {'and more ' * 60}"))
    quote = "".join(piece.text for piece in pieces)
    assert "token" in quote
    assert len(quote) <= LONGEST_QUOTE + 4
    assert quote.startswith("… ")
    assert quote.endswith(" …")


@pytest.mark.parametrize("line", [f"[{'0,' * 200}]", f"{'x' * 300} token", "漢" * 300])
def test_a_long_line_without_spaces_is_quoted_to_where_room_ends(line):
    pieces = Ranking(read("token").sought, 10).sentence(thing(line))
    quote = "".join(piece.text for piece in pieces)
    assert "token" in quote or line.startswith(quote.removesuffix(" …"))
    assert len(quote.strip("… ")) >= len("token")


def test_a_name_tells_more_than_a_text():
    ranking = Ranking(read("token").sought, 10)
    named, said = thing("other", name="token"), thing("token " * 50)
    assert ranking.score(named) > ranking.score(said) > ranking.score(thing("other")) == 0


@given(st.text(max_size=80))
def test_marking_a_text_changes_no_letter_of_it(text):
    ranking = Ranking(read("token model embedding").sought, 10)
    assert "".join(piece.text for piece in ranking.marked(text)) == text


@given(st.text(max_size=80))
def test_any_text_is_read(text):
    question = read(text)
    assert len(question.sought) + len(question.unknown) <= 12
