"""Visitors with a plan see on every page what is done and where to go on."""

import datetime
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup

from careers.models import CatalogVersion, Edit, News, Revision, Role
from careers.published.plan.study_plan import StudyPlan
from careers.published.plan.text import encode_plan
from paths.models import Lesson, Status, Term
from tests.pages.plan.visiting import plan_in, words

pytestmark = pytest.mark.usefixtures("road", "today")
HALF = StudyPlan(("ml-engineer",), done={101: 40, 102: 41, 201: 41})


@pytest.fixture
def learner(visitor):
    visitor.keep(HALF)
    return visitor


def test_a_lesson_shows_its_place_on_the_line_across_paths(learner):
    strip = learner.open("/paths/rag/l102/").select_one("#on-line")
    assert "ML Engineer lesson 2 of 4" in words(strip)
    assert [words(each) for each in strip.select("li")] == [
        "Title 101 , done", "Title 102", "Title 201 , done"
    ]  # fmt: skip
    assert strip.select_one("[aria-current=step]").get_text(strip=True) == "Title 102"
    assert strip.select("li")[2].a["href"] == "/paths/mlops/l201/"


def test_a_lesson_off_the_line_leads_back_to_it(learner, catalog):
    lesson = catalog.lesson(catalog.path("other", lessons=0))
    strip = learner.open(lesson.get_absolute_url()).select_one("#on-line")
    assert strip.a["href"] == "/paths/mlops/l202/"


@pytest.mark.parametrize(
    ("slug", "done", "knows", "heading", "said", "on_its_page"),
    [
        (
            "bare", {}, [], "No lessons yet", "No path of Bare is published yet.",
            "No lesson of this roadmap can be read yet.",
        ),
        (
            "planned", {}, [], "Nothing to read yet", "2 lessons are still being written.",
            "No lesson of this roadmap can be read yet.",
        ),
        (
            "begun", {301: 40}, [], "You have done all that is written so far",
            "1 lesson is still being written.",
            "You have done every published lesson of this roadmap.",
        ),
        (
            "begun", {}, [301], "You know all that is written so far",
            "1 lesson is still being written.",
            "You already know every published lesson of this roadmap.",
        ),
        (
            "ml-engineer", {101: 40, 102: 40, 201: 40, 202: 40}, [], "All done",
            "Every lesson of ML Engineer is behind you.",
            "You have done every published lesson of this roadmap.",
        ),
    ],
)  # fmt: skip
def test_a_plan_without_a_next_lesson_says_why(
    visitor, catalog, *, slug, done, knows, heading, said, on_its_page
):
    begun = catalog.path(lessons=0, drafts=1)
    catalog.lesson(begun, number=301)
    catalog.role("bare", title="Bare", paths=[])
    catalog.role("planned", title="Planned", paths=[catalog.path(lessons=0, drafts=2)])
    catalog.role("begun", title="Begun", paths=[begun])
    catalog.background(slug="knower").knows.set(Lesson.objects.filter(number__in=knows))
    CatalogVersion.rise()
    visitor.keep(StudyPlan((slug,), done=done, background="knower"))
    here = visitor.open("/plan/").select_one(".here")
    assert words(here.h2) == heading
    assert words(here.p).startswith(said)
    assert on_its_page in words(visitor.open(f"/careers/{slug}/").main)


def test_a_finished_plan_leads_to_what_to_show_where_there_is_any(visitor, catalog):
    visitor.keep(replace(HALF, done=dict.fromkeys((101, 102, 201, 202), 40)))
    assert not visitor.open("/plan/").select("a[href*='#proof']")
    catalog.signal(Lesson.objects.get(number=101))
    assert visitor.open("/plan/").select("a[href*='#proof']")
    assert visitor.open("/careers/ml-engineer/").find(id="proof")


def steps(page) -> list[str]:
    return [words(link) for link in page.select("nav.steps a")]


