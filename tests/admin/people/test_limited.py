"""Editors with permissions for a single kind can work, and no link leads them to a refusal."""

import pytest
from django.urls import reverse

from careers.models import Revision
from paths.models import Status, Term
from tests.admin.editing import change_url, form_of, save, tree
from tests.admin.people.walking import walk

HIDDEN = {"title": "Half done", "status": Status.DRAFT}
PREVIEW = reverse("admin:careers_role_preview")


@pytest.fixture
def limited(editor_who_may):
    """A client of somebody who may change roles and nothing else."""
    return editor_who_may("change_role")


@pytest.fixture
def edited(editor, files, settings, role, catalog):
    """A role that was edited, and a term with its lesson, none of which the files have."""
    settings.CATALOG_DIR = files.folder
    Term.objects.create(slug="a", title="a", meaning="A.", lesson=catalog.lesson(catalog.path()))
    save(editor, role, summary="Makes.")
    return role


def offered(client, field: str, model: str = "step") -> list[str]:
    names = {"app_label": "careers", "model_name": model, "field_name": field}
    return [each["text"] for each in client.get("/admin/autocomplete/", names).json()["results"]]


def test_paths_and_backgrounds_can_be_picked(limited, role, catalog):
    catalog.background(title="Nurse")
    titles = [step.path.title for step in role.steps.select_related("path")]
    assert offered(limited, "path") == titles
    assert "Nurse" in offered(limited, "background", "pivot")
    new = catalog.path()
    assert save(limited, role, **{"steps-0-path": new.pk}).status_code == 302
    assert role.steps.first().path == new


def test_who_edits_nothing_that_names_paths_picks_none(editor_who_may, db):
    names = {"app_label": "careers", "model_name": "step", "field_name": "path"}
    stranger = editor_who_may("view_role", "change_term")
    assert stranger.get("/admin/autocomplete/", names).status_code == 403


def test_a_draft_is_offered_by_its_title_to_those_who_may_see_it(editor, catalog, role):
    catalog.path(title="Half done", status=Status.DRAFT)
    assert "Half done (draft)" in offered(editor, "path")


def test_no_draft_shows_its_title_to_who_may_not_see_it(limited, role, catalog):
    draft = catalog.path(title="Half done", status=Status.DRAFT)
    role.steps.create(path=draft, position=9, why="Later.")
    role.further.add(catalog.path(title="Also hidden", status=Status.DRAFT))
    page = limited.get(change_url(role))
    typed = limited.post(PREVIEW, form_of(limited, role))
    refused = save(limited, role, title="")
    for answer in (page, typed, refused):
        assert "Half done" not in answer.text
        assert "Also hidden" not in answer.text
        assert f"learning path {draft.pk} (draft)" in answer.text
    assert not [text for text in offered(limited, "path") if "draft" in text]


def test_who_may_only_look_sees_no_title_of_a_draft_that_they_may_not_see(
    editor_who_may, editor, role, catalog
):
    path, background = catalog.path(**HIDDEN), catalog.background(**HIDDEN)
    lesson, seen = catalog.lesson(path, **HIDDEN), catalog.background()
    role.steps.create(path=path, why="Soon.", position=9)
    role.pivots.create(background=background, position=9)
    role.further.add(path)
    seen.knows.add(lesson)
    term = Term.objects.create(slug="a", title="a", meaning="A.", lesson=lesson)
    things = (role, seen, catalog.signal(lesson), term)
    names = ("role", "background", "hiringsignal", "term")
    for name, thing in zip(names, things, strict=True):
        page = editor_who_may(f"view_{name}").get(change_url(thing))
        assert page.status_code == 200
        assert "Half done" not in page.text
        assert "(draft)" in page.text
        assert "Half done" in editor.get(change_url(thing)).text


def test_a_path_shows_no_title_of_a_lesson_that_they_may_not_see(editor_who_may, catalog):
    path = catalog.path()
    lesson = catalog.lesson(path, **HIDDEN)
    outline = tree(editor_who_may("change_learningpath").get(change_url(path)))
    assert "Half done" not in outline.text
    assert f"{lesson.number} lesson {lesson.pk} (draft)" in outline.text
    outline = tree(editor_who_may("view_lesson").get(change_url(path)))
    assert outline.select_one(f"a[href='{change_url(lesson)}']").text.endswith("Half done (draft)")


def test_a_hidden_path_hides_the_titles_of_its_published_lessons(
    editor_who_may, editor, catalog, monkeypatch
):
    """The public can't see them, whatever their own status says."""
    lesson = catalog.lesson(catalog.path(status=Status.DRAFT), title="Half done")
    background = catalog.background()
    background.knows.add(lesson)
    changing = editor_who_may("change_background")
    for client in (changing, editor_who_may("view_background")):
        page = client.get(change_url(background))
        assert "Half done" not in page.text
        assert f"lesson {lesson.pk} (hidden)" in page.text
    assert "Half done" in editor.get(change_url(background)).text
    monkeypatch.setattr("careers.admin.autocomplete.MOST_TO_SCROLL", 0)
    names = {"app_label": "careers", "model_name": "background", "field_name": "knows"}
    for client, sees_it in ((editor, True), (changing, False)):
        found = client.get("/admin/autocomplete/", names).json()["results"]
        assert ("Half done" in [each["text"] for each in found]) == sees_it


