"""Steps that take part of a path, on every page that shows them."""

import pytest
from bs4 import BeautifulSoup

from careers.models import CatalogVersion, Role


def page(client, url: str) -> BeautifulSoup:
    response = client.get(url)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def text(found) -> str:
    return " ".join(found.get_text(" ", strip=True).split()).replace(" ,", ",")


@pytest.fixture
def role(catalog) -> Role:
    """A role that takes two of a path's four lessons (48 min): the second and the last, a draft."""
    path = catalog.path("rag", title="RAG", lessons=3, drafts=1)
    catalog.role("whole", title="Whole", code="WH", paths=[path])
    role = catalog.role("part", title="Part", code="PA", paths=[path])
    _, second, _, draft = numbers(role)
    role.steps.update(only=[second, draft])
    CatalogVersion.rise()
    return role


def numbers(role: Role) -> list[int]:
    return sorted(role.steps.get().path.lessons.values_list("number", flat=True))


def taken(client, url: str = "/careers/part/") -> str:
    return text(page(client, url).select_one(".roadmap .taken"))


@pytest.mark.parametrize("url", ["/careers/part/", "/careers/part/roadmap/"])
def test_a_card_says_how_much_of_a_path_counts_and_names_it(client, role, url):
    card = page(client, url).select_one(".roadmap")
    assert text(card.select_one(".sum")) == "1 of 2 lessons published, 0.8 of 1.6 h"
    assert text(card.select_one(".taken .share")) == "Takes 2 of 4 lessons"
    named = card.select(".taken li")
    assert [item.get_text(strip=True) for item in named] == [
        role.steps.get().path.lessons.get(number=numbers(role)[1]).title,
        "1 more lesson not written yet",
    ]
    assert named[0].a["href"] == card.select_one(".go")["href"]
    assert text(card.select_one(".total")).startswith("1.6 h in all, reading and practice.")
    marks = [(mark.get("class") or [""])[0] for mark in card.select(".ticks i")]
    assert marks == ["", "in", "", "in"]


def test_a_card_of_whole_paths_says_nothing_of_parts(client, role):
    assert not page(client, "/careers/whole/").select(".roadmap .taken")


def test_lessons_in_focus_are_named_and_all_count(client, role):
    first, _, third, draft = numbers(role)
    role.steps.update(only=[], focus=[first, third, draft])
    CatalogVersion.rise()
    card = page(client, "/careers/part/").select_one(".roadmap")
    assert text(card.select_one(".share")) == "All 4 lessons, 3 in focus"
    assert len(card.select(".taken a")) == 2
    assert text(card.select_one(".sum")) == "3 of 4 lessons published, 2.4 of 3.2 h"
    marks = [mark["class"][0] for mark in card.select(".ticks i")]
    assert marks == ["focus", "in", "focus", "focus"]


@pytest.mark.parametrize(
    ("only", "focus", "said"),
    [
        ((), (0, 1, 2, 3), "All 4 lessons in focus"),
        ((1, 3), (1,), "Takes 2 of 4 lessons, 1 in focus"),
        ((1, 3), (1, 3), "Takes 2 of 4 lessons, all in focus"),
        ((1, 3), (0,), "Takes 2 of 4 lessons"),
    ],
)
def test_parts_and_focus_are_said_together(client, role, only, focus, said):
    own = numbers(role)
    role.steps.update(only=[own[n] for n in only], focus=[own[n] for n in focus])
    CatalogVersion.rise()
    assert taken(client).startswith(said)


def test_drafts_have_no_name(client, role):
    role.steps.update(only=numbers(role)[3:])
    CatalogVersion.rise()
    card = page(client, "/careers/part/").select_one(".roadmap")
    assert text(card.select_one(".taken")) == "Takes 1 of 4 lessons 1 lesson not written yet"
    assert text(card.select_one(".station > .missing")) == (
        "None of these lessons is published yet."
    )


def test_a_step_whose_lessons_are_gone_takes_nothing(client, role):
    role.steps.update(only=[99999])
    CatalogVersion.rise()
    assert taken(client) == "Takes 0 of 4 lessons"
    assert text(page(client, "/careers/part/").select_one(".total")).startswith("0 h in all")


def test_the_list_of_roles_says_how_much_of_a_path_counts(client, role):
    cards = page(client, "/careers/")
    assert text(cards.select_one("#part .stops")) == "RAG 2 of 4 lessons"
    assert text(cards.select_one("#whole .stops")) == "RAG"


