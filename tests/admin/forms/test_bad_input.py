"""Odd and hostile values in every field of every form."""

import datetime
import itertools
import re

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse

from careers.admin.role_rows import CHANGED_ELSEWHERE
from careers.models import SAME_CODE, Edit, Step
from paths.models import LONG_AGO, Price, Status
from tests.admin.editing import change_url, errors, form_of, save, tree, typed
from tests.examples import is_thorough

KINDS = ["role", "learningpath", "lesson", "background", "hiringsignal"]
ODD_NUMBERS = {"huge": "9" * 400, "negative": "-1"}
ODD_TEXTS = {
    "nul": "a\0b",
    "markup": "<script>alert(1)</script>",
    "brackets": "[" * 20_000,
    "odd letters": "\u202e\ud7ff\U0010ffff\x1b",
}


def at_once() -> int:
    """Return how many fields get the odd value together. A refused one may hide the next."""
    return 4 if is_thorough() else 16


@pytest.fixture
def thing_of(catalog):
    """A function that makes a thing of a kind that has a form."""

    def make(kind: str):
        lesson = catalog.lesson(catalog.path())
        made = {"learningpath": lesson.path, "lesson": lesson}
        makers = {"role": catalog.role, "background": catalog.background}
        makers["hiringsignal"] = lambda: catalog.signal(lesson)
        return made.get(kind) or makers[kind]()

    return make


@pytest.mark.few(2)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("number", ODD_NUMBERS)
def test_an_odd_number_in_any_field_is_answered_with_the_form(editor, thing_of, kind, number):
    thing = thing_of(kind)
    before = form_of(editor, thing)
    numbers = (name for name, value in before.items() if str(value).isdecimal())
    for names in itertools.batched(numbers, at_once()):
        answer = editor.post(change_url(thing), before | dict.fromkeys(names, ODD_NUMBERS[number]))
        assert answer.status_code in {200, 302}, names


@pytest.mark.few(2)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("text", ODD_TEXTS)
def test_an_odd_text_in_any_field_is_answered_with_the_form(editor, thing_of, kind, text):
    thing = thing_of(kind)
    before = form_of(editor, thing)
    for names in itertools.batched(before, at_once()):
        answer = editor.post(change_url(thing), before | dict.fromkeys(names, ODD_TEXTS[text]))
        assert answer.status_code in {200, 302}, names


@pytest.mark.parametrize("kind", KINDS)
def test_a_megabyte_in_a_field_is_refused(editor, thing_of, kind):
    assert errors(save(editor, thing_of(kind), summary="x" * 2**20))


@pytest.mark.parametrize("kind", KINDS)
def test_a_nul_is_refused_in_every_area_of_text(editor, thing_of, kind):
    thing = thing_of(kind)
    answer = editor.get(change_url(thing))
    before = typed(answer, f"{kind}_form")
    for area in tree(answer).select(f"#{kind}_form > div > fieldset:not(.rows) textarea"):
        answer = editor.post(
            change_url(thing), before | {area["name"]: "100 a\0b https://example.org"}
        )
        assert answer.status_code == 200, area["name"]


@pytest.mark.parametrize("char", ["\x01", "\x0b", "\x0c", "\x1b", "\x9f", "\u202e", "\u2066"])
@pytest.mark.parametrize(
    "typed",
    [
        ("title", "ML{}Engineer", "behind “ML”"),
        ("summary", "x{}y", "behind “x”"),
        ("aliases", "One\nTwo{}x", "behind “Two”"),
        ("titles", "AI Engineer: what{}varies", "behind “what”"),
        ("sources", "A{}guide https://example.org/", "behind “A”"),
        ("honest_scope", "First.\n\nThen{}this.", "line 3 behind “Then”"),
        ("steps-0-why", "Because{}x", "behind “Because”"),
        ("salary_bands-0-note", "Gross{}x", "behind “Gross”"),
    ],
)
def test_a_character_that_no_file_may_hold_is_refused_and_named(editor, role, char, typed):
    field, text, where = typed
    before = Edit.objects.count()
    words = f"The character U+{ord(char):04X} is not allowed: remove it from {where}."
    assert errors(save(editor, role, **{field: text.format(char)})) == [words]
    assert Edit.objects.count() == before


