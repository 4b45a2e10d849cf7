"""Undoing revisions in the admin."""

import pytest
from django.test import Client
from django.urls import reverse

from careers.models import CatalogVersion, Origin, Revision, Role
from paths.models import Status
from tests.admin.editing import change_url, run, save, tree


def undo_url(number: int | None = None) -> str:
    return reverse("admin:undo", args=[number or last().number])


def last() -> Revision:
    return Revision.objects.latest("number")


def button(page):
    return page.select_one("#content form button")


def confirm(client, number: int | None = None):
    """Press the button of the page that asks."""
    url = undo_url(number)
    form = tree(client.get(url)).select_one("#content form")
    return client.post(url, {each["name"]: each["value"] for each in form.select("input")})


@pytest.fixture
def role(catalog):
    return catalog.role("builder", title="Builder")


def test_the_page_says_what_would_become_of_it_and_does_nothing(editor, role):
    save(editor, role, summary="What the fun is.")
    before = CatalogVersion.current()
    page = tree(editor.get(undo_url()))
    assert "Builder roles/builder" in " ".join(page.select_one("section h2").text.split())
    assert [each.text for each in page.select("del")] == ["[removed: fun ]"]
    assert [each.text for each in page.select("ins")] == ["[added: job ]"]
    assert button(page).text == f"Undo revision {last().number}"
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
    confirm(editor)
    assert {each.status for each in Role.objects.all()} == {Status.PUBLISHED}


def test_what_was_changed_since_is_left_alone_and_said(editor, role):
    save(editor, role, summary="Builds.")
    number = last().number
    save(editor, role, summary="Builds more.")
    page = tree(editor.get(undo_url(number)))
    assert "roles/builder: summary was changed since." in page.select_one(".reasons").text
    assert not button(page)
    refused = editor.post(undo_url(number))
    assert refused.status_code == 409
    assert "summary was changed since" in refused.text
    role.refresh_from_db()
    assert (role.summary, last().number) == ("Builds more.", number + 1)


def test_what_is_undone_already_is_said(editor, role):
    save(editor, role, summary="Builds.")
    number = last().number
    confirm(editor)
    assert editor.post(undo_url(number)).status_code == 409
    assert f"Revision {number} is undone already." in editor.get(undo_url(number)).text
    assert last().number == number + 1


def test_as_much_is_retired_as_the_page_said(editor, catalog):
    """A tenth of what is published and more goes by intent only; here the page said so."""
    role = catalog.role(status=Status.DRAFT)
    run(editor, "careers_role", "publish", role)
    revision = Revision.objects.get()
    revision.edits.update(before=Status.RETIRED)
    page = tree(editor.get(undo_url()))
    assert "1 published thing would be retired, and nothing is deleted" in page.text
    assert editor.post(undo_url(), {"removals": "0"}).status_code == 409
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
    history = change_url(role).replace("change", "history")
    assert undo_url() not in one.get(history).text
    assert undo_url() in both.get(history).text


def test_who_publishes_may_undo_what_is_public(editor, editor_who_may, catalog):
    lesson = catalog.lesson(catalog.path())
    run(editor, "paths_lesson", "retire", lesson)  # the path's outline as well
    number = last().number
    one, both = (
        editor_who_may("change_lesson"),
        editor_who_may("change_lesson", "publish_catalog"),
    )
    assert one.post(undo_url(number)).status_code == 403
    assert both.get(confirm(both, number)["Location"]).status_code == 200
    lesson.refresh_from_db()
    assert lesson.status == Status.PUBLISHED


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
