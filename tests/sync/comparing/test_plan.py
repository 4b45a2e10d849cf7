"""What an apply would do: each row of the table in design.md, decision 6, and what follows."""

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from careers.sync.comparing.plan import Action, Change, Plan, PlannedField, make_plan
from careers.sync.entries import Entry
from careers.sync.kinds import KINDS, ORDER

ROLE = ("roles", "ml")


def role(slug="ml", formerly=(), **values) -> Entry:
    return Entry("roles", slug, {"slug": slug, **values}, frozenset(formerly))


def side(*entries: Entry) -> dict:
    return {entry.id: entry for entry in entries}


def compare(base=None, file=None, live=None, **options) -> Plan:
    """The plan for one thing. Leave out a side that lacks it."""
    sides = (side(*[entry] * bool(entry)) for entry in (base, file, live))
    return make_plan(*sides, **options)


def taken(found: Plan) -> dict:
    """What a plan writes: field → value."""
    return {field.name: field.value for change in found.changes for field in change.fields}


def names(fields: tuple[PlannedField, ...]) -> list[str]:
    return [field.name for field in fields]


three_values = st.lists(
    st.none() | st.integers() | st.text() | st.lists(st.integers()),
    min_size=3,
    max_size=3,
    unique_by=repr,
)

# -- The table: file against base, live against base, outcome ------------------------------


@given(three_values)
def test_changed_in_the_file_alone_is_applied(values):
    was, new, _ = values
    found = compare(role(title=was), role(title=new), role(title=was))
    assert taken(found) == {"title": new}
    assert not found.drift
    assert not found.conflicts


@given(three_values)
def test_changed_live_alone_is_kept_and_reported_as_drift(values):
    was, edited, _ = values
    found = compare(role(title=was), role(title=was), role(title=edited))
    assert found.is_empty
    assert found.drift == (PlannedField(ROLE, "title", was, was, edited, edited),)


@given(three_values)
def test_changed_to_the_same_on_both_sides_needs_nothing_but_the_base(values):
    was, new, _ = values
    found = compare(role(title=was), role(title=new), role(title=new))
    assert not found.changes
    assert not found.drift
    assert not found.conflicts
    assert found.bases == ((role(title=new), ROLE),)


@given(three_values)
def test_changed_differently_on_both_sides_is_a_conflict(values):
    was, new, edited = values
    found = compare(role(title=was), role(title=new), role(title=edited))
    assert found.conflicts == (PlannedField(ROLE, "title", was, new, edited, edited),)
    assert not taken(found)


@given(three_values, three_values)
def test_changed_here_and_there_in_different_fields_keeps_both(titles, summaries):
    was, new, _ = titles
    old, edited, _ = summaries
    found = compare(
        role(title=was, summary=old), role(title=new, summary=old), role(title=was, summary=edited)
    )
    assert taken(found) == {"title": new}
    assert found.drift == (PlannedField(ROLE, "summary", old, old, edited, edited),)
    assert not found.conflicts


def leaving_out(entry: Entry, **defaults) -> Entry:
    return replace(entry, left_out=defaults)


@pytest.mark.parametrize("overwrite", [False, True])
@given(values=three_values)
def test_left_out_of_the_file_is_kept_live_and_drift_unless_it_is_the_default(values, overwrite):
    default, edited, _ = values
    file = leaving_out(role(title="A"), note=default)
    found = compare(file, file, role(title="A", note=edited), overwrite=overwrite)
    assert found.is_empty
    assert found.drift == (PlannedField(ROLE, "note", default, default, edited, edited),)
    assert not compare(file, file, role(title="A", note=default)).drift


@given(three_values)
def test_given_after_it_was_left_out_is_compared_with_the_default(values):
    default, new, edited = values
    base = leaving_out(role(), note=default)
    assert taken(compare(base, role(note=new), role(note=default))) == {"note": new}
    assert compare(base, role(note=default), role(note=edited)).drift
    assert names(compare(base, role(note=new), role(note=edited)).conflicts) == ["note"]


def test_what_a_document_left_out_conflicts_with_its_going_once_it_was_edited_live():
    was = leaving_out(role(status="published"), note="")
    found = compare(was, None, role(status="published", note="x"))
    assert sorted(names(found.conflicts)) == ["note", "status"]