@pytest.mark.parametrize("kind", KINDS)
def test_a_name_that_nobody_can_see_is_refused(editor, thing_of, kind):
    refused = errors(save(editor, thing_of(kind), title="\u200b\u2060"))
    assert refused == ["None of its characters can be seen."]


def test_characters_that_join_others_are_kept(editor, role):
    save(editor, role, title="Fam\u200dily 👩🏽\u200d💻")
    role.refresh_from_db()
    assert role.title == "Fam\u200dily 👩🏽\u200d💻"


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_form_is_refused(editor, kind):
    app = "paths" if kind in {"learningpath", "lesson"} else "careers"
    refused = editor.post(reverse(f"admin:{app}_{kind}_add"), {})
    assert refused.status_code == 200
    assert tree(refused).select(".errornote")


def test_a_code_that_another_role_has_is_refused(editor, role, catalog):
    other = catalog.role()
    assert SAME_CODE in errors(save(editor, role, code=other.code))


# -- Numbers and days, each with one accepted format ---------------------------------------

NO_NUMBERS = ["65.000", "65.0", "65,000", "1_5", "٣", "³", "+3", "1e3", "0x10", "- 3", "x"]


def number_fields(form: dict) -> list[str]:
    own = ("position", "number", "minutes", "practice_minutes", "low", "high", "middle", "sample")
    last = {n: n.rpartition("-")[2] for n in form if not re.match(r"initial-|.*__prefix__", n)}
    return [name for name, part in last.items() if part in (*own, "months")]


@pytest.mark.few(3)
@pytest.mark.parametrize("number", NO_NUMBERS)
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_no_whole_number_is_refused_in_every_field(editor, thing_of, kind, number):
    thing = thing_of(kind)
    before = form_of(editor, thing)
    fields = number_fields(before)
    assert fields
    refused = errors(editor.post(change_url(thing), before | dict.fromkeys(fields, number)))
    assert refused.count(f"This must be a whole number, not “{number}”.") == len(fields)


def test_white_space_around_a_number_is_taken_off(editor, role):
    save(editor, role, position=" 7 ")
    role.refresh_from_db()
    assert role.position == 7


@pytest.mark.parametrize(
    "day",
    ["11/22/26", "11/22/2026", "2026-1-2", "20261122", "Nov 22, 2026", "2026-02-30", "٢٠٢٦-١١-٢٢"],
)
def test_a_day_that_files_would_not_take_is_refused(editor, role, day):
    refused = errors(save(editor, role, **{"salary_bands-0-collected": day}))
    assert refused == [f"This must be a real date, as in 2026-11-22, not “{day}”."]


def test_the_day_of_a_price_is_written_as_in_files_too(editor, price):
    words = "This must be a real date, as in 2026-11-22, not “11/22/26”."
    assert errors(save(editor, price, collected="11/22/26")) == [words]
    assert errors(save(editor, price, collected="0001-01-01")) == [LONG_AGO]
    save(editor, price, collected="2026-01-31")
    price.refresh_from_db()
    assert price.collected == datetime.date(2026, 1, 31)


@pytest.mark.parametrize("day", ["11/22/26", "11/22/2026", "Nov 22 2026"])
def test_forms_that_come_with_django_take_no_other_days_either(day):
    """Such as the form of an account."""
    for field, sent in (
        (forms.DateField(), day),
        (forms.DateTimeField(), f"{day} 10:00"),
        (forms.SplitDateTimeField(), [day, "10:00"]),
    ):
        with pytest.raises(ValidationError):
            field.clean(sent)
    assert forms.DateField().clean("2026-11-22") == datetime.date(2026, 11, 22)


