"""Lists that two writers changed: what holds for every merge, and an example of each rule."""

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any, get_args, get_origin

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic import BaseModel

from careers.sync import documents
from careers.sync.comparing.merge import ABSENT, FILE, LIVE, Conflict, Merged, merge
from careers.sync.comparing.order import insert_missing
from careers.sync.kinds import LISTS

# -- Lists that two writers changed, as hypothesis makes them ------------------------------

NAMES = "abcdef"
WORDS = st.sampled_from(["x", "y", "z"])


def a_text(name: str, words: Callable[[], str]) -> str:
    return name


def a_number(name: str, words: Callable[[], str]) -> int:
    return NAMES.index(name)


def a_step(name: str, words: Callable[[], str]) -> dict:
    return {"path": name, "why": words(), "emphasis": words()}


def a_pivot(name: str, words: Callable[[], str]) -> dict:
    return {"background": name, "fit": words(), "months": None, "note": words()}


def a_source(name: str, words: Callable[[], str]) -> dict:
    return {"url": name, "title": words()}


def a_band(name: str, words: Callable[[], str]) -> dict:
    """Several bands share a region; each is from a survey of its own."""
    said = {"low": words(), "high": words(), "note": words()}
    region = "EU" if name in "ace" else "USA"
    return {"region": region, "measures": "Mean", "experience": "", "source": survey(name), **said}


def survey(title: str) -> dict:
    return {"title": title, "url": "u"}


ITEMS = {
    "aliases": a_text,
    "lessons": a_number,
    "knows": a_number,
    "steps": a_step,
    "pivots": a_pivot,
    "sources": a_source,
    "salary_bands": a_band,
}
SETS = {"knows", "signals"}
FIRM = ("lessons", "steps", "pivots")  # their items keep their names, however they are rewritten


def name_of(item: Any) -> Any:
    """What tells the items of these lists apart."""
    if not isinstance(item, dict):
        return item
    keys = ("path", "background", "url")
    return item["source"]["title"] if "source" in item else next(filter(None, map(item.get, keys)))


def by_name(items: list) -> dict:
    return {name_of(item): item for item in items}


@st.composite
def an_edit(draw: st.DrawFn, field: str, base: list) -> list:
    """A list as a writer may leave it: items removed, changed, moved and added."""
    words = lambda: draw(WORDS)  # noqa: E731
    had = by_name(base)
    items = [
        ITEMS[field](str(name), words) if isinstance(item, dict) and draw(st.booleans()) else item
        for name, item in had.items()
        if draw(st.sampled_from([True, True, True, False]))
    ]
    free = [name for name in NAMES if a_key(field, name) not in had]
    for name in draw(st.lists(st.sampled_from(free), max_size=2, unique=True)) if free else []:
        items.insert(draw(st.integers(0, len(items))), ITEMS[field](name, words))
    if draw(st.booleans()):
        items = draw(st.permutations(items))
    return sorted(items) if field in SETS else list(items)


def a_key(field: str, name: str) -> Any:
    return name_of(ITEMS[field](name, lambda: ""))


@st.composite
def three_sides(draw: st.DrawFn, fields: tuple[str, ...] = tuple(ITEMS)) -> tuple:
    """A field's name, and its base, file and live."""
    field = draw(st.sampled_from(fields))
    base = draw(an_edit(field, [ITEMS[field](name, lambda: "x") for name in "abc"]))
    return field, base, draw(an_edit(field, base)), draw(an_edit(field, base))


def value(merged: Merged) -> list:
    """The merged value. On a conflict, hypothesis tries another example."""
    assume(not merged.conflicts)
    return merged.value


def places(merged: Merged) -> list[str]:
    return [conflict.where for conflict in merged.conflicts]


# -- What holds for every merge ------------------------------------------------------------


@given(three_sides())
def test_what_the_file_did_not_change_is_as_it_is_live(sides):
    field, base, _, live = sides
    assert merge(field, base, base, live) == Merged(live)


@given(three_sides())
def test_what_live_did_not_change_is_as_the_file_says(sides):
    field, base, file, _ = sides
    assert merge(field, base, file, base) == Merged(file)


