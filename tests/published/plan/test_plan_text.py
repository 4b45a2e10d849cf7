"""A plan's text: what we write can be read back; anything else is read or refused."""

import datetime
import string
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.published.plan.study_plan import (
    FIRST_MONDAY,
    LAST_START,
    MOST_NUMBER,
    MOST_WEEKS,
    StudyPlan,
    has_all_of,
    merge_plans,
    monday_of,
    week_of,
)
from careers.published.plan.text import (
    LONGEST,
    MOST_MARK,
    Flaw,
    checksum,
    decode_plan,
    encode_plan,
    fitting,
)
from careers.published.visitor import MOST_HOURS_A_WEEK

TODAY = datetime.date(2026, 11, 29)
LETTERS = string.ascii_letters + string.digits + "-_"

slugs = st.text(LETTERS, min_size=1, max_size=30)
numbers = st.integers(1, MOST_NUMBER) | st.integers(101, 940)
unread = st.builds(
    "{}{}".format, st.sampled_from("abceghijlmnoquvxyz"), st.text(LETTERS, max_size=20)
)
plans = st.builds(
    StudyPlan,
    roles=st.lists(slugs, max_size=5, unique=True).map(tuple),
    background=slugs | st.just(""),
    pace=st.integers(1, MOST_HOURS_A_WEEK) | st.none(),
    days=st.frozensets(st.integers(1, 7)),
    at=st.builds(datetime.time, st.integers(0, 23), st.integers(0, 59)) | st.none(),
    start=st.dates(FIRST_MONDAY, LAST_START) | st.none(),
    done=st.dictionaries(numbers, st.integers(0, 60) | st.integers(0, MOST_WEEKS), max_size=90),
    ticks=st.dictionaries(
        numbers, st.frozensets(st.integers(0, MOST_MARK), min_size=1, max_size=6), max_size=9
    ),
    unread=st.lists(unread, max_size=3, unique=True).map(tuple),
)


@given(plans)
def test_what_is_written_is_read(plan):
    read = decode_plan(encode_plan(plan))
    assert (read.plan, read.flaw) == (plan, None)


@given(plans, plans)
def test_a_merge_loses_nothing(mine, other):
    both = merge_plans(mine, other)
    for plan in (mine, other):
        assert {*plan.roles} <= {*both.roles}
        assert plan.done.keys() <= both.done.keys()
        assert all(both.done[number] >= week for number, week in plan.done.items())
        assert all(marks <= both.ticks[number] for number, marks in plan.ticks.items())
        assert {*plan.unread} <= {*both.unread}
        for name in ("background", "pace", "days", "at", "start"):
            said = getattr(plan, name)
            assert said in (None, "", frozenset()) or getattr(both, name) is not None
    assert both.roles[: len(mine.roles)] == mine.roles
    assert both.pace == (mine.pace or other.pace)
    assert merge_plans(both, other) == merge_plans(both, mine) == both, "a second time changes none"


def test_what_both_have_done_was_finished_in_the_later_week():
    one, two = StudyPlan(done={101: 3, 102: 9}), StudyPlan(done={101: 7, 102: 4, 103: 1})
    assert merge_plans(one, two).done == merge_plans(two, one).done == {101: 7, 102: 9, 103: 1}


@given(plans, plans)
def test_a_merge_has_all_that_its_sides_had_but_settings(mine, other):
    both = merge_plans(mine, other)
    assert has_all_of(both, mine)
    assert has_all_of(both, StudyPlan(roles=other.roles, unread=other.unread))


@given(plans, plans)
def test_of_two_sides_neither_is_the_better(mine, other):
    one, two = merge_plans(mine, other), merge_plans(other, mine)
    assert (one.done, one.ticks, {*one.roles}) == (two.done, two.ticks, {*two.roles})


@given(st.binary(max_size=400) | plans.map(encode_plan).map(str.encode), st.data())
def test_any_bytes_are_read_or_refused(data, more):
    at = more.draw(st.integers(0, len(data)))
    broken = (
        data[:at] + more.draw(st.binary(max_size=4)) + data[at + more.draw(st.integers(0, 4)) :]
    )
    for each in (data, broken):
        read = decode_plan(each.decode("latin-1"))
        again = decode_plan(encode_plan(read.plan))
        assert (again.plan, again.flaw) == (read.plan, None), "what was read can be kept"


@given(plans, st.integers(0, 2000), st.sampled_from(LETTERS + "."))
def test_a_changed_letter_is_noticed(plan, at, letter):
    text = encode_plan(plan)
    at %= len(text)
    changed = text[:at] + letter + text[at + 1 :]
    assert changed == text or decode_plan(changed).flaw


