"""A role's form: paths to go further with."""

import pytest
from django.urls import reverse

from careers.models import Edit, Role
from tests.admin.editing import change_url, errors, form_of, save, tree

PREVIEW = reverse("admin:careers_role_preview")


@pytest.fixture
def role(catalog) -> Role:
    return catalog.role("builder", paths=[catalog.path("one"), catalog.path("two")])


@pytest.fixture
def beyond(catalog):
    return catalog.path("beyond", title="Beyond")


def test_they_are_chosen_and_recorded(editor, role, beyond):
    assert save(editor, role, further=[beyond.pk]).status_code == 302
    assert [path.slug for path in role.further.all()] == ["beyond"]
    edit = Edit.objects.get(field="further")
    assert (edit.before, edit.after) == ([], ["beyond"])


def test_a_step_is_refused_in_the_words_of_a_file(editor, role):
    step = role.steps.first().path
    refused = save(editor, role, further=[step.pk])
    assert errors(refused) == ["A path to go further with can't also be a step of the roadmap."]
    assert not role.further.exists()


def test_a_path_may_turn_from_a_step_into_one_to_go_further_with(editor, role):
    path = role.steps.first().path
    saved = save(editor, role, further=[path.pk], **{"steps-0-DELETE": "on"})
    assert saved.status_code == 302
    assert [each.slug for each in role.further.all()] == [path.slug]


def test_two_editors_paths_are_both_kept(editor, role, beyond, catalog):
    other = catalog.path("other")
    opened = form_of(editor, role)
    save(editor, role, further=[beyond.pk])
    assert editor.post(change_url(role), opened | {"further": [other.pk]}).status_code == 302
    assert {path.slug for path in role.further.all()} == {"beyond", "other"}


def test_what_another_editor_made_a_step_meanwhile_is_refused(editor, role, beyond):
    opened = form_of(editor, role)
    step = {"steps-TOTAL_FORMS": 3, "steps-2-path": beyond.pk, "steps-2-why": "It needs it."}
    assert save(editor, role, **step, **{"steps-2-position": 5}).status_code == 302
    refused = editor.post(change_url(role), opened | {"further": [beyond.pk]})
    assert errors(refused) == ["A path to go further with can't also be a step of the roadmap."]


@pytest.mark.parametrize("sent", ["", "x", "999999", "9" * 30, "-1"])
def test_what_names_no_path_is_refused_or_nothing(editor, role, sent):
    answer = save(editor, role, further=[sent])
    assert answer.status_code in {200, 302}
    assert not role.further.exists()
    assert editor.post(PREVIEW, form_of(editor, role) | {"further": [sent]}).status_code == 200


def test_the_preview_shows_them_beyond_the_last_stop(editor, role, beyond):
    sent = form_of(editor, role) | {"further": [beyond.pk]}
    card = tree(editor.post(PREVIEW, sent)).select_one(".roadmap")
    assert [title.get_text() for title in card.select(".further :is(h3, h4)")] == ["Beyond"]
    save(editor, role, further=[beyond.pk])
    shown = tree(editor.get("/careers/builder/roadmap/")).select_one(".roadmap .further")
    assert shown == card.select_one(".further")
