"""YAML as text with places: what is read, and what is refused while it is parsed."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.sync.problems import Refused
from careers.sync.reading.yaml_tree import MAX_BYTES, MAX_DEPTH, Node, decode_text, parse_yaml


def read(text: str) -> Node:
    return parse_yaml(decode_text(text.encode(), "a.yaml"))


def refusal(data: str | bytes):
    """The problem for which a file of these bytes is refused."""
    with pytest.raises(Refused) as refused:
        parse_yaml(decode_text(data.encode() if isinstance(data, str) else data, "a.yaml"))
    return refused.value.problem


def spot(problem) -> tuple[str, int, int]:
    return problem.code, problem.place.line, problem.place.column


# -- What is read --------------------------------------------------------------------------


WORDS = "no NO yes on true 1.10 010 0x1F 1_000 1e3 12:30:45 2026-02-30 .inf ="


@pytest.mark.parametrize("word", WORDS.split())
def test_a_word_stays_the_text_that_stands_in_the_file(word):
    assert read(f"key: {word}").plain() == {"key": word}


@pytest.mark.parametrize("nothing", ["", "~", "null", "Null", "NULL"])
def test_nothing_is_none(nothing):
    assert read(f"key: {nothing}").plain() == {"key": None}


@pytest.mark.parametrize("quoted", ['"null"', "'~'", '""', "''"])
def test_quotes_make_a_text_of_nothing(quoted):
    assert read(f"key: {quoted}").plain() == {"key": quoted[1:-1]}


def test_keys_are_texts():
    assert read("1: a\nno: b\n~: c").plain() == {"1": "a", "no": "b", "~": "c"}


def test_a_block_keeps_its_lines_and_a_folded_one_joins_them():
    text = read("kept: |\n  one\n  two\njoined: >-\n  one\n  two\n")
    assert text.plain() == {"kept": "one\ntwo\n", "joined": "one two"}


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_endings_of_other_systems_are_read(end):
    text = decode_text(f"a: 1{end}b: 2{end}".encode(), "a.yaml")
    assert parse_yaml(text).at("b").place.line == 2


def test_a_document_marker_at_the_start_is_allowed():
    assert read("---\na: b\n").plain() == {"a": "b"}


def test_as_deep_as_allowed_is_read():
    assert read("[" * MAX_DEPTH + "]" * MAX_DEPTH)


def test_as_large_as_allowed_is_read():
    line = b"a: b\n"
    assert parse_yaml(decode_text(line + b"#" * (MAX_BYTES - len(line)), "a.yaml")).plain() == {
        "a": "b"
    }


SCALARS = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]))
TREES = st.recursive(
    SCALARS, lambda inner: st.lists(inner) | st.dictionaries(SCALARS, inner), max_leaves=20
)


@given(st.dictionaries(SCALARS, TREES, min_size=1))
def test_json_of_texts_is_read_as_it_is(tree):
    assert read(json.dumps(tree, ensure_ascii=False, indent=1)).plain() == tree


@given(st.text() | st.text("[]{}:,-?&*!|>'\"%@`#~<\n\t \x85\u2028\ufeffab", max_size=40))
def test_any_text_is_read_or_refused(text):
    with suppress(Refused):
        read(text)


@given(st.binary() | st.binary().map(lambda data: b"\xef\xbb\xbf" + data))
def test_any_bytes_are_read_or_refused(data):
    with suppress(Refused):
        parse_yaml(decode_text(data, "a.yaml"))


# -- Places --------------------------------------------------------------------------------


def test_a_value_knows_its_place():
    place = read("a: 1\nlist:\n  - one\n  - two: 2\n").at("list", 1, "two").place
    assert (place.line, place.column, place.length) == (4, 10, 1)


def test_a_place_has_its_line():
    assert read("a: 1\nb:   some words\n").at("b").place.text == "b:   some words"


def test_a_place_is_as_long_as_the_value():
    assert read("b:   some words\n").at("b").place.length == len("some words")


def test_a_value_of_several_lines_is_marked_on_its_first():
    place = read("text: one\n  two three four five\n").at("text").place
    assert (place.line, place.column, place.length) == (1, 7, len("one"))


def test_a_column_counts_characters_and_not_bytes():
    place = read('{"ä€😀": x}').at("ä€😀").place
    assert place.column == 9


def test_a_key_knows_its_place():
    place = read("a: 1\n  \nkey: 2\n").key_place("key")
    assert (place.line, place.column, place.length) == (3, 1, 3)


def test_a_key_that_is_not_there_has_the_place_of_the_mapping():
    node = read("\n\n  a: 1\n")
    assert node.key_place("b") == node.place


@pytest.mark.parametrize(
    ("steps", "nearest"),
    [
        (("b",), ()),
        (("a", 7), ("a",)),
        (("a", "x"), ("a",)),
        (("a", 0, "deep"), ("a", 0)),
    ],
)
def test_a_path_that_leads_nowhere_ends_at_the_last_node_that_exists(steps, nearest):
    node = read("a:\n  - one\n")
    assert node.at(*steps) is node.at(*nearest)


@pytest.mark.parametrize("separator", ["\x85", "\u2028", "\u2029"])
def test_only_line_feeds_count_as_lines(separator):
    """YAML breaks lines at these too, editors don't. Problems count lines as editors do."""
    text = f"a: one{separator}  two\nb: [\n"
    try:
        place = read(text).at("b").place
    except Refused as refused:
        place = refused.problem.place
    assert place.text == text.split("\n")[place.line - 1]
    assert place.line in {1, 2}