def test_the_next_lesson_of_the_path_is_a_click_away_whatever_the_plan(visitor, catalog):
    off = catalog.path("other", lessons=3)
    first, second, last = (each.get_absolute_url() for each in off.lessons.order_by("number"))
    before = steps(visitor.open(second))
    assert [each.split()[0] for each in before] == ["Previous", "All", "Next"]
    visitor.keep(replace(HALF, done={}))
    page = visitor.open(second)
    assert steps(page) == before
    assert page.select_one("nav.steps a[rel=next]")["href"].partition("?")[0] == last
    assert [each.split()[0] for each in steps(visitor.open(first))] == ["All", "Next"]
    assert [each.split()[0] for each in steps(visitor.open(last))] == ["Previous", "All"]
    page = visitor.open("/paths/rag/l101/")
    assert page.select_one("nav.steps a[rel=next]")["href"] == "/paths/rag/l102/"


@pytest.mark.parametrize(("number", "url"), [(201, "/paths/mlops/l201/"), (901, "/glossary/#loss")])
def test_what_a_lesson_needs_leads_to_lessons_of_the_line_or_to_the_glossary(
    learner, catalog, client, number, url
):
    catalog.lesson(catalog.path("other", lessons=0), number=901)
    taught = Lesson.objects.get(number=number)
    Term.objects.create(
        slug="loss", title="loss", meaning="How wrong.", lesson=taught, status=Status.PUBLISHED
    )
    Lesson.objects.filter(number=102).update(needs=["loss"])
    CatalogVersion.rise()
    needs = learner.open("/paths/rag/l102/").find(id="needs").find_next("p")
    assert needs.a["href"] == url
    anybody = client.get("/paths/rag/l102/").text
    assert taught.get_absolute_url() in anybody


def test_a_path_marks_its_lessons_and_a_list_counts_them(learner):
    done = learner.open("/paths/mlops/").select(".lessons .done")
    assert ["Title 201" in words(each) for each in done] == [True]
    assert "1 done" in words(learner.open("/paths/").select(".path-card")[1])


def test_cards_maps_and_roadmaps_mark_what_is_done(learner):
    card = learner.open("/careers/").select_one(".role-card")
    assert [each.get("class") for each in card.select(".stops li")] == [["done"], None]
    assert "1 of 2 done" in words(card)
    assert "0.8 h left of 3.2 h" in words(card) or "left of 3.2 h 0.8 h" in words(card)
    cells = learner.open("/careers/map/").select(".map .stop")
    assert [set(each["class"]) & {"done", "begun"} for each in cells] == [{"done"}, {"begun"}]
    assert ", all done" in words(cells[0])
    roadmap = learner.open("/careers/ml-engineer/").select_one(".roadmap")
    assert "Continue: Title 202" in words(roadmap)
    assert "Start:" not in words(roadmap)


def test_a_comparison_says_how_much_of_each_is_done(learner, catalog):
    catalog.role("other")
    shared = learner.open("/careers/compare/?r=ml-engineer&r=other").select_one(".bars")
    assert "You have done 3 of 4 lessons" in words(shared)
    assert "You have done 0 of 1 lesson." in words(shared)


def test_a_roles_page_goes_on(learner):
    acts = learner.open("/careers/ml-engineer/").select_one(".acts")
    assert acts.a["href"] == "/paths/mlops/l202/"
    assert not acts.select("button")


def ways_in(page) -> list[str]:
    """Return the texts of the buttons in a role's header. All but the first must be quiet."""
    loud, *others = page.select(".role-head .acts .go")
    assert "quiet" not in loud["class"]
    assert all("quiet" in each["class"] for each in others)
    return [words(each) for each in (loud, *others)]


def test_a_roles_page_leads_to_its_first_lesson_before_any_plan(visitor, catalog):
    page = visitor.open("/careers/ml-engineer/")
    assert ways_in(page) == ["Read the first lesson: Title 101 8 min", "Plan this roadmap"]
    assert page.select_one(".role-head .acts a")["href"] == "/paths/rag/l101/"
    nurse = catalog.background(slug="nurse", title="Nurse")
    nurse.knows.set(Lesson.objects.filter(number=101))
    CatalogVersion.rise()
    page = visitor.open("/careers/ml-engineer/?from=nurse")
    assert ways_in(page) == ["Begin with: Title 102 8 min", "Plan this roadmap"]
    catalog.role("other", paths=[])
    visitor.keep(replace(HALF, roles=("other", "ml-engineer")))
    page = visitor.open("/careers/ml-engineer/")
    assert ways_in(page) == ["Continue: Title 202 8 min", "Put this roadmap first"]
    assert len(page.select(".role-head .acts .go:not(.quiet)")) == 1