@given(three_sides())
def test_what_both_changed_alike_is_as_both_say(sides):
    field, base, both, _ = sides
    assert merge(field, base, both, both) == Merged(both)


@given(three_sides())
def test_the_merge_stays_when_the_base_follows_the_file(sides):
    field, base, file, live = sides
    merged = value(merge(field, base, file, live))
    assert merge(field, file, file, merged) == Merged(merged)


@given(three_sides())
def test_neither_side_is_the_stronger(sides):
    """Only the order may differ: of new items behind the same neighbor, one has to come first."""
    field, base, file, live = sides
    one, other = merge(field, base, file, live), merge(field, base, live, file)
    swapped = [Conflict(each.where, each.base, each.live, each.file) for each in other.conflicts]
    assert sorted(map(repr, one.conflicts)) == sorted(map(repr, swapped))
    if not one.conflicts:
        assert by_name(one.value) == by_name(other.value)


@given(three_sides())
def test_no_item_and_no_value_of_one_comes_from_nowhere(sides):
    field, base, file, live = sides
    for item in value(merge(field, base, file, live)):
        written = [
            side[name_of(item)] for side in map(by_name, (file, live)) if name_of(item) in side
        ]
        assert written
        if isinstance(item, dict):
            for key in item:
                assert item[key] in [each[key] for each in written]


@given(three_sides())
def test_no_item_stands_twice(sides):
    field, base, file, live = sides
    merged = value(merge(field, base, file, live))
    assert len(by_name(merged)) == len(merged)


@given(three_sides())
def test_what_neither_side_removed_is_there(sides):
    field, base, file, live = sides
    kept = by_name(base).keys() & by_name(file).keys() & by_name(live).keys()
    assert kept <= by_name(value(merge(field, base, file, live))).keys()


@given(three_sides())
def test_what_a_side_added_is_there(sides):
    field, base, file, live = sides
    added = (by_name(file).keys() | by_name(live).keys()) - by_name(base).keys()
    assert added <= by_name(value(merge(field, base, file, live))).keys()


@given(three_sides())
def test_what_one_side_removed_and_the_other_left_alone_is_gone(sides):
    base, file, live = map(by_name, sides[1:])
    merged = by_name(value(merge(*sides)))
    for name, item in base.items():
        if name not in file and live.get(name, item) == item:
            assert name not in merged
        if name not in live and file.get(name, item) == item:
            assert name not in merged


@given(three_sides())
def test_what_one_side_changed_in_an_item_is_there(sides):
    base, file, live = map(by_name, sides[1:])
    merged = by_name(value(merge(*sides)))
    for name in base.keys() & file.keys() & live.keys():
        if not isinstance(base[name], dict):
            continue
        for key, was in base[name].items():
            changed = [side[name][key] for side in (file, live) if side[name][key] != was]
            assert merged[name][key] in (changed or [was])


def among(others: list, items: list) -> list:
    """The names of the items that both lists have, in the order of `items`."""
    return [name_of(item) for item in items if name_of(item) in by_name(others)]


@given(three_sides(FIRM))
def test_the_order_is_that_of_the_side_that_changed_it(sides):
    field, base, file, live = sides
    merged = value(merge(field, base, file, live))
    for leading, other in ((file, live), (live, file)):
        shared = [item for item in other if name_of(item) in by_name(leading)]
        if among(shared, base) == among(base, shared):
            assert among(leading, merged) == among(merged, leading)


@given(three_sides(FIRM))
def test_what_is_new_follows_the_neighbor_that_it_followed(sides):
    """Nothing stands between them but what is new as well."""
    field, base, file, live = sides
    merged = list(by_name(value(merge(field, base, file, live))))
    new = (by_name(file).keys() ^ by_name(live).keys()) - by_name(base).keys()
    for side in (file, live):
        names = list(by_name(side))
        for before, name in pairwise(names):
            if name in new and before in merged:
                between = merged[merged.index(before) + 1 : merged.index(name)]
                assert merged.index(before) < merged.index(name)
                assert set(between) <= new