def test_the_map_tells_parts_and_focus_in_words_and_explains_its_signs(client, role):
    assert not page(client, "/careers/map/").select(".legend .stop.focus")
    role.steps.update(focus=numbers(role))
    CatalogVersion.rise()
    shown = page(client, "/careers/map/")
    whole, part = (row.select_one(".stop") for row in shown.select(".map tbody tr"))
    assert (whole["class"], text(whole)) == (["stop"], "1 RAG")
    assert part["class"] == ["stop", "part", "focus"]
    assert " ".join(part.get_text().split()) == "1 RAG, 2 of 4 lessons, in focus"
    assert "only some lessons" in text(shown.select_one(".legend"))
    assert "lessons in focus" in text(shown.select_one(".legend"))
    assert text(shown.select_one(".map thead small")) == "3.2 h"


def test_a_comparison_says_which_part_is_shared(client, role):
    shown = page(client, "/careers/compare/?r=part&r=whole")
    assert "RAG 1.6 h, 2 of 4 lessons" in text(shown.select_one("#paths"))
    shared, own = shown.select(".groups li[data-for]")
    assert text(shared.ul) == "RAG 1.6 h, 2 of 4 lessons"
    assert (own["data-for"], text(own.ul)) == (
        "whole",
        "RAG 1.6 h, 2 of 4 lessons",
    )


def test_what_comes_next_counts_the_part_alone(client, role, catalog):
    catalog.role("other", title="Other")
    found = page(client, "/careers/other/").select(".next li")
    said = {item.a["href"]: text(item.p) for item in found}
    assert said["/careers/part/"].endswith("RAG 1.6 h for 2 lessons.")
    assert said["/careers/whole/"].endswith("RAG 3.2 h.")


def test_a_lesson_counts_toward_the_roles_that_take_it(client, role):
    path = role.steps.get().path
    published = path.lessons.filter(status="published").order_by("number")
    for lesson, roles in zip(published, ("WH Whole", "WH Whole PA Part", "WH Whole"), strict=True):
        counts = page(client, lesson.get_absolute_url()).select_one(".counts ul")
        assert text(counts) == roles
    on_path = page(client, path.get_absolute_url()).select(".counts li")
    assert [text(item) for item in on_path] == ["WH Whole", "PA Part 2 of its lessons"]


def test_a_lesson_says_where_a_line_that_takes_a_part_goes_on(client, role):
    path = role.steps.get().path
    first, _, third = path.lessons.filter(status="published").order_by("number")
    role.steps.update(only=[first.number, third.number])
    CatalogVersion.rise()

    def said(lesson):
        whole, part = page(client, lesson.get_absolute_url()).select(".counts li")
        assert not whole.small
        return part.small

    assert text(said(first)) == f"Its next lesson: {third.title}"
    assert said(first).a["href"] == third.get_absolute_url()
    assert text(said(third)) == "The last lesson that it takes from this path"


def test_a_line_whose_next_lesson_is_not_written_yet_says_nothing_of_it(client, role):
    second = role.steps.get().path.lessons.get(number=numbers(role)[1])
    assert not page(client, second.get_absolute_url()).select(".counts small")


def test_signals_are_those_of_the_lessons_taken(client, role, catalog):
    first, second, *_ = role.steps.get().path.lessons.order_by("number")
    catalog.signal(first, title="Of the first")
    catalog.signal(second, title="Of the second")
    shown = page(client, "/careers/part/")
    assert [item.h3.get_text() for item in shown.find(id="proof").parent.select("li")] == [
        "Of the second"
    ]


def test_its_changes_are_those_of_the_lessons_taken(client, role, revise):
    first, second, *_ = role.steps.get().path.lessons.order_by("number")
    with revise():
        for lesson in (first, second):
            lesson.summary = "You can say something else."
            lesson.save()
    for slug, titles in (("part", {second.title}), ("whole", {first.title, second.title})):
        news = page(client, f"/changes/?role={slug}").select(".change h3 a")
        assert {link.get_text() for link in news if "Lesson" in link.get_text()} == titles


def test_pictures_of_a_part_and_of_the_whole_differ(client, role):
    part = client.get("/careers/part/picture.png").content
    role.steps.update(only=[])
    CatalogVersion.rise()
    assert client.get("/careers/part/picture.png").content != part
