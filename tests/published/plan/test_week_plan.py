"""A learner's hours spread over their days: all of them, in order, in sessions long enough."""

import datetime
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.published.plan.study_plan import StudyPlan
from careers.published.plan.week_plan import (
    MOST_WEEKS,
    SHORTEST_PART,
    USUAL_DAYS,
    plan_weeks,
)
from careers.published.roadmap import LessonRef

TODAY = datetime.date(2026, 11, 29)  # a Sunday


def make_lessons(*minutes: tuple[int, int]) -> list[LessonRef]:
    return [LessonRef(n, *each, f"L{n}", f"/{n}/") for n, each in enumerate(minutes, start=101)]


lessons = st.lists(st.tuples(st.integers(1, 40), st.integers(0, 120)), max_size=30).map(
    lambda each: make_lessons(*each)
)
plans = st.builds(
    StudyPlan,
    pace=st.integers(1, 60),
    days=st.frozensets(st.integers(1, 7)),
    at=st.times().map(lambda at: at.replace(second=0, microsecond=0)) | st.none(),
    start=st.dates(datetime.date(2026, 1, 5), datetime.date(2028, 1, 1)) | st.none(),
)


@given(plans, lessons)
def test_all_of_it_in_order_and_no_more_than_the_pace(plan, given_lessons):
    found = plan_weeks(plan, given_lessons, TODAY)
    read, practiced = Counter(), Counter()
    for part in found.parts:
        read[part.lesson] += part.reading
        practiced[part.lesson] += part.practice
    for lesson in given_lessons[: len(given_lessons) - found.later]:
        assert (read[lesson], practiced[lesson]) == (lesson.minutes, lesson.practice_minutes)
    parts = [(part.lesson.number, part.number) for part in found.parts]
    assert parts == sorted(parts)
    minutes = [session.minutes for session in found.sessions]
    session = plan.pace * 60 // len({each.day.isoweekday() for each in found.sessions} or {1})
    assert sum(minutes) <= plan.pace * 60 * (len(found.weeks) + 1) + session
    assert all(each <= 2 * plan.pace * 60 for each in minutes)


@given(plans, lessons)
def test_no_part_is_too_short_to_sit_down_for(plan, given_lessons):
    for part in plan_weeks(plan, given_lessons, TODAY).parts:
        assert part.minutes >= SHORTEST_PART or part.count == 1
        assert 1 <= part.number <= part.count


@given(plans, lessons, st.integers(0, 30))
def test_a_part_keeps_its_name_however_much_was_done_before(plan, given_lessons, done):
    def names(rest: list[LessonRef]) -> set[tuple[int, int]]:
        return {(each.lesson.number, each.number) for each in plan_weeks(plan, rest, TODAY).parts}

    assert names(given_lessons[done:]) >= {
        name for name in names(given_lessons) if name[0] > 100 + done
    }


@given(plans, lessons)
def test_sessions_are_on_the_chosen_days_one_after_the_other(plan, given_lessons):
    found = plan_weeks(plan, given_lessons, TODAY)
    days = [session.day for session in found.sessions]
    assert days == sorted(set(days))
    assert all(day >= max(TODAY, plan.start or TODAY) for day in days)
    assert {day.isoweekday() for day in days} <= (plan.days or set(USUAL_DAYS))
    for session in found.sessions:
        assert session.parts
        for before, after in zip(session.parts, session.parts[1:], strict=False):
            assert before.ends == after.begins
        assert session.parts[0].begins.date() == session.day


@pytest.mark.parametrize(
    ("minutes", "sessions"),
    [
        ((50, 25), [[50, 25]]),  # up to a quarter longer than an hour
        ((50, 26), [[50], [26]]),
        ((20, 60, 45), [[20], [60, 45]]),  # the first is 40 minutes short; 30 are made up
        ((20, 60, 46), [[20], [60], [46]]),
    ],
)
def test_a_session_is_a_little_longer_or_catches_up_on_half_of_one(minutes, sessions):
    found = plan_weeks(StudyPlan(pace=3), make_lessons(*((0, each) for each in minutes)), TODAY)
    assert [[part.minutes for part in session.parts] for session in found.sessions] == sessions


