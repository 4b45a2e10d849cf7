"""Changes in words: a sentence for what visitors see, none for what they don't."""

import datetime
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from careers.published.news import (
    DESCRIBED,
    MOST_NAMES,
    FieldEdit,
    NewsItem,
    PublicNames,
    arrival,
    changed_share,
    opening,
    sentences,
)

NAMES = PublicNames(
    paths={"rag": "RAG", "prompting": "Prompting", "agents": "Agents", "ml": "ML", "data": "Data"},
    former={"retrieval": "rag"},
    lessons={101, 102, 103},
    backgrounds={"teacher": "Teacher", "nurse": "Nurse"},
    signals={"shipped": "Shipped something", "evals": "Eval discipline"},
)
HIDDEN = PublicNames({}, {}, set(), {}, {})


def said(field, before, after, names=NAMES, **more) -> list[str]:
    return list(sentences([FieldEdit(field, before, after, **more)], names))


# -- Salary bands --------------------------------------------------------------------------


def band(region="EU", low=60_000, high=150_000, **more) -> dict:
    values = {
        "region": region,
        "currency": "EUR",
        "low": low,
        "high": high,
        "middle": None,
        "middle_is": None,
        "measures": "Published range",
        "ends": "range",
        "basis": "survey",
        "method": "",
        "for_title": "",
        "experience": "",
        "sample": None,
        "period": "2026",
        "source": {"title": "A survey", "url": "https://example.org/survey"},
        "collected": "2026-01-02",
        "note": "",
    }
    return values | more


BANDS = {
    "both-ends": (
        [band()],
        [band(low=65_000, high=160_000)],
        ["The EU band is now €65,000–160,000 (was €60,000–150,000)."],
    ),
    "one-figure": (
        [band(low=60_000, high=60_000)],
        [band(low=61_000, high=61_000)],
        ["The EU band is now €61,000 (was €60,000)."],
    ),
    "another-currency": (
        [band()],
        [band(currency="CHF")],
        ["The EU band is now CHF 60,000–150,000 (was €60,000–150,000)."],
    ),
    "figures-and-evidence-are-one-piece-of-news": (
        [band()],
        [band(low=65_000, period="2027", collected="2027-01-02")],
        ["The EU band is now €65,000–150,000 (was €60,000–150,000)."],
    ),
    "added": (
        [band()],
        [band(), band("US", currency="USD")],
        ["The US band is new: $60,000–150,000."],
    ),
    "another-survey-of-the-region": (
        [band(), band(source={"title": "B"})],
        [band(source={"title": "C"}), band(), band(source={"title": "B"}, low=70_000)],
        [
            "The EU band (Published range, C) is new: €60,000–150,000.",
            "The EU band (Published range, B) is now €70,000–150,000 (was €60,000–150,000).",
        ],
    ),
    "the-first": ([], [band()], ["The EU band is new: €60,000–150,000."]),
    "taken-out": ([band()], [], ["The EU band, €60,000–150,000, was removed."]),
    "moved": (
        [band(), band("US")],
        [band("US"), band()],
        ["The salary bands have a new order."],
    ),
    "two-of-a-region": (
        [band(), band(measures="Advertised range")],
        [band(), band(measures="Advertised range", low=70_000)],
        ["The EU band (Advertised range) is now €70,000–150,000 (was €60,000–150,000)."],
    ),
    "measured-otherwise": (
        [band()],
        [band(measures="Advertised range")],
        ["What is said about the EU band was edited."],
    ),
    "a-median": (
        [band()],
        [band(middle=90_000, middle_is="median")],
        ["The EU band now has a median of €90,000."],
    ),
    "another-median": (
        [band(middle=90_000, middle_is="median")],
        [band(middle=95_000, middle_is="median")],
        ["The EU band now has a median of €95,000 (was a median of €90,000)."],
    ),
    "no-median": (
        [band(middle=90_000, middle_is="median")],
        [band()],
        ["The EU band no longer has a median."],
    ),
    "evidence": (
        [band()],
        [band(period="2027")],
        ["The evidence for the EU band was updated."],
    ),
    "note": ([band()], [band(note="Gross.")], ["What is said about the EU band was edited."]),
    "nothing": ([band()], [band()], []),
    "empty-and-null-are-the-same": ([band(experience=None)], [band(experience="")], []),
}


