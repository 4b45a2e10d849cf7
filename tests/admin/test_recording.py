"""Every change in the admin is a revision: who, when, and field by field before and after."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone

from careers.models import CatalogVersion, Edit, Origin, Revision, Role
from paths.models import Lesson, Status
from tests.admin.editing import change_url, errors, form_of, run, save, typed


def version() -> int:
    return CatalogVersion.current()[0]


def last() -> Revision:
    return Revision.objects.latest("number")


def edits() -> list[tuple[str, str, object, object]]:
    """Return the last revision's edits: thing, field, before, after."""
    found = last().edits.all()
    return [(f"{each.kind}/{each.key}", each.field, each.before, each.after) for each in found]


def add(client, kind: str, **values):
    """Submit the form for a new thing."""
    url = reverse(f"admin:{kind}_add")
    form = typed(client.get(url), f"{kind.split('_')[1]}_form")
    return client.post(url, form | values)


@pytest.fixture
def nothing_happens():
    """A function that calls what it is given, and checks that the catalog didn't change."""

    def check(call) -> None:
        before = version()
        call()
        assert not Revision.objects.exists()
        assert version() == before

    return check


# -- Who, when and what --------------------------------------------------------------------


def test_a_save_is_a_revision_of_who_made_it(editor, catalog):
    role = catalog.role("builder", title="Builder")
    began, before = timezone.now(), version()
    save(editor, role, summary="Builds.")
    made = last()
    assert (made.origin, made.by, made.user) == (Origin.ADMIN, "editor", User.objects.get())
    assert began <= made.made_at <= timezone.now()
    assert (made.number, version()) == (before + 1, before + 1)
    assert edits() == [("roles/builder", "summary", "What the job is.", "Builds.")]
    assert (made.edits.get().row, made.edits.get().title) == (role.pk, "Builder")


def test_a_revision_outlives_its_editor(editor, catalog):
    save(editor, catalog.role(), summary="Builds.")
    User.objects.all().delete()
    assert (last().by, last().user) == ("editor", None)


def test_each_field_is_an_edit_of_its_own(editor, catalog):
    save(editor, catalog.background(slug="nurse"), title="Nurse", summary="Cares.")
    assert edits() == [
        ("backgrounds/nurse", "title", "Background 1", "Nurse"),
        ("backgrounds/nurse", "summary", "What counts.", "Cares."),
    ]


def test_the_rows_of_a_role_are_fields_of_it(editor, catalog):
    role = catalog.role("builder", paths=[catalog.path("one"), catalog.path("two")])
    save(editor, role, **{"steps-0-position": 7, "salary_bands-0-low": 61_000})
    ((_, first, steps, moved), (_, second, bands, raised)) = edits()
    assert (first, second) == ("steps", "salary_bands")
    assert ([s["path"] for s in steps], [s["path"] for s in moved]) == (
        ["one", "two"],
        ["two", "one"],
    )
    assert (bands[0]["low"], raised[0]["low"]) == (60_000, 61_000)


def test_an_address_that_changes_is_an_edit_of_the_same_thing(editor, catalog):
    role = catalog.role("builder")
    save(editor, role, slug="maker")
    assert edits() == [("roles/maker", "slug", "builder", "maker")]
    assert last().edits.get().row == role.pk


def test_what_is_new_is_an_addition_with_all_its_values(editor, catalog):
    add(editor, "careers_background", title="Nurse", slug="nurse", summary="Cares.", position=3)
    edit = last().edits.get()
    assert (edit.kind, edit.key, edit.field, edit.before) == ("backgrounds", "nurse", "", None)
    assert edit.after == {
        "slug": "nurse",
        "title": "Nurse",
        "status": "draft",
        "position": 3,
        "summary": "Cares.",
        "knows": [],
        "advice": "",
        "sources": [],
        "starts_fresh": False,
    }


def test_a_new_role_is_one_addition_with_its_rows(editor, catalog):
    path = catalog.path("one")
    sent = {"title": "Builder", "slug": "builder", "summary": "Builds.", "code": "BU"}
    sent |= {"steps-TOTAL_FORMS": 1, "steps-0-path": path.pk, "steps-0-why": "It needs it."}
    add(editor, "careers_role", **sent, **{"steps-0-position": 0})
    ((thing, field, _, after),) = edits()
    assert (thing, field) == ("roles/builder", "")
    assert after["steps"] == [
        {"path": "one", "why": "It needs it.", "emphasis": "", "only": [], "focus": []}
    ]
    assert Role.objects.get().steps.count() == 1