def expected_conflicts(base: dict, file: dict, live: dict) -> Iterator[str]:
    """What both sides changed differently in lists of FIRM, by a plain second implementation."""
    for name in [*file, *(name for name in live if name not in file)]:
        was, in_file, in_live = (side.get(name) for side in (base, file, live))
        if in_file is None or in_live is None:
            if was is not None and was != (in_live if in_file is None else in_file):
                yield f"[{name}]"
        elif isinstance(in_file, dict):
            for key in in_file:
                said = {side[key] for side in (in_file, in_live)} - {was[key] if was else None}
                if len(said) == 2:
                    yield f"[{name}].{key}"


def moved(base: list, side: list, other: list) -> bool:
    shared = [item for item in side if name_of(item) in by_name(other)]
    return among(shared, base) != among(base, shared)


@given(three_sides(FIRM))
def test_a_conflict_is_what_both_sides_changed_differently_and_nothing_else(sides):
    field, base, file, live = sides
    found = places(merge(field, base, file, live))
    expected = list(expected_conflicts(*map(by_name, (base, file, live))))
    same_order = among(live, file) == among(file, live)
    both_moved = moved(base, file, live) == moved(base, live, file)
    assert sorted(found) == sorted(expected + [" (order)"] * (both_moved and not same_order))


@given(three_sides(tuple(SETS & set(ITEMS))))
def test_a_set_never_conflicts(sides):
    assert not merge(*sides).conflicts


@given(three_sides())
def test_what_conflicts_is_said_with_what_all_three_say(sides):
    for conflict in merge(*sides).conflicts:
        assert conflict.file != conflict.live
        if sides[0] != "salary_bands":  # each side may have changed another part of the evidence
            assert conflict.file != conflict.base != conflict.live


@given(three_sides())
def test_while_anything_conflicts_the_value_is_the_live_one(sides):
    merged = merge(*sides)
    assume(merged.conflicts)
    assert merged.value == sides[3]


# -- What exports wrote --------------------------------------------------------------------

FEW = st.sampled_from(["a", "b", "c", "d"])


@given(FEW, FEW, FEW, st.lists(FEW, max_size=3))
def test_a_value_merges_as_the_table_has_it(base, file, live, exported):
    merged = merge("title", base, file, live, older=exported)
    if file == base or file in exported:
        assert merged == Merged(live)
    elif live in {base, file}:
        assert merged == Merged(file)
    else:
        assert merged == Merged(live, (Conflict("", base, file, live),))


@given(three_sides(), st.data())
def test_what_live_did_not_change_is_as_the_file_says_unless_an_export_wrote_it(sides, data):
    field, base, file, _ = sides
    exported = data.draw(an_edit(field, base))
    merged = merge(field, base, file, base, older=[exported])
    if file == exported:
        assert merged == Merged(base)
    came = by_name(file).keys() - by_name(base).keys() - by_name(exported).keys()
    assert merged.conflicts or came <= by_name(merged.value).keys()


@given(three_sides(FIRM), st.data())
def test_a_field_of_an_item_that_no_export_wrote_is_kept_or_conflicts(sides, data):
    """Whichever side wrote it, and whatever exports wrote of the items beside it."""
    field, base, file, live = sides
    exported = data.draw(an_edit(field, base))
    merged = merge(field, base, file, live, older=[exported])
    assume(not merged.conflicts)
    was, found = by_name(base), by_name(merged.value)
    for name in was.keys() & by_name(file).keys() & by_name(live).keys():
        of_file, of_live = by_name(file)[name], by_name(live)[name]
        if not isinstance(was[name], dict) or of_file == by_name(exported).get(name):
            continue
        for key, before in was[name].items():
            wrote = of_file[key] != before
            if wrote and of_file[key] != by_name(exported).get(name, {}).get(key):
                assert found[name][key] == of_file[key]
            if not wrote:
                assert found[name][key] == of_live[key]


# -- Items ---------------------------------------------------------------------------------


def step(path: str, why: str = "w", emphasis: str = "") -> dict:
    return {"path": path, "why": why, "emphasis": emphasis}


def steps(paths: str) -> list[dict]:
    return [step(path) for path in paths]


def test_items_that_both_sides_add_survive():
    merged = merge("steps", steps("a"), steps("ab"), steps("ac"))
    assert merged == Merged(steps("abc"))