@given(three_values)
def test_taken_out_of_the_file_is_no_longer_the_files(values):
    was, _, edited = values
    found = compare(role(note=was), role(), role(note=edited))
    assert not found.changes
    assert not found.drift
    assert not found.conflicts
    assert found.bases == ((role(), ROLE),)


@pytest.mark.parametrize("nothing", [None, "", []])
def test_null_clears_what_live_did_not_change(nothing):
    assert taken(compare(role(note="x"), role(note=nothing), role(note="x"))) == {"note": nothing}


def test_null_against_a_live_edit_is_a_conflict():
    found = compare(role(note="x"), role(note=""), role(note="y"))
    assert names(found.conflicts) == ["note"]


def test_a_document_that_is_gone_is_retired():
    was = role(title="A", status="published")
    found = compare(was, None, was)
    assert [change.action for change in found.changes] == [Action.RETIRE]
    assert taken(found) == {"status": "retired"}
    assert found.bases == ((role(title="A", status="retired"), ROLE),)


@pytest.mark.parametrize("edit", [{"title": "B"}, {"status": "draft"}, {"title": "B", "note": 1}])
def test_a_document_that_is_gone_and_was_edited_live_is_a_conflict(edit):
    was = {"title": "A", "status": "published"}
    found = compare(role(**was), None, role(**was | edit))
    assert found.conflicts
    assert not taken(found)


# -- Lists, item by item -------------------------------------------------------------------


def step(path: str, why: str = "w", emphasis: str = "") -> dict:
    return {"path": path, "why": why, "emphasis": emphasis}


def steps(paths: str) -> list[dict]:
    return [step(path) for path in paths]


def test_a_list_that_both_sides_changed_is_written_and_drifts():
    """The row gets the file's new item; the file still lacks the row's."""
    found = compare(role(steps=steps("a")), role(steps=steps("ab")), role(steps=steps("ac")))
    field = PlannedField(ROLE, "steps", steps("a"), steps("ab"), steps("ac"), steps("abc"))
    assert found.changes[0].fields == found.drift == (field,)
    assert not found.conflicts


def test_what_is_remembered_of_a_merged_list_is_what_the_file_said():
    found = compare(role(steps=steps("a")), role(steps=steps("ab")), role(steps=steps("ac")))
    assert found.bases == ((role(steps=steps("ab")), ROLE),)


def test_a_merged_list_that_is_as_the_file_says_is_no_drift():
    found = compare(
        role(steps=steps("ab")), role(steps=[step("a"), step("c", why="f")]), role(steps=steps("a"))
    )
    assert taken(found) == {"steps": [step("a"), step("c", why="f")]}
    assert not found.drift


def test_a_merged_list_that_is_as_it_is_live_is_not_written():
    found = compare(role(steps=steps("a")), role(steps=steps("ab")), role(steps=steps("abc")))
    assert not found.changes
    assert names(found.drift) == ["steps"]
    assert found.bases


def test_a_conflict_in_a_list_names_the_item_and_the_field():
    found = compare(
        role(steps=steps("a")), role(steps=[step("a", why="f")]), role(steps=[step("a", why="l")])
    )
    assert found.conflicts == (PlannedField(ROLE, "steps[a].why", "w", "f", "l", "l"),)
    assert not found.changes
    assert not found.drift


def test_each_conflict_of_a_list_is_reported():
    found = compare(
        role(steps=steps("ab")),
        role(steps=[step("b"), step("a", why="f")]),
        role(steps=[step("a", why="l", emphasis="e")]),
    )
    assert names(found.conflicts) == ["steps[a].why"]
    found = compare(role(steps=steps("abc")), role(steps=steps("bac")), role(steps=steps("acb")))
    assert names(found.conflicts) == ["steps (order)"]


def test_overwrite_takes_the_files_list_whole():
    sides = (role(steps=steps("a")), role(steps=steps("ab")), role(steps=steps("ca")))
    found = compare(*sides, overwrite=True)
    assert taken(found) == {"steps": steps("ab")}
    assert not found.drift