def test_a_role_without_a_lesson_can_be_planned(visitor, catalog):
    catalog.role("other", paths=[])
    assert ways_in(visitor.open("/careers/other/")) == ["Plan this roadmap"]


def test_where_nothing_can_be_read_nothing_is_said_to_be_done(visitor, catalog):
    bare = catalog.role("bare", paths=[])
    visitor.keep(StudyPlan((bare.slug,), pace=5))
    here = words(visitor.open("/plan/").select_one("section.here"))
    assert here.startswith("No lessons yet")
    assert "week" not in here
    assert "You have done" not in words(visitor.open("/careers/bare/").main)
    Lesson.objects.update(status=Status.DRAFT)
    CatalogVersion.rise()
    visitor.keep(StudyPlan(("ml-engineer",)))
    here = words(visitor.open("/plan/").select_one("section.here"))
    assert here.startswith("Nothing to read yet 4 lessons are still being written.")
    assert "You have done" not in words(visitor.open("/careers/ml-engineer/").main)


def test_once_all_is_done_the_plan_forecasts_nothing(visitor):
    done = dict.fromkeys((101, 102, 201, 202), 40)
    visitor.keep(replace(HALF, done=done, pace=5, start=datetime.date(2027, 9, 6)))
    here = words(visitor.open("/plan/").select_one("section.here"))
    assert here.startswith("All done")
    assert "week" not in here
    assert "2027" not in here
    assert "You have done every published lesson" in words(visitor.open("/careers/ml-engineer/"))
    card = words(visitor.open("/careers/").select_one(".role-card, #found li"))
    assert "2027" not in card


def test_an_address_speaks_louder_than_the_plan(visitor, catalog):
    catalog.background(slug="nurse", title="Nurse")
    visitor.keep(StudyPlan(("ml-engineer",), pace=3))
    assert "At 3 h a week" in words(visitor.open("/careers/ml-engineer/"))
    assert "At 9 h a week" in words(visitor.open("/careers/ml-engineer/?pace=9"))


@pytest.fixture
def from_somewhere(visitor, catalog):
    """A visitor whose plan says that they are a nurse. Nurses and writers know other lessons."""
    for slug, number in (("nurse", 101), ("writer", 202)):
        background = catalog.background(slug=slug, title=slug.title(), starts_fresh=slug == "nurse")
        background.knows.set(Lesson.objects.filter(number=number))
    catalog.role("easy", title="Easy", entry_bar="nothing", beforehand="No more than time.")
    Role.objects.filter(slug="ml-engineer").update(beforehand="A trade.", entry_bar="trade")
    CatalogVersion.rise()
    visitor.keep(StudyPlan((), background="nurse"))
    return visitor


SHOWN = {
    "/": "#all, .lines li",
    "/careers/": "#results .role-card",
    "/careers/ml-engineer/": ".facts, #for-you",
    "/careers/compare/?r=ml-engineer&r=easy": "#you, #hours",
    "/careers/map/": "#for-you",
}


@pytest.mark.parametrize("url", SHOWN)
def test_where_the_plan_says_one_comes_from_counts_as_in_an_address(from_somewhere, client, url):
    """A page shows the same without a plan, if its address names the background."""

    def shown(page) -> list[str]:
        # Only learners see how much of a path is done.
        return [words(each).replace(" 0 of 1 done", "") for each in page.select(SHOWN[url])]

    mark = "&" if "?" in url else "?"
    said = client.get(f"{url}{mark}from=nurse")
    wanted = shown(BeautifulSoup(said.content, "html.parser"))
    assert wanted
    assert shown(from_somewhere.open(url)) == wanted
    assert "private" in from_somewhere.answer["Cache-Control"]
    assert "public" in said["Cache-Control"]
    louder = shown(from_somewhere.open(f"{url}{mark}from=writer"))
    as_said = client.get(f"{url}{mark}from=writer")
    assert louder == shown(BeautifulSoup(as_said.content, "html.parser"))
    assert louder != wanted


