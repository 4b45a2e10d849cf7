"""How long a role takes one visitor, whose background and pace are in the address."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.http import QueryDict

from careers import snapshot
from careers.models import Background, CatalogVersion
from careers.published.plan.study_plan import StudyPlan
from careers.published.query import Reader
from careers.published.visitor import Visitor, read_visitor
from paths.models import Lesson, Status

TODAY = datetime.date(2026, 11, 22)


def page(client, url: str) -> BeautifulSoup:
    response = client.get(url)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def text(found) -> str:
    return " ".join(found.get_text().split()).replace("\N{NO-BREAK SPACE}", " ")


@pytest.fixture
def role(catalog):
    """Four lessons of 48 minutes. A writer knows two of them, one of which is a draft."""
    path = catalog.path("rag", lessons=2)
    draft = catalog.lesson(path, status=Status.DRAFT, body="")
    catalog.lesson(path, title="Unknown")
    writer = catalog.background(slug="writer", title="Writer", summary="You write all day.")
    known = path.lessons.order_by("number").first()
    writer.knows.set([known, draft])
    role = catalog.role("ml-engineer", paths=[path])
    role.pivots.all().delete()
    role.pivots.create(background=writer, fit="strong", months=7, note="Words carry over.")
    catalog.background(slug="nurse", title="Nurse")
    CatalogVersion.rise()
    return role


# -- Reading an address --


def test_only_who_asks_for_a_pace_gets_a_page_of_this_day(role):
    catalog = snapshot.current()
    for query, today in (("", None), ("from=writer", None), ("pace=5", TODAY)):
        assert read_visitor(Reader(QueryDict(query)), catalog, TODAY).today == today


# -- A role's page --


def test_a_plan_without_a_pace_has_no_day_and_the_address_speaks_louder(role):
    start = datetime.date(2027, 9, 6)
    without = Visitor().with_plan(StudyPlan(start=start), frozenset(), None, TODAY)
    assert (without.today, without.minutes_a_week) == (None, 0)
    planned = Visitor().with_plan(StudyPlan(pace=5, start=start), frozenset(), None, TODAY)
    assert (planned.today, planned.minutes_a_week) == (start, 300)
    said = Visitor(pace=2, today=TODAY)
    assert said.with_plan(StudyPlan(), frozenset(), None, TODAY) == said
    asked = said.with_plan(StudyPlan(pace=5, start=start), frozenset(), None, TODAY)
    assert (asked.today, asked.minutes_a_week) == (start, 120)


def test_without_a_background_the_page_says_what_all_of_it_takes(client, role):
    shown = page(client, "/careers/ml-engineer/")
    assert text(shown.find(class_="effort")) == (
        "3.2 h in all: 0.5 h to read, 2.7 h of practice (0.8 h of it not written yet)."
    )


def test_a_background_says_what_is_known_why_and_what_is_left(client, role):
    you = page(client, "/careers/ml-engineer/?from=writer").find(id="you").parent
    said = text(you)
    assert "1.6 h left: 0.3 h to read, 1.3 h of practice." in said
    assert "Strong fit from writer, about 7 months, people report. Words carry" in said
    assert "You can skip these (1.6 h), because you write all day." in said
    items = [text(item) for item in you.find_all("li")]
    assert items[1] == "1 more lesson not written yet"
    assert you.find("option", selected=True)["value"] == "writer"


def test_where_nothing_is_on_record_the_page_says_so(client, role):
    said = text(page(client, "/careers/ml-engineer/?from=nurse").find(id="you").parent)
    assert "We found no source on moving from nurse to this role" in said
    assert "We can’t be sure that you know any of its lessons" in said
    assert "3.2 h in all" in said
    assert "3.2 h left" not in said
    assert "month" not in said.split("so we don’t guess how well it fits or how long it takes.")[1]


def test_a_pace_gives_weeks_and_months_as_a_range(client, role, time_machine):
    time_machine.move_to(datetime.datetime(2026, 11, 22, 12, tzinfo=datetime.UTC))
    said = text(page(client, "/careers/ml-engineer/?pace=1").find(class_="effort"))
    assert said.endswith(
        "At 1 h a week what can be read takes 2–4 weeks, done in December 2026 "
        "(from 20% faster to 40% slower than planned, counted from November 22, 2026)."
    )
    said = text(page(client, "/careers/ml-engineer/?pace=60").find(class_="effort"))
    assert "what can be read takes 1 week, done in November 2026" in said


def test_who_knows_all_of_it_has_nothing_left(client, role, catalog):
    sage = catalog.background(slug="sage")
    sage.knows.set(role.steps.get().path.lessons.all())
    CatalogVersion.rise()
    said = text(page(client, "/careers/ml-engineer/?from=sage&pace=5").find(class_="effort"))
    assert said.startswith("0 h left")
    assert said.endswith("nothing is left to do.")


def test_an_unreadable_background_or_pace_is_named(client, role):
    for url in ("/careers/ml-engineer/", "/careers/map/"):
        notes = [text(each) for each in page(client, f"{url}?from=mars&pace=much").select(".note")]
        assert notes == [
            "“from=mars” is left out. There is no background with this name.",
            "“pace=much” is left out. It must be a whole number of hours a week, from 1 to 60.",
        ]


def test_what_comes_next_is_ordered_by_what_is_left_and_says_what_it_adds(client, role, catalog):
    rag = role.steps.get().path
    other = catalog.path(title="Another", lessons=2)
    catalog.role("far", title="Far", paths=[other, catalog.path(title="Third")])
    catalog.role("near", title="Near", paths=[rag, other])
    catalog.role("inside", title="Inside", paths=[rag])
    catalog.role("bare", title="Bare", paths=[])
    section = page(client, "/careers/ml-engineer/").find(id="next").parent
    heads = [text(item.h3)[2:].strip() for item in section.find_all("li")]
    assert heads == ["Inside", "Near", "Far"]
    said = [text(item.p) for item in section.find_all("li")]
    assert said == [
        "Nothing left of 3.2 h of lessons.",
        "1.6 h left of 4.8 h of lessons: Another 1.6 h.",
        "2.4 h left of 2.4 h of lessons: Another 1.6 h, Third 0.8 h.",
    ]


def test_links_to_other_roles_keep_what_a_visitor_said(client, role, catalog):
    catalog.role("other")
    shown = page(client, "/careers/ml-engineer/?from=writer&pace=5")
    assert shown.select_one(".next a")["href"] == "/careers/other/?from=writer&pace=5"


def test_where_nothing_is_taken_off_no_page_counts_what_is_left(client, role, catalog):
    """“3.2 h left of 3.2 h” says nothing."""
    catalog.role("other", paths=[role.steps.get().path])
    compared = "/careers/compare/?r=ml-engineer&r=other&from="
    for url in ("/?from=", "/careers/?from=", "/careers/ml-engineer/?from=", compared):
        said = text(page(client, f"{url}nurse").main)
        assert "3.2 h" in said
        assert "h left" not in said, url
        assert "left of 3.2 h 3.2 h" not in said, url
    rows = page(client, f"{compared}writer")
    hours = text(rows.select_one("#hours"))
    assert "1.6 h left for you" in hours
    assert hours.index("of practice") < hours.index("left for you"), "they are of the whole"
    assert "1.6 h left:" in text(rows.select_one("#you"))


# -- Freshness --

PACED = [
    "/careers/?q=",
    "/careers/map/?q=",
    "/careers/ml-engineer/?q=",
    "/careers/compare/?r=ml-engineer&r=b",
]


@pytest.mark.parametrize("url", PACED)
def test_only_with_a_pace_does_a_page_hold_for_a_day_and_says_so(
    client, role, catalog, time_machine, url
):
    catalog.role("b")

    def on(day: int, pace: str):
        time_machine.move_to(datetime.datetime(2026, 11, day, 12, tzinfo=datetime.UTC))
        return client.get(url + pace)

    today, tomorrow = on(22, ""), on(23, "")
    assert today["ETag"] == tomorrow["ETag"]
    assert not today.has_header("Expires")
    today, tomorrow = on(22, "&pace=5"), on(23, "&pace=5")
    assert today["ETag"] != tomorrow["ETag"]
    assert today["Expires"] == "Sun, 22 Nov 2026 23:59:59 GMT"
    assert "counted from November 22, 2026" in text(BeautifulSoup(today.content, "html.parser"))


# -- The map --


def test_the_map_says_for_each_line_what_it_takes_and_why(client, role, catalog):
    catalog.role("far", title="Far").pivots.all().delete()
    CatalogVersion.rise()
    you = page(client, "/careers/map/?from=writer&pace=1").find(id="you").parent
    assert "You can skip these (1.6 h), because you write all day." in text(you)
    near, far = (text(item) for item in you.select(".next > li"))
    assert "1.6 h left: 0.3 h to read, 1.3 h of practice. At 1 h a week that is 2–3 weeks" in near
    assert "Strong fit from writer, about 7 months, people report. Words carry" in near
    assert "We found no source on moving from writer to this role" in far
    assert not page(client, "/careers/map/").find(id="you")


def test_the_list_says_which_lessons_are_known_and_why(client, role):
    fold = page(client, "/careers/?from=writer").select_one("#results details.fold")
    assert text(fold.summary) == "2 lessons subtracted: which and why"
    assert "You can skip these (1.6 h), because you write all day." in text(fold)
    assert fold.find("a")["href"].startswith("/paths/rag/")
    assert "1 more lesson not written yet" in text(fold)
    assert "We can’t be sure that you know any lesson" in text(page(client, "/careers/?from=nurse"))


def test_the_map_says_what_is_left_of_each_line(client, role):
    rows = page(client, "/careers/map/?from=writer").select(".map tbody tr")
    assert [text(row.select_one(".all")) for row in rows] == ["1.6 of 3.2 h"]
    assert rows[0].a["href"] == "/careers/ml-engineer/?from=writer"


# -- Many roles, and gaps --


def test_a_station_of_many_lines_names_a_dozen_and_links_to_all(client, catalog):
    path = catalog.path("rag")
    for number in range(15):
        catalog.role(f"r{number}", paths=[path])
    also = page(client, "/careers/r0/").select_one(".station .also")
    assert len(also.select("summary .roundel")) == len(also.select("ul a")) == 12
    assert also.select_one(".more a")["href"] == "/careers/?path=rag"
    assert len(page(client, "/paths/rag/").select(".counts li")) == 12


def test_many_roles_are_paged_on_the_map_and_named_in_part_at_home(client, catalog):
    catalog.roles(45)
    beginning = page(client, "/careers/map/")
    assert not beginning.select(".map tbody tr")
    chosen = beginning.select("select[name=path] option[value]")[1]["value"]
    assert len(page(client, f"/careers/map/?path={chosen}").select(".map tbody tr")) == 40
    assert len(page(client, f"/careers/map/?path={chosen}&page=2").select(".map tbody tr")) == 5
    home = page(client, "/")
    assert len(home.select(".lines li")) == 24
    assert home.find("a", string="All 45 roles")


GAPS = ("/careers/", "/careers/map/", "/careers/ml-engineer/", "/careers/other/")


@pytest.mark.parametrize("query", ["", "?pace=2", "?from=writer&pace=2"])
def test_every_figure_that_spans_a_gap_says_so(client, role, catalog, query):
    """On cards, the map, a role's page, its next roles, and comparisons."""
    catalog.role("other", title="Other", paths=[catalog.path(lessons=1, drafts=2)])
    for address in GAPS:
        shown = page(client, address + query)
        assert "not written yet" in text(shown.main) or "h written" in text(shown.main), address
    shown = page(client, f"/careers/compare/?r=ml-engineer&r=other{query.replace('?', '&')}")
    assert "not written yet" in text(shown) or "of it published" in text(shown)


