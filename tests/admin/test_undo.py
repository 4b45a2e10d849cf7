"""Undoing revisions in the admin."""

import pytest
from django.test import Client
from django.urls import reverse

from careers.models import ALREADY_A_STEP, CatalogVersion, Origin, Revision, Role
from paths.models import LearningPath, Lesson, Status
from tests.admin.editing import change_url, run, save, tree

KINDS = {Role: "roles", Lesson: "lessons", LearningPath: "paths"}


def undo_url(number: int | None = None, thing=None) -> str:
    of = [KINDS[type(thing)], thing.pk] if thing else []
    return reverse("admin:undo-thing" if of else "admin:undo", args=[number or last().number, *of])


def last() -> Revision:
    return Revision.objects.latest("number")


def button(page):
    return page.select_one("#content form button")


def confirm(client, number: int | None = None, thing=None, **more):
    """Press the button of the page that asks for confirmation."""
    url = undo_url(number, thing)
    form = tree(client.get(url)).select_one("#content form")
    sent = {each["name"]: each["value"] for each in form.select("input[type=hidden]")}
    return client.post(url, sent | more)


@pytest.fixture
def role(catalog):
    return catalog.role("builder", title="Builder")


def test_the_page_says_what_would_become_of_it_and_does_nothing(editor, role):
    save(editor, role, summary="What the fun is.")
    before = CatalogVersion.current()
    page = tree(editor.get(undo_url()))
    assert "Builder role" in " ".join(page.select_one("section h2").text.split())
    assert [each.text for each in page.select("del")] == ["[removed: fun ]"]
    assert [each.text for each in page.select("ins")] == ["[added: job ]"]
    assert " ".join(button(page).text.split()) == f"Undo revision {last().number}"
    assert CatalogVersion.current() == before


def test_what_was_changed_is_as_it_was(editor, role):
    before = role.summary
    save(editor, role, summary="Builds.")
    undone = last().number
    answer = confirm(editor)
    role.refresh_from_db()
    assert role.summary == before
    assert (last().origin, last().by, last().user.username) == (Origin.REVERT, "editor", "editor")
    assert last().reverts_id == undone
    assert answer["Location"] == reverse("admin:revision", args=[last().number])
    assert f"Revision {undone} was undone" in editor.get(answer["Location"]).text


def test_both_revisions_name_each_other(editor, role):
    save(editor, role, summary="Builds.")
    first = last().number
    confirm(editor)
    second = last().number
    history = tree(editor.get(change_url(role).replace("change", "history")))
    newer, older = history.select("article")
    assert f"to undo revision {first}" in " ".join(newer.text.split())
    assert f"Undone by revision {second}" in " ".join(older.text.split())


def test_an_undoing_can_be_undone(editor, role):
    save(editor, role, summary="Builds.")
    confirm(editor)
    confirm(editor)
    role.refresh_from_db()
    assert role.summary == "Builds."


def test_a_list_of_a_revisions_things_is_undone_together(editor, catalog):
    roles = [catalog.role(slug) for slug in ("one", "two")]
    run(editor, "careers_role", "retire", *roles)
    confirm(editor, typed=last().number)
    assert {each.status for each in Role.objects.all()} == {Status.PUBLISHED}


def test_what_was_changed_since_is_left_alone_and_said(editor, role):
    save(editor, role, summary="Builds.")
    number = last().number
    save(editor, role, summary="Builds more.")
    page = tree(editor.get(undo_url(number)))
    assert "Builder: summary: It was changed since." in page.select_one(".reasons").text
    assert not button(page)
    refused = editor.post(undo_url(number))
    assert refused.status_code == 409
    assert "summary: It was changed since" in refused.text
    role.refresh_from_db()
    assert (role.summary, last().number) == ("Builds more.", number + 1)


def test_what_is_undone_already_is_said(editor, role):
    save(editor, role, summary="Builds.")
    number = last().number
    confirm(editor)
    assert editor.post(undo_url(number)).status_code == 409
    assert f"Revision {number} is undone already." in editor.get(undo_url(number)).text
    assert last().number == number + 1


def test_an_undo_brings_nothing_back_that_breaks_a_rule_beside_what_was_added_since(
    editor, role, catalog
):
    path = catalog.path()
    role.further.add(path)
    save(editor, role, further=[])
    undone = last().number
    role.steps.create(path=path, position=1, why="It comes first.")
    refused = editor.post(undo_url(undone), {"removals": 0})
    assert refused.status_code == 409
    assert ALREADY_A_STEP in tree(refused).text
    assert not role.further.exists()