def test_a_list_that_a_file_gives_for_the_first_time_may_stand_against_an_edit():
    found = compare(role(), role(aliases=["a"]), role(aliases=["b"]))
    assert names(found.conflicts) == ["aliases"]


def test_an_edited_list_of_a_document_that_is_gone_is_a_conflict():
    was = {"status": "published", "steps": steps("ab")}
    found = compare(role(**was), None, role(**was | {"steps": steps("ba")}))
    assert names(found.conflicts) == ["status", "steps"]
    assert not found.changes


def test_every_edit_of_a_document_that_is_gone_is_in_the_conflict():
    was = {"status": "published", "title": "A"}
    found = compare(role(**was), None, role(status="draft", title="B"))
    assert names(found.conflicts) == ["status", "title"]
    assert not found.drift


# -- Around the table ----------------------------------------------------------------------


def test_nothing_changed_is_nothing_to_do():
    found = compare(role(title="A"), role(title="A"), role(title="A"))
    assert found == Plan((), (), (), ())
    assert found.is_empty


def test_what_is_new_is_added_and_remembered():
    new = role(title="A")
    found = compare(None, new, None)
    assert found.changes == (Change(Action.ADD, new, None, ()),)
    assert found.bases == ((new, None),)


def test_a_row_that_no_file_ever_had_is_left_alone():
    assert compare(None, None, role(title="A")).is_empty


def test_a_first_file_for_a_row_that_says_the_same_only_becomes_the_base():
    found = compare(None, role(title="A"), role(title="A", note="x"))
    assert not found.changes
    assert not found.conflicts
    assert found.bases == ((role(title="A"), None),)


def test_a_first_file_for_a_row_that_says_otherwise_is_a_conflict():
    found = compare(None, role(title="A"), role(title="B"))
    assert names(found.conflicts) == ["title"]


@pytest.mark.parametrize("empty", ["", None, []])
def test_a_key_that_a_file_gives_for_the_first_time_fills_what_is_empty(empty):
    """An optional field is empty until someone fills it, so nobody's edit is lost."""
    found = compare(role(), role(note="x"), role(note=empty))
    assert taken(found) == {"note": "x"}
    assert not found.conflicts


def test_a_key_that_a_file_gives_for_the_first_time_may_stand_against_an_edit():
    found = compare(role(), role(note="x"), role(note="mine"))
    assert names(found.conflicts) == ["note"]


def test_a_conflict_in_one_field_holds_back_no_report_of_another():
    found = compare(
        role(title="A", note="x", summary="s"),
        role(title="B", note="x", summary="t"),
        role(title="C", note="y", summary="u"),
    )
    assert sorted(names(found.conflicts)) == ["summary", "title"]
    assert names(found.drift) == ["note"]


def test_a_plan_with_a_conflict_is_not_empty():
    assert not compare(None, role(title="A"), role(title="B")).is_empty


def test_counts_are_of_entries_that_change_and_fields_that_differ():
    found = make_plan(
        side(role("a", x=1), role("b", x=1), role("c", x=1, status="draft"), role("d", x=1, y=1)),
        side(role("a", x=2), role("b", x=1), role("d", x=2, y=2), role("e")),
        side(role("a", x=1), role("b", x=3), role("c", x=1, status="draft"), role("d", x=3, y=3)),
    )
    assert found.counts() == {"add": 1, "change": 1, "retire": 1, "drift": 1, "conflict": 2}


# -- Overwrite -----------------------------------------------------------------------------


def test_overwrite_takes_the_files_side_of_a_conflict():
    found = compare(role(title="A"), role(title="B"), role(title="C"), overwrite=True)
    assert taken(found) == {"title": "B"}
    assert not found.conflicts


def test_overwrite_takes_the_files_side_of_drift():
    found = compare(role(title="A"), role(title="A"), role(title="C"), overwrite=True)
    assert taken(found) == {"title": "A"}
    assert not found.drift


def test_overwrite_leaves_alone_what_the_file_leaves_out():
    found = compare(role(), role(), role(note="mine"), overwrite=True)
    assert found.is_empty


def test_overwrite_retires_what_is_gone_whatever_was_edited():
    found = compare(
        role(title="A", status="published"),
        None,
        role(title="B", status="published"),
        overwrite=True,
    )
    assert taken(found)["status"] == "retired"
    assert not found.conflicts