@pytest.fixture
def price(db):
    return Price.objects.create(
        slug="luna",
        title="Luna",
        model="luna",
        size="small",
        price_in="0.10",
        price_out="0.40",
        collected=datetime.date(2026, 1, 2),
        source="A page",
        url="https://example.org/",
    )


@pytest.mark.parametrize("count", ["", "x", "-3", "99999999999999999999", "500"])
def test_a_broken_count_of_rows_is_refused_or_left_out(editor, role, count):
    answer = save(editor, role, **{"steps-TOTAL_FORMS": count})
    assert answer.status_code in {200, 302}
    assert role.steps.count() == 2


def test_a_form_without_its_count_of_rows_is_refused(editor, role):
    sent = {k: v for k, v in form_of(editor, role).items() if not k.endswith("_FORMS")}
    assert editor.post(change_url(role), sent).status_code == 200


def test_a_row_of_another_role_is_not_taken(editor, role, catalog):
    foreign = catalog.role().steps.get()
    refused = save(editor, role, **{"steps-0-id": foreign.pk})
    assert any("changed or removed by someone else" in error for error in errors(refused))
    assert Step.objects.get(pk=foreign.pk).role_id == foreign.role_id


def test_a_row_that_is_gone_says_so_and_nothing_that_was_typed_is_lost(editor, role):
    first, second = (step.path_id for step in role.steps.all())
    sent = form_of(editor, role) | {"steps-0-why": "First.", "steps-1-why": "Second."}
    role.steps.first().delete()
    refused = editor.post(change_url(role), sent)
    assert errors(refused) == [CHANGED_ELSEWHERE]
    shown = typed(refused, "role_form")
    rows = [(shown[f"steps-{n}-path"], shown[f"steps-{n}-why"]) for n in range(2)]
    assert rows == [(str(second), "Second."), (str(first), "First.")]


def test_a_row_that_is_gone_can_be_removed_and_added_again(editor, role):
    sent = form_of(editor, role)
    gone = role.steps.first()
    gone.delete()
    shown = typed(editor.post(change_url(role), sent), "role_form")
    again = {"steps-2-path": gone.path_id, "steps-2-why": "Again.", "steps-2-position": 2}
    sent = shown | {"steps-1-DELETE": "on", "steps-TOTAL_FORMS": 3} | again
    assert editor.post(change_url(role), sent).status_code == 302
    assert [step.why for step in role.steps.all()] == ["It needs it.", "Again."]


@pytest.mark.parametrize("value", ["x", "0", "9" * 30, "\0", "1 OR 1=1"])
def test_a_path_that_is_none_is_refused(editor, role, value):
    assert errors(save(editor, role, **{"steps-0-path": value}))


@pytest.mark.parametrize("value", ["x", "9" * 30, "\0"])
def test_a_lesson_in_no_path_is_refused(editor, catalog, value):
    lesson = catalog.lesson(catalog.path())
    assert errors(save(editor, lesson, path=value))
    add = reverse("admin:paths_lesson_add")
    assert editor.get(add, {"path": value}).status_code in {200, 400}


@pytest.mark.parametrize("values", [["x"], ["9" * 30], ["\0"], ["1", "-1"], ["3.5"]])
def test_a_signal_of_no_lesson_is_refused(editor, catalog, values):
    signal = catalog.signal(catalog.lesson(catalog.path()))
    assert errors(save(editor, signal, lessons=values))


@pytest.mark.parametrize("selected", ["x", "\0", "9" * 30, "-1"])
def test_an_action_on_nothing_that_exists_changes_nothing(editor, role, selected):
    sent = {"action": "retire", "_selected_action": selected, "index": 0}
    answer = editor.post(reverse("admin:careers_role_changelist"), sent)
    assert answer.status_code == 302
    role.refresh_from_db()
    assert role.status == Status.PUBLISHED


@pytest.mark.parametrize("key", ["x", "0", "9" * 30, "%00"])
def test_a_form_of_nothing_leads_back(editor, key):
    assert editor.get(f"/admin/careers/role/{key}/change/").status_code in {302, 400, 404}