def test_as_much_is_retired_as_the_page_said(editor, catalog):
    """Retiring a tenth or more of what is published must be confirmed; the page's form does so."""
    role = catalog.role(status=Status.DRAFT)
    run(editor, "careers_role", "publish", role)
    revision = Revision.objects.get()
    revision.edits.update(before=Status.RETIRED)
    page = tree(editor.get(undo_url()))
    assert "1 published thing would be retired, and nothing is deleted" in page.text
    refused = editor.post(undo_url(), {"removals": "0"})
    assert refused.status_code == 409
    assert "That would retire 1 published thing, not as many" in refused.text
    assert editor.post(undo_url(), {"removals": "x"}).status_code == 409
    confirm(editor)
    role.refresh_from_db()
    assert role.status == Status.RETIRED


def test_a_revision_that_is_none_is_not_found(editor):
    assert editor.get(undo_url(12)).status_code == 404
    assert editor.post(undo_url(12)).status_code == 404


def test_only_who_may_change_each_thing_may_undo(editor, editor_who_may, catalog):
    role, lesson = catalog.role(), catalog.lesson(catalog.path())
    save(editor, role, summary="Oops.")
    Revision.objects.get().edits.create(kind="lessons", key="1", row=lesson.pk, field="minutes")
    one, both = editor_who_may("change_role"), editor_who_may("change_role", "change_lesson")
    assert one.get(undo_url()).status_code == 403
    assert one.post(undo_url()).status_code == 403
    assert both.get(undo_url()).status_code == 200
    assert (
        both.get(undo_url(thing=role)).status_code
        == one.get(undo_url(thing=role)).status_code
        == 200
    )


def test_who_publishes_may_undo_what_is_public(editor, editor_who_may, catalog):
    lesson = catalog.lesson(catalog.path())
    run(editor, "paths_lesson", "retire", lesson)  # changes the path's outline too
    number = last().number
    one, both = (
        editor_who_may("change_lesson"),
        editor_who_may("change_lesson", "publish_catalog"),
    )
    assert one.post(undo_url(number)).status_code == 403
    assert both.get(confirm(both, number)["Location"]).status_code == 200
    lesson.refresh_from_db()
    assert lesson.status == Status.PUBLISHED


def test_who_publishes_may_undo_the_move_of_a_public_lesson(editor, editor_who_may, catalog):
    """Its form lets nobody else move it either: the path that it came from may not be public."""
    hidden = catalog.path(status=Status.DRAFT)
    lesson = catalog.lesson(hidden)
    save(editor, lesson, path=catalog.path().pk)
    rights = ("change_lesson", "change_learningpath")
    assert editor_who_may(*rights).get(undo_url()).status_code == 403
    assert editor_who_may(*rights, "publish_catalog").get(undo_url()).status_code == 200


def test_who_may_only_look_is_offered_nothing(editor, editor_who_may, role):
    save(editor, role, summary="Builds.")
    looker = editor_who_may("view_role", "view_revision")
    page = looker.get(reverse("admin:revision", args=[last().number]))
    assert undo_url() not in page.text
    assert looker.post(undo_url()).status_code == 403


def test_another_site_can_not_press_the_button(editor, signed_in, role):
    save(editor, role, summary="Builds.")
    strict = signed_in("strict", Client(enforce_csrf_checks=True), is_superuser=True)
    assert strict.post(undo_url()).status_code == 403
    assert last().origin == Origin.ADMIN


def test_a_revision_offers_its_undoing(editor, role):
    save(editor, role, summary="Builds.")
    page = tree(editor.get(reverse("admin:revision", args=[last().number])))
    assert page.select_one(f"a.button[href='{undo_url()}']")


def test_queries_do_not_grow_with_the_things(editor, catalog, count_at):
    one, *more = catalog.roles(12, steps=1)
    run(editor, "careers_role", "retire", one)
    few = count_at(lambda: editor.get(undo_url()))
    run(editor, "careers_role", "retire", *more)
    assert count_at(lambda: editor.get(undo_url())) == few


# -- One thing of many ---------------------------------------------------------------------------


@pytest.fixture
def retired(editor, catalog):
    """Two lessons that one action retired."""
    path = catalog.path(lessons=0)
    lessons = [catalog.lesson(path) for _ in range(2)]
    run(editor, "paths_lesson", "retire", *lessons)
    return lessons


