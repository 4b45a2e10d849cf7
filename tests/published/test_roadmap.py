import datetime
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from careers.published.roadmap import (
    FirstWeek,
    Forecast,
    FurtherPath,
    LessonRef,
    OtherLine,
    Roadmap,
    Stop,
    Work,
    first_week,
    forecast,
    lesson_numbers,
    next_roadmap,
    shown_hours,
    total_hours,
    total_work,
    work_left,
)
from paths.hours import Hours, apportioned, hours_text, tenths
from tests.published.lookup.each_roadmap import kept_elsewhere, next_roadmaps, overlap

minutes = st.integers(0, 100_000)


@st.composite
def hours(draw) -> Hours:
    planned = draw(st.integers(0, 50))
    total = draw(minutes)
    return Hours(planned, draw(st.integers(0, planned)), total, draw(st.integers(0, total)))


def stop(path: str, *lessons: LessonRef) -> Stop:
    return Stop(path, path.title(), 0, f"/paths/{path}/", "", "", lessons)


def a_roadmap(*stops: Stop) -> Roadmap:
    return Roadmap("Role", "/careers/role/", "RO", "blue", True, stops, "", "")


@given(hours())
def test_a_path_is_whole_when_every_planned_lesson_is_published(some):
    assert some.is_whole == (some.lessons_planned == some.lessons_published)


def test_a_roadmap_begins_at_the_first_lesson_that_can_be_read():
    lesson = LessonRef(101, 8, 40, "One", "/paths/b/one/")
    draft = LessonRef(100, 8, 40)
    card = a_roadmap(stop("a", draft), stop("b", draft, lesson))
    assert card.first_lesson == lesson


def test_a_roadmap_without_published_lessons_begins_nowhere():
    assert a_roadmap(stop("a", LessonRef(100, 8, 40))).first_lesson is None


def test_hours_as_people_write_them():
    written = {0: "0", 1: "0.1", 38: "0.6", 53: "0.9", 60: "1", 90: "1.5", 540: "9", 3900: "65"}
    written |= {3: "0.1", 9: "0.2", 15: "0.3", 21: "0.4", 27: "0.5", 75: "1.3"}  # halves round up
    assert {each: hours_text(each) for each in written} == written


@given(minutes)
def test_hours_are_right_to_a_tenth(some):
    assert abs(float(hours_text(some)) - some / 60) <= 0.1
    assert (hours_text(some) == "0") == (some == 0)


@given(st.integers(0, 9_000), st.integers(0, 9_000), st.integers(0, 9_000))
@example(1, 60, 0)  # a minute is shown as six, and the hour has to give way
@example(0, 1, 60)
def test_parts_that_are_shown_add_up_to_the_whole_that_is_shown(reading, practice, rest):
    """None is off by more than 0.2 h, and only what is nothing is shown as 0."""
    part, whole = Work(1, reading, practice), Work(2, reading, practice + rest)
    shown = shown_hours(part, whole)
    everything = hours_text(whole.minutes)
    if whole.minutes > 18:  # below that, there are fewer tenths than parts
        assert tenths_of(shown.all) + tenths_of(shown.rest) == tenths_of(everything)
        assert shown.rest == shown_hours(Work(1, rest, 0), whole).all, "from either side"
    if part.minutes > 18:
        assert tenths_of(shown.reading) + tenths_of(shown.practice) == tenths_of(shown.all)
    for text, minutes in ((shown.all, part.minutes), (shown.rest, rest), (shown.reading, reading)):
        assert abs(float(text) - minutes / 60) <= 0.2
        assert (text == "0") == (minutes == 0)


@given(st.integers(0, 600).flatmap(lambda more: st.lists(st.integers(0, 9), max_size=9).map(
    lambda few: [*few, 60 + more]
)))  # fmt: skip
def test_many_small_parts_add_up_to_the_whole_as_well(parts):
    """Each of them is shown as a tenth, so the large one may have to give way more than once."""
    shown = apportioned(tenths(sum(parts)), parts)
    assert len(parts) > tenths(sum(parts)) or sum(shown) == tenths(sum(parts))
    assert [bool(each) for each in shown] == [bool(each) for each in parts]


def tenths_of(text: str) -> int:
    return round(float(text) * 10)


def test_what_is_done_and_what_is_left_are_the_whole():
    """Rounded one by one, they were 1.2 and 42.1 of 43.4."""
    whole, done = Work(53, 801, 1800), Work(2, 13, 60)
    assert hours_text(whole.minutes) == "43.4"
    left = shown_hours(whole - done, whole)
    assert (left.all, left.rest) == ("42.2", "1.2")
    assert shown_hours(done, whole).all == "1.2"


# -- What is shared, what is left, and how long it takes --


def test_a_first_week_ends_with_the_lesson_that_fills_six_hours():
    some = [LessonRef(number, 20, 100, "x", "/x/") for number in range(101, 106)]
    week = first_week(a_roadmap(stop("a", LessonRef(100, 20, 100), *some)))
    assert week == FirstWeek(tuple(some[:3]), some[3])
    assert week.minutes == 360


