"""The progress of a plan: what is done, what is next, and what is left."""

import datetime
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.published.catalog import Background, Catalog, Version
from careers.published.plan.progress import Progress
from careers.published.plan.study_plan import StudyPlan
from careers.published.roadmap import LessonRef, forecast
from careers.styleguide.samples import make_catalog

TODAY = datetime.date(2026, 11, 29)
CATALOG = make_catalog(TODAY, roles=4)
ROLE, OTHER = list(CATALOG.roles.values())[1:3]
NUMBERS = [lesson.number for lesson in ROLE.roadmap.lessons]
READABLE = [lesson for lesson in ROLE.roadmap.lessons if lesson.is_published]


def progress(*done: int, **more) -> Progress:
    fields = {"roles": (ROLE.slug,), "done": dict.fromkeys(done, 46)} | more
    return Progress(StudyPlan(**fields), CATALOG)


def test_the_next_lesson_is_the_first_that_can_be_read_and_is_not_done():
    assert progress().next_lesson == READABLE[0]
    assert progress(READABLE[0].number, READABLE[2].number).next_lesson == READABLE[1]
    assert progress(*NUMBERS).next_lesson is None


def test_a_second_road_begins_where_the_first_ends():
    both = progress(*NUMBERS, roles=(ROLE.slug, OTHER.slug))
    assert both.next_lesson
    assert both.next_lesson in OTHER.roadmap.lessons


def test_what_roads_share_counts_once():
    both = progress(roles=(ROLE.slug, OTHER.slug))
    shared = ROLE.roadmap.numbers & OTHER.roadmap.numbers
    assert shared
    assert both.left.lessons == len(ROLE.roadmap.numbers | OTHER.roadmap.numbers)


def test_a_background_spares_lessons_and_does_them_not():
    teacher = Background("teacher", "Teacher", "", frozenset({READABLE[0].number}))
    catalog = replace(CATALOG, backgrounds={"teacher": teacher})
    study = Progress(StudyPlan((ROLE.slug,), background="teacher"), catalog)
    assert study.next_lesson == READABLE[1]
    assert study.done_of_plan == 0
    assert [lesson.number for lesson in study.known.lessons] == [READABLE[0].number]
    assert (study.lines[0].done, study.lines[0].known) == (0, 1)


def test_what_is_gone_stays_done_and_counts_for_nothing():
    study = progress(99_999)
    assert (study.done_elsewhere, study.done_of_plan, study.work_done.minutes) == (1, 0, 0)


def test_a_role_that_is_gone_is_named_and_one_that_moved_is_found():
    moved = replace(ROLE, formerly=("once",))
    catalog = Catalog(Version(1, None), {moved.slug: moved})
    study = Progress(StudyPlan(("gone", "once", moved.slug)), catalog)
    assert (study.roles, study.missing_roles) == ((moved,), ("gone",))


def test_one_is_at_one_stop_alone():
    for done in range(len(NUMBERS)):
        stops = progress(*NUMBERS[:done]).lines[0].stops
        assert sum(stop.here is not None for stop in stops) <= 1


def test_a_lessons_neighbors_on_the_line_cross_paths():
    first, second = ROLE.roadmap.stops[:2]
    last = [lesson for lesson in first.lessons if lesson.is_published][-1]
    position = progress().on_line(last.number)
    assert position
    assert position.after == second.first_lesson
    assert position.before in first.lessons
    assert progress().on_line(99_999) is None


@given(st.sets(st.sampled_from(NUMBERS)))
def test_done_and_left_are_all_of_it(done):
    study = progress(*done)
    assert study.left.minutes + study.work_done.minutes == ROLE.roadmap.work.minutes
    assert sum(stop.done for stop in study.lines[0].stops) == len(done)


@pytest.mark.parametrize("start", [None, datetime.date(2026, 1, 5), datetime.date(2027, 3, 1)])
def test_weeks_are_counted_from_the_start_but_never_from_the_past(start):
    found = progress(pace=5, start=start).forecast(TODAY)
    assert found
    assert found.earliest >= max(TODAY, start or TODAY).replace(day=1)
    assert progress().forecast(TODAY) is None


@pytest.mark.parametrize(
    ("at", "minutes_a_week"), [(18, 6 * 60), (14, 10 * 60), (None, 10 * 60), (22, 2 * 60)]
)
def test_weeks_are_counted_by_what_the_days_hold(at, minutes_a_week):
    study = progress(
        pace=10, days=frozenset({6}), at=None if at is None else datetime.time(at), start=TODAY
    )
    assert study.forecast(TODAY) == forecast(study.left.minutes_published, minutes_a_week, TODAY)


def test_there_is_no_end_where_no_session_fits_into_a_day():
    assert progress(pace=10, at=datetime.time(23, 45)).forecast(TODAY) is None


def test_what_is_done_counts_for_other_roles_most_first():
    found = progress(*NUMBERS).counts_for
    assert found
    minutes = [work.minutes for _, work in found]
    assert minutes == sorted(minutes, reverse=True)
    assert ROLE.roadmap not in [roadmap for roadmap, _ in found]


def test_a_draft_is_nowhere_to_go_on():
    assert all(isinstance(each, LessonRef) and each.is_published for each in progress().to_do)