def test_a_things_history_undoes_that_thing(editor, retired):
    one, other = retired
    number = last().number
    history = change_url(one).replace("change", "history")
    assert tree(editor.get(history)).select_one(f"a[href='{undo_url(thing=one)}']")
    assert f'{undo_url()}"' not in editor.get(history).text
    asked = editor.get(undo_url(thing=one)).text
    assert "changed other things as well. They stay" in " ".join(asked.split())
    answer = confirm(editor, thing=one)
    assert answer["Location"] == history
    statuses = Lesson.objects.in_bulk([one.pk, other.pk])
    assert statuses[one.pk].status == Status.PUBLISHED
    assert statuses[other.pk].status == Status.RETIRED
    edits = {(edit.kind, edit.row): edit.after for edit in last().edits.all()}
    assert edits == {
        ("lessons", one.pk): Status.PUBLISHED,
        ("paths", one.path_id): [one.number],  # the path's outline lists it again
    }
    assert "Undone by" in editor.get(history).text
    assert "Undone by" not in editor.get(history.replace(str(one.pk), str(other.pk))).text
    assert number == last().reverts_id


def test_the_page_says_undone_only_of_what_it_asks_about(editor, retired):
    one, other = retired
    number = last().number
    confirm(editor, thing=one)
    said = f"Undone by revision {last().number}"
    assert said in " ".join(tree(editor.get(undo_url(number, one))).text.split())
    assert "Undone" not in tree(editor.get(undo_url(number, other))).text
    whole = " ".join(tree(editor.get(undo_url(number))).text.split())
    assert f"Undone, whole or in part, by revision {last().number}" in whole


def test_the_rest_is_undone_later(editor, retired):
    one, other = retired
    number = last().number
    confirm(editor, thing=one)
    confirm(editor, number, thing=other)
    assert {each.status for each in Lesson.objects.all()} == {Status.PUBLISHED}
    assert editor.post(undo_url(number, other)).status_code == 409


def test_an_outline_comes_back_with_its_lessons_and_not_alone(editor, retired):
    path = retired[0].path
    before = last().number
    asked = editor.get(undo_url(thing=path))
    assert "along with another thing" in asked.text
    assert not button(tree(asked))
    refused = editor.post(undo_url(thing=path), {"removals": 0})
    assert refused.status_code == 409
    assert "along with another thing" in refused.text
    assert last().number == before


@pytest.mark.parametrize("side", ["left", "entered"])
def test_an_outline_alone_brings_no_moved_lesson_back(editor, editor_who_may, catalog, side):
    """Nor does it change that lesson's place in the path where it is now."""
    left, entered = catalog.path(status=Status.DRAFT), catalog.path(lessons=2)
    lesson = catalog.lesson(left)
    save(editor, lesson, path=entered.pk, position=5)
    before, outline = last().number, list(entered.lessons.in_outline())
    who = editor_who_may("change_lesson", "change_learningpath")
    url = undo_url(thing={"left": left, "entered": entered}[side])
    assert not button(tree(who.get(url)))
    refused = who.post(url, {"removals": 0})
    assert refused.status_code == 409
    assert "along with another thing" in refused.text
    assert last().number == before
    assert list(entered.lessons.in_outline()) == outline


def test_all_of_many_is_red_and_has_its_number_typed(editor, retired):
    number = last().number
    link = tree(editor.get(reverse("admin:revision", args=[number]))).select_one("a.danger")
    assert link["href"] == undo_url(number)
    assert "danger" in button(tree(editor.get(undo_url())))["class"]
    for typed in ("", "x", str(number + 1)):
        refused = editor.post(undo_url(), {"removals": 0, "typed": typed})
        assert refused.status_code == 409
        assert f"Type {number} into the box" in refused.text
    assert last().number == number
    confirm(editor, typed=f" {number} ")
    assert {each.status for each in Lesson.objects.all()} == {Status.PUBLISHED}


def test_what_a_form_changed_along_is_not_many(editor, catalog):
    lesson = catalog.lesson(catalog.path(lessons=0))
    run(editor, "paths_lesson", "retire", lesson)
    assert last().edits.count() == 2
    assert not tree(editor.get(undo_url())).select("[name=typed]")


def test_a_thing_that_a_revision_left_alone_is_not_undone(editor, role, catalog):
    save(editor, role, summary="Builds.")
    other = catalog.role()
    assert editor.get(undo_url(thing=other)).status_code == 403