def test_what_names_a_hidden_draft_keeps_it(limited, role, catalog):
    draft = catalog.path(status=Status.DRAFT)
    role.further.add(draft)
    assert save(limited, role, summary="Builds.").status_code == 302
    assert list(role.further.all()) == [draft]


def test_ones_own_edits_are_undone(limited, role):
    before = role.summary
    save(limited, role, summary="Oops.")
    undo = reverse("admin:undo", args=[Revision.objects.get().number])
    history = limited.get(change_url(role).replace("change", "history"))
    assert undo in history.text
    answer = limited.post(undo, {"removals": 0}, follow=True)
    assert answer.status_code == 200
    assert answer.request["PATH_INFO"] == change_url(role).replace("change", "history")
    role.refresh_from_db()
    assert role.summary == before


@pytest.mark.parametrize("kind", ["lesson", "hiringsignal"])
def test_what_a_form_changes_along_is_no_hindrance(editor_who_may, catalog, kind):
    lesson = catalog.lesson(catalog.path())
    thing = {"lesson": lesson, "hiringsignal": catalog.signal(lesson)}[kind]
    client = editor_who_may(f"change_{kind}")
    sent = {"lesson": {"position": 0}, "hiringsignal": {"lessons": []}}[kind]
    save(client, thing, **sent)
    revision = Revision.objects.get()
    assert revision.edits.get().kind == {"lesson": "paths", "hiringsignal": "lessons"}[kind]
    answer = client.post(reverse("admin:undo", args=[revision.number]), follow=True)
    assert answer.redirect_chain
    assert answer.status_code == 200


@pytest.mark.parametrize("after", ["_save", "_continue", "_addanother"])
def test_who_may_only_add_is_led_to_no_page_that_refuses(editor_who_may, catalog, after):
    client = editor_who_may("add_background")
    sent = {"title": "Nurse", "slug": "nurse", "summary": "Nurses.", "position": 1, after: "1"}
    answer = client.post(reverse("admin:careers_background_add"), sent, follow=True)
    assert answer.redirect_chain
    assert answer.status_code == 200
    assert "“Nurse” was added" in answer.text


@pytest.mark.few(2)
@pytest.mark.parametrize(
    "rights",
    [
        *(("change_role",), ("view_lesson",), ("add_term",), ("change_catalogentry",)),
        *(("view_role",), ("view_term",), ("change_learningpath",), ("view_revision",)),
    ],
)
def test_no_link_of_the_admin_refuses_them(editor_who_may, edited, rights):
    client = editor_who_may(*rights)
    if "change_role" in rights:
        save(client, edited, summary="Builds.")
    assert len(walk(client)) > 2


def test_who_settles_conflicts_is_led_back_to_where_they_may_be(editor_who_may, files, settings):
    settings.CATALOG_DIR = files.folder
    client = editor_who_may("change_catalogentry")
    for view in ("catalog-apply", "catalog-resolve"):
        assert client.post(reverse(f"admin:{view}"), follow=True).status_code == 200
    assert tree(client.get("/admin/")).select_one(f"a[href='{reverse('admin:catalog')}']")


def test_no_history_shows_the_title_of_a_draft_to_who_may_not_see_it(
    limited, editor, role, catalog
):
    draft = catalog.path(title="Half done", status=Status.DRAFT)
    save(editor, role, **{"steps-0-path": draft.pk})
    number = Revision.objects.first().number
    save(editor, role, **{"steps-0-why": "Else."})
    history = change_url(role).replace("/change/", "/history/")
    undo = reverse("admin:undo-thing", args=[number, "roles", role.pk])
    assert "Half done" in editor.get(history).text
    for address in (history, undo):
        page = limited.get(address)
        assert "Half done" not in page.text
        assert draft.slug not in page.text
        assert f"learning path {draft.pk} (draft)" in page.text


def test_who_undoes_a_signals_lessons_sees_no_title_of_a_draft(editor_who_may, editor, catalog):
    draft = catalog.lesson(catalog.path(), **HIDDEN)
    signal = catalog.signal(draft)
    save(editor, signal, lessons=[])
    undo = reverse("admin:undo", args=[Revision.objects.get().number])
    assert "Half done" in editor.get(undo).text
    page = editor_who_may("change_hiringsignal").get(undo)
    assert "Half done" not in page.text
    assert f"lesson {draft.pk} (draft)" in page.text
