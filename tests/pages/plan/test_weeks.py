"""The weeks as a page, and as a calendar file, which another library parses."""

import datetime
from dataclasses import replace

import pytest
import vobject

from careers import snapshot
from careers.models import CatalogVersion
from careers.pages.plan.calendar import SEQUENCE_BEGINS
from careers.published.plan.progress import Progress
from careers.published.plan.study_plan import StudyPlan
from careers.published.plan.text import encode_plan
from careers.published.words import ended_between, month_range, week_range
from paths.models import LearningPath, Lesson
from tests.pages.plan.visiting import words

pytestmark = pytest.mark.usefixtures("road", "today")
PLAN = StudyPlan(
    ("ml-engineer",),
    pace=2,
    days=frozenset({2, 4}),
    at=datetime.time(18, 30),
    start=datetime.date(2026, 12, 1),
    done={101: 40},
)
ALL = dict.fromkeys((101, 102, 201, 202), 40)


@pytest.fixture
def learner(visitor):
    visitor.keep(PLAN)
    return visitor


def events(learner) -> dict[str, vobject.base.Component]:
    """Return the events of the calendar file by UID."""
    answer = learner.client.get("/plan/weeks.ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))
    assert b"\n" not in answer.content.replace(b"\r\n", b"")
    calendar = vobject.readOne(answer.content.decode())
    calendar.validate(raiseException=True)
    assert "method" not in calendar.contents  # with a method, each event needs an organizer
    found = {event.uid.value: event for event in calendar.vevent_list}
    assert len(found) == len(calendar.vevent_list)
    return found


def test_the_page_says_which_lesson_when(learner):
    page = learner.open("/plan/weeks/")
    first, *_ = page.select(".weeks > li")
    assert words(first) == (
        "Week of November 30, 2026 Tue, Dec 1 0.8 h 18:30 Title 102 "
        "Thu, Dec 3 0.8 h 18:30 Title 201"
    )
    assert "until December 8, 2026" in words(page.select_one(".lead"))


def test_the_calendar_says_the_same_by_the_clock_on_the_wall(learner):
    found = events(learner)
    assert {uid.partition("@")[0] for uid in found} == {
        *("lesson-102-1", "lesson-201-1", "lesson-202-1"),
    }
    event = found["lesson-102-1@testserver"]
    assert event.dtstart.value == datetime.datetime(2026, 12, 1, 18, 30)  # noqa: DTZ001  floating
    assert event.dtend.value - event.dtstart.value == datetime.timedelta(minutes=48)
    assert event.summary.value == "Title 102"
    assert event.url.value == "http://testserver/paths/rag/l102/"


def test_a_long_lesson_is_several_events(learner):
    Lesson.objects.filter(number=202).update(practice_minutes=100)
    CatalogVersion.rise()
    assert events(learner)["lesson-202-2@testserver"].summary.value == "Title 202 (2 of 2)"


def test_imported_twice_nothing_is_there_twice_and_what_moved_is_moved(learner, time_machine):
    shelf = events(learner)
    time_machine.move_to(datetime.datetime(2026, 12, 4, 9, tzinfo=datetime.UTC))
    again = events(learner)
    assert again.keys() == shelf.keys()
    for uid, event in again.items():
        assert int(event.sequence.value) > int(shelf[uid].sequence.value)
        assert event.dtstart.value > shelf[uid].dtstart.value
    learner.send("/plan/done/", lesson="102")
    assert events(learner).keys() == shelf.keys() - {"lesson-102-1@testserver"}


def test_what_is_imported_again_within_a_minute_is_newer(learner, time_machine):
    time_machine.move_to(datetime.datetime(2026, 12, 1, 9, 0, 1, tzinfo=datetime.UTC))
    first = events(learner)
    learner.send("/plan/change/", pace="2", days=["2", "4"], at="07:15")
    time_machine.move_to(datetime.datetime(2026, 12, 1, 9, 0, 40, tzinfo=datetime.UTC))
    again = events(learner)
    assert again["lesson-102-1@testserver"].dtstart.value.hour == 7
    for uid in first.keys() & again.keys():
        assert int(again[uid].sequence.value) > int(first[uid].sequence.value)
    last = datetime.datetime(2093, 12, 31, tzinfo=datetime.UTC)
    assert (last - SEQUENCE_BEGINS).total_seconds() < 2**31, "RFC 5545: an integer has 32 bits"


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (datetime.time(18, 30), "1 hour a week toward ML Engineer, until"),
        (datetime.time(23, 15), "Your days can’t hold 1 hour a week. A session begins at 23:15"),
    ],
)
def test_one_hour_a_week_is_one_hour(visitor, at, said):
    visitor.keep(replace(PLAN, pace=1, days=frozenset({6}), at=at))
    assert said in words(visitor.open("/plan/weeks/").main)