def test_fields_of_one_item_merge_separately():
    merged = merge("steps", [step("a")], [step("a", why="v")], [step("a", emphasis="deeply")])
    assert merged == Merged([step("a", why="v", emphasis="deeply")])


def test_the_same_field_of_an_item_names_item_and_field():
    merged = merge("steps", steps("ab"), [step("a", why="f"), step("b")], [step("a", why="l")])
    assert merged.conflicts == (Conflict("[a].why", "w", "f", "l"),)


def test_an_item_that_both_sides_add_differently_conflicts_in_the_field_that_differs():
    merged = merge("steps", [], [step("a", why="f")], [step("a", why="l")])
    assert merged.conflicts == (Conflict("[a].why", ABSENT, "f", "l"),)


@pytest.mark.parametrize("gone_in_file", [True, False])
def test_an_item_that_one_side_removes_and_the_other_changes_conflicts(gone_in_file):
    base, changed = steps("ab"), [step("a", why="v"), step("b")]
    sides = (steps("b"), changed) if gone_in_file else (changed, steps("b"))
    said = (ABSENT, changed[0]) if gone_in_file else (changed[0], ABSENT)
    assert merge("steps", base, *sides).conflicts == (Conflict("[a]", base[0], *said),)


def test_what_both_rewrote_is_a_conflict_though_both_removed_the_same_beside_it():
    """The same removal doesn't make the file an export: nobody knows which words came last."""
    base, file, live = steps("ab"), [step("b", why="f")], [step("b", why="l")]
    merged = merge("steps", base, file, live, older=[base, live])
    assert merged.conflicts == (Conflict("[b].why", "w", "f", "l"),)


@pytest.mark.parametrize("inner", ["only", "focus"])
def test_what_live_added_to_a_list_within_an_item_stays_though_an_older_state_is_nearer(inner):
    base = [*steps("a"), step("b") | {inner: [1]}]
    live = [step("b", why="l") | {inner: [1, 2]}]
    file = [step("b", why="f") | {inner: [1, 3]}]
    merged = merge("steps", base, file, live, older=[base, live])
    assert places(merged) == ["[b].why"]


def test_every_conflict_of_a_list_is_named():
    file = [step("b", why="f"), step("a", why="f"), step("c")]
    live = [step("a", why="l"), step("c"), step("b", why="l")]
    merged = merge("steps", steps("abc"), file, live)
    assert places(merged) == ["[b].why", "[a].why", " (order)"]


def test_a_field_that_an_older_base_lacks_is_taken_from_the_side_that_filled_it():
    """The base is as old as the last apply; documents may have got a new key since."""
    merged = merge("steps", [{"path": "a"}], [{"path": "a", "why": "w"}], [{"path": "a"}])
    assert merged == Merged([{"path": "a", "why": "w"}])


def test_a_field_that_one_side_lost_is_gone():
    older = step("a") | {"hours": 3}
    assert merge("steps", [older], steps("a"), [older | {"why": "l"}]) == Merged([step("a", "l")])


# -- Order ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("base", "file", "live", "merged"),
    [
        pytest.param("abc", "cba", "abcd", "cdba", id="reordered-in-the-file-and-added-live"),
        pytest.param("abc", "abcd", "cba", "cdba", id="reordered-live-and-added-in-the-file"),
        pytest.param("abc", "cba", "cba", "cba", id="both-the-same"),
        pytest.param("abc", "cba", "ac", "ca", id="reordered-here-and-removed-there"),
        pytest.param("ab", "xyab", "ba", "xyba", id="what-is-new-and-first-stays-first"),
        pytest.param("ab", "axyb", "abz", "axybz", id="what-is-new-stays-together"),
        pytest.param("ab", "axb", "azb", "axzb", id="new-behind-the-same-neighbor"),
        pytest.param("abc", "abxc", "acb", "acbx", id="with-its-neighbor"),
        pytest.param("abc", "abxc", "ac", "axc", id="whose-neighbor-is-gone"),
        pytest.param("ab", "abx", "ay", "ayx", id="whose-neighbor-has-a-successor"),
        pytest.param("a", "ax", "y", "yx", id="whose-neighbors-are-all-gone"),
    ],
)
def test_one_sides_order_holds_and_the_others_new_items_follow_their_neighbors(
    base, file, live, merged
):
    assert merge("steps", *map(steps, (base, file, live))) == Merged(steps(merged))