def test_what_stands_out_is_part_of_the_first_week_and_what_comes_before_it_gives_way():
    some = [LessonRef(number, 20, 40, "x", "/x/") for number in range(101, 111)]
    standing_out = replace(stop("a", *some), focus=frozenset({107, 109, 999}))
    week = first_week(a_roadmap(standing_out, stop("b", *some)))
    assert [lesson.number for lesson in week.lessons] == [101, 102, 103, 104, 107, 109]
    assert week == FirstWeek((*some[:4], some[6], some[8]), some[4])


def test_what_stands_out_alone_can_fill_a_first_week():
    some = [LessonRef(number, 20, 100, "x", "/x/") for number in range(101, 107)]
    standing_out = replace(stop("a", *some), focus=frozenset(range(102, 107)))
    week = first_week(a_roadmap(standing_out))
    assert [lesson.number for lesson in week.lessons] == [102, 103, 104]
    assert week.then == some[0]


def test_what_stands_out_first_leaves_room_for_the_others():
    some = [LessonRef(number, 20, 40, "x", "/x/") for number in range(101, 111)]
    standing_out = replace(stop("a", *some), focus=frozenset({101, 103}))
    assert first_week(a_roadmap(standing_out)) == FirstWeek(tuple(some[:6]), some[6])


def test_where_all_stand_out_a_first_week_goes_through_them_in_order():
    some = [LessonRef(number, 20, 100, "x", "/x/") for number in range(101, 107)]
    road = a_roadmap(replace(stop("a", *some), focus=frozenset(range(101, 107))))
    assert first_week(road) == first_week(a_roadmap(stop("a", *some)))


def test_a_first_week_may_have_no_lesson_or_none_after_it():
    some = LessonRef(101, 20, 100, "x", "/x/")
    assert first_week(a_roadmap()) == FirstWeek((), None)
    assert first_week(a_roadmap(stop("a", some))) == FirstWeek((some,), None)


def test_most_of_a_week_counts_first_and_what_counts_nowhere_is_left_out():
    one, two, three = (LessonRef(number, 20, 100, "x", "/x/") for number in (101, 102, 103))
    both, first, none = (
        replace(a_roadmap(stop("a", *some)), role=name)
        for name, some in (("Both", (one, two)), ("First", (one,)), ("None", (three,)))
    )
    found = kept_elsewhere([one, two], [none, first, both], 9)
    assert found == [(both, Work(2, 40, 200)), (first, Work(1, 20, 100))]
    assert kept_elsewhere([one, two], [none, first, both], 1) == found[:1]


@st.composite
def lessons(draw) -> list[LessonRef]:
    """Some lessons of one catalog; a lesson may be listed twice."""
    some = draw(st.lists(st.integers(1, 30), max_size=20))
    return [ref(number) for number in some]


def ref(number: int) -> LessonRef:
    """The lesson of a number: the same one each time, as in a catalog."""
    return LessonRef(number, number % 7 + 5, 10 * (number % 5), "x", "/x/" if number % 2 else "")


def on(path: str, some: list[LessonRef]) -> Stop:
    return Stop(path, path, 0, "/", "", "", tuple(some))


def through(title: str, *stops: list[LessonRef]) -> Roadmap:
    made = tuple(on(f"{title}-{n}", stop) for n, stop in enumerate(stops))
    return Roadmap(title, f"/{title}/", "RO", "blue", True, made, "", "")


done = st.sets(st.integers(1, 30))


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
    assert len(found) == len([each for each in others if each]), "those that have any lesson"
    assert [each.left.minutes for each in found] == sorted(each.left.minutes for each in found)
    for each in found:
        assert each.counts == overlap(a, each.roadmap.lessons).shared


DAY = datetime.date(2026, 11, 22)


def test_a_forecast_is_a_range_around_the_plain_division():
    # 30 hours at 5 a week are 6 weeks; the range is 4.8 to 8.4.
    assert forecast(30 * 60, 5 * 60, DAY) == Forecast(
        5, 9, datetime.date(2026, 12, 1), datetime.date(2027, 1, 1)
    )


def test_whole_weeks_are_not_rounded_up_by_an_error_of_floats():
    assert [forecast(weeks * 60, 60, DAY).most for weeks in (5, 45, 55)] == [7, 63, 77]


@given(minutes, st.integers(1, 60 * 60))
def test_a_forecast_holds_the_plain_division(some, pace):
    found = forecast(some, pace, DAY)
    weeks = some / pace
    assert found.fewest - 1 < weeks * 0.8 <= found.fewest + 1e-9
    assert found.most - 1 < weeks * 1.4 + 1e-9
    assert weeks * 1.4 <= found.most + 1e-9
    assert DAY.replace(day=1) <= found.earliest <= found.latest


@given(minutes, st.integers(1, 60 * 60))
def test_a_faster_pace_never_ends_later(some, pace):
    assert forecast(some, pace + 1, DAY).most <= forecast(some, pace, DAY).most