@pytest.mark.parametrize(("before", "after", "words"), BANDS.values(), ids=BANDS)
def test_salary_bands(before, after, words):
    assert said("salary_bands", before, after) == words


# -- Roadmaps ------------------------------------------------------------------------------


def step(path, **more) -> dict:
    return {"path": path, "why": "It needs it.", "emphasis": ""} | more


def steps(*paths) -> list[dict]:
    return [step(path) for path in paths]


STEPS = {
    "joined": (steps("rag"), steps("rag", "agents"), ["Agents joined the roadmap."]),
    "several-joined": ([], steps("rag", "agents"), ["RAG and Agents joined the roadmap."]),
    "many-joined": (
        [],
        steps("rag", "agents", "ml", "data"),
        ["RAG, Agents, ML and 1 more joined the roadmap."],
    ),
    "left": (steps("rag", "agents"), steps("agents"), ["RAG left the roadmap."]),
    "swapped": (
        steps("rag"),
        steps("agents"),
        ["Agents joined the roadmap.", "RAG left the roadmap."],
    ),
    "reordered": (
        steps("rag", "agents"),
        steps("agents", "rag"),
        ["The roadmap has a new order."],
    ),
    "one-in-front-is-no-other-order": (
        steps("rag", "agents"),
        steps("ml", "rag", "agents"),
        ["ML joined the roadmap."],
    ),
    "another-reason": (
        steps("rag"),
        [step("rag", why="It is asked for.")],
        ["What the roadmap says about RAG was edited."],
    ),
    "part-of-a-path": (
        steps("rag"),
        [step("rag", only=[401, 402])],
        ["It now takes 2 lessons of RAG."],
    ),
    "one-lesson-of-a-path": (
        [step("rag", only=[401, 402])],
        [step("rag", only=[401])],
        ["It now takes 1 lesson of RAG."],
    ),
    "the-whole-path-again": (
        [step("rag", only=[401])],
        [step("rag", only=[])],
        ["It now takes all of RAG."],
    ),
    "some-stand-out": (
        steps("rag"),
        [step("rag", focus=[401])],
        ["Some lessons of RAG are in focus now."],
    ),
    "others-stand-out": (
        [step("rag", focus=[401])],
        [step("rag", focus=[402])],
        ["Other lessons of RAG are in focus now."],
    ),
    "none-stands-out": (
        [step("rag", focus=[401])],
        [step("rag", focus=[])],
        ["No lesson of RAG is in focus anymore."],
    ),
    "no-part-is-like-none-said": (steps("rag"), [step("rag", only=[], focus=[])], []),
    "a-path-that-was-renamed-is-the-same": (steps("retrieval"), steps("rag"), []),
    "a-path-that-nobody-sees": (steps("rag"), steps("rag", "secret"), []),
    "a-hidden-path-among-others-is-no-order": (
        steps("secret", "rag", "agents"),
        steps("rag", "secret", "agents"),
        [],
    ),
}


@pytest.mark.parametrize(("before", "after", "words"), STEPS.values(), ids=STEPS)
def test_steps(before, after, words):
    assert said("steps", before, after) == words


PIVOT = {"background": "teacher", "fit": "good", "months": None, "note": ""}
NURSE = {"background": "nurse", "fit": "good", "months": None, "note": ""}
PIVOTS = {
    "joined": ([PIVOT], [PIVOT, NURSE], ["There is now a way in from Nurse."]),
    "left": ([PIVOT, NURSE], [NURSE], ["The way in from Teacher was removed."]),
    "fit": (
        [PIVOT],
        [PIVOT | {"fit": "strong"}],
        ["The fit from Teacher is now strong (was good)."],
    ),
    "months": (
        [PIVOT],
        [PIVOT | {"months": 3}],
        ["The way in from Teacher was reworded."],
    ),
    "order-is-by-strength": ([PIVOT, NURSE], [NURSE, PIVOT], []),
    "hidden": ([], [PIVOT | {"background": "secret"}], []),
}


