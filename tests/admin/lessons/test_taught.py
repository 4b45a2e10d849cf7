"""Forms of lessons and terms refuse what files would, in the same words."""

import pytest
from django.urls import reverse

from careers.models import Edit
from paths.models import Status, Term
from tests.admin.editing import change_url, errors, save, tree, typed

LISTED = [{"name": "cross.svg", "digest": "d" * 64}]


@pytest.fixture
def lesson(catalog):
    return catalog.lesson(catalog.path(lessons=0), files=LISTED)


@pytest.fixture
def term(db):
    return Term.objects.create(
        slug="gradient", title="gradient", also=["slope"], meaning="Up.", status=Status.PUBLISHED
    )


@pytest.mark.parametrize("needs", ["gradient", "slope", ""])
def test_a_lesson_may_need_what_the_glossary_has(editor, lesson, term, needs):
    assert save(editor, lesson, needs=needs).status_code == 302
    lesson.refresh_from_db()
    assert lesson.needs == needs.split()


def test_a_lesson_may_not_need_what_it_hasnt(editor, lesson, term):
    Term.objects.create(slug="secret", title="secret", meaning="No.", status=Status.DRAFT)
    refused = errors(save(editor, lesson, needs="slope\nslop\nsecret"))
    assert refused == ["The glossary doesn’t have “slop” and “secret”."]


def test_a_lesson_shows_pictures_that_are_there(editor, lesson):
    body = "![Cross](cross.svg)\n\n" + lesson.body
    assert save(editor, lesson, body=body).status_code == 302
    refused = errors(save(editor, lesson, body="Text\n\n![A](a.svg)\n\n" + lesson.body))
    assert refused == ["Line 3 of the text: there is no file a.svg beside this lesson."]


def test_a_text_with_mistakes_is_refused_with_their_lines(editor, lesson):
    refused = errors(save(editor, lesson, body="$\\nosuch$\n\n" + lesson.body))
    assert len(refused) == 1
    assert refused[0].startswith("Line 1 of the text: the formula $\\nosuch$ can't be read")


def test_a_save_leaves_a_lessons_files_alone(editor, lesson):
    save(editor, lesson, title="Another")
    lesson.refresh_from_db()
    assert lesson.files == LISTED
    assert {edit.field for edit in Edit.objects.all()} == {"title"}


def test_a_form_names_the_files_beside_its_lesson(editor, lesson):
    page = tree(editor.get(change_url(lesson)))
    assert page.select_one(".field-files_beside .readonly").text == "cross.svg"


def test_a_term_is_edited_and_recorded(editor, lesson, term):
    saved = save(editor, term, meaning="Which way is up.", lesson=lesson.pk, linked="on")
    assert saved.status_code == 302
    term.refresh_from_db()
    assert (term.meaning, term.lesson, term.linked) == ("Which way is up.", lesson, True)
    edits = {(edit.kind, edit.field, edit.after) for edit in Edit.objects.all()}
    assert edits == {
        ("terms", "meaning", "Which way is up."),
        ("terms", "lesson", lesson.number),
    }


def test_a_terms_key_is_its_own(editor, term):
    add = reverse("admin:paths_term_add")
    new = typed(editor.get(add), "term_form") | {"title": "loss", "meaning": "How wrong."}
    refused = editor.post(add, new | {"slug": "gradient"})
    assert errors(refused) == ["Another term has this key already."]


def test_a_published_text_shows_something(editor, lesson):
    words = "A published lesson needs a text. Keep it a draft until it is written."
    assert errors(save(editor, lesson, body="[a]: https://example.org")) == [words]
