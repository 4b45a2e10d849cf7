"""The table of kinds, and the fields that a kind's document and model share."""

import pytest

from careers.models import Role, SalaryBand, Step
from careers.sync.entries import referenced_keys, rename_paths
from careers.sync.fields import kind_of, model_of, shared_fields
from careers.sync.kinds import KINDS, LISTED, LISTS
from paths.models import Lesson

every_kind = pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)


@every_kind
def test_a_things_file_says_what_its_name_says(kind):
    given = {name: f"a-{name}" for name in kind.given}
    assert kind.fields_in(kind.file_of(given)) == {
        name: value for name, value in given.items() if name not in {"body", "files", "position"}
    }


@every_kind
def test_no_two_rows_stand_in_one_place(kind):
    """Otherwise a database may return them in any order, and two processes may differ."""
    options = model_of(kind.name)._meta
    alone = {tuple(each.fields) for each in options.constraints if hasattr(each, "fields")}
    last = options.ordering[-1]
    assert last == "pk" or (last,) in alone


@every_kind
def test_a_file_is_of_one_kind(kind):
    name = kind.file_of({"slug": "one", "path": "other"})
    assert [each.name for each in KINDS.values() if each.fields_in(name) is not None] == [kind.name]


@pytest.mark.parametrize("name", ["roles/a/b.yaml", "roles/a.yml", "signals.yaml/x", "a/roles/b"])
def test_a_file_elsewhere_is_of_none(name):
    assert not [kind for kind in KINDS.values() if kind.fields_in(name) is not None]


@every_kind
def test_everything_that_a_thing_is_known_and_retired_by_is_a_column(kind):
    columns = shared_fields(kind.name).columns
    assert {kind.key, "title", "status"} <= columns.keys()
    assert "position" in columns or not kind.is_listed


@every_kind
def test_what_a_document_has_the_model_has(kind):
    of = shared_fields(kind.name)
    known = {*of.columns, *of.pointers, *of.links, *of.parts, *kind.references, "formerly"}
    assert of.document.model_fields.keys() <= known


@every_kind
def test_references_are_to_kinds_and_stand_in_fields(kind):
    of = shared_fields(kind.name)
    for place, reference in kind.references.items():
        top, _, inner = place.partition(".")
        where = of.parts[top] if inner else of
        name = inner or top
        assert reference.kind in KINDS
        assert (
            name in {*where.pointers, *where.links, *where.columns} or reference.written == "file"
        )


@every_kind
def test_what_is_named_is_written_before(kind):
    """Except a path's own lessons, which name it, and what isn't referred to by its key."""
    before = list(KINDS)[: list(KINDS).index(kind.name)]
    by_key = [each for each in kind.references.values() if each.written not in {"file", "spelling"}]
    named = {each.kind for each in by_key}
    assert named <= set(before)


@every_kind
def test_every_link_and_every_part_is_merged_item_by_item(kind):
    of = shared_fields(kind.name)
    assert {*of.links, *of.parts} <= LISTS.keys()
    assert not any(LISTS[name].ordered for name in of.links), "rows keep no order of links"


def test_a_document_within_a_document_is_columns():
    columns = shared_fields("roles").parts["salary_bands"].columns
    assert columns["source_title"] == ("source", "title")
    assert columns["low"] == ("low",)
    assert shared_fields("roles").parts["salary_bands"].owner == "role"


def test_models_and_kinds_are_found_by_each_other():
    assert kind_of(Role) == "roles"
    assert model_of("lessons") is Lesson
    assert {part.model for part in shared_fields("roles").parts.values()} >= {Step, SalaryBand}
    assert set(LISTED) == {"signals", "backgrounds", "terms", "prices"}


def test_what_a_thing_names():
    values = {"steps": [{"path": "rag"}], "pivots": [{"background": "qa"}], "title": "x"}
    assert list(referenced_keys("roles", values)) == [("paths", "rag"), ("backgrounds", "qa")]
    assert list(referenced_keys("lessons", {"path": "rag", "signals": ["shipped"]})) == [
        ("paths", "rag"),
        ("signals", "shipped"),
    ]
    assert list(referenced_keys("backgrounds", {"knows": [201]})) == [("lessons", "201")]
    assert list(referenced_keys("backgrounds", {})) == []


def test_paths_go_by_other_names_wherever_they_are_named():
    names = {"rag": "retrieval"}
    steps = [{"path": "rag", "why": "x"}, {"path": "llms", "why": "rag"}]
    assert rename_paths("roles", "steps", steps, names) == [
        {"path": "retrieval", "why": "x"},
        {"path": "llms", "why": "rag"},
    ]
    assert rename_paths("lessons", "path", "rag", names) == "retrieval"
    assert rename_paths("roles", "title", "rag", names) == "rag"