def test_nobody_is_promised_a_week_of_what_can_not_be_read(client, catalog):
    catalog.role("planned", title="Planned", paths=[catalog.path(lessons=0, drafts=6)])
    shown = text(page(client, "/careers/planned/?pace=2").find(class_="effort"))
    assert "nothing is left of what can be read" in shown
    assert "week," not in shown


@pytest.mark.parametrize("address", ["/careers/ml-engineer/", "/careers/ml-engineer/roadmap/"])
def test_a_roadmap_begins_with_the_first_lesson_that_one_does_not_know(client, role, address):
    first, second = Lesson.objects.published().order_by("number")[:2]
    anywhere = page(client, address).select_one(".roadmap .go")
    assert (anywhere["href"], text(anywhere)) == (first.get_absolute_url(), "Start: Lesson 2 8 min")
    begun = page(client, f"{address}?from=writer").select_one(".roadmap .go")
    assert begun["href"].startswith(second.get_absolute_url())
    assert text(begun).startswith("Start: ")


def test_who_knows_a_whole_path_is_told_so(client, role):
    Background.objects.get(slug="writer").knows.set(Lesson.objects.all())
    CatalogVersion.rise()
    shown = page(client, "/careers/ml-engineer/?from=writer")
    assert "You already know everything published so far." in text(shown.select_one(".roadmap"))