# -- What changes along with it ------------------------------------------------------------


def test_a_lesson_that_moves_changes_both_outlines(editor, catalog):
    old, new = catalog.path("old", lessons=0), catalog.path("new", lessons=0)
    lesson = catalog.lesson(old, number=301)
    save(editor, lesson, path=new.pk)
    assert sorted(edits()) == [
        ("lessons/301", "path", "old", "new"),
        ("paths/new", "lessons", [], [301]),
        ("paths/old", "lessons", [301], []),
    ]


def test_a_lesson_that_changes_places_changes_the_outline(editor, catalog):
    path = catalog.path("tools", lessons=0)
    first, _ = (catalog.lesson(path, number=number, position=number) for number in (301, 302))
    save(editor, first, position=303)
    assert edits() == [("paths/tools", "lessons", [301, 302], [302, 301])]


def test_a_new_lesson_is_an_addition_and_stands_in_the_outline(editor, catalog):
    path = catalog.path("tools", lessons=0)
    sent = {"title": "Hammers", "slug": "hammers", "summary": "Hit.", "path": path.pk}
    sent |= {"number": 301, "position": 1, "minutes": 3, "practice_minutes": 5}
    add(editor, "paths_lesson", **sent)
    (outline, (thing, field, _, after)) = edits()
    assert outline == ("paths/tools", "lessons", [], [301])
    assert (thing, field, after["path"]) == ("lessons/301", "", "tools")


def test_a_path_that_is_renamed_is_the_only_thing_that_changes(editor, catalog):
    path = catalog.path("tools", lessons=2)
    catalog.role(paths=[path])
    save(editor, path, slug="hammers")
    assert edits() == [("paths/hammers", "slug", "tools", "hammers")]


def test_lessons_that_begin_or_cease_to_produce_a_signal_change(editor, catalog):
    path = catalog.path(lessons=0)
    stays, goes, comes = (catalog.lesson(path, number=number) for number in (301, 302, 303))
    signal = catalog.signal(stays, goes, slug="shipped")
    save(editor, signal, summary="Ships.", lessons=[stays.pk, comes.pk])
    assert edits() == [
        ("signals/shipped", "summary", "What a hirer checks.", "Ships."),
        ("lessons/302", "signals", ["shipped"], []),
        ("lessons/303", "signals", [], ["shipped"]),
    ]


def test_a_new_signal_changes_its_lessons(editor, catalog):
    lesson = catalog.lesson(catalog.path(), number=301)
    sent = {"title": "Shipped", "slug": "shipped", "summary": "Ships.", "passes": "A demo."}
    add(editor, "careers_hiringsignal", **sent, lessons=[lesson.pk])
    assert [edit[:2] for edit in edits()] == [("signals/shipped", ""), ("lessons/301", "signals")]


def test_a_signal_that_is_renamed_is_the_only_thing_that_changes(editor, catalog):
    """Its key stays, because files and lessons refer to it."""
    signal = catalog.signal(catalog.lesson(catalog.path()), slug="shipped", title="Shipped")
    save(editor, signal, slug="delivered", title="Delivered")
    assert edits() == [("signals/shipped", "title", "Shipped", "Delivered")]


# -- Nothing -------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["role", "path", "lesson", "background", "signal"])
def test_a_form_sent_as_it_came_is_no_revision(editor, catalog, nothing_happens, kind):
    lesson = catalog.lesson(catalog.path())
    things = {"lesson": lesson, "path": lesson.path, "background": catalog.background()}
    things |= {"signal": catalog.signal(lesson), "role": catalog.role()}
    nothing_happens(lambda: save(editor, things[kind]))


@pytest.mark.parametrize("how", ["save", "publish"])
def test_what_was_not_changed_has_no_new_date(editor, catalog, how):
    role = catalog.role()
    before = role.updated_at
    save(editor, role) if how == "save" else run(editor, "careers_role", how, role)
    role.refresh_from_db()
    assert role.updated_at == before


