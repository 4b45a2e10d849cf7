from hypothesis import given
from hypothesis import strategies as st

from careers.roadmap import LessonRef, Roadmap, Stop, total_hours
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


stops = st.dictionaries(st.text("abc", min_size=1, max_size=4), hours(), max_size=8).map(
    lambda found: [stop(path, each) for path, each in found.items()]
)


@given(stops)
def test_the_total_is_the_sum_of_the_paths(some):
    total = total_hours(some)
    assert total.minutes_planned == sum(each.hours.minutes_planned for each in some)
    assert total.lessons_published == sum(each.hours.lessons_published for each in some)


@given(stops)
def test_a_path_counts_once_however_often_it_is_listed(some):
    assert total_hours([*some, *some]) == total_hours(some)


@given(stops)
def test_order_does_not_change_the_total(some):
    assert total_hours(reversed(some)) == total_hours(some)


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