def test_what_the_plan_says_stays_out_of_addresses_and_is_no_choice_to_remove(from_somewhere):
    page = from_somewhere.open("/careers/")
    assert not page.select(".chosen")
    assert not page.select("a[href*='from=nurse'], input[value=nurse], #from option[selected]")
    assert words(page.select_one("#from option")) == "As in your plan: nurse"
    assert "open to you, least demanding first, from nurse as in your plan" in words(
        page.select_one("#found")
    )
    assert page.select_one("#results .sum a")["href"] == "/plan/#week"
    page = from_somewhere.open("/careers/ml-engineer/")
    assert not page.select("a[href*='from=nurse'], input[value=nurse], #from option[selected]")
    page = from_somewhere.open("/careers/?from=writer")
    assert [each["value"] for each in page.select("#from option[selected]")] == ["writer"]
    assert len(page.select(".chosen a")) == 1


def test_where_no_role_fits_the_plans_background_is_not_offered_to_drop(visitor, catalog):
    catalog.background(slug="nurse", title="Nurse")
    visitor.keep(StudyPlan((), background="nurse"))
    page = visitor.open("/careers/")
    assert "No role fits all of this." in words(page.select_one("#results"))
    assert not page.select("#results .note li")
    assert "We found no source on moving from nurse" in words(page.select_one("#results"))


def test_the_plan_says_what_changed_in_lessons_since_they_were_done(learner, revise):
    with revise():
        Lesson.objects.filter(number__in=[101, 202]).update(minutes=30)
    Edit.objects.update(news=News.CHANGE)
    changed = learner.open("/plan/").select_one("section[aria-labelledby=changed]")
    assert [words(each) for each in changed.select("h3")] == ["Title 101"]
    Edit.objects.update(day="2026-01-06")
    assert not learner.open("/plan/").select("section[aria-labelledby=changed]")


def test_lessons_that_are_new_take_no_place_from_what_changed(learner, revise, monkeypatch):
    monkeypatch.setattr("careers.pages.plan.views.MOST_CHANGES", 1)
    for number in (101, 102):
        with revise():
            Lesson.objects.filter(number=number).update(minutes=30)
    Lesson.objects.filter(number=102).update(published_at=Revision.objects.first().made_at)
    Edit.objects.filter(key="101").update(news=News.CHANGE)
    Edit.objects.filter(key="102").update(news=News.ARRIVAL)
    changed = learner.open("/plan/").select_one("section[aria-labelledby=changed]")
    assert [words(each) for each in changed.select("h3")] == ["Title 101"]


def test_forms_say_what_the_plan_has_counted_with(learner, catalog):
    catalog.background(slug="nurse", title="Nurse")
    learner.keep(replace(HALF, background="nurse", pace=6))
    for url in ("/careers/map/", "/careers/ml-engineer/"):
        page = learner.open(url)
        assert words(page.select_one("#from option")) == "As in your plan: nurse"
        assert page.select_one("#pace")["placeholder"] == "6 (plan)"
    found = learner.open("/careers/").select_one("#found")
    assert "counted at 6 h a week, as in your plan" in words(found)
    asked = learner.open("/careers/?pace=3").select_one("#found")
    assert "counted at 3 h a week" in words(asked)
    assert "h a week, as in your plan" not in words(asked)


def test_a_map_says_in_its_circles_what_is_begun_and_what_is_done(learner):
    page = learner.open("/careers/map/")
    assert words(page.select_one(".map .begun")).startswith("2")
    done = page.select_one(".map .done")
    assert done.select_one("[aria-hidden]").get_text() == "✓"
    assert words(done.select_one(".hidden")) == "1"


PAGES = [
    *("/", "/careers/", "/careers/map/", "/careers/ml-engineer/", "/paths/", "/paths/rag/"),
    *("/paths/rag/l101/", "/plan/", "/careers/compare/?r=ml-engineer&r=other", "/privacy/"),
    "/plan/weeks/",
]