# -- Gone, and back ------------------------------------------------------------------------


def test_what_is_gone_is_retired_once():
    retired = role(title="A", status="retired")
    assert compare(retired, None, retired).is_empty


def test_what_an_editor_retired_already_only_moves_the_base():
    found = compare(role(status="published"), None, role(status="retired"))
    assert not found.changes
    assert not found.conflicts
    assert found.bases == ((role(status="retired"), ROLE),)


def test_what_comes_back_gets_its_status_again():
    retired = role(status="retired")
    found = compare(retired, role(status="published"), retired)
    assert taken(found) == {"status": "published"}


@pytest.mark.parametrize("edit", [{"status": "published"}, {"title": "B"}])
def test_an_edit_of_what_was_retired_long_ago_stops_nothing(edit):
    """The files haven't changed: it is gone from them as before. So this is drift (row two)."""
    retired = {"title": "A", "status": "retired"}
    found = compare(role(**retired), None, role(**retired | edit))
    assert not found.conflicts
    assert not found.changes


def test_what_is_gone_on_both_sides_is_nothing_to_do():
    assert not compare(role(status="published"), None, None).changes


# -- Renames -------------------------------------------------------------------------------


def test_a_file_that_was_renamed_changes_the_row_that_it_had():
    found = compare(role("old", x=1), role("new", ["old"], x=1), role("old", x=1))
    (change,) = found.changes
    assert (change.action, change.live) == (Action.CHANGE, ("roles", "old"))
    assert taken(found)["slug"] == "new"
    assert found.bases == ((role("new", ["old"], x=1), ("roles", "old")),)


def test_a_rename_without_a_former_name_is_another_thing():
    found = make_plan(
        side(role("old", status="draft")),
        side(role("new", status="draft")),
        side(role("old", status="draft")),
    )
    assert {change.id: change.action for change in found.changes} == {
        ("roles", "old"): Action.RETIRE,
        ("roles", "new"): Action.ADD,
    }


def test_a_rename_keeps_a_live_edit():
    found = compare(role("old", x=1), role("new", ["old"], x=1), role("old", x=2))
    assert names(found.drift) == ["x"]
    assert "x" not in taken(found)


def test_a_former_name_that_is_added_later_is_written():
    found = compare(role("new"), role("new", ["old"]), role("new"))
    assert taken(found) == {"formerly": ["old"]}


def test_a_former_name_that_the_row_has_already_is_nothing_to_do():
    found = compare(role("new", ["old"]), role("new", ["old"]), role("new", ["old", "older"]))
    assert found.is_empty


def test_a_former_name_that_is_taken_out_of_the_file_stays_with_the_row():
    found = compare(role("new", ["old"]), role("new"), role("new", ["old"]))
    assert not found.changes


def test_a_row_that_an_editor_renamed_is_found_by_its_former_name():
    found = compare(role("old"), role("old"), role("new", ["old"]))
    assert not found.changes
    assert found.drift == (PlannedField(("roles", "old"), "slug", "old", "old", "new", "new"),)


def test_a_row_that_was_renamed_and_whose_file_is_gone_is_found_too():
    found = compare(role("old", status="draft"), None, role("new", ["old"], status="draft"))
    assert names(found.conflicts) != []


def test_the_same_rename_on_both_sides_only_moves_the_base():
    found = compare(role("old"), role("new", ["old"]), role("new", ["old"]))
    assert not found.changes
    assert not found.drift
    assert found.bases == ((role("new", ["old"]), ("roles", "old")),)


def test_different_renames_on_both_sides_are_a_conflict():
    found = compare(role("old"), role("new", ["old"]), role("other", ["old"]))
    assert names(found.conflicts) == ["slug"]
    assert not [change for change in found.changes if change.action == Action.ADD]


def path(slug, formerly=()) -> Entry:
    return Entry("paths", slug, {"slug": slug}, frozenset(formerly))


def with_steps(paths: str | list[dict]) -> Entry:
    return role(steps=steps(paths) if isinstance(paths, str) else paths)


