"""“Does it fit?”: the questions to answer after a role's first week."""

import pytest
from bs4 import BeautifulSoup

from careers.models import CatalogVersion, Role
from paths.models import Status

QUESTIONS = ["Did you enjoy it?", "Would you do it <b>daily</b>?"]


@pytest.fixture
def page(client):
    def get(url: str = "/careers/builder/fit/") -> BeautifulSoup:
        response = client.get(url)
        assert response.status_code == 200
        return BeautifulSoup(response.content, "html.parser")

    return get


@pytest.fixture
def builder(catalog):
    """A role with 12 lessons of 48 minutes: the first six hours take eight of them."""
    path = catalog.path("long", title="Long", lessons=12)
    return catalog.role("builder", title="Builder", paths=[path], fit_questions=QUESTIONS)


def words(element) -> str:
    return " ".join(element.get_text().split())


def test_it_asks_the_questions_as_they_were_written(page, builder):
    assert [words(each) for each in page().article.ol.select("li")] == QUESTIONS


def test_it_names_the_lessons_of_the_first_six_hours_and_the_one_after(page, builder):
    lessons = list(builder.steps.get().path.lessons.order_by("position"))
    shown = page()
    week = shown.find(id="week")
    assert "8 lessons of the roadmap, in this order: 6.4 h" in words(week.find_next("p"))
    assert [link["href"] for link in week.find_next("ol").select("a")] == [
        lesson.get_absolute_url() for lesson in lessons[:8]
    ]
    assert shown.find(id="yes").find_next("a")["href"] == lessons[8].get_absolute_url()


def test_where_nothing_follows_it_leads_back_to_the_roadmap(page, catalog):
    catalog.role("builder", paths=[catalog.path(lessons=2)], fit_questions=QUESTIONS)
    assert page().find(id="yes").find_next("a")["href"] == "/careers/builder/"


def test_it_says_for_which_roles_the_week_counts_as_well(page, catalog, builder):
    long = builder.steps.get().path
    catalog.role("half", title="Half", paths=[long])
    catalog.role("other", title="Other", paths=[catalog.path(lessons=3)])
    instead = page().find(id="no").find_next("ul")
    assert [link["href"] for link in instead.select("a")] == ["/careers/half/"]


def test_a_role_leads_to_its_questions_and_only_where_there_are_any(page, catalog, client, builder):
    assert page("/careers/builder/").find("a", href="/careers/builder/fit/")
    catalog.role("mute")
    assert not page("/careers/mute/").find("a", href="/careers/mute/fit/")
    assert client.get("/careers/mute/fit/").status_code == 404
    assert "/careers/builder/fit/" in client.get("/sitemap.xml").text
    assert "/careers/mute/fit/" not in client.get("/sitemap.xml").text


def test_questions_of_a_role_that_went_are_gone(client, builder):
    builder.status = Status.RETIRED
    builder.save()
    CatalogVersion.rise()
    assert client.get("/careers/builder/fit/").status_code == 410
    assert client.get("/careers/nobody/fit/").status_code == 404


def test_every_role_of_ours_asks_five(client, real_catalog):
    for role in Role.objects.all():
        assert len(role.fit_questions) == 5, role
        assert all(each.endswith("?") for each in role.fit_questions), role


def test_the_roadmap_card_promises_what_the_questions_keep(client, builder):
    card = BeautifulSoup(client.get("/careers/builder/").text, "html.parser").find(class_="roadmap")
    said = words(card.header)
    lesson = builder.steps.get().path.lessons.first()
    assert f"The first lesson takes {lesson.minutes} minutes" in said
    assert "by the end of the first week you know whether the role fits" in said
    assert card.header.a["href"] == "/careers/builder/fit/"
    assert client.get(card.header.a["href"]).status_code == 200


def test_a_role_without_questions_promises_no_week(client, catalog):
    catalog.role("quiet", paths=[catalog.path(lessons=2)])
    card = BeautifulSoup(client.get("/careers/quiet/").text, "html.parser").find(class_="roadmap")
    assert "The first lesson takes" in words(card.header)
    assert "week" not in card.header.get_text()


def test_a_role_with_nothing_to_read_promises_nothing(client, catalog):
    catalog.role("empty", paths=[catalog.path(lessons=0, drafts=2)], fit_questions=QUESTIONS)
    card = BeautifulSoup(client.get("/careers/empty/").text, "html.parser").find(class_="roadmap")
    assert "lesson takes" not in words(card.header)