def test_a_plan_costs_at_most_five_queries(learner, catalog, revise, count_at):
    catalog.role("other")
    with revise():
        Lesson.objects.update(minutes=30)
    for url in PAGES:
        assert count_at(lambda url=url: learner.client.get(url)) <= 5, url


WEEK = replace(
    HALF,
    background="nurse",
    pace=5,
    days=frozenset({2, 4}),
    at=datetime.time(18, 30),
    start=datetime.date(2026, 12, 7),
)
SAID = {"from": "nurse", "pace": "5", "days": ["2", "4"], "at": "18:30", "start": "2026-12-07"}


@pytest.mark.parametrize("is_kept", [True, False])
@pytest.mark.parametrize(
    "text",
    [
        *("pace=0", "pace=3.5", "pace=100", "pace=61", "start=1900-01-01", "start=2020-01-01"),
        *("at=25:00", "days=9", "from=nobody"),
    ],
)
def test_a_setting_that_can_not_be_is_said_at_its_field_and_costs_nothing(
    visitor, catalog, text, is_kept
):
    catalog.background(slug="nurse", title="Nurse")
    visitor.keep(WEEK)
    name, value = text.split("=")
    there = {} if is_kept else {"plan": encode_plan(WEEK)}
    if not is_kept:
        visitor.client.cookies.clear()
    answer = visitor.send("/plan/change/", **SAID | {name: value} | there)
    page = visitor.open(answer["Location"])
    assert (visitor.plan if is_kept else plan_in(answer["Location"])) == WEEK
    assert words(page).count("is left out") == 1
    why = page.select_one(f"#{name}-why")
    assert words(why).startswith(f"“{value}” is left out.")
    if name != "days":
        field = page.select_one(f"#week [name={name}]")
        assert (field["aria-invalid"], field["aria-describedby"]) == ("true", why["id"])
        assert field.has_attr("autofocus")
        assert field.get("value", value) == value
    others = {*SAID} - {name, "from", "days"}
    assert {each: page.select_one(f"#week [name={each}]")["value"] for each in others} == {
        each: SAID[each] for each in others
    }


@pytest.mark.parametrize("is_kept", [True, False])
@pytest.mark.parametrize("around", ["\u200e{}", "{}\u200b", "{}\ufeff", "\u00ad{}", "{}\x07"])
def test_what_was_pasted_with_unseen_characters_is_read(visitor, around, is_kept):
    there = {} if is_kept else {"plan": encode_plan(HALF)}
    if is_kept:
        visitor.keep(HALF)
    said = {name: around.format(SAID[name]) for name in ("pace", "at", "start")}
    answer = visitor.send("/plan/change/", **said, **there)
    plan = visitor.plan if is_kept else plan_in(answer["Location"])
    assert plan == replace(WEEK, background="", days=frozenset())


def test_the_first_of_several_fields_has_the_focus(learner):
    answer = learner.send("/plan/change/", start="2020-01-01", pace="many", at="18:30")
    assert learner.plan == replace(HALF, at=datetime.time(18, 30))
    page = learner.open(answer["Location"])
    assert [each["id"] for each in page.select("[autofocus]")] == ["pace"]
    assert [each["id"] for each in page.select("[aria-invalid]")] == ["pace", "start"]


def test_an_empty_field_clears_a_setting(visitor):
    visitor.keep(WEEK)
    visitor.send("/plan/change/", **dict.fromkeys(("from", "pace", "at", "start"), ""))
    assert visitor.plan == HALF


def test_settings_are_kept(learner, catalog):
    catalog.background(slug="nurse", title="Nurse")
    said = {"from": "nurse", "pace": "5", "start": "2026-12-07", "at": "18:30", "days": ["1", "3"]}
    learner.send("/plan/change/", **said)
    plan = learner.plan
    assert (plan.background, plan.pace, plan.days) == ("nurse", 5, {1, 3})
    assert (f"{plan.start}", f"{plan.at:%H:%M}") == ("2026-12-07", "18:30")
    page = learner.open("/plan/")
    assert page.select_one("#start")["value"] == "2026-12-07"
    assert [each["value"] for each in page.select("[name=days][checked]")] == ["1", "3"]
