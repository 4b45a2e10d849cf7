"""The two groups of a new site: what members may do, and that no link leads them to a refusal."""

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission, User
from django.urls import reverse

from careers.admin.people.groups import make_groups
from careers.models import Revision, Role
from paths.models import Status
from tests.admin.editing import change_url, form_of, messages, run, save, tree
from tests.admin.people.walking import walk

MIGRATED = {"using": "default", "apps": apps}


@pytest.fixture
def member_of(signed_in):
    """A function that signs in a member of a group, without other permissions."""

    def sign_in(group: str):
        client = signed_in(group)
        User.objects.get(username=group).groups.add(Group.objects.get(name=group))
        return client

    return sign_in


@pytest.fixture(autouse=True)
def _the_small_catalog(files, settings):
    settings.CATALOG_DIR = files.folder


@pytest.fixture
def draft(catalog):
    return catalog.role("draft", status=Status.DRAFT)


# -- What the groups are -------------------------------------------------------------------------


def test_a_new_database_has_both(db):
    names = Group.objects.values_list("name", flat=True)
    assert sorted(names) == ["editor", "publisher"]


def test_a_publisher_may_what_an_editor_may_and_decides(db):
    editor, publisher = (
        set(Permission.objects.filter(group__name=name).values_list("codename", flat=True))
        for name in ("editor", "publisher")
    )
    assert publisher - editor == {"publish_catalog", "change_catalogentry"}
    assert {"add_lesson", "change_role", "view_term", "view_revision"} <= editor
    assert not {each for each in publisher if each.startswith("delete") or each.endswith("user")}


def test_what_an_administrator_took_from_a_group_stays_taken(db):
    group = Group.objects.get(name="editor")
    group.permissions.remove(Permission.objects.get(codename="change_term"))
    make_groups(**MIGRATED)
    assert not group.permissions.filter(codename="change_term").exists()


def test_a_permission_that_is_new_reaches_the_groups_that_are_there(db):
    Permission.objects.get(codename="change_term").delete()
    make_groups(**MIGRATED)
    for name in ("editor", "publisher"):
        assert Permission.objects.filter(group__name=name, codename="change_term").exists()


def test_a_group_that_is_gone_comes_back_whole(db):
    before = set(Permission.objects.filter(group__name="publisher"))
    Group.objects.all().delete()
    make_groups(using="default")  # as a flush does
    assert set(Permission.objects.filter(group__name="publisher")) == before


# -- What an editor may do -----------------------------------------------------------------------


def test_an_editor_edits_what_is_public_and_writes_drafts(member_of, role, catalog):
    editor = member_of("editor")
    save(editor, role, summary="Builds small things.")
    role.refresh_from_db()
    assert (role.summary, role.status) == ("Builds small things.", Status.PUBLISHED)
    sent = {"title": "New", "slug": "new", "code": "NW", "summary": "x", "status": "published"}
    blank = form_of(editor, role) | {"steps-INITIAL_FORMS": 0, "steps-TOTAL_FORMS": 0}
    blank |= {
        f"{rows}-{n}_FORMS": 0 for rows in ("salary_bands", "pivots") for n in ("TOTAL", "INITIAL")
    }
    answer = editor.post(reverse("admin:careers_role_add"), blank | sent)
    assert answer.status_code == 302
    assert Role.objects.get(slug="new").status == Status.DRAFT


def test_an_editor_publishes_and_retires_nothing(member_of, role, draft):
    editor = member_of("editor")
    page = tree(editor.get(change_url(draft)))
    assert not page.select("[name=status]")
    assert "Draft" in page.select_one(".field-status").text
    save(editor, draft, status="published")
    listed = tree(editor.get(reverse("admin:careers_role_changelist")))
    assert not listed.select("select[name=action] option[value=publish]")
    run(editor, "careers_role", "publish", draft)
    run(editor, "careers_role", "retire", role)
    statuses = set(Role.objects.values_list("slug", "status"))
    assert statuses == {("builder", Status.PUBLISHED), ("draft", Status.DRAFT)}
    for view in ("catalog-apply", "catalog-resolve"):
        assert editor.post(reverse(f"admin:{view}")).status_code == 403


def test_an_editor_hides_no_lesson_below_a_draft(member_of, catalog):
    hidden = catalog.path("hidden", status=Status.DRAFT)
    lesson = catalog.lesson(catalog.path("shown", lessons=0))
    editor, publisher = member_of("editor"), member_of("publisher")
    assert not tree(editor.get(change_url(lesson))).select("[name=path]")
    save(editor, lesson, path=hidden.pk, title="Another title")
    lesson.refresh_from_db()
    assert (lesson.path.slug, lesson.title) == ("shown", "Another title")
    save(publisher, lesson, path=hidden.pk)
    lesson.refresh_from_db()
    assert lesson.path == hidden


def test_an_editor_undoes_what_editors_do_and_no_publishing(member_of, role, draft):
    editor, publisher = member_of("editor"), member_of("publisher")
    run(publisher, "careers_role", "publish", draft)
    undo = reverse("admin:undo", args=[Revision.objects.latest("number").number])
    assert editor.get(undo).status_code == 403
    assert publisher.get(undo).status_code == 200
    save(editor, role, summary="Oops.")
    undo = reverse("admin:undo", args=[Revision.objects.latest("number").number])
    assert editor.post(undo, {"removals": 0}).status_code == 302


def test_a_publishing_meanwhile_is_kept_by_who_can_not_publish(member_of, draft):
    editor, publisher = member_of("editor"), member_of("publisher")
    sent = form_of(editor, draft) | {"summary": "Typed meanwhile."}
    run(publisher, "careers_role", "publish", draft)
    assert editor.post(change_url(draft), sent).status_code == 302
    draft.refresh_from_db()
    assert (draft.status, draft.summary) == (Status.PUBLISHED, "Typed meanwhile.")


# -- A walk --------------------------------------------------------------------------------------


@pytest.mark.parametrize("group", ["editor", "publisher"])
def test_no_link_of_the_admin_refuses_a_member(member_of, catalog, role, draft, group):
    lesson = role.steps.first().path.lessons.get()
    catalog.signal(lesson)
    client = member_of(group)
    save(client, role, summary="Builds.")
    seen = walk(client)
    assert {change_url(role), change_url(lesson), reverse("admin:catalog")} <= seen.keys()
    assert reverse("admin:undo", args=[Revision.objects.get().number]) in seen


def test_a_publisher_publishes_retires_and_applies(member_of, files, draft, role):
    publisher = member_of("publisher")
    assert "“Role" in messages(run(publisher, "careers_role", "publish", draft))
    page = tree(publisher.get(reverse("admin:catalog")))
    plan = page.select_one("input[name=plan]")["value"]
    answer = publisher.post(reverse("admin:catalog-apply"), {"plan": plan}, follow=True)
    assert "added" in messages(answer)
    assert Role.objects.filter(slug="ml-engineer").exists()
