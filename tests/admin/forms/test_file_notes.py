"""Forms say which file and line each field comes from, and which fields were edited since."""

import pytest

from careers.models import CatalogEntry, Role
from careers.sync import rows
from careers.sync.fields import kind_of
from paths.models import LearningPath, Lesson, Term
from tests.admin.editing import change_url, save, tree


def notes(page) -> dict[str, str]:
    """Return the notes: by name for fields, and by the id of their fieldset for lists of rows."""
    found = {}
    for note in page.select("#content .from-file"):
        place = note.find_parent(class_="fieldBox") or note.find_parent(class_="form-row")
        place = place or note.find_parent("fieldset")
        name = [name for name in place.get("class", []) if name.startswith("field-")]
        found[name[0].removeprefix("field-") if name else place["id"]] = note.text
    return found


@pytest.fixture
def owned():
    """A function that records a thing as applied from a file. values: what differs from the row."""

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


def lines(page) -> dict[str, str]:
    """Return what “Where this comes from” says: a field's label → its line."""
    return {each.dt.text: each.dd.text for each in page.select("details.where-from dl > div")}


def test_each_field_that_a_file_owns_says_which_line_in_one_place(editor, real_catalog):
    page = tree(editor.get(change_url(Role.objects.get(slug="ml-engineer"))))
    said, (fold,) = lines(page), page.select("details.where-from")
    assert fold.summary.text == "Where this comes from"
    assert [code.text for code in fold.select("code")] == ["roles/ml-engineer.yaml"]
    assert (said["Title"], said["Address"]) == ("line 1", "the file’s name")
    written = CatalogEntry.objects.get(kind="roles", key="ml-engineer").lines
    assert said["Steps"] == f"line {written['steps']}"
    assert {"Salary bands", "Pivots", "Aliases", "Status", "Does it fit?"} < set(said)
    fold.extract()
    assert "ml-engineer.yaml" not in page.text


def test_what_stands_in_no_line_says_what_gives_it(editor, real_catalog):
    def without_line(model) -> dict[str, str]:
        said = lines(tree(editor.get(change_url(model.objects.first()))))
        return {label: place for label, place in said.items() if not place.startswith("line ")}

    assert without_line(Role) == {"Address": "the file’s name"}
    assert without_line(LearningPath) == {"Address": "the folder’s name"}
    assert without_line(Term) == {"Position": "its place in the file"}
    assert without_line(Lesson) == {
        "Path": "the folder’s name",
        "Address": "the file’s name",
        "Body": "the text below the fields",
        "Files": "the files beside it",
    }


@pytest.mark.parametrize("model", [Role, Lesson, LearningPath])
def test_what_was_applied_is_edited_nowhere(editor, real_catalog, model):
    for thing in model.objects.all()[:2]:
        page = tree(editor.get(change_url(thing)))
        assert lines(page)
        assert not notes(page)


def test_what_no_file_has_says_nothing(editor, catalog):
    page = tree(editor.get(change_url(catalog.role())))
    assert not notes(page)
    assert not page.select(".where-from")


def test_what_files_no_longer_have_says_nothing(editor, catalog, owned):
    role = catalog.role()
    owned(role, "roles/x.yaml")
    CatalogEntry.objects.update(gone=True)
    assert not lines(tree(editor.get(change_url(role))))


def test_a_field_that_the_file_leaves_out_is_not_the_files(editor, catalog, owned):
    role = catalog.role()
    entry = owned(role, "roles/x.yaml")
    del entry.values["values"]["not_taught"]
    entry.save()
    said = lines(tree(editor.get(change_url(role))))
    assert "Not taught yet" not in said
    assert "After the paths" in said


def test_a_field_that_was_edited_says_what_the_file_said(editor, catalog, owned):
    role = catalog.role("builder")
    owned(role, "roles/builder.yaml")
    save(editor, role, title="Maker", position=7, aliases="A\nB", not_taught="More.", slug="maker")
    said = notes(tree(editor.get(change_url(role))))
    assert said == {
        "title": f"Edited here since: the file says “{role.title}”",
        "position": f"Edited here since: the file says {role.position}",
        "aliases": "Edited here since: the file says nothing",
        "not_taught": "Edited here since: the file says nothing",
        "slug": "Edited here since: the file says “builder”",
    }


def test_rows_that_were_edited_say_so_once(editor, catalog, owned):
    role = catalog.role("builder", paths=[catalog.path(), catalog.path()])
    owned(role, "roles/builder.yaml")
    save(editor, role, **{"steps-0-why": "Because."})
    said = notes(tree(editor.get(change_url(role))))
    assert list(said) == ["steps-group"]
    assert said["steps-group"].startswith("Edited here since")


def test_a_path_says_where_its_outline_stands(editor, catalog, owned):
    path = catalog.path("tools")
    owned(path, "paths/tools/path.yaml")
    assert lines(tree(editor.get(change_url(path))))["Lessons"].startswith("line ")


def test_a_place_in_a_list_is_no_edit(editor, catalog, owned):
    background = catalog.background(position=10)
    owned(background, "backgrounds.yaml", position=1)
    assert not notes(tree(editor.get(change_url(background))))


def test_what_a_file_says_is_text(editor, catalog, owned):
    role = catalog.role()
    owned(role, "roles/x.yaml", title="<b>bold</b>")
    page = tree(editor.get(change_url(role)))
    assert "“<b>bold</b>”" in notes(page)["title"]
    described = page.select_one("#id_title")["aria-describedby"]
    assert "Edited here since" in page.select_one(f"#{described}").text


def test_who_may_only_look_sees_it_too(editor_who_may, catalog, owned):
    role = catalog.role()
    owned(role, "roles/x.yaml", title="Other")
    page = tree(editor_who_may("view_role").get(change_url(role)))
    assert notes(page)["title"]
    assert lines(page)["Title"]


def test_a_refused_form_compares_what_is_saved(editor, catalog, owned):
    role = catalog.role()
    owned(role, "roles/x.yaml")
    assert not notes(tree(save(editor, role, title="", summary="Another.")))


def test_queries_do_not_grow_with_the_fields_and_rows(editor, catalog, owned, count_at):
    few = catalog.role("few", paths=[catalog.path()])
    many = catalog.role("many", paths=[catalog.path() for _ in range(8)])
    for role in (few, many):
        owned(role, f"roles/{role.slug}.yaml")
    two = count_at(lambda: editor.get(change_url(few)))
    assert count_at(lambda: editor.get(change_url(many))) == two
