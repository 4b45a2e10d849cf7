"""The preview beside a lesson's form: its text, its minutes, and its problems by line."""

import pytest
from django.test import Client
from django.urls import reverse

from paths.models import LearningPath, Status
from tests.admin.editing import change_url, errors, form_of, messages, save, tree

PREVIEW = reverse("admin:paths_lesson_preview")


def preview(client, lesson, body):
    return tree(client.post(f"{PREVIEW}?lesson={lesson.pk}", {"body": body}))


@pytest.mark.parametrize("status", [Status.DRAFT, Status.PUBLISHED])
def test_a_text_is_shown_as_it_is_typed(editor, catalog, status):
    lesson = catalog.lesson(catalog.path(lessons=0), status=status)
    page = preview(editor, lesson, "## Objectives\r\n\r\n**bold** " + "word " * 999)
    assert page.select_one(".prose strong").text == "bold"
    assert page.h2["id"].startswith("preview:")
    assert page.select_one(".sum strong").text == "5\u00a0min"


def test_what_is_wrong_is_named_at_its_line_in_the_words_of_the_check(editor, catalog):
    lesson = catalog.lesson(catalog.path("rag", lessons=0), slug="chunking")
    body = "word\n\na <b>b</b>\n\n[x](../chunkin/) [y](../chunking/)"
    found = [item.text for item in preview(editor, lesson, body).select(".findings li")]
    assert len(found) == 2
    assert found[0].startswith("Error. Line 3 of the text: HTML is shown as it stands")
    assert found[1] == (
        "Warning. Line 5 of the text: the link to ../chunkin/ leads to no page on this site; "
        "did you mean /paths/rag/chunking/."
    )


def test_addresses_are_read_for_texts_that_link_to_some(editor, catalog, count_at):
    lesson = catalog.lesson(catalog.path(lessons=0))
    without = count_at(lambda: preview(editor, lesson, "a [b](https://example.org)"))
    assert count_at(lambda: preview(editor, lesson, "a [b](/paths/)")) > without


def test_a_page_shows_the_text_that_is_saved_and_follows_the_form(editor, catalog):
    lesson = catalog.lesson(catalog.path(lessons=0), status=Status.DRAFT, body="a *b*")
    shown = tree(editor.get(change_url(lesson))).select_one("#preview")
    assert shown.em.text == "b"
    assert shown["hx-post"] == f"{PREVIEW}?lesson={lesson.pk}"
    assert "Nothing is written yet" in editor.get(reverse("admin:paths_lesson_add")).text


def test_nobody_else_gets_a_preview(client, catalog, editor_who_may):
    assert Client().post(PREVIEW, {"body": "x"}).status_code == 403
    assert editor_who_may("view_lesson").post(PREVIEW, {"body": "x"}).status_code == 403
    assert editor_who_may("change_lesson").post(PREVIEW, {"body": "x"}).status_code == 200
    assert editor_who_may("add_lesson").get(PREVIEW).status_code == 405


@pytest.mark.parametrize("sent", [{}, {"body": "\0"}, {"path": "x"}, {"path": "9" * 30}])
def test_no_form_breaks_the_preview(editor, db, sent):
    assert editor.post(f"{PREVIEW}?lesson=x", sent).status_code == 200


@pytest.mark.parametrize(
    "text", ["<script>x</script>", "[x](javascript:x)", "![x](//a.example/b.svg)"]
)
def test_nothing_runs_in_a_preview(editor, catalog, text):
    page = preview(editor, catalog.lesson(catalog.path(lessons=0)), text)
    assert not page.find_all(["script", "img", "a"])


def test_a_warning_is_told_and_passed(editor, catalog):
    lesson = catalog.lesson(catalog.path(lessons=0))
    sent = form_of(editor, lesson) | {"body": lesson.body + "\n\n[x](/nowhere/)"}
    answer = editor.post(change_url(lesson), sent, follow=True)
    assert "Line 3 of the text: the link to /nowhere/ leads to no page" in messages(answer)
    lesson.refresh_from_db()
    assert "/nowhere/" in lesson.body


def test_a_slug_at_which_no_page_can_be_breaks_no_form(editor, catalog):
    lesson = catalog.lesson(catalog.path(lessons=0))
    LearningPath.objects.filter(pk=catalog.path().pk).update(slug="a b")
    assert editor.get(change_url(lesson)).status_code == 200
    assert preview(editor, lesson, "[x](/paths/ab/)").select(".findings li")


def test_a_draft_with_an_error_is_saved_and_not_published(editor, catalog):
    lesson = catalog.lesson(catalog.path(lessons=0), status=Status.DRAFT)
    body = lesson.body + " <b>b</b>"
    assert save(editor, lesson, body=body).status_code == 302
    assert errors(save(editor, lesson, status=Status.PUBLISHED))[0].startswith("Line 1 of the text")