@pytest.mark.parametrize("title", ["A, b; c\\d", "Zeilen\u2028ende", "ö" * 90, "x" * 100])
def test_any_title_is_read_back(learner, title):
    Lesson.objects.filter(number=102).update(title=title)
    CatalogVersion.rise()
    assert events(learner)["lesson-102-1@testserver"].summary.value == title


@pytest.mark.parametrize(
    ("week", "said"),
    [
        ({"pace": 10, "at": None}, "Sessions already begin at 11:00"),
        ({"pace": 10}, "Your days can’t hold 10 hours a week. A session begins at 18:30"),
        ({"pace": 10}, "5.5 h a week, out of 10, toward ML Engineer"),
        ({"pace": 10}, "Choose more days, fewer hours or an earlier time"),
        ({"pace": 60, "at": None}, "that is 16 h on one day a week"),
        ({"pace": 60, "days": frozenset({6, 7})}, "that is 5.5 h on each of 2 days a week"),
        ({"at": datetime.time(23, 45)}, "At 23:45 it is too late for a session"),
    ],
)
def test_the_page_says_what_no_day_has_room_for(visitor, week, said):
    visitor.keep(replace(PLAN, **{"days": frozenset({6})} | week))
    page = visitor.open("/plan/weeks/")
    assert said in words(page.main)
    assert page.select('main a[href^="/plan/#"]')


@pytest.mark.parametrize(
    ("week", "said"),
    [
        ({"pace": 10, "at": None}, "at 10 h a week: "),
        ({"pace": 10}, "at 5.5 h a week, all that fits in your days out of 10: "),
        ({"at": datetime.time(23, 45)}, "23:45 is too late for a session Your week"),
    ],
)
def test_the_plan_counts_its_weeks_by_what_its_days_hold(visitor, week, said):
    visitor.keep(replace(PLAN, **{"days": frozenset({6})} | week))
    assert said in words(visitor.open("/plan/").main)


@pytest.mark.parametrize(
    "week",
    [
        {"pace": 1, "start": datetime.date(2027, 9, 6), "days": frozenset()},
        {"pace": 60, "at": datetime.time(23, 15), "start": None},
        {"pace": 1, "at": None, "start": datetime.date(2020, 1, 6)},
    ],
)
def test_a_plan_ends_in_the_same_months_on_every_page(visitor, today, week, catalog):
    catalog.role("prompter", paths=[*LearningPath.objects.all()[:1]])
    plan = replace(PLAN, **{"days": frozenset({6})} | week)
    visitor.keep(plan)
    study = Progress(plan, snapshot.current())
    found = study.forecast(today)
    assert found
    roles = "/careers/compare/?r=ml-engineer&r=prompter"
    for url in ("/plan/", "/careers/", "/careers/ml-engineer/", roles):
        said = words(visitor.open(url).main)
        assert week_range(found.fewest, found.most) in said, url
        months = month_range(found.earliest, found.latest)
        assert months in said or ended_between(found.earliest, found.latest) in said, url


def test_no_event_of_the_calendar_goes_on_past_midnight(visitor):
    lessons = Lesson.objects.filter(number__gt=101)
    lessons.update(practice_minutes=300)
    CatalogVersion.rise()
    visitor.keep(replace(PLAN, days=frozenset({6}), pace=15, at=None))
    ends = [event.dtend.value for event in events(visitor).values()]
    assert len(ends) == lessons.count()
    for event in events(visitor).values():
        assert event.dtend.value.date() == event.dtstart.value.date()
    visitor.keep(replace(PLAN, at=datetime.time(23, 59)))
    visitor.open("/plan/weeks.ics")
    assert visitor.answer["Location"] == "/plan/weeks/"


def test_a_plan_in_an_address_has_weeks_too(visitor):
    page = visitor.open(f"/plan/weeks/?plan={encode_plan(PLAN)}")
    link = page.select_one("a[download]")["href"]
    assert b"BEGIN:VEVENT" in visitor.client.get(link).content


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        (StudyPlan(("ml-engineer",)), "Say how many hours a week you have"),
        (StudyPlan(pace=5), "Plan a role’s roadmap first"),
        (StudyPlan(("ml-engineer",), pace=5, done=ALL), "No published lesson is left"),
    ],
)
def test_a_plan_without_weeks_says_what_is_missing(visitor, plan, said):
    visitor.keep(plan)
    assert said in words(visitor.open("/plan/weeks/"))


def test_without_a_plan_there_are_no_weeks(visitor):
    for url in ("/plan/weeks/", "/plan/weeks.ics"):
        visitor.open(url)
        assert visitor.answer["Location"] == "/plan/"
