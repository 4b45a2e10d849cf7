"""New values in a YAML text: only their lines change, and they read back as intended."""

import datetime
import difflib

import pytest
import yaml
from django.conf import settings
from hypothesis import assume, given
from hypothesis import strategies as st

from careers.sync.exporting.scalars import block, one_line, why_unwritable
from careers.sync.exporting.yaml_edit import edit_yaml, new_yaml
from careers.sync.reading.reader import split_front_matter
from careers.sync.reading.yaml_tree import Text, parse_yaml
from paths.text.characters import UNPRINTABLE
from tests.sync.nasty import LONG, NASTY

COMMENTED = """\
# What this file is

title: ML Engineer  # the name
code:   "ML"
line: 'red'
summary: >-  # one sentence
  Trains models, puts them
  into production and stays
  responsible for them there.

# Lists
aliases:
    # the usual one
    - MLE   # short
    - AI/ML Engineer

    # a long one
    - Machine Learning
      Engineer
formerly: [old, "older"]  # addresses
time_split:
    - {share: 60, activity: code}   # mornings
    - {share: 40, activity: talk}
empty:
nothing: ~  # yet
steps:
    - path: rag   # first
      why: "It comes first."
      # about the rest
      emphasis: deeply
    # and then
    - why: It comes second.
      path: prompting
# The end
"""


def said(text: str):
    return parse_yaml(Text("", text)).plain()


OLD = said(COMMENTED) | {"empty": "", "nothing": ""}
STEPS, ALIASES = OLD["steps"], OLD["aliases"]


def edited(**values) -> str:
    """Put new values into the commented text, check that they read back, and return the text."""
    text = edit_yaml(COMMENTED, OLD, {**OLD, **values})
    after = said(text)
    assert {key: after[key] for key in values} == values
    assert {**after, **values} | {"empty": "", "nothing": ""} == {**OLD, **values} | {
        "empty": "",
        "nothing": "",
    }
    return text


def lines_changed(before: str, after: str) -> list[str]:
    """The removed lines, each after “-”, and the added ones, each after “+”."""
    found = difflib.ndiff(before.splitlines(), after.splitlines())
    return [line for line in found if line[0] in "+-"]


def diff(**values) -> list[str]:
    return lines_changed(COMMENTED, edited(**values))


# -- Only what changed ---------------------------------------------------------------------


def test_nothing_new_changes_nothing():
    assert edited() == COMMENTED


def test_a_text_keeps_the_comment_behind_it():
    assert diff(title="Engineer") == [
        "- title: ML Engineer  # the name",
        "+ title: Engineer  # the name",
    ]


@pytest.mark.parametrize(
    ("key", "value", "line"),
    [
        ("code", "DE", 'code:   "DE"'),
        ("code", 'D"E', 'code:   "D\\"E"'),
        ("line", "blue", "line: 'blue'"),
        ("line", "it's", "line: 'it''s'"),
        ("title", "A: b", 'title: "A: b"  # the name'),
        ("title", '"A": b', """title: '"A": b'  # the name"""),
        ("empty", "now", "empty: now"),
        ("nothing", "now", "nothing: now  # yet"),
    ],
)
def test_a_text_keeps_its_quotes_or_gets_those_that_it_needs(key, value, line):
    assert line in edited(**{key: value}).splitlines()


def test_a_folded_text_keeps_its_line_breaks_and_its_comment():
    summary = OLD["summary"].replace("production", "use")
    assert diff(summary=summary) == ["-   into production and stays", "+   into use and stays"]


def test_a_folded_text_that_grows_is_broken_where_it_grew():
    summary = OLD["summary"].replace("into", f"into {'many ' * 40}")
    summary = " ".join(summary.split())
    lines = edited(summary=summary).splitlines()
    assert {"summary: >-  # one sentence", "  Trains models, puts them"} <= set(lines)
    assert "  responsible for them there." in lines
    assert max(map(len, lines)) < 125


def test_a_folded_text_may_get_paragraphs():
    assert "summary: >-  # one sentence" in edited(summary="One.\n\nTwo.")


