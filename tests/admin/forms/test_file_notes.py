"""The forms say which file and line each field comes from, and where it was edited since."""

import pytest

from careers.models import CatalogEntry, Role
from careers.sync import rows
from careers.sync.fields import kind_of
from paths.models import LearningPath, Lesson
from tests.admin.editing import change_url, save, tree


def notes(page) -> dict[str, str]:
    """The note of each field, by the class of its row, and of each list of rows, by its id."""
    found = {}
    for note in page.select("#content .from-file"):
        place = note.find_parent(class_="fieldBox") or note.find_parent(class_="form-row")
        place = place or note.find_parent("fieldset")
        name = [name for name in place.get("class", []) if name.startswith("field-")]
        found[name[0].removeprefix("field-") if name else place["id"]] = note.text
    return found


@pytest.fixture
def owned():
    """Let files have said of a thing what is live, but for some fields."""

    def own(thing, file: str, **values) -> CatalogEntry:
        kind = kind_of(type(thing))
        ((entry, _),) = rows.read_live({kind: {thing.pk}}).values()
        said = {**entry.values, **values}
        lines = {name: line for line, name in enumerate(said) if name != "slug"}
        return CatalogEntry.objects.create(
            kind=kind,
            key=entry.key,
            file=file,
            values={"values": said, "formerly": []},
            lines=lines,
        )

    return own


def test_each_field_that_a_file_owns_says_which_line(editor, real_catalog):
    role = Role.objects.get(slug="ml-engineer")
    said = notes(tree(editor.get(change_url(role))))
    assert said["title"] == "From roles/ml-engineer.yaml:1"
    assert said["slug"] == "From roles/ml-engineer.yaml"
    lines = CatalogEntry.objects.get(kind="roles", key="ml-engineer").lines
    assert said["steps-group"] == f"From roles/ml-engineer.yaml:{lines['steps']}"
    assert {"salary_bands-group", "pivots-group", "aliases", "status"} < set(said)


@pytest.mark.parametrize("model", [Role, Lesson, LearningPath])
def test_what_was_applied_is_edited_nowhere(editor, real_catalog, model):
    for thing in model.objects.all()[:4]:
        said = notes(tree(editor.get(change_url(thing))))
        assert said
        assert not [note for note in said.values() if "Edited" in note]


def test_what_no_file_has_says_nothing(editor, catalog):
    assert not notes(tree(editor.get(change_url(catalog.role()))))


def test_what_files_no_longer_have_says_nothing(editor, catalog, owned):
    role = catalog.role()
    owned(role, "roles/x.yaml")
    CatalogEntry.objects.update(gone=True)
    assert not notes(tree(editor.get(change_url(role))))


def test_a_field_that_the_file_leaves_out_is_not_the_files(editor, catalog, owned):
    role = catalog.role()
    entry = owned(role, "roles/x.yaml")
    del entry.values["values"]["not_taught"]
    entry.save()
    said = notes(tree(editor.get(change_url(role))))
    assert "not_taught" not in said
    assert "after_paths" in said


def test_a_field_that_was_edited_says_what_the_file_said(editor, catalog, owned):
    role = catalog.role("builder")
    owned(role, "roles/builder.yaml")
    save(editor, role, title="Maker", position=7, aliases="A\nB", not_taught="More.")
    said = notes(tree(editor.get(change_url(role))))
    assert said["title"] == f"Edited here since: roles/builder.yaml:1 says “{role.title}”"
    assert said["position"].endswith(f"says {role.position}")
    assert said["aliases"].endswith("says something else")
    assert said["not_taught"].endswith("says nothing")
    assert said["summary"].startswith("From roles/builder.yaml:")


def test_rows_that_were_edited_say_so_once(editor, catalog, owned):
    role = catalog.role("builder", paths=[catalog.path(), catalog.path()])
    owned(role, "roles/builder.yaml")
    save(editor, role, **{"steps-0-why": "Because."})
    said = notes(tree(editor.get(change_url(role))))
    assert said["steps-group"].startswith("Edited here since: roles/builder.yaml:")
    assert said["pivots-group"].startswith("From")


def test_a_renamed_thing_still_knows_its_file(editor, catalog, owned):
    role = catalog.role("builder")
    owned(role, "roles/builder.yaml")
    save(editor, role, slug="maker")
    said = notes(tree(editor.get(change_url(role))))
    assert said["slug"] == "Edited here since: roles/builder.yaml says “builder”"


def test_a_path_says_where_its_outline_stands(editor, catalog, owned):
    path = catalog.path("tools")
    owned(path, "paths/tools/path.yaml")
    said = notes(tree(editor.get(change_url(path))))
    assert said["outline"].startswith("From paths/tools/path.yaml:")


def test_a_place_in_a_list_is_no_edit(editor, catalog, owned):
    background = catalog.background(position=10)
    owned(background, "backgrounds.yaml", position=1)
    assert notes(tree(editor.get(change_url(background))))["position"].startswith("From")


def test_what_a_file_says_is_text(editor, catalog, owned):
    role = catalog.role()
    owned(role, "roles/x.yaml", title="<b>bold</b>")
    page = tree(editor.get(change_url(role)))
    assert "“<b>bold</b>”" in notes(page)["title"]


def test_a_note_is_read_with_its_field(editor, catalog, owned):
    role = catalog.role()
    owned(role, "roles/x.yaml")
    page = tree(editor.get(change_url(role)))
    described = page.select_one("#id_title")["aria-describedby"]
    assert "From roles/x.yaml" in page.select_one(f"#{described}").text


def test_who_may_only_look_sees_it_too(editor_who_may, catalog, owned):
    role = catalog.role()
    owned(role, "roles/x.yaml")
    assert notes(tree(editor_who_may("view_role").get(change_url(role))))["title"]


def test_a_refused_form_compares_what_is_saved(editor, catalog, owned):
    role = catalog.role()
    owned(role, "roles/x.yaml")
    refused = tree(save(editor, role, title="", summary="Another."))
    assert notes(refused)["summary"].startswith("From")


def test_queries_do_not_grow_with_the_fields_and_rows(editor, catalog, owned, count_at):
    few = catalog.role("few", paths=[catalog.path()])
    many = catalog.role("many", paths=[catalog.path() for _ in range(8)])
    for role in (few, many):
        owned(role, f"roles/{role.slug}.yaml")
    two = count_at(lambda: editor.get(change_url(few)))
    assert count_at(lambda: editor.get(change_url(many))) == two