@pytest.mark.parametrize(("before", "after", "words"), PIVOTS.values(), ids=PIVOTS)
def test_pivots(before, after, words):
    assert said("pivots", before, after) == words


# -- Texts ---------------------------------------------------------------------------------

LONG = " ".join(f"word{n}" for n in range(100))
TEXTS = {
    "rewritten": ("body", LONG, "Quite another text.", "The text was rewritten."),
    "in-part": (
        "body",
        LONG,
        " ".join([*LONG.split()[:70], *(f"new{n}" for n in range(30))]),
        "The text was partly rewritten.",
    ),
    "mended": ("body", LONG, LONG.replace("word50", "new"), "The text was lightly edited."),
    "summary": ("summary", "Builds.", "Ships it.", "The summary was rewritten."),
    "added": ("honest_scope", "", "Courses.", "The note on what lessons can’t give you was added."),
    "taken-out": ("description", "Of it.", "", "The description was removed."),
    "a-list": (
        "objectives",
        ["Name the three choices", "Cut a long document into passages"],
        ["Name the three choices", "Cut a long document into passages", "Ask"],
        "The objectives were partly rewritten.",
    ),
    "a-list-in-another-order": (
        "daily_work",
        ["Builds", "Ships"],
        ["Ships", "Builds"],
        "The list of daily work was put in a new order.",
    ),
    "a-day": (
        "time_split",
        [{"share": 60, "activity": "code"}, {"share": 40, "activity": "talk"}],
        [{"share": 50, "activity": "code"}, {"share": 50, "activity": "talk"}],
        "The shares of the day were rewritten.",
    ),
}


@pytest.mark.parametrize(("field", "before", "after", "words"), TEXTS.values(), ids=TEXTS)
def test_texts(field, before, after, words):
    assert said(field, before, after) == [words]


@pytest.mark.parametrize(
    ("percent", "words"),
    [(1, "lightly edited"), (14, "lightly edited"), (15, "partly rewritten"), (50, "rewritten")],
)
def test_a_lessons_text_isnt_needed_where_its_share_is_known(percent, words):
    assert said("body", None, None, share=percent) == [f"The text was {words}."]


def test_white_space_is_no_change():
    assert said("description", "One  two.\n", "One\ntwo.") == []


@given(st.text())
def test_a_text_that_stays_has_not_changed(text):
    assert changed_share(text, text) == 0


@given(st.text(), st.text())
def test_a_share_is_a_percentage_that_is_the_same_from_both_sides(before, after):
    assert 0 <= changed_share(before, after) == changed_share(after, before) <= 100
    assert (changed_share(before, after) == 0) or before.split() != after.split()


def test_a_share_of_a_long_text_takes_no_longer_than_reading_it():
    """A comparison by longest common parts would take minutes here."""
    assert changed_share("word " * 200_000, "other " * 200_000) == 100


# -- Single values -------------------------------------------------------------------------