@pytest.mark.parametrize(
    ("base", "file", "live"),
    [
        pytest.param("abc", "bac", "acb", id="both-reordered-differently"),
        pytest.param("ab", "xab", "abx", id="both-added-the-same-elsewhere"),
        pytest.param("", "xy", "yx", id="both-began-differently"),
    ],
)
def test_orders_of_which_neither_is_the_bases_conflict(base, file, live):
    merged = merge("steps", *map(steps, (base, file, live)))
    assert merged.conflicts == (Conflict(" (order)", [*base], [*file], [*live]),)


def test_the_order_of_a_set_says_nothing():
    assert merge("knows", [1, 2, 3], [1, 3, 9], [0, 1, 2, 3]) == Merged([0, 1, 3, 9])


# -- Items that are identified by their own text -------------------------------------------


@pytest.mark.parametrize("field", ["aliases", "daily_work", "not_for_you_if", "objectives"])
def test_a_text_that_both_sides_rewrite_differently_conflicts(field):
    merged = merge(field, ["a", "b"], ["a", "in the file"], ["a", "live"])
    assert merged.conflicts == (Conflict("[b]", "b", "in the file", "live"),)


def test_a_text_that_one_side_rewrites_and_the_other_removes_conflicts():
    merged = merge("aliases", ["a", "b"], ["a", "c"], ["a"])
    assert merged.conflicts == (Conflict("[b]", "b", "c", ABSENT),)


ONE, TWO = "Caf\u00e9", "Cafe\u0301"  # “é” as one character, and as two


def test_two_spellings_that_unicode_has_for_a_name_are_one_name():
    assert merge("aliases", ["a", ONE], ["a", TWO], ["a", ONE, "b"]) == Merged(["a", TWO, "b"])
    assert merge("aliases", ["a"], ["a", TWO], ["a", ONE]) == Merged(["a", ONE])
    assert merge("aliases", ["a", ONE], ["a", TWO], ["a"]).conflicts
    bands = [band(ONE), band("b")]
    live = [band(ONE, low=40), band("b")]
    file = [band(TWO), band("b", low=60)]
    assert merge("salary_bands", bands, file, live) == Merged([band(TWO, low=40), file[1]])


def test_a_text_that_both_sides_rewrite_alike_stands_once():
    assert merge("aliases", ["a", "b"], ["a", "c"], ["a", "c", "d"]) == Merged(["a", "c", "d"])


def test_a_text_that_is_rewritten_here_and_moved_there_is_one_text():
    assert merge("aliases", ["a", "b"], ["A", "b"], ["b", "a"]) == Merged(["b", "A"])


def test_what_is_new_follows_a_text_that_was_rewritten():
    assert merge("aliases", ["a", "b"], ["a", "x", "b"], ["A", "b"]) == Merged(["A", "x", "b"])


def test_a_text_that_comes_elsewhere_is_not_the_one_that_went():
    assert merge("aliases", [*"abc"], [*"bcx"], [*"cba"]) == Merged([*"cxb"])


def test_two_texts_that_become_one_stand_once():
    assert merge("aliases", ["a", "b"], ["x", "b"], ["a", "x"]) == Merged(["x"])


def test_a_source_whose_address_and_title_change_apart_conflicts_as_a_whole():
    """A new address may as well mean another source altogether."""
    was = {"url": "u", "title": "A"}
    file, live = was | {"url": "v"}, was | {"title": "B"}
    assert merge("sources", [was], [file], [live]).conflicts == (Conflict("[u]", was, file, live),)


def test_a_path_in_the_place_of_another_is_another_step():
    assert merge("steps", steps("a"), steps("b"), steps("c")) == Merged(steps("bc"))


# -- What belongs together -----------------------------------------------------------------