def test_a_step_whose_path_the_files_rename_is_the_same_step():
    """Its role isn't written: the step's row points at the path, whatever the path's name."""
    found = make_plan(
        side(path("a"), with_steps("ab")),
        side(path("z", ["a"]), with_steps("zb")),
        side(path("a"), with_steps([step("b"), step("a", emphasis="deeply")])),
    )
    assert [change.id for change in found.changes] == [("paths", "z")]
    assert [(field.name, field.value) for field in found.drift] == [
        ("steps", [step("b"), step("z", emphasis="deeply")])
    ]
    assert not found.conflicts


def test_a_step_whose_path_an_editor_renamed_is_the_same_step():
    found = make_plan(
        side(path("a"), with_steps("ab")),
        side(path("a"), with_steps([step("a", why="f"), step("b")])),
        side(path("z", ["a"]), with_steps([step("b"), step("z")])),
    )
    assert taken(found) == {"steps": [step("b"), step("a", why="f")]}
    assert names(found.drift) == ["slug", "steps"]
    assert not found.conflicts


def test_a_step_that_both_sides_add_under_two_names_of_its_path_is_added_once():
    found = make_plan(
        side(path("a"), with_steps("b")),
        side(path("a"), with_steps("ba")),
        side(path("z", ["a"]), with_steps("bz")),
    )
    assert not found.changes
    assert names(found.drift) == ["slug"]


@pytest.mark.parametrize("renamed_by", ["file", "editor"])
def test_a_rename_of_a_path_is_no_edit_of_the_role_whose_document_is_gone(renamed_by):
    gone = {"status": "published", "steps": steps("a")}
    old, new = path("a"), path("z", ["a"])
    file, live = (new, old) if renamed_by == "file" else (old, new)
    found = make_plan(
        side(old, role(**gone)),
        side(file),
        side(live, role(**gone | {"steps": steps(live.key)})),
    )
    (change,) = [change for change in found.changes if change.id == ROLE]
    assert names(change.fields) == ["status"]
    assert not found.conflicts


def test_a_step_has_the_name_of_its_path_and_of_nothing_else_that_is_renamed():
    old, new = role("a", steps=steps("a")), role("z", ["a"], steps=steps("a"))
    found = make_plan(side(path("a"), old), side(path("a"), new), side(path("a"), old))
    assert sorted(taken(found)) == ["formerly", "slug"]


def test_a_name_that_its_owner_gave_up_is_free_for_another():
    """b was called a once. Its file stops saying so, and another thing called a is added."""
    b = role("b", ["a"])
    found = make_plan(side(b), side(role("b"), role("a")), side(b))
    assert found.changes == (Change(Action.ADD, role("a"), None, ()),)
    assert not found.conflicts


# -- Order ---------------------------------------------------------------------------------

FIELDS = ("status", "summary", "title")
some_fields = st.dictionaries(st.sampled_from(FIELDS), st.integers(0, 2))
some_entries = st.dictionaries(
    st.tuples(st.sampled_from([*KINDS]), st.sampled_from("abc")), some_fields, max_size=6
).map(lambda found: {key: Entry(*key, values) for key, values in found.items()})


def mixed(items, random) -> dict:
    items = list(items)
    random.shuffle(items)
    return dict(items)


def shuffled(entries: dict, random) -> dict:
    """The same entries, in another order, with their fields in another order."""
    return {
        key: Entry(*key, mixed(entry.values.items(), random))
        for key, entry in mixed(entries.items(), random).items()
    }


@given(st.tuples(some_entries, some_entries, some_entries), st.booleans(), st.randoms())
def test_a_plan_does_not_depend_on_the_order_of_its_sides(sides, overwrite, random):
    once = make_plan(*sides, overwrite=overwrite)
    assert make_plan(*(shuffled(each, random) for each in sides), overwrite=overwrite) == once


@given(some_entries)
def test_what_others_point_at_comes_first(files):
    kinds = [ORDER[change.entry.kind] for change in make_plan({}, files, {}).changes]
    assert kinds == sorted(kinds)


# -- What must hold for every plan ---------------------------------------------------------