VALUES = {
    "title": ("title", "RAG", "Retrieval", ["The title changed from “RAG” to “Retrieval”."]),
    "minutes": ("minutes", 8, 12, ["Reading now takes 12 minutes (was 8)."]),
    "a-minute": ("minutes", 8, 1, ["Reading now takes 1 minute (was 8)."]),
    "practice": ("practice_minutes", 40, 30, ["Practice now takes 30 minutes (was 40)."]),
    "sequence": ("sequence", "any-order", "in-sequence", ["The steps now build on each other."]),
    "any-order": (
        "sequence",
        "in-sequence",
        "any-order",
        ["The steps can now be taken in any order."],
    ),
    "group": ("group", "newer", "core", ["It is now among the core roles."]),
    "code": ("code", "ML", "MX", ["Its code on the map is now MX (was ML)."]),
    "line": ("line", "red", "teal", ["The color of its line is now teal (was red)."]),
    "goes-on": ("further", [], ["rag", "secret"], ["The roadmap now goes on to RAG."]),
    "goes-on-elsewhere": (
        "further",
        ["rag", "ml"],
        ["agents", "ml"],
        ["The roadmap now goes on to Agents.", "The roadmap no longer goes on to RAG."],
    ),
    "goes-on-to-a-path-that-was-renamed": ("further", ["retrieval"], ["rag"], []),
    "moved": ("path", "rag", "agents", ["It moved from RAG to Agents."]),
    "a-path-that-was-renamed": ("path", "retrieval", "rag", []),
    "moved-from-a-hidden-path": ("path", "secret", "rag", []),
    "names": ("aliases", ["A"], ["A", "B", "C"], ["Job ads also call it B and C."]),
    "fewer-names": ("aliases", ["A", "B"], ["A"], ["Job ads no longer call it B."]),
    "sources": (
        "sources",
        [{"title": "A", "url": "https://a"}],
        [{"title": "B", "url": "https://b"}, {"title": "C", "url": "https://c"}],
        ["The sources changed: 2 added and 1 removed."],
    ),
    "a-source": (
        "sources",
        [{"title": "A", "url": "https://a"}],
        [{"title": "B", "url": "https://a"}],
        ["The sources were edited."],
    ),
    "the-order-of-sources": (
        "sources",
        [{"title": "A", "url": "https://a"}, {"title": "B", "url": "https://b"}],
        [{"title": "B", "url": "https://b"}, {"title": "A", "url": "https://a"}],
        [],
    ),
    "signals": (
        "signals",
        ["evals"],
        ["shipped"],
        [
            "It now counts toward “Shipped something”.",
            "It no longer counts toward “Eval discipline”.",
        ],
    ),
    "lessons": ("lessons", [101, 102], [102, 101], ["The lessons have a new order."]),
    "a-lesson-that-came-has-its-own-news": ("lessons", [101], [102, 101], []),
    "a-draft-between-lessons": ("lessons", [101, 999, 102], [101, 102, 999], []),
    "status": ("status", "draft", "published", []),
    "position": ("position", 1, 2, []),
    "address": ("slug", "rag", "retrieval", []),
    "a-former-address": ("formerly", [], ["rag"], []),
}


@pytest.mark.parametrize(("field", "before", "after", "words"), VALUES.values(), ids=VALUES)
def test_values(field, before, after, words):
    assert said(field, before, after) == words


# -- What holds for every change -----------------------------------------------------------

text = st.text(max_size=20)
texts = st.lists(text, max_size=4)
slugs = st.sampled_from([*NAMES.paths, "retrieval", "secret"])
numbers = st.lists(st.integers(401, 404), max_size=3, unique=True)
values = {
    "steps": st.lists(
        st.fixed_dictionaries(
            {"path": slugs, "why": text, "emphasis": text},
            optional={"only": numbers, "focus": numbers},
        ),
        max_size=4,
    ),
    "further": st.lists(slugs, max_size=3, unique=True),
    "pivots": st.lists(
        st.fixed_dictionaries(
            {
                "background": st.sampled_from(["teacher", "nurse", "secret"]),
                "fit": st.sampled_from(["strong", "good"]),
                "months": st.none() | st.integers(1, 9),
                "note": text,
            }
        ),
        max_size=3,
    ),
    "salary_bands": st.lists(
        st.builds(
            band,
            st.sampled_from(["EU", "US"]),
            st.integers(0, 9),
            st.integers(9, 20),
            middle=st.none() | st.integers(0, 9),
            middle_is=st.just("mean"),
            measures=text,
            note=text,
        ),
        max_size=3,
    ),
    "sources": st.lists(st.fixed_dictionaries({"title": text, "url": text}), max_size=3),
    "time_split": st.lists(
        st.fixed_dictionaries({"share": st.integers(1, 9), "activity": text}), max_size=3
    ),
    "lessons": st.lists(st.integers(100, 105), max_size=4, unique=True),
    "signals": st.lists(st.sampled_from(["shipped", "evals", "secret"]), max_size=2),
    "path": slugs,
    "minutes": st.integers(1, 99),
    "practice_minutes": st.integers(1, 99),
    **dict.fromkeys(
        ["aliases", "daily_work", "needs", "objectives", "skip_if", "not_for_you_if"], texts
    ),
}


@st.composite
def histories(draw):
    """A field, and two to four values that it had, in order."""
    field = draw(st.sampled_from(sorted(DESCRIBED)))
    return field, draw(st.lists(values.get(field, text), min_size=2, max_size=4))