def test_a_block_that_becomes_no_block_keeps_its_comment():
    assert 'summary: "a\\tb"  # one sentence' in edited(summary="a\tb").splitlines()


def test_a_text_that_gets_lines_becomes_a_block_and_keeps_its_comment():
    lines = edited(title="One\ntwo").splitlines()
    start = lines.index("title: |-  # the name")
    assert lines[start + 1 : start + 3] == ["  One", "  two"]


def test_an_item_that_changes_keeps_its_comments():
    assert diff(aliases=["ML-E", *ALIASES[1:]]) == [
        "-     - MLE   # short",
        "+     - ML-E   # short",
    ]


def test_an_item_that_is_added_changes_no_other():
    assert diff(aliases=[ALIASES[0], "New", *ALIASES[1:]]) == ["+     - New"]
    assert diff(aliases=["New", *ALIASES]) == ["+     - New"]
    assert diff(aliases=[*ALIASES, "New"]) == ["+     - New"]


def test_an_item_that_goes_leaves_the_comment_above_it():
    assert diff(aliases=ALIASES[:2]) == ["-     - Machine Learning", "-       Engineer"]


def test_an_item_that_moves_takes_its_comment_along():
    lines = edited(aliases=[ALIASES[2], *ALIASES[:2]]).splitlines()
    start = lines.index("    # a long one")
    assert lines[start + 1] == "    - Machine Learning"
    assert lines.index("    - MLE   # short") > start


def test_a_list_that_is_emptied_keeps_its_comments():
    lines = edited(aliases=[]).splitlines()
    assert {"aliases: []", "    # the usual one", "    # a long one"} <= set(lines)


@pytest.mark.parametrize("key", ["empty", "nothing"])
def test_an_empty_value_becomes_a_list(key):
    lines = edited(**{key: ["one", "two"]}).splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith(f"{key}:"))
    assert lines[start + 1 : start + 3] == ["    - one", "    - two"]
    assert key == "empty" or lines[start] == "nothing:  # yet"


def test_a_list_in_brackets_stays_in_brackets():
    assert diff(formerly=["old", "new", "older"]) == [
        '- formerly: [old, "older"]  # addresses',
        '+ formerly: [old, new, "older"]  # addresses',
    ]


def test_a_list_in_brackets_on_many_lines_keeps_its_comments():
    text = "a: [\n  one,  # first\n  two\n]\nb: x\n"
    after = edit_yaml(text, said(text), {"a": ["one", "two", "three"], "b": "x"})
    assert after == "a: [one, two, three]  # first\nb: x\n"


def test_items_in_braces_stay_in_braces():
    split = [{"share": "50", "activity": "code"}, {"share": "50", "activity": "a, b"}]
    assert diff(time_split=split) == [
        "-     - {share: 60, activity: code}   # mornings",
        "+     - {share: 50, activity: code}   # mornings".replace("50", '"50"'),
        "-     - {share: 40, activity: talk}",
        '+     - {share: "50", activity: "a, b"}',
    ]


def test_a_key_of_an_item_is_added_where_it_belongs_and_taken_out():
    first, second = STEPS
    plain = {key: value for key, value in first.items() if key != "emphasis"}
    assert diff(steps=[plain, {**second, "emphasis": "lightly"}]) == [
        "-       emphasis: deeply",
        "+       emphasis: lightly",
    ]


def test_a_key_beside_the_dash_that_goes_says_nothing_instead():
    text = "steps:\n  - why: x\n    path: rag\n"
    after = edit_yaml(text, said(text), {"steps": [{"path": "rag"}]})
    assert after == "steps:\n  - why: null\n    path: rag\n"


def test_a_new_key_stands_behind_the_one_before_it():
    text = edit_yaml(
        COMMENTED, OLD, {"title": OLD["title"], "code": "ML", "status": "draft", **OLD}
    )
    assert 'code:   "ML"\nstatus: draft\nline: ' in text