statuses = {"status": st.sampled_from(["draft", "published", "retired"])}
some_steps = st.lists(
    st.builds(step, st.sampled_from("abc"), st.sampled_from("vw")),
    unique_by=lambda each: each["path"],
)
others = {
    "title": st.integers(0, 2),
    "summary": st.integers(0, 2),
    "aliases": st.lists(st.sampled_from("abc"), unique=True),
    "steps": some_steps,
}
NEW = {"title": 0, "summary": 0, "aliases": [], "steps": []}
documents = st.dictionaries(
    st.sampled_from("abc"), st.fixed_dictionaries(statuses, optional=others)
)
rows = st.dictionaries(st.sampled_from("abc"), st.fixed_dictionaries(statuses | others))


def roles(found: dict) -> dict:
    return side(*(role(slug, **values) for slug, values in found.items()))


def written(found: Plan, base: dict, live: dict) -> tuple[dict, dict]:
    """Base and live after the plan is carried out."""
    base, live = dict(base), dict(live)
    for change in found.changes:
        before = live[change.live].values if change.live else NEW
        own = {field.name: field.value for field in change.fields} if change.live else {}
        live[change.id] = Entry(
            *change.id, {**before, **(own if change.live else change.entry.values)}
        )
    return base | {entry.id: entry for entry, _ in found.bases}, live


@given(documents, documents, rows, st.booleans())
def test_after_an_apply_there_is_nothing_to_do(base, files, live, overwrite):
    base, files, live = roles(base), roles(files), roles(live)
    found = make_plan(base, files, live, overwrite=overwrite)
    assume(not found.conflicts)
    base, live = written(found, base, live)
    again = make_plan(base, files, live)
    assert again.is_empty
    assert not again.changes


@given(documents, documents, rows)
def test_drift_stays_the_same_after_an_apply(base, files, live):
    base, files, live = roles(base), roles(files), roles(live)
    found = make_plan(base, files, live)
    assume(not found.conflicts)
    base, live = written(found, base, live)
    assert outcome(make_plan(base, files, live).drift) == outcome(found.drift)


def outcome(fields: tuple[PlannedField, ...]) -> list[tuple]:
    """For each field: the thing, its name, what the file says, and the live value."""
    return [(field.id, field.name, field.file, field.value) for field in fields]


@given(documents, documents, rows)
def test_drift_is_what_files_and_rows_say_differently_after_an_apply(base, files, live):
    base, files, live = roles(base), roles(files), roles(live)
    found = make_plan(base, files, live)
    assume(not found.conflicts)
    _, after = written(found, base, live)
    differing = {
        (key, name)
        for key, entry in files.items()
        for name, value in entry.values.items()
        if after[key].values[name] != value
    }
    assert {(field.id, field.name) for field in found.drift if field.id in files} == differing


@given(documents, documents, rows)
def test_overwrite_never_conflicts_and_leaves_no_drift(base, files, live):
    base, files, live = roles(base), roles(files), roles(live)
    found = make_plan(base, files, live, overwrite=True)
    assert not found.conflicts
    assert not found.drift
    base, live = written(found, base, live)
    for key, entry in files.items():
        assert entry.values.items() <= live[key].values.items()


@given(documents, documents, rows)
def test_a_live_edit_is_never_lost(base, files, live):
    base, files, live = roles(base), roles(files), roles(live)
    found = make_plan(base, files, live)
    assume(not found.conflicts)
    _, after = written(found, base, live)
    for key, entry in live.items():
        said = base[key].values if key in base else {}
        for name, value in entry.values.items():
            if said.get(name, value) == value:
                continue
            if isinstance(value, list):
                new = [item for item in value if item not in said[name]]
                assert all(is_in(item, after[key].values[name]) for item in new)
            else:
                assert after[key].values[name] == value


def is_in(item, items: list) -> bool:
    """Whether a list has an item. Steps compare by path: the file may change their other fields."""
    if isinstance(item, str):
        return item in items
    return item["path"] in [each["path"] for each in items]


@given(documents, documents, rows)
def test_a_conflict_is_a_field_that_both_sides_changed_or_one_of_a_document_that_is_gone(
    base, files, live
):
    base, files, live = roles(base), roles(files), roles(live)
    for field in make_plan(base, files, live).conflicts:
        assert field.id not in files or field.base != field.file != field.live != field.base