def band(region: str = "EU", **fields) -> dict:
    figures = {"currency": "EUR", "low": 50, "high": 80, "middle": None, "middle_is": None}
    evidence = {"basis": "survey", "for_title": "", "sample": None, "period": "2026"}
    found = {"source": {"title": "A", "url": "u"}, "collected": "2026-01-02", "note": ""}
    about = {"region": region, "measures": "Mean", "experience": ""}
    return about | figures | evidence | found | fields


def test_a_band_is_the_same_band_when_its_figures_and_period_change():
    new = band(low=55, high=90, period="2027", collected="2027-01-02")
    merged = merge("salary_bands", [band()], [new], [band(note="Gross.")])
    assert merged == Merged([new | {"note": "Gross."}])


def test_half_of_a_bands_figures_from_each_side_is_no_ones_figure():
    merged = merge("salary_bands", [band()], [band(low=75)], [band(high=70)])
    assert merged.conflicts == (
        Conflict("[EU, Mean].low", 50, 75, 50),
        Conflict("[EU, Mean].high", 80, 80, 70),
    )


def test_bands_of_one_region_are_told_apart_by_whom_they_were_measured_for():
    base = [band(), band(experience="5 years")]
    file = [band(low=40), base[1]]
    live = [base[0], band(experience="5 years", low=60)]
    assert merge("salary_bands", base, file, live) == Merged([file[0], live[1]])


def test_two_surveys_of_one_region_are_two_bands():
    base = [band(), band(source=survey("B"))]
    file = [band(low=40), base[1], band(source=survey("C"))]
    live = [base[0], band(source=survey("B"), low=60), band(source=survey("D"))]
    assert merge("salary_bands", base, file, live) == Merged([file[0], live[1], file[2], live[2]])


def test_a_band_is_the_same_band_when_a_new_survey_follows_the_old():
    base, new = [band("USA"), band()], band(source=survey("B"), low=40)
    live = [base[0], band(note="Gross.")]
    merged = merge("salary_bands", base, [new | {"region": "Peru"}, new, base[0]], live)
    assert merged == Merged([new | {"region": "Peru"}, new | {"note": "Gross."}, base[0]])


def test_a_conflict_names_which_of_two_surveys_of_one_region_it_is_about():
    base = [band(), band(source=survey("B"))]
    file, live = ([base[0], band(source=survey("B"), low=low)] for low in (40, 60))
    assert places(merge("salary_bands", base, file, live)) == ["[EU, Mean, B, 2026].low"]


def test_bands_that_nothing_tells_apart_are_merged_as_a_whole_and_none_is_lost():
    doubled = [band(), band(low=40)]
    file = [band(), band(low=40), band("USA")]
    assert merge("salary_bands", doubled, file, doubled) == Merged(file)
    both = merge("salary_bands", doubled, file, [band(), band(low=60)])
    assert places(both) == [""]


def test_every_field_of_a_band_but_its_name_and_note_is_evidence():
    rule = LISTS["salary_bands"]
    fields = set(documents.SalaryBandDocument.model_fields)
    assert fields == {*rule.by, *rule.together, "note"}


def shares(**parts: int) -> list[dict]:
    return [{"share": share, "activity": activity} for activity, share in parts.items()]


def test_the_shares_of_a_day_add_up_or_conflict_as_a_whole():
    base, file = shares(code=60, talk=40), shares(code=50, talk=40, read=10)
    live = shares(code=50, talk=40, rest=10)
    merged = merge("time_split", base, file, live)
    assert merged.conflicts == (Conflict("", base, file, live),)


def test_the_shares_of_a_day_merge_where_they_add_up():
    base, file = shares(code=60, talk=40), shares(talk=40, code=60)
    live = shares(code=60, meetings=40)
    assert merge("time_split", base, file, live) == Merged(shares(meetings=40, code=60))


# -- What is merged as a whole -------------------------------------------------------------


@pytest.mark.parametrize("doubled", ["base", "file", "live"])
def test_a_list_in_which_two_items_go_by_one_name_is_merged_as_a_whole(doubled):
    sides = {"base": steps("ab"), "file": steps("abc"), "live": steps("abd")}
    sides[doubled] = [*sides[doubled], step("a", why="again")]
    assert merge("steps", *sides.values()).conflicts == (Conflict("", *sides.values()),)


