"""Steps that take part of a path, in a role's form."""

import pytest

from careers.models import Edit, Role
from tests.admin.editing import change_url, errors, form_of, save


@pytest.fixture
def role(catalog) -> Role:
    return catalog.role("builder", paths=[catalog.path(lessons=3), catalog.path(lessons=1)])


def numbers(role: Role, place: int = 0) -> list[int]:
    path = role.steps.all()[place].path
    return sorted(path.lessons.values_list("number", flat=True))


def test_numbers_are_typed_in_a_line(editor, role):
    first, second, _ = numbers(role)
    saved = save(editor, role, **{"steps-0-only": f"{second},{first}  {second}"})
    assert saved.status_code == 302
    assert role.steps.first().only == [first, second]
    assert form_of(editor, role)["steps-0-only"] == f"{first}, {second}"


@pytest.mark.parametrize("typed", ["first", "-1", "1.5", "٣", "9" * 30, "1\0"])
def test_what_is_no_number_is_refused_and_stays_as_typed(editor, role, typed):
    refused = save(editor, role, **{"steps-0-focus": typed})
    assert refused.status_code == 200
    assert errors(refused)
    assert role.steps.first().focus == []


@pytest.mark.parametrize("name", ["only", "focus"])
def test_a_lesson_of_another_path_is_refused_in_the_words_of_a_file(editor, role, name):
    (other,) = numbers(role, 1)
    refused = save(editor, role, **{f"steps-0-{name}": f"{numbers(role)[0]}, {other}, 99999"})
    assert errors(refused) == [
        f"Lesson {other} isn't one of this path.",
        "Lesson 99999 isn't one of this path.",
    ]


def test_a_step_may_take_lessons_of_the_path_that_it_is_turned_to(editor, role, catalog):
    new = catalog.path(lessons=1)
    (number,) = new.lessons.values_list("number", flat=True)
    sent = {"steps-0-path": new.pk, "steps-0-only": str(number)}
    assert save(editor, role, **sent).status_code == 302
    assert role.steps.get(path=new).only == [number]


def test_a_save_that_touches_nothing_is_no_edit(editor, role):
    role.steps.update(only=numbers(role)[:1])
    role.steps.filter(pk=role.steps.last().pk).update(only=[])
    save(editor, role)
    assert not Edit.objects.filter(field="steps").exists()


def test_what_two_editors_take_of_a_path_is_merged(editor, role):
    first, second, third = numbers(role)
    role.steps.filter(pk=role.steps.first().pk).update(focus=[first])
    opened = form_of(editor, role)
    save(editor, role, **{"steps-0-focus": f"{first}, {second}"})
    answer = editor.post(change_url(role), opened | {"steps-0-focus": str(third)})
    assert answer.status_code == 302
    assert role.steps.first().focus == [second, third]


def test_queries_do_not_grow_with_the_numbers(editor, catalog, count_at):
    def posting(steps: int) -> int:
        role = catalog.role(paths=[catalog.path(lessons=2) for _ in range(steps)])
        sent = form_of(editor, role)
        for place in range(steps):
            sent[f"steps-{place}-only"] = ", ".join(map(str, numbers(role, place)))
        sent["title"] = ""  # refused, so that no writes are counted
        return count_at(lambda: editor.post(change_url(role), sent))

    posting(1)
    assert posting(2) == posting(6)