@example(("aliases", [["a title in small letters"], []]))
@given(histories())
def test_every_change_has_whole_sentences(history):
    field, had = history
    for sentence in said(field, had[0], had[1]):
        assert sentence[0].isupper() or sentence[0] not in "abcdefghijklmnopqrstuvwxyz"
        assert sentence.endswith(".")


@given(histories())
def test_what_stays_is_no_news(history):
    field, had = history
    assert said(field, had[0], had[0]) == []


@given(histories())
def test_changes_of_a_day_are_told_as_one(history):
    field, had = history
    edits = [FieldEdit(field, before, after) for before, after in pairwise(had)]
    assert list(sentences(edits, NAMES)) == said(field, had[0], had[-1])


@given(histories())
def test_what_the_public_does_not_see_is_never_named(history):
    field, had = history
    for sentence in said(field, had[0], had[1], HIDDEN):
        assert not any(title in sentence for title in NAMES.paths.values() if len(title) > 4)
    assert field not in {"steps", "further", "pivots", "path", "lessons", "signals"} or not said(
        field, had[0], had[1], HIDDEN
    )


def test_one_that_came_and_one_that_was_mended_stand_in_the_order_of_what_matters():
    edits = [FieldEdit("summary", "A", "B"), FieldEdit("salary_bands", [], [band()])]
    assert [each.split()[1] for each in sentences(edits, NAMES)] == ["EU", "summary"]


@pytest.mark.parametrize(
    ("shares", "said"),
    [
        ([3, 60], "The text was rewritten."),
        ([60, 3], "The text was lightly edited."),
        ([60, 0], ""),
    ],
)
def test_what_a_day_made_of_a_text_counts_and_not_what_was_taken_back(shares, said):
    edits = [FieldEdit("body", None, None, share) for share in shares]
    assert "".join(sentences(edits, NAMES)) == said


# -- News items -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        (
            {"role": 10, "path": 6, "lesson": 12},
            "The catalog opened with 10 roles, 6 paths and 12 lessons",
        ),
        ({"role": 1, "path": 0, "lesson": 1}, "The catalog opened with 1 role and 1 lesson"),
        ({"role": 0, "path": 0, "lesson": 3}, "The catalog opened with 3 lessons"),
    ],
)
def test_a_catalog_opens_with_what_it_has(counts, words):
    assert opening(counts) == words


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        (
            {"role": 1, "path": 4, "lesson": 1},
            "ML Engineer was here from the start, with 4 paths and 1 lesson",
        ),
        ({"role": 1, "path": 0, "lesson": 0}, "ML Engineer was here from the start"),
        ({"role": 0, "path": 4, "lesson": 8}, "Here from the start: 4 paths and 8 lessons"),
    ],
)
def test_to_one_role_a_catalog_opens_with_what_is_on_the_way_to_it(counts, words):
    assert opening(counts, "ML Engineer") == words


def test_a_path_that_came_names_whom_it_is_for():
    assert arrival("How to find.", []) == ("How to find.",)
    assert arrival("How to find.", ["A", "B"])[1] == "It is on the roadmap of A and B."
    many = arrival("How to find.", [f"R{n}" for n in range(MOST_NAMES + 2)])
    assert many[1] == "It is on the roadmap of R0, R1, R2 and 2 more."


def item(*said: str, **more) -> NewsItem:
    at = datetime.datetime(2026, 1, 2, tzinfo=datetime.UTC)
    values = {"kind": "role", "row": 1, "title": "ML Engineer", "url": "/careers/ml/"}
    return NewsItem(day=at.date(), began=at, at=at, said=said, **values | more)


@pytest.mark.parametrize(
    ("item", "words"),
    [
        (item("Builds.", appeared="new"), "New role: ML Engineer"),
        (item("Builds.", appeared="back"), "ML Engineer is back"),
        (item("RAG joined the roadmap."), "ML Engineer: RAG joined the roadmap"),
        (item("A.", "B."), "ML Engineer: A, and 1 more change"),
        (item("A.", "B.", "C."), "ML Engineer: A, and 2 more changes"),
        (item(kind="catalog", title="The catalog opened"), "The catalog opened"),
    ],
)
def test_a_headline_says_all_in_a_line(item, words):
    assert item.headline == words