def test_what_only_one_side_doubled_is_taken():
    assert merge("aliases", ["a"], ["a", "a"], ["a"]) == Merged(["a", "a"])


def test_a_list_that_has_no_base_is_merged_as_a_whole():
    """Without a base nobody can say what was added and what removed."""
    merged = merge("aliases", ABSENT, ["a"], ["a", "b"])
    assert merged.conflicts == (Conflict("", ABSENT, ["a"], ["a", "b"]),)


def test_a_field_that_is_no_list_of_items_is_merged_as_a_whole():
    assert merge("title", "a", "b", "a") == Merged("b")
    assert merge("title", [1], [1, 2], [1, 3]).conflicts == (Conflict("", [1], [1, 2], [1, 3]),)


def lists_of(kind: type[BaseModel]) -> Iterator[str]:
    """The keys of a document, and of what it holds, whose values are lists."""
    for name, field in kind.model_fields.items():
        if get_origin(field.annotation) is list:
            yield name
            for item in get_args(field.annotation):
                if isinstance(item, type) and issubclass(item, BaseModel):
                    yield from lists_of(item)


def test_every_list_of_a_document_merges_by_its_items():
    kinds = [documents.RoleDocument, documents.PathDocument, documents.LessonDocument]
    kinds += [documents.BackgroundDocument, documents.SignalDocument, documents.TermDocument]
    lists = {name for kind in kinds for name in lists_of(kind)}
    given = {"files"}  # merged as a list, though no key of a document
    assert (lists - {"formerly"}) | given == LISTS.keys()


@pytest.mark.parametrize(
    ("field", "document"),
    [
        ("steps", documents.StepDocument),
        ("pivots", documents.PivotDocument),
        ("salary_bands", documents.SalaryBandDocument),
        ("sources", documents.SourceDocument),
        ("time_split", documents.ShareDocument),
        ("titles", documents.TitleDocument),
    ],
)
def test_the_rules_name_fields_that_a_document_has(field, document):
    rule = LISTS[field]
    apart = {place.partition(".")[0] for place in rule.apart_by}
    named = {*rule.by, *apart, *rule.together, *([rule.total] if rule.total else [])}
    assert named <= document.model_fields.keys()


def test_two_writers_who_leave_nothing_of_a_list_have_not_said_all():
    """Each removed what the other kept. An empty `only` would mean the whole path."""
    base, file, live = ["a", "b"], ["a"], ["b"]
    assert LISTS["only"].empty_is_all
    (conflict,) = merge("only", base, file, live).conflicts
    assert (conflict.base, conflict.file, conflict.live) == (base, file, live)
    for side, value in ((FILE, file), (LIVE, live)):
        merged = merge("only", base, file, live, lambda _, side=side: side)
        assert (merged.value, merged.conflicts) == (value, ())


# -- Long lists ----------------------------------------------------------------------------

MANY = 400


class Counted(int):
    """An integer; the class counts the comparisons for equality."""

    times = 0

    def __eq__(self, other: object) -> bool:
        Counted.times += 1
        return int(self) == other

    __hash__ = int.__hash__


def counted(numbers: range) -> list[int]:
    return [Counted(number) for number in numbers]


@pytest.fixture
def compared(monkeypatch):
    monkeypatch.setattr(Counted, "times", 0)
    return lambda: Counted.times


def test_the_order_of_many_things_takes_no_square_of_comparisons(compared):
    order, whole = counted(range(0, MANY, 2)), counted(range(MANY))
    filled = insert_missing(order, whole)
    assert compared() < 10 * MANY
    assert list(map(int, filled)) == list(range(MANY))


@pytest.mark.parametrize("own", [(0, 1), (1, 0)])
def test_a_long_list_takes_no_square_of_comparisons(compared, own):
    """One side added items at the end, the other at the start."""
    base = range(10, MANY)
    file, live = (range(10 - 10 * side, MANY + 10 * (1 - side)) for side in own)
    merged = merge("lessons", counted(base), counted(file), counted(live))
    assert compared() < 50 * MANY
    assert not merged.conflicts
    assert list(map(int, merged.value)) == list(range(MANY + 10))
