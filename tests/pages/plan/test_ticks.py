"""The tasks of a lesson's practice can be ticked off, and the ticks are part of the plan."""

import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.models import CatalogVersion
from careers.published.plan.checklist import CHECK, LONGEST, checklist, mark_of
from careers.published.plan.study_plan import StudyPlan
from careers.published.plan.text import MOST_MARK, encode_plan
from paths import markdown
from paths.models import Lesson
from paths.text.practice import practice_tasks
from tests.pages.plan.visiting import plan_in, words

WEEK = 46
PRACTICE = """\
## Before

1. Not a task

## Practice

```python starter
x = 1
```

1. `sum`: add *them* up,
   and say so
2. Do it again

```python check
assert x
```

::: solution
1. Not a task either
:::

## Next

1. Nor this
"""
ROAD = StudyPlan(("ml-engineer",))
pytestmark = pytest.mark.usefixtures("road", "today")


@pytest.fixture
def learner(visitor):
    Lesson.objects.filter(number=101).update(
        body=PRACTICE, body_html=markdown.render(PRACTICE), minutes=8
    )
    CatalogVersion.rise()
    visitor.keep(ROAD)
    return visitor


def boxes(learner, url="/paths/rag/l101/"):
    return learner.open(url).select("#place [type=checkbox]")


def test_the_tasks_are_those_of_the_practice():
    found = practice_tasks(markdown.render(PRACTICE))
    assert found == ["sum: add them up, and say so", "Do it again"]
    assert practice_tasks("<p>Nothing</p>") == []


def test_who_has_a_plan_can_tick_them(learner):
    labels = [words(each.parent) for each in boxes(learner)]
    assert labels == ["sum: add them up, and say so", "Do it again", CHECK]
    learner.client.cookies.clear()
    assert not boxes(learner)


def send(learner, *ticked, **more):
    marks = [each["value"] for each in boxes(learner)]
    url = "/plan/done/"
    return learner.send(url, lesson="101", task=marks, tick=[marks[n] for n in ticked], **more)


def test_ticks_are_kept_and_taken_back(learner):
    answer = send(learner, 0, 2, ticks="1")
    assert answer["Location"] == "/paths/rag/l101/#place"
    assert ["checked" in each.attrs for each in boxes(learner)] == [True, False, True]
    assert learner.plan.done == {}
    send(learner, 2, ticks="1")
    assert ["checked" in each.attrs for each in boxes(learner)] == [False, False, True]
    send(learner, ticks="1")
    assert learner.plan == ROAD


def test_done_keeps_the_ticks_as_well(learner):
    send(learner, 1)
    assert learner.plan.done == {101: WEEK}
    assert learner.plan.ticks == {101: {mark_of("Do it again")}}


def test_a_task_that_is_written_anew_is_to_be_ticked_anew(learner):
    send(learner, 0, 1, ticks="1")
    text = PRACTICE.replace("Do it again", "Do it twice").replace("`sum`: add", "`sum`: Add")
    Lesson.objects.filter(number=101).update(body_html=markdown.render(text))
    assert ["checked" in each.attrs for each in boxes(learner)] == [True, False, False]
    send(learner, 0, ticks="1")
    assert mark_of("Do it again") in learner.plan.ticks[101], "what the page didn't show stays"


def test_each_task_of_a_long_practice_can_be_ticked(learner):
    tasks = "\n".join(f"{n}. Try number {n}" for n in range(1, 41))
    html = markdown.render(f"## Practice\n\n{tasks}\n")
    Lesson.objects.filter(number=101).update(body_html=html)
    send(learner, *range(40), ticks="1")
    assert ["checked" in each.attrs for each in boxes(learner)] == [True] * 40
    send(learner, ticks="1")
    assert learner.plan == ROAD


def test_ticks_travel_in_a_link(visitor, learner):
    learner.client.cookies.clear()
    text = encode_plan(ROAD)
    marks = [each["value"] for each in boxes(learner, f"/paths/rag/l101/?plan={text}")]
    answer = visitor.send(
        "/plan/done/", lesson="101", task=marks, tick=marks[:1], ticks="1", plan=text
    )
    assert len(plan_in(answer["Location"]).ticks[101]) == 1


@pytest.mark.parametrize("mark", ["", "x", "-1", "99999999", "٣", "65536"])
def test_a_tick_that_is_none_is_no_tick(learner, mark):
    learner.send("/plan/done/", lesson="101", task=mark, tick=mark, ticks="1")
    assert learner.plan == ROAD


@given(st.text(max_size=300))
def test_any_task_has_a_mark_and_short_words(task):
    (found,) = checklist([task], [mark_of(task)])
    assert 0 <= found.mark <= MOST_MARK
    assert found.is_ticked
    assert len(found.words) <= LONGEST + 1
    assert mark_of(f" {task.replace(',', '')}.") == mark_of(task.replace(",", ""))


def ticked(tasks: list[str], marks: set[int]) -> list[tuple[str, bool]]:
    return [(task.words, task.is_ticked) for task in checklist(tasks, marks)]


def test_tasks_that_differ_by_signs_alone_are_ticked_apart():
    tasks = ["Try a < b", "Run it", "Try a > b"]
    less, run, more = (task.mark for task in checklist(tasks, ()))
    assert run == mark_of("Run it")
    assert ticked(tasks, {less}) == [("Try a < b", True), ("Run it", False), ("Try a > b", False)]
    assert ticked(tasks[::-1], {less, more})[::2] == [("Try a > b", True), ("Try a < b", True)]
    assert ticked([*tasks, "Run it"], {run})[1] == ("Run it", True)


def test_a_mark_of_all_its_text_is_no_other_tasks_mark():
    less, more = "a < b", "a > b"
    taken = zlib.crc32(less.encode()) & MOST_MARK
    other = next(word for n in range(1_000_000) if mark_of(word := f"Task {n}") == taken)
    found = {task.words: task.mark for task in checklist([less, more, other], ())}
    assert found[other] == taken
    assert len({*found.values()}) == 3


@given(st.lists(st.text(st.sampled_from("ab <>,."), max_size=4), max_size=12))
def test_each_task_has_a_mark_of_its_own_and_who_is_alone_with_it_the_usual_one(tasks):
    found = list(checklist(tasks, ()))
    assert [task.words for task in found] == list(dict.fromkeys(tasks))
    assert len({task.mark for task in found}) == len(found)
    usual = [mark_of(task.words) for task in found]
    assert all(
        each.mark == mark for each, mark in zip(found, usual, strict=True) if usual.count(mark) < 2
    )


@pytest.mark.parametrize(
    "task", ["x" * 300, " " + "x" * 300, ", " + "x" * 300, "https://e.org/" * 9]
)
def test_a_long_task_without_spaces_is_still_named(task):
    (found,) = checklist([task], ())
    assert len(found.words.strip(" ,…")) > LONGEST - 5