PROSE = "First.\nSecond."
BELOW = """\
summary: One line.
    # about the summary

steps:
  - path: rag
    why: It comes first.
        # about the reason
  # - path: agents
sources:
  # none yet
status: draft
"""


@pytest.mark.parametrize(
    ("changes", "lines"),
    [
        ({"summary": PROSE}, ["summary: |-", "     First.", "     Second."]),
        (
            {"steps": [{"path": "rag", "why": PROSE}]},
            ["    why: |-", "         First.", "         Second."],
        ),
        ({"after_paths": PROSE}, ["after_paths: |-", "  First.", "  Second."]),
        ({"sources": [{"note": PROSE}]}, ["  - note: |-", "      First.", "      Second."]),
    ],
    ids=["a text", "a text of an item", "a new key", "a list that was empty"],
)
def test_a_block_takes_no_comment_below_it_for_one_of_its_lines(changes, lines):
    old = said(BELOW)
    order = ["summary", "steps", "after_paths", "sources", "status"]
    new = {name: (old | changes)[name] for name in order if name in (old | changes)}
    text = edit_yaml(BELOW, old, new)
    assert said(text) == new
    added = [
        line[2:] for line in difflib.ndiff(BELOW.split("\n"), text.split("\n")) if line[0] == "+"
    ]
    assert added == lines
    for comment in ("about the summary", "about the reason", "- path: agents", "none yet"):
        assert f"# {comment}\n" in text


def test_a_new_key_stands_behind_the_comments_of_the_one_before_it():
    old = said(BELOW)
    new = {
        name: old.get(name, "It ships.") for name in ["steps", "after_paths", "summary", "status"]
    }
    text = edit_yaml(BELOW, old, new | {"sources": None})
    assert "  # - path: agents\nafter_paths: It ships.\nsources:\n" in text


def test_a_block_that_is_cleared_takes_no_comment_for_its_text():
    text = "summary: |-\n    One.\n    Two.\n  # about it\nstatus: draft\n"
    assert edit_yaml(text, said(text), said(text) | {"summary": ""}) == (
        'summary: ""\n  # about it\nstatus: draft\n'
    )


def test_a_comment_of_a_list_within_braces_hides_no_end_of_them():
    text = "steps: [\n  {path: rag, only: [\n    301, # the first\n    302]}]\nstatus: draft\n"
    new = {"steps": [{"path": "rag", "only": ["301", "302", "303"]}], "status": "draft"}
    changed = edit_yaml(text, said(text), new)
    assert said(changed) == new
    assert "# the first\n" in changed


def test_a_new_key_stands_last_in_a_file_without_a_line_end():
    assert edit_yaml("a: x", {"a": "x"}, {"a": "x", "b": ["z"]}) == "a: x\nb:\n  - z"


def test_lists_stand_in_as_far_as_the_files_own():
    text = "a:\n- x\nb: y\n"
    after = edit_yaml(text, said(text), {"a": ["x", "z"], "c": ["v"], "b": "y"})
    assert after == "a:\n- x\n- z\nc:\n- v\nb: y\n"


def test_what_is_typed_is_written_plain():
    values = {"collected": datetime.date(2026, 1, 2), "low": 5, "period": "2026"}
    assert new_yaml(values) == 'collected: 2026-01-02\nlow: 5\nperiod: "2026"\n'


# -- On the real files ---------------------------------------------------------------------

# Documents only: the files beside a lesson, in the folder named for it, may be anything.
REAL = sorted(
    path
    for pattern in ("*.yaml", "roles/*.yaml", "paths/*/path.yaml", "paths/*/*.md")
    for path in settings.CATALOG_DIR.glob(pattern)
)


def yaml_of(path) -> str:
    text = Text(path.name, path.read_text(encoding="utf-8"))
    return (split_front_matter(text)[0] if path.suffix == ".md" else text).text


def own_lines(text: str, key: str) -> range:
    """The lines of a top-level key and its value."""
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    starts = [each.start_mark.line for each, _ in root.value] + [text.count("\n") + 1]
    place = next(n for n, (each, _) in enumerate(root.value) if each.value == key)
    return range(starts[place], starts[place + 1])