def midnight_after(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time()) + datetime.timedelta(days=1)


@given(plans, lessons)
def test_no_session_goes_on_past_midnight(plan, given_lessons):
    found = plan_weeks(plan, given_lessons, TODAY)
    for session in found.sessions:
        assert session.parts[-1].ends <= midnight_after(session.day)
    assert found.day.begins == (plan.at or found.day.begins)


@given(plans, lessons)
def test_what_fits_in_is_what_it_says(plan, given_lessons):
    found = plan_weeks(plan, given_lessons, TODAY)
    assert found.day.minutes_a_week <= plan.pace * 60
    assert found.day.is_too_short or found.day.minutes_a_week > (plan.pace - 1) * 60
    assert bool(found.sessions) or found.day.is_too_late or not given_lessons


SATURDAY, SUNDAY = frozenset({6}), frozenset({7})


@pytest.mark.parametrize(
    ("pace", "days", "begins", "most"),
    [(3, SATURDAY, 18, 3), (10, SATURDAY, 11, 10), (13, SATURDAY, 8, 13), (60, SUNDAY, 8, 16)],
)
def test_a_long_session_begins_earlier_where_no_time_is_chosen(pace, days, begins, most):
    found = plan_weeks(StudyPlan(pace=pace, days=days), make_lessons(*[(10, 50)] * 60), TODAY)
    assert {part.begins.hour for session in found.sessions for part in session.parts[:1]} == {
        begins
    }
    assert found.day.is_early == (begins < 18)
    assert found.day.is_too_short == (pace > most)
    assert found.day.minutes_a_week == most * 60
    assert found.sessions[0].minutes == most * 60


def test_what_doesnt_fit_before_midnight_goes_on_to_the_next_study_day():
    plan = StudyPlan(pace=60, days=SUNDAY, at=datetime.time(23, 30))
    found = plan_weeks(plan, make_lessons(*[(20, 40)] * 4), TODAY)
    assert [session.minutes for session in found.sessions] == [30] * 8
    assert f"{found.ends}" == "2027-01-17"
    assert (found.day.is_too_short, found.day.minutes_a_week) == (True, 30)
    assert not found.day.is_early


def test_a_time_too_late_for_any_session_has_none():
    plan = StudyPlan(pace=5, at=datetime.time(23, 31))
    found = plan_weeks(plan, make_lessons((10, 10), (10, 50)), TODAY)
    assert (found.sessions, found.later, found.ends) == ((), 2, None)
    assert found.day.is_too_late


def test_what_a_year_has_no_room_for_comes_later():
    many = make_lessons(*[(10, 50)] * 100)
    found = plan_weeks(StudyPlan(pace=1), many, TODAY)
    assert len(found.weeks) <= MOST_WEEKS + 1
    assert 0 < found.later < 100
    assert found.later + len({part.lesson for part in found.parts}) in {100, 101}


def test_a_lesson_longer_than_a_session_is_read_first():
    plan = StudyPlan(pace=1, days=frozenset({1, 4}))
    (first, second) = plan_weeks(plan, make_lessons((25, 30)), TODAY).sessions
    assert [(each.reading, each.practice) for each in first.parts] == [(25, 2)]
    assert [(each.reading, each.practice) for each in second.parts] == [(0, 28)]
    assert f"{second.parts[0].begins}" == "2026-12-03 18:00:00"


def test_hours_too_few_for_all_days_take_fewer_days():
    plan = StudyPlan(pace=1, days=frozenset(range(1, 8)))
    found = plan_weeks(plan, make_lessons(*[(10, 20)] * 4), TODAY)
    assert [session.minutes for session in found.sessions] == [30] * 4


def test_a_plan_without_a_pace_has_no_weeks():
    with pytest.raises(ValueError, match="pace"):
        plan_weeks(StudyPlan(), [], TODAY)