def test_a_refused_form_is_no_revision(editor, catalog, nothing_happens):
    role = catalog.role()
    nothing_happens(lambda: errors(save(editor, role, title="", summary="Builds.")))


def test_a_form_of_someone_who_may_not_is_no_revision(editor, editor_who_may, catalog):
    role = catalog.role()
    sent = form_of(editor, role) | {"summary": "Builds."}
    assert editor_who_may("view_role").post(change_url(role), sent).status_code == 403
    assert not Revision.objects.exists()


def test_an_action_that_is_refused_is_no_revision(editor, catalog, nothing_happens):
    empty = catalog.lesson(catalog.path(), status=Status.DRAFT, body="")
    nothing_happens(lambda: run(editor, "paths_lesson", "publish", empty))


def test_an_action_on_what_is_so_already_is_no_revision(editor, catalog, nothing_happens):
    role = catalog.role()
    nothing_happens(lambda: run(editor, "careers_role", "publish", role))


# -- Actions -------------------------------------------------------------------------------


def test_an_action_is_one_revision_of_all_that_it_changed(editor, catalog):
    roles = [catalog.role(slug) for slug in ("one", "two")]
    before = version()
    run(editor, "careers_role", "retire", *roles)
    assert sorted(edits()) == [
        ("roles/one", "status", "published", "retired"),
        ("roles/two", "status", "published", "retired"),
    ]
    assert (last().origin, last().by, last().number) == (Origin.ADMIN, "editor", version())
    assert version() == before + 1


def test_a_retired_lesson_leaves_the_outline(editor, catalog):
    lesson = catalog.lesson(catalog.path("tools", lessons=0), number=301)
    run(editor, "paths_lesson", "retire", lesson)
    assert edits() == [
        ("paths/tools", "lessons", [301], []),
        ("lessons/301", "status", "published", "retired"),
    ]


def test_what_was_saved_while_an_action_waited_is_before(editor, catalog, monkeypatch):
    """An action reads nothing of the catalog before it has the lock."""
    role = catalog.role()
    others = Role.objects.filter(pk=role.pk)
    monkeypatch.setattr(
        "careers.admin.saving.model_admin.keep_writers_out",
        lambda: others.update(status=Status.DRAFT),
    )
    run(editor, "careers_role", "retire", role)
    assert edits() == [(f"roles/{role.slug}", "status", "draft", "retired")]


def test_what_was_saved_while_a_save_waited_is_before(editor, catalog, monkeypatch):
    role = catalog.role()
    others = Role.objects.filter(pk=role.pk)
    monkeypatch.setattr(
        "careers.admin.saving.model_admin.keep_writers_out", lambda: others.update(group="newer")
    )
    save(editor, role, group="core", summary="Builds.")
    assert (f"roles/{role.slug}", "group", "newer", "core") in edits()


# -- Cost ----------------------------------------------------------------------------------


def test_queries_of_an_action_do_not_grow_with_what_is_beside(editor, catalog, count_at):
    few, many = catalog.path(lessons=1), catalog.path(lessons=9)
    catalog.signal(*Lesson.objects.all())
    statuses = (["retire", "publish"][n % 2] for n in range(9))

    def retire_or_publish(path) -> None:
        run(editor, "paths_lesson", next(statuses), path.lessons.first())

    two = count_at(lambda: retire_or_publish(few))
    assert count_at(lambda: retire_or_publish(many)) == two


def test_queries_of_a_signals_save_do_not_grow_with_its_lessons(editor, catalog, count_at):
    def swap(signal, *all_lessons) -> None:
        here = set(signal.lessons.all())
        sent = form_of(editor, signal) | {
            "lessons": [lesson.pk for lesson in all_lessons if lesson not in here]
        }
        editor.post(change_url(signal), sent)

    path = catalog.path(lessons=20)
    lessons = list(path.lessons.all())
    few, many = catalog.signal(lessons[0]), catalog.signal(*lessons[:10])
    two = count_at(lambda: swap(few, *lessons[:2]))
    assert count_at(lambda: swap(many, *lessons)) == two
    assert Edit.objects.filter(field="signals").count() == 2 * 2 + 2 * 20
