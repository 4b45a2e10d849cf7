import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.published.roadmap import (
    Forecast,
    LessonRef,
    Overlap,
    Roadmap,
    Stop,
    Work,
    forecast,
    next_roadmap,
    next_roadmaps,
    overlap,
    total_hours,
    total_work,
    work_left,
)
from paths.hours import Hours, hours_text

minutes = st.integers(0, 100_000)


@st.composite
def hours(draw) -> Hours:
    planned = draw(st.integers(0, 50))
    total = draw(minutes)
    return Hours(planned, draw(st.integers(0, planned)), total, draw(st.integers(0, total)))


def stop(path: str, hours: Hours, first: LessonRef | None = None) -> Stop:
    return Stop(path, path.title(), 0, f"/paths/{path}/", "", "", hours, first)


def a_roadmap(*stops: Stop) -> Roadmap:
    return Roadmap("Role", "/careers/role/", "RO", "blue", True, stops, "", "")


@given(hours())
def test_a_path_is_whole_when_every_planned_lesson_is_published(some):
    assert some.is_whole == (some.lessons_planned == some.lessons_published)


def test_a_roadmap_begins_at_the_first_lesson_that_can_be_read():
    lesson = LessonRef(101, 8, 40, "One", "/paths/b/one/")
    card = a_roadmap(stop("a", Hours(3, 0, 90, 0)), stop("b", Hours(1, 1, 48, 48), lesson))
    assert card.first_lesson == lesson


def test_a_roadmap_without_published_lessons_begins_nowhere():
    assert a_roadmap(stop("a", Hours(3, 0, 90, 0))).first_lesson is None


def test_hours_as_people_write_them():
    written = {0: "0", 1: "0.1", 38: "0.6", 53: "0.9", 60: "1", 90: "1.5", 540: "9", 3900: "65"}
    assert {each: hours_text(each) for each in written} == written


@given(minutes)
def test_hours_are_right_to_a_tenth(some):
    assert abs(float(hours_text(some)) - some / 60) <= 0.1
    assert (hours_text(some) == "0") == (some == 0)


# -- What is shared, what is left, and how long it takes --


@st.composite
def lessons(draw) -> list[LessonRef]:
    """Some lessons of one catalog, in which a number means one lesson; any may be listed twice."""
    some = draw(st.lists(st.integers(1, 30), max_size=20))
    return [LessonRef(n, n % 7 + 5, 10 * (n % 5), "x", "/x/" if n % 2 else "") for n in some]


def on(path: str, some: list[LessonRef]) -> Stop:
    return Stop(path, path, 0, "/", "", "", total_hours(some), None, tuple(some))


def through(title: str, *stops: list[LessonRef]) -> Roadmap:
    made = tuple(on(f"{title}-{n}", stop) for n, stop in enumerate(stops))
    return Roadmap(title, f"/{title}/", "RO", "blue", True, made, "", "")


done = st.sets(st.integers(1, 30))


@given(lessons(), lessons())
def test_overlap_is_symmetric(a, b):
    there, back = overlap(a, b), overlap(b, a)
    assert there.shared == back.shared
    assert (there.a_only, there.b_only) == (back.b_only, back.a_only)


@given(lessons(), lessons())
def test_shared_and_own_add_up_to_the_whole(a, b):
    split = overlap(a, b)
    assert split.shared + split.a_only == total_work(a)
    assert split.shared + split.b_only == total_work(b)
    assert split.shared + split.a_only + split.b_only == total_work([*a, *b])


@given(lessons())
def test_a_roadmap_shares_all_with_itself(a):
    assert overlap(a, a) == Overlap(total_work(a), Work(), Work())


@given(lessons())
def test_a_lesson_counts_once_however_often_it_is_listed(a):
    assert total_work([*a, *reversed(a)]) == total_work(a)
    assert total_hours([*a, *reversed(a)]) == total_hours(a)


@given(lessons())
def test_planned_hours_count_every_lesson_and_published_ones_those_that_can_be_read(a):
    hours, distinct = total_hours(a), {lesson.number: lesson for lesson in a}.values()
    assert hours.minutes_planned == sum(each.total_minutes for each in distinct)
    assert hours.minutes_published == sum(each.total_minutes for each in distinct if each.url)
    assert hours.lessons_planned == len(distinct) == total_work(a).lessons
    assert hours.lessons_published == sum(each.is_published for each in distinct)


@given(st.lists(lessons(), max_size=4))
def test_a_roadmap_takes_what_its_distinct_lessons_take(parts):
    whole = through("a", *parts)
    assert whole.hours == total_hours(lesson for part in parts for lesson in part)
    assert whole.work.minutes == whole.hours.minutes_planned


@given(lessons(), done, done)
def test_who_has_done_more_has_no_more_left(a, some, more):
    assert work_left(a, some | more).minutes <= work_left(a, some).minutes
    assert work_left(a, set()) == total_work(a)
    assert work_left(a, set(range(31))) == Work()


@given(lessons(), done)
def test_done_and_left_add_up(a, some):
    rest = next_roadmap(some, through("a", a))
    assert rest.counts + rest.left == total_work(a)


@given(st.lists(lessons(), max_size=4), done)
def test_what_is_added_is_what_is_left(parts, some):
    whole = through("a", *parts)
    rest = next_roadmap(some, whole)
    assert sum((each.minutes for _, each in rest.adds), 0) >= rest.left.minutes
    assert all(each.minutes <= rest.left.minutes for _, each in rest.adds)
    assert bool(rest.adds) == bool(rest.left.lessons)


@given(lessons(), st.lists(lessons(), max_size=5))
def test_what_comes_next_is_ordered_by_what_is_left(a, others):
    mine = through("mine", a)
    found = next_roadmaps(mine, [mine, *(through(f"r{n}", each) for n, each in enumerate(others))])
    assert len(found) == len(others)
    assert [each.left.minutes for each in found] == sorted(each.left.minutes for each in found)
    for each in found:
        assert each.counts == overlap(a, each.roadmap.lessons).shared


DAY = datetime.date(2026, 11, 22)


def test_a_forecast_is_a_range_around_the_plain_division():
    # 30 hours at 5 a week are 6 weeks: 4.8 to 8.4
    assert forecast(30 * 60, 5, DAY) == Forecast(
        5, 9, datetime.date(2026, 12, 1), datetime.date(2027, 1, 1)
    )


def test_whole_weeks_are_not_rounded_up_by_an_error_of_floats():
    assert [forecast(weeks * 60, 1, DAY).most for weeks in (5, 45, 55)] == [7, 63, 77]


@given(minutes, st.integers(1, 60))
def test_a_forecast_holds_the_plain_division(some, pace):
    found = forecast(some, pace, DAY)
    weeks = some / (60 * pace)
    assert found.fewest - 1 < weeks * 0.8 <= found.fewest + 1e-9
    assert found.most - 1 < weeks * 1.4 + 1e-9
    assert weeks * 1.4 <= found.most + 1e-9
    assert DAY.replace(day=1) <= found.earliest <= found.latest


@given(minutes, st.integers(1, 59))
def test_a_faster_pace_never_ends_later(some, pace):
    assert forecast(some, pace + 1, DAY).most <= forecast(some, pace, DAY).most


def test_a_pace_of_nothing_never_ends():
    with pytest.raises(ValueError, match="at least 1 hour a week"):
        forecast(60, 0, DAY)


@given(st.lists(lessons(), max_size=4), done)
def test_a_roadmap_knows_what_is_left_of_it(parts, some):
    whole = through("a", *parts)
    assert whole.work_left(some) == work_left(whole.lessons, some)
