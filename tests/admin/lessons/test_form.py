"""The forms of paths, lessons, and things that refer to lessons."""

import pytest
from django.urls import reverse

from paths.models import ADDRESS_TAKEN, Status, Term
from tests.admin.editing import change_url, save, tree


def test_a_lessons_number_never_changes(editor, catalog):
    lesson = catalog.lesson(catalog.path())
    number = lesson.number
    save(editor, lesson, number=number + 1, title="Other title")
    lesson.refresh_from_db()
    assert (lesson.number, lesson.title) == (number, "Other title")


def test_a_lesson_shows_how_it_reads(editor, catalog):
    lesson = catalog.lesson(catalog.path(), body="## A heading\n\n<b>not bold</b>")
    reading = tree(editor.get(change_url(lesson))).select_one("#preview")
    assert reading.h2.text == "A heading"
    assert not reading.select("b")


@pytest.mark.parametrize("field", ["slug", "path"])
def test_a_lesson_that_moves_leaves_a_redirect(editor, catalog, field):
    lesson = catalog.lesson(catalog.path("old-path"), slug="old")
    other = catalog.path("new-path")
    save(editor, lesson, **{field: {"slug": "new", "path": other.pk}[field]})
    lesson.refresh_from_db()
    moved = editor.get("/paths/old-path/old/")
    assert (moved.status_code, moved["Location"]) == (301, lesson.get_absolute_url())


@pytest.mark.parametrize(("status", "is_first"), [("draft", True), ("published", False)])
def test_a_lesson_that_leaves_a_draft_path_is_first_seen_then(editor, catalog, status, is_first):
    lesson = catalog.lesson(catalog.path(status=status))
    before = lesson.published_at
    save(editor, lesson, path=catalog.path().pk)
    lesson.refresh_from_db()
    assert (lesson.published_at > before) == is_first


def test_a_lesson_of_a_draft_path_can_not_be_viewed_on_the_site(editor, catalog):
    lesson = catalog.lesson(catalog.path(status=Status.DRAFT))
    assert not tree(editor.get(change_url(lesson))).select("a.viewsitelink")


@pytest.mark.parametrize("status", Status)
def test_only_a_published_term_can_be_viewed_on_the_site(editor, status):
    """Nobody sees another in the glossary, so a link would lead to the page's top."""
    term = Term.objects.create(slug="chunk", title="chunk", meaning="A piece.", status=status)
    links = tree(editor.get(change_url(term))).select("a.viewsitelink")
    expected = ["/glossary/#chunk"] if status == Status.PUBLISHED else []
    assert [link["href"] for link in links] == expected


def test_a_path_lists_its_lessons_in_order(editor, catalog):
    path = catalog.path(lessons=2, drafts=1)
    page = tree(editor.get(change_url(path)))
    links = [link["href"] for link in page.select(".field-outline ol a")]
    assert links == [change_url(lesson) for lesson in path.lessons.in_outline()]


@pytest.mark.parametrize("kind", ["learningpath", "lesson", "background", "hiringsignal"])
def test_queries_of_the_other_forms_do_not_grow(editor, catalog, count_at, kind):
    path = catalog.path(lessons=2)
    things = {
        "learningpath": path,
        "lesson": path.lessons.first(),
        "background": catalog.background(),
        "hiringsignal": catalog.signal(*path.lessons.all()),
    }
    url = change_url(things[kind])
    few = count_at(lambda: editor.get(url))
    for _ in range(10):
        catalog.lesson(catalog.path())
        catalog.lesson(path)
    things["hiringsignal"].lessons.set(path.lessons.all())
    things["background"].knows.set(path.lessons.all())
    assert count_at(lambda: editor.get(url)) == few


def test_a_chosen_lesson_is_shown_with_its_path(editor, catalog):
    lesson = catalog.lesson(catalog.path(title="Tools"), title="Hammers", status=Status.DRAFT)
    page = tree(editor.get(change_url(catalog.signal(lesson))))
    chosen = page.select_one("#id_lessons option[selected]")
    assert chosen.text == "Tools › Hammers (draft)"


def test_an_address_that_redirects_to_another_thing_is_refused(editor, catalog):
    catalog.role("new").keep_address("old")
    other = catalog.role("other")
    assert ADDRESS_TAKEN in save(editor, other, slug="old").text
    other.refresh_from_db()
    assert other.slug == "other"


def test_a_thing_may_take_its_own_address_back(editor, catalog):
    role = catalog.role("new")
    role.keep_address("old")
    assert save(editor, role, slug="old").status_code == 302


def test_a_search_of_thousands_of_words_is_refused_in_words(editor, catalog):
    catalog.path()
    url = reverse("admin:paths_lesson_changelist")
    response = editor.get(url, {"q": "x " * 2000})
    assert "A search can have at most 100 characters" in response.text