# -- What is refused -----------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", "\n\n", "# a comment\n", "---\n", "~\n", "null\n"])
def test_a_file_with_nothing_in_it_is_empty(text):
    assert spot(refusal(text)) == ("empty-file", 0, 0)


def test_an_alias_is_refused():
    problem = refusal("a: *x\n")
    assert spot(problem) == ("alias", 1, 4)
    assert problem.message == "the alias `*x` is not allowed"


def test_an_anchor_is_refused():
    problem = refusal("a: &x 1\nb: *x\n")
    assert spot(problem) == ("anchor", 1, 4)
    assert problem.message == "the anchor `&x` is not allowed"


@pytest.mark.parametrize("value", ["&x [1]", "&x {a: 1}"])
def test_an_anchor_of_a_list_or_mapping_is_refused(value):
    assert spot(refusal(f"a: {value}\n")) == ("anchor", 1, 4)


def test_an_anchor_of_a_key_is_refused():
    assert spot(refusal("a: 1\n&x b: 2\n")) == ("anchor", 2, 1)


@pytest.mark.parametrize("tag", ["!!int", "!x", "!!python/object/apply:os.system", "!<tag:a,1:b>"])
@pytest.mark.parametrize("value", ["1", "[1]", "{a: 1}"])
def test_a_tag_is_refused(tag, value):
    assert spot(refusal(f"a: {tag} {value}\n")) == ("tag", 1, 4)


def test_a_merge_key_is_refused():
    problem = refusal("a: 1\n<<: {b: 2}\n")
    assert spot(problem) == ("merge-key", 2, 1)
    assert problem.hint == "write the keys out"


def test_a_quoted_merge_key_is_a_key_like_any_other():
    assert read('"<<": 1').plain() == {"<<": "1"}


def test_a_duplicate_key_is_refused_and_says_where_the_first_is():
    problem = refusal("a: 1\nb: 2\na: 3\n")
    assert spot(problem) == ("duplicate-key", 3, 1)
    assert (problem.message, problem.hint) == ("`a` is given twice", "it is first given on line 1")


def test_a_duplicate_key_deep_inside_is_refused():
    assert spot(refusal("a:\n  - {b: 1, 'b': 2}\n")) == ("duplicate-key", 2, 12)


@pytest.mark.parametrize("text", ["? [a]\n: 1\n", "{[a]: 1}\n", "? {a: 1}\n: 1\n"])
def test_a_key_that_is_no_word_is_refused(text):
    assert refusal(text).code == "key"


def test_a_second_document_is_refused():
    assert spot(refusal("a: 1\n---\nb: 2\n")) == ("several-documents", 2, 1)


def test_a_second_document_behind_an_empty_one_is_refused():
    assert spot(refusal("---\n---\nb: 2\n")) == ("several-documents", 2, 1)