@given(plans, st.data())
def test_a_text_that_was_cut_off_is_noticed_and_says_what_it_can(plan, data):
    text = encode_plan(replace(plan, roles=("ml-engineer",)))
    cut = data.draw(st.integers(len("1.rml-engineer."), len(text) - 1))
    read = decode_plan(text[:cut])
    assert read.flaw == Flaw.DAMAGED
    assert "ml-engineer" in read.plan.roles


def resigned(text: str, before: str, after: str) -> str:
    said = text.rpartition(".")[0].replace(before, after, 1)
    return f"{said}.{checksum(said)}"


@given(plans)
def test_a_later_versions_text_says_so_and_is_read_as_far_as_it_can_be(plan):
    read = decode_plan(resigned(encode_plan(plan), "1.", "2."))
    assert read.flaw == Flaw.NEWER
    assert read.plan == plan


def test_a_part_that_only_a_newer_site_knows_is_kept():
    text = resigned(encode_plan(StudyPlan(("ml-engineer",))), "engineer", "engineer.zWhat-ever_9")
    read = decode_plan(text)
    assert (read.flaw, read.plan.unread) == (None, ("zWhat-ever_9",))
    assert encode_plan(read.plan) == text


@pytest.mark.parametrize(
    "part",
    [
        "p0",
        "p61",
        "p007",
        "p-1",
        "p",
        "w8",
        "w",
        "t2460",
        "t9",
        "t-000",
        "t08-0",
        "s19000101",
        "s20260230",
        "s1",
        "r",
    ],
)
def test_a_value_that_can_not_be_is_no_value(part):
    said = f"1.rml-engineer.{part}"
    read = decode_plan(f"{said}.{checksum(said)}")
    assert (read.flaw, read.plan) == (Flaw.DAMAGED, StudyPlan(("ml-engineer",)))


@pytest.mark.parametrize(
    "text", ["", "1", "1.", ".", "0.x", "1..x", "x" * 8000, "1.r a", "\0", "1.é"]
)
def test_what_is_no_plan_is_refused(text):
    assert decode_plan(text) == decode_plan("nonsense")
    assert decode_plan(text).flaw == Flaw.UNREADABLE


# -- Its length ----------------------------------------------------------------------------------

OUTLINE = [hundred + n for hundred in range(100, 700, 100) for n in range(1, 15)][:79]


def test_79_lessons_and_a_role_are_short():
    started = week_of(TODAY)
    done = {number: started + place // 3 for place, number in enumerate(OUTLINE)}
    text = encode_plan(StudyPlan(("applied-genai-engineer",), done=done))
    assert len(text) < 120, text


def test_lessons_of_here_and_there_are_short_too():
    done = {number: week_of(TODAY) for number in OUTLINE[::2]}
    assert len(encode_plan(StudyPlan(("applied-genai-engineer",), done=done))) < 120


def test_5000_lessons_fit_in_a_cookie():
    numbers = [hundred * 100 + n for hundred in range(1, 358) for n in range(1, 15)]
    plan = StudyPlan(("ml-engineer",), done=dict.fromkeys(numbers, 47))
    assert fitting(plan) == plan


def test_ticks_make_room_for_lessons():
    done = dict.fromkeys(OUTLINE, 47)
    ticks = {number: frozenset(range(20)) for number in [*OUTLINE, 801]}
    small = fitting(StudyPlan(done=done, ticks=ticks))
    assert (small.done, small.ticks) == (done, {801: frozenset(range(20))})
    many = {number: frozenset(range(99)) for number in range(801, 840)}
    assert fitting(StudyPlan(done=done, ticks=many)) == StudyPlan(done=done)
    assert fitting(StudyPlan(tuple(f"role-{n:090}" for n in range(60)))) is None
    assert len(encode_plan(small)) <= LONGEST


# -- Weeks and changes ---------------------------------------------------------------------------


@given(st.dates(FIRST_MONDAY, LAST_START))
def test_a_day_is_in_its_week(day):
    monday = monday_of(week_of(day))
    assert monday.isoweekday() == 1
    assert 0 <= (day - monday).days < 7


def test_progress_belongs_to_the_lesson_and_survives_the_role():
    plan = StudyPlan(("a", "b")).with_done(101, TODAY).with_role("b")
    assert plan.roles == ("b", "a")
    assert plan.without_roles(["b", "a"]).done == {101: week_of(TODAY)}
    assert plan.with_ticks(101, {3}).without_done(101) == StudyPlan(
        ("b", "a"), ticks={101: frozenset({3})}
    )
    assert plan.with_ticks(101, {3}).with_ticks(101, ()) == plan