def test_the_real_files_are_there():
    assert len(REAL) > 80


@pytest.mark.few(3)
@pytest.mark.parametrize("path", REAL, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_a_value_of_a_real_file_changes_in_its_own_lines(path):
    text = yaml_of(path)
    old = said(text)
    assert edit_yaml(text, old, dict(old)) == text
    for key, value in old.items():
        new = [*value, *value[:1]] if isinstance(value, list) else f"{value}: # x"
        after = edit_yaml(text, old, {**old, key: new})
        assert said(after) == {**old, key: new}
        lines, own = text.splitlines(), own_lines(text, key)
        assert after.splitlines()[: own.start] == lines[: own.start]
        tail = lines[own.stop :]
        assert not tail or after.splitlines()[-len(tail) :] == tail


# -- Any value -----------------------------------------------------------------------------

printable = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(
    lambda text: not UNPRINTABLE.search(text) and text == text.strip()
)
texts = st.one_of(printable, st.sampled_from(NASTY), st.lists(st.sampled_from(NASTY)).map(" ".join))


@given(texts.filter(bool))
def test_a_text_on_one_line_reads_back(text):
    assert said(f"a: {one_line(text)}\nb:\n  - {one_line(text)}\n") == {"a": text, "b": [text]}
    assert said(f"[{one_line(text, flow=True)}]") == [text]


@given(texts.filter(bool), st.sampled_from(["'", '"', "", None, "|", ">"]))
def test_a_text_reads_back_in_any_style(text, style):
    assert said(f"a: {one_line(text, style=style)}\n") == {"a": text}


@pytest.mark.parametrize("text", NASTY)
def test_other_readers_take_every_text_for_a_text(text):
    assert yaml.safe_load(f"a: {one_line(text)}\n") == {"a": text}


@pytest.mark.parametrize("text", NASTY)
def test_nothing_stands_in_a_file_that_can_not_be_seen(text):
    assert one_line(text).isprintable() or set(text) & set("\u200d\u00a0\u2009\u3000")


@given(texts, st.sampled_from("|>"), texts)
def test_a_block_reads_back_or_is_none(text, style, old):
    written = block(text, 2, style, old)
    assert written is None or said(f"a: {written}\nb: x\n") == {"a": text, "b": "x"}


@pytest.mark.parametrize("text", LONG)
def test_a_long_text_reads_back_wherever_it_stands(text):
    for key in ("title", "summary", "code", "line", "empty", "nothing"):
        edited(**{key: text})
    assert said(new_yaml({"a": text, "b": [text.split("\n")[0]]}))["a"] == text


@given(st.dictionaries(st.sampled_from(["title", "code", "line", "summary", "empty"]), texts))
def test_any_texts_go_in_and_the_rest_stays(values):
    assume(all(values.values()))
    edited(**values)


@given(
    st.lists(texts.filter(bool) | st.sampled_from(ALIASES), max_size=8),
    st.sampled_from(["aliases", "formerly"]),
)
def test_any_items_go_in_and_the_rest_stays(items, key):
    after = edited(**{key: items})
    for line in ("title: ML Engineer  # the name", "    - path: rag   # first", "# The end"):
        assert line in after.splitlines()


@given(st.lists(st.fixed_dictionaries({"path": texts, "why": texts}, optional={"emphasis": texts})))
def test_any_steps_go_in_and_the_rest_stays(steps):
    assume(all(all(step.values()) for step in steps))
    assert "# The end" in edited(steps=steps).splitlines()


@pytest.mark.parametrize(
    "text",
    [" x", "x ", "\tx", "x\n", "\u3000x", "a\0b", "a\x07b", "a\x1bb", "a\u202eb", "\u200b"],
)
def test_what_no_file_can_hold_has_a_reason(text):
    assert why_unwritable(text)


@pytest.mark.parametrize("text", [*NASTY, *LONG, ""])
def test_everything_else_has_none(text):
    assert not why_unwritable(text)
