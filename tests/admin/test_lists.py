"""The admin's lists, and actions on several things at once."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.contrib.admin.models import LogEntry
from django.db.models.signals import post_init
from django.urls import reverse

from careers.admin.roles import RoleAdmin
from careers.models import (
    Role,
)
from paths.models import Status
from tests.admin.editing import change_url, messages, parsed, run, save, tree, typed_in


@contextmanager
def counted_rows(found: Counter[str]) -> Iterator[None]:
    """Count the model instances made within the block, by model."""

    def count(sender, **_) -> None:
        found[sender._meta.model_name] += 1

    post_init.connect(count)
    yield
    post_init.disconnect(count)


def test_queries_of_the_role_list_do_not_grow(editor, catalog, count_at):
    catalog.roles(10)
    url = reverse("admin:careers_role_changelist")
    few = count_at(lambda: editor.get(url))
    catalog.roles(80)
    assert count_at(lambda: editor.get(url)) == few


@pytest.mark.parametrize("kind", ["paths_learningpath", "paths_lesson", "careers_background"])
def test_queries_of_the_other_lists_do_not_grow(editor, catalog, count_at, kind):
    def grow(times: int) -> None:
        for _ in range(times):
            catalog.background().knows.set(catalog.path(lessons=2).lessons.all())

    grow(2)
    url = reverse(f"admin:{kind}_changelist")
    few = count_at(lambda: editor.get(url))
    grow(20)
    assert count_at(lambda: editor.get(url)) == few


@pytest.mark.parametrize("kind", ["careers_role", "paths_learningpath"])
def test_what_a_list_adds_up_is_of_one_page_of_it(editor, catalog, kind):
    """No lesson is instantiated, and no path or role beyond the page that is shown."""

    def made() -> tuple[int, int]:
        found = Counter()
        with counted_rows(found):
            editor.get(reverse(f"admin:{kind}_changelist"))
        return found["lesson"], found["learningpath"] + found["role"]

    catalog.role(paths=[catalog.path(lessons=5)])
    assert made()[0] == 0
    for _ in range(60):
        catalog.role(paths=[catalog.path(lessons=5)])
    lessons, things = made()
    assert lessons == 0
    assert things <= 2 * 50


def test_paths_can_be_listed_by_their_hours(editor, catalog):
    for lessons in (2, 3, 0, 1):
        catalog.path(lessons=lessons)
    address = reverse("admin:paths_learningpath_changelist")
    found = tree(editor.get(address, {"o": "4"}))
    shown = [cell.text.split(" of ")[0] for cell in found.select("td.field-size")]
    assert shown == ["0 h, 0", "0.8 h, 1", "1.6 h, 2", "2.4 h, 3"]


def test_lessons_are_filtered_by_path_where_paths_can_be_listed(editor, catalog):
    def has_filter() -> bool:
        page = editor.get(reverse("admin:paths_lesson_changelist"))
        return "path__id__exact" in page.text

    paths = [catalog.path(lessons=1) for _ in range(2)]
    assert has_filter()
    for _ in range(40):
        catalog.path(lessons=0)
    assert not has_filter()
    found = tree(editor.get(reverse("admin:paths_lesson_changelist"), {"q": paths[0].title}))
    assert paths[0].title in {cell.text for cell in found.select("td.field-path")}


@pytest.mark.parametrize("words", ["Tinker Wizard", "Role of old", "ZQ", "the-address"])
def test_a_role_is_found_by_each_of_its_names(editor, catalog, words):
    catalog.role()
    catalog.role("the-address", title="Role of old", code="ZQ", aliases=["LLM", "Tinker Wizard"])
    found = tree(editor.get(reverse("admin:careers_role_changelist"), {"q": words}))
    assert [link.text for link in found.select("th.field-title a")] == ["Role of old"]


def test_the_role_list_shows_the_hours_that_the_public_sees(editor, catalog):
    seen = catalog.path(lessons=2)
    catalog.lesson(seen, status=Status.RETIRED)
    catalog.role(paths=[seen, catalog.path(status=Status.DRAFT)])
    found = tree(editor.get(reverse("admin:careers_role_changelist")))
    assert found.select_one("td.field-hours").text == "1.6 h"


def test_the_role_list_counts_of_a_path_what_a_step_takes(editor, catalog):
    path = catalog.path(lessons=3)
    role = catalog.role(paths=[path])
    role.steps.update(only=[path.lessons.first().number])
    found = tree(editor.get(reverse("admin:careers_role_changelist")))
    assert found.select_one("td.field-hours").text == "0.8 h"


# -- Actions -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("action", "status"),
    [
        ("publish", Status.PUBLISHED),
        ("retire", Status.RETIRED),
        ("back_to_draft", Status.DRAFT),
    ],
)
def test_an_action_changes_the_status(editor, catalog, action, status):
    other = next(s for s in Status if s != status)
    roles = [catalog.role(status=other, title=title) for title in ("One", "Two")]
    said = messages(run(editor, "careers_role", action, *roles))
    assert {role.status for role in Role.objects.all()} == {status}
    assert "“One” and “Two” were" in said


@pytest.mark.parametrize(
    ("action", "status", "already"),
    [
        ("publish", Status.PUBLISHED, "published already"),
        ("retire", Status.RETIRED, "retired already"),
        ("back_to_draft", Status.DRAFT, "a draft already"),
    ],
)
def test_an_action_tells_what_it_changed_from_what_was_so_already(
    editor, catalog, action, status, already
):
    other = next(s for s in Status if s != status)
    changed = catalog.role(status=other, title="Changed")
    same = catalog.role(status=status, title="Same")
    said = messages(run(editor, "careers_role", action, changed, same))
    assert "“Changed” was " in said
    assert f"“Same” was {already}." in said
    logged = LogEntry.objects.values_list("object_repr", flat=True)
    assert list(logged) == ["Changed"]


def test_what_can_not_be_published_is_named_with_the_reason(editor, catalog):
    path = catalog.path(lessons=0)
    empty = catalog.lesson(path, title="Empty one", status=Status.DRAFT, body="")
    whole = catalog.lesson(path, title="Whole one", status=Status.DRAFT)
    said = messages(run(editor, "paths_lesson", "publish", empty, whole))
    assert "“Empty one” can't be published: A published lesson needs a text." in said
    assert "“Whole one” was published." in said
    assert list(path.lessons.filter(status=Status.PUBLISHED)) == [whole]


def test_who_may_only_look_can_not_publish(editor_who_may, catalog):
    role = catalog.role(status=Status.DRAFT)
    run(editor_who_may("view_role"), "careers_role", "publish", role)
    role.refresh_from_db()
    assert role.status == Status.DRAFT


def test_who_may_change_a_role_may_change_its_rows(editor_who_may, role):
    save(editor_who_may("change_role"), role, **{"steps-0-why": "Since today."})
    assert role.steps.first().why == "Since today."


def test_who_may_only_look_sees_a_form_without_fields(editor_who_may, role):
    page = tree(editor_who_may("view_role").get(change_url(role)))
    assert not page.select("#role_form :is(textarea, select, input:not([type=hidden]), button)")
    assert page.select("#preview .roadmap")


def retire(client, *things, **more):
    """Select things and retire them, without confirming how many they are."""
    sent = {"action": "retire", "_selected_action": [each.pk for each in things], "index": 0}
    return client.post(reverse("admin:careers_role_changelist"), sent | more, follow=True)


def test_much_at_once_is_retired_once_its_number_is_typed(editor, catalog):
    roles = catalog.roles(3)
    asked = tree(retire(editor, *roles))
    assert asked.h1.text == "Retire 3 of 3 published roles?"
    form = asked.select_one("#content form")
    hidden = [(each["name"], each["value"]) for each in form.select("input[type=hidden]")]
    assert [value for name, value in hidden if name == "_selected_action"] == [
        str(role.pk) for role in roles
    ]
    assert "That isn’t the number" in retire(editor, *roles, removals="2").text
    assert {role.status for role in Role.objects.all()} == {Status.PUBLISHED}
    retire(editor, *roles, removals="3")
    assert {role.status for role in Role.objects.all()} == {Status.RETIRED}


def test_the_only_one_that_is_published_is_one_thing(editor, catalog):
    asked = tree(retire(editor, catalog.role()))
    assert asked.h1.text == "Retire 1 of 1 published role?"
    assert "Type 1 to retire it:" in asked.text


def test_all_that_a_filter_leaves_is_retired_and_nothing_else(editor, catalog, monkeypatch):
    """The page that asks for the number sends it to the list as it was filtered."""
    monkeypatch.setattr(RoleAdmin, "list_per_page", 2)
    catalog.roles(3)
    draft = catalog.role(status=Status.DRAFT)
    shown = f"{reverse('admin:careers_role_changelist')}?status__exact=published"
    first = Role.objects.first().pk
    sent = {"action": "retire", "_selected_action": first, "index": 0, "select_across": "1"}
    asked = editor.post(shown, sent)
    (form,) = parsed(asked).xpath("//*[@id='content']//form")
    editor.post(form.get("action"), typed_in(form) | {"removals": "3"})
    assert not Role.objects.filter(status=Status.PUBLISHED).exists()
    draft.refresh_from_db()
    assert draft.status == Status.DRAFT


def test_little_is_retired_without_a_question(editor, catalog):
    roles = catalog.roles(12, steps=1)
    assert "was retired" in messages(retire(editor, roles[0]))


def test_what_is_not_public_is_retired_without_a_question(editor, catalog):
    drafts = [catalog.role(status=Status.DRAFT) for _ in range(3)]
    assert "were retired" in messages(retire(editor, *drafts))