def test_one_level_too_deep_is_refused_where_it_begins():
    problem = refusal("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1))
    assert spot(problem) == ("too-deep", 1, MAX_DEPTH + 1)


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? ", "[{a: "])
def test_a_hundred_thousand_levels_are_refused(opening):
    assert refusal(opening * 100_000).code in {"too-deep", "key"}


def test_a_hundred_thousand_closing_brackets_are_refused():
    assert spot(refusal("]" * 100_000)) == ("yaml", 1, 1)


def test_a_bomb_is_refused_at_its_first_anchor():
    bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{here}: &{here} [{','.join(['*' + before] * 9)}]\n"
        for before, here in zip("abcdefgh", "bcdefghi", strict=True)
    )
    assert spot(refusal(bomb)) == ("anchor", 1, 4)


def test_a_byte_more_than_allowed_is_refused():
    assert spot(refusal(b"#" * (MAX_BYTES + 1))) == ("too-large", 0, 0)


def test_a_byte_order_mark_is_refused():
    assert spot(refusal(b"\xef\xbb\xbfa: 1\n")) == ("byte-order-mark", 1, 1)


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-be", "utf-32"])
def test_other_encodings_are_refused(codec):
    assert refusal("a: b\n".encode(codec)).code in {"not-utf-8", "nul"}


def test_latin_1_is_refused_at_its_byte():
    problem = refusal("a: b\nname: caf\xe9 cr\xe8me\n".encode("latin-1"))
    assert spot(problem) == ("not-utf-8", 2, 10)
    assert problem.message == "the byte 0xe9 is not UTF-8"
    assert problem.place.text == "name: caf\xe9 cr\xe8me"


def test_the_column_of_a_wrong_byte_counts_characters():
    assert spot(refusal("ä€: ".encode() + b"\xff")) == ("not-utf-8", 1, 5)


def test_nul_is_refused_at_its_place():
    assert spot(refusal("a: 1\nb: x\x00y\n")) == ("nul", 2, 5)


@pytest.mark.parametrize("text", ["a:\n\tb: 1\n", "a:\n  \tb: 1\n", "a: 1\n\t\nb: 1\n"])
def test_a_tab_that_indents_is_refused(text):
    problem = refusal(text)
    assert (problem.code, problem.place.line, problem.hint) == ("tab", 2, "use spaces")


def test_a_tab_is_marked_where_it_stands():
    assert refusal("a:\n  \tb: 1\n").place.column == 3


@pytest.mark.parametrize("line", ["-\tx", "- \tx", "-\tx: 1", "-\t- x"])
def test_a_tab_behind_a_dash_is_named_for_what_it_is(line):
    problem = refusal(f"a: 1\nb:\n  {line}\n")
    assert (problem.code, problem.place.line, problem.hint) == ("tab", 3, "use a space")
    assert problem.place.text[problem.place.column - 1] == "\t"


@pytest.mark.parametrize("char", ["\x85", "\u2028", "\u2029"])
def test_a_line_that_ends_for_yaml_alone_is_the_problem_and_not_what_follows(char):
    problem = refusal(f"c: 'in {char} quotes'\na:\n  - one{char}two\n  - b\nd: x\ne: y\n")
    assert spot(problem) == ("yaml", 3, 8)
    assert problem.message == f"for YAML a line ends here, at the character U+{ord(char):04X}"


@pytest.mark.parametrize("char", ["\x85", "\u2028", "\u2029"])
def test_one_that_does_no_harm_is_not_blamed_for_another_mistake(char):
    problem = refusal(f"c: 'in {char} quotes'\n# {char}# so\na: b: c\n")
    assert (problem.place.line, problem.hint) == (3, "put a text that holds `: ` into quotes")


@pytest.mark.parametrize("char", [*"\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"])
def test_what_turns_the_direction_of_text_is_refused_at_its_place(char):
    assert spot(refusal(f"a: 1\nb: x{char}\n")) == ("control-character", 2, 5)
    assert spot(refusal(f'a: 1\nb: "x\\u{ord(char):04x}"\n')) == ("control-character", 2, 4)


def test_what_joins_letters_or_forbids_a_break_is_allowed():
    text = "x\u200dy\u200c\u2060\u00ad\u200f"
    assert read(f"a: {text}\n").plain() == {"a": text}


def test_a_tab_between_words_is_allowed():
    assert read("a:\tb\tc\n").plain() == {"a": "b\tc"}


@pytest.mark.parametrize("char", ["\x01", "\x07", "\x0b", "\x1b", "\x7f", "\x9f", "\ufffe"])
def test_a_control_character_is_refused_at_its_place(char):
    problem = refusal(f"a: 1\nb: x{char}\n")
    assert spot(problem) == ("control-character", 2, 5)
    assert problem.message == f"the character U+{ord(char):04X} is not allowed"


@pytest.mark.parametrize("escape", [r"\0", r"\x00", r"\u0000", r"\a", r"\e", r"\x07", r"\u001b"])
def test_a_control_character_can_not_be_smuggled_in_as_an_escape(escape):
    """PostgreSQL can't store NUL, and terminals act on the others."""
    problem = refusal(f'a: 1\nb: "x{escape}"\n')
    assert problem.code in {"nul", "control-character"}
    assert (problem.place.line, problem.place.column) == (2, 4)


@pytest.mark.parametrize(
    ("text", "line", "hint"),
    [
        ("a: b: c\n", 1, "put a text that holds `: ` into quotes"),
        ("a: 1\nb: @x\n", 2, "put the text into quotes"),
        ("a: 1\nb: `x`\n", 2, "put the text into quotes"),
        ("a: 1\nb: x\n c: 1\n", 3, "put a text that holds `: ` into quotes"),
    ],
)
def test_what_is_no_yaml_is_refused_with_a_hint(text, line, hint):
    problem = refusal(text)
    assert (problem.code, problem.place.line, problem.hint) == ("yaml", line, hint)


@pytest.mark.parametrize("opened", ['"open', "[open", "{open", "'open"])
def test_what_is_never_closed_is_shown_on_a_line_that_exists(opened):
    problem = refusal(f"a: 1\nb: {opened}\n")
    assert problem.code == "yaml"
    assert problem.place.text.strip()
