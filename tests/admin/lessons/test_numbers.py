"""A new lesson gets its path's next number and position, unless they are given."""

import pytest
from django.urls import reverse

from paths.models import LearningPath, Lesson, Status
from paths.writing import numbering
from tests.admin.editing import change_url, errors, tree, typed

ADD = reverse("admin:paths_lesson_add")


@pytest.fixture
def path(catalog) -> LearningPath:
    made = catalog.path("tools", lessons=0)
    for number, position in ((301, 1), (305, 2)):
        catalog.lesson(made, number=number, position=position)
    catalog.lesson(made, number=306, position=3, status=Status.RETIRED)
    return made


def new(above, **fields) -> dict:
    given = {"title": "New", "slug": "new", "summary": "x", "path": above.pk, "minutes": 1}
    return given | {"practice_minutes": 5, "status": "draft", "number": "", "position": ""} | fields


def test_what_is_left_empty_is_filled_in(editor, path):
    assert editor.post(ADD, new(path)).status_code == 302
    made = Lesson.objects.get(slug="new")
    assert (made.number, made.position) == (307, 4)


def test_what_is_given_is_taken(editor, path):
    editor.post(ADD, new(path, number=350, position=0))
    made = Lesson.objects.get(slug="new")
    assert (made.number, made.position) == (350, 0)


def test_a_number_that_is_taken_is_refused(editor, path):
    assert "Numbers are never used twice" in errors(editor.post(ADD, new(path, number=306)))[0]


def test_the_preview_says_what_comes_next(editor, path):
    page = tree(editor.post(reverse("admin:paths_lesson_preview"), {"path": path.pk}))
    assert "number 307, position 4" in " ".join(page.text.split())


def test_a_paths_page_leads_to_a_form_that_has_them(editor, path):
    link = tree(editor.get(change_url(path))).select_one("a[href*='lesson/add']")
    fields = typed(editor.get(link["href"]), "lesson_form")
    assert (fields["path"], fields["number"], fields["position"]) == (str(path.pk), "307", "4")


@pytest.mark.parametrize("key", ["x", "9" * 30, "0"])
def test_a_path_that_is_none_breaks_no_form(editor, db, key):
    assert editor.get(ADD, {"path": key}).status_code in {200, 400}
    assert editor.post(ADD, new(LearningPath(), path=key)).status_code == 200


def test_a_full_hundred_and_an_empty_path_go_on_in_a_new_one(catalog):
    full = catalog.path(lessons=0)
    catalog.lesson(full, number=499)
    assert numbering.next_number(full) == 501
    assert numbering.next_number(catalog.path(lessons=0)) == 501
    assert numbering.next_position(catalog.path(lessons=0)) == 1


def numbered(catalog, *numbers: int, **fields) -> LearningPath:
    made = catalog.path(lessons=0)
    for number in numbers:
        catalog.lesson(made, number=number, **fields)
    return made


def test_a_lesson_that_was_moved_here_brings_no_hundred_along(catalog):
    foundations = numbered(catalog, *range(101, 115), 201)
    numbered(catalog, *range(202, 214))
    assert numbering.next_number(foundations) == 115


def test_of_two_hundreds_with_as_many_lessons_the_lower_is_a_paths_own(catalog):
    assert numbering.next_number(numbered(catalog, 301, 302, 201, 202)) == 203


def test_what_another_path_took_along_stays_used(catalog):
    left = numbered(catalog, 101, 102)
    numbered(catalog, 103, 301, 302)
    numbered(catalog, 104, 401, 402, status=Status.RETIRED)
    assert numbering.next_number(left) == 105