def test_a_pace_of_nothing_never_ends():
    with pytest.raises(ValueError, match="at least 1 minute a week"):
        forecast(60, 0, DAY)


@given(st.lists(lessons(), max_size=4), done)
def test_a_roadmap_knows_what_is_left_of_it(parts, some):
    whole = through("a", *parts)
    assert whole.work_left(some) == work_left(whole.lessons, some)


# -- Steps that take part of a path --


@st.composite
def outlines(draw) -> tuple[LessonRef, ...]:
    """The lessons of a path, each once, in any order."""
    numbers = draw(st.lists(st.integers(1, 30), max_size=12, unique=True))
    return tuple(
        LessonRef(n, n % 7 + 5, 10 * (n % 5), "x", "/x/" if n % 2 else "") for n in numbers
    )


def taking(outline, only=(), focus=()) -> Stop:
    return replace(on("a", outline), only=frozenset(only), focus=frozenset(focus))


@given(outlines(), done)
def test_a_step_takes_the_lessons_that_it_names_in_teaching_order(outline, only):
    lessons = taking(outline, only).lessons
    named = lesson_numbers(outline) & only
    assert lesson_numbers(lessons) == (named if only else lesson_numbers(outline))
    assert list(lessons) == sorted(lessons, key=outline.index)


@given(outlines())
def test_a_step_that_names_no_lesson_or_every_one_takes_the_whole_path(outline):
    for only in (set(), lesson_numbers(outline)):
        assert taking(outline, only).lessons == outline
        assert not taking(outline, only).is_partial


def test_a_step_whose_lessons_are_all_gone_takes_none_and_not_the_whole_path():
    gone = taking([LessonRef(1, 8, 40, "x", "/x/")], only={2})
    assert (gone.lessons, gone.is_partial, gone.first_lesson) == ((), True, None)


@given(outlines(), done)
def test_a_step_takes_the_time_of_its_lessons_alone(outline, only):
    part = taking(outline, only)
    assert part.hours == total_hours(part.lessons)
    assert part.path_hours == total_hours(outline)
    assert part.hours.minutes_planned <= part.path_hours.minutes_planned
    assert part.is_partial == (part.hours.lessons_planned < part.path_hours.lessons_planned)
    assert part.first_lesson in (*part.lessons, None)


@given(outlines(), done.filter(bool))
def test_a_path_that_is_taken_in_two_parts_adds_up(outline, only):
    rest = lesson_numbers(outline) - only or {0}
    assert a_roadmap(taking(outline, only), taking(outline, rest)).hours == total_hours(outline)


@given(outlines(), done, done)
def test_what_stands_out_is_of_its_lessons_and_changes_no_figure(outline, only, focus):
    plain, focused = taking(outline, only), taking(outline, only, focus)
    assert lesson_numbers(focused.in_focus) == lesson_numbers(plain.lessons) & focus
    assert a_roadmap(focused).work == a_roadmap(plain).work
    assert focused.is_all_in_focus == (bool(plain.lessons) and focused.in_focus == plain.lessons)


@given(st.lists(st.tuples(outlines(), done), max_size=4), done)
def test_a_role_takes_what_its_steps_take_each_lesson_once(parts, known):
    steps = [replace(taking(*part), path=str(n)) for n, part in enumerate(parts)]
    role = a_roadmap(*steps)
    lessons = {lesson.number: lesson for step in steps for lesson in step.lessons}
    assert role.numbers == lessons.keys()
    assert role.hours == total_hours(lessons.values())
    assert role.work_left(known) == work_left(lessons.values(), known)
    assert next_roadmap(known, role).left == role.work_left(known)


@given(outlines(), outlines(), done, done)
def test_further_paths_are_none_of_a_roles_hours(own, beyond, only, known):
    role = a_roadmap(taking(own, only))
    path = FurtherPath("b", "B", 1, "/b/", "", total_hours(beyond), None)
    onward = replace(role, further=(path,))
    assert (onward.hours, onward.work) == (role.hours, role.work)
    assert onward.work_left(known) == role.work_left(known)
    assert overlap(onward.lessons, beyond) == overlap(role.lessons, beyond)


@given(outlines(), done)
def test_a_lesson_counts_for_the_lines_that_take_it(outline, only):
    part = taking(outline, only)
    line = OtherLine("AA", "blue", "A", "/a/", lesson_numbers(part.lessons))
    assert {n for n in lesson_numbers(outline) if line.takes(n)} == lesson_numbers(part.lessons)
    assert OtherLine("AA", "blue", "A", "/a/").takes(1)


@given(outlines(), done)
def test_a_line_goes_from_each_lesson_to_the_next_that_it_takes(outline, only):
    line = OtherLine("AA", "blue", "A", "/a/", frozenset(only) or None)
    mine = [lesson for lesson in outline if line.takes(lesson.number)]
    for at, lesson in enumerate(mine):
        assert line.after(lesson.number, outline) == tuple(mine[at + 1 :])
