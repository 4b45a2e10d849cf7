"""One set of rules: a file and the admin refuse the same thing in the same words."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import CheckConstraint
from django.forms import modelform_factory

from careers.models import Background, HiringSignal, Pivot, Role, SalaryBand, Step
from paths.forms import TYPED
from paths.models import LearningPath, Lesson

BACKGROUNDS = "backgrounds.yaml"
SIGNALS = "signals.yaml"
ROLE = "roles/ml-engineer.yaml"
OTHER_ROLE = "roles/data-engineer.yaml"
PATH = "paths/rag/path.yaml"
LESSON = "paths/rag/when-to-retrieve.md"
DRAFT = "paths/rag/chunking.md"

type Spoil = Callable[[Any], object]


@dataclass(frozen=True)
class Rule:
    """One rule, with a way for a file to break it and a row of the small catalog that breaks it."""

    name: str
    spoil: Spoil
    row: Callable[[], Any]


def change(name: str, old: str, new: str) -> Spoil:
    return lambda files: files.change(name, old, new)


def edited(row: Any, **values: Any) -> Any:
    for name, value in values.items():
        setattr(row, name, value)
    return row


def role(**values: Any) -> Callable[[], Role]:
    return lambda: edited(Role.objects.get(slug="ml-engineer"), **values)


def band(**values: Any) -> Callable[[], SalaryBand]:
    return lambda: edited(SalaryBand.objects.get(role__slug="ml-engineer"), **values)


def pivot(**values: Any) -> Callable[[], Pivot]:
    return lambda: edited(Pivot.objects.get(role__slug="ml-engineer"), **values)


def lesson(which: int, **values: Any) -> Callable[[], Lesson]:
    return lambda: edited(Lesson.objects.get(number=which), **values)


def second_step() -> Step:
    first, second = Role.objects.get(slug="ml-engineer").steps.all()
    return edited(second, path=first.path)


def second_pivot() -> Pivot:
    first = Pivot.objects.get(role__slug="ml-engineer")
    return Pivot(role=first.role, background=first.background, fit="good")


# Named constraints.
CONSTRAINTS = [
    Rule(
        "salary_low_not_above_high",
        change(ROLE, "low: 65000", "low: 165000"),
        band(low=165_000),
    ),
    Rule("salary_middle_between", change(ROLE, "middle: 90000", "middle: 10"), band(middle=10)),
    Rule(
        "salary_middle_named",
        change(ROLE, "    middle_is: median\n", ""),
        band(middle_is=""),
    ),
    Rule(
        "lesson_takes_a_minute", change(DRAFT, "minutes: 10", "minutes: 0"), lesson(402, minutes=0)
    ),
    Rule(
        "lesson_number_unique",
        change(DRAFT, "number: 402", "number: 401"),
        lesson(402, number=401),
    ),
    Rule("step_path_once_a_role", change(ROLE, "path: rag", "path: prompting"), second_step),
    Rule(
        "pivot_background_once_a_role",
        change(ROLE, "pivots:\n", "pivots:\n  - {background: software-engineer, fit: good}\n"),
        second_pivot,
    ),
]

# A folder can't hold two files of one name; the other constraints are the database's own.
NOT_FOR_FILES = {
    "role_slug_unique",
    "path_slug_unique",
    "lesson_slug_unique_in_path",
    "former_lesson_slug_unique",
    "catalog_entry_unique",
    "choice_unique",
    "indexed_thing_unique",
}

UNIQUE = [
    Rule("role-code", change(OTHER_ROLE, "code: DE", "code: ML"), role(code="DE")),
    Rule(
        "background-key",
        lambda files: files.add(
            BACKGROUNDS, "  - {slug: data-analyst, title: A, status: draft, summary: S}\n"
        ),
        lambda: Background(slug="data-analyst", title="A", summary="S"),
    ),
    Rule(
        "signal-key",
        lambda files: files.add(
            SIGNALS, "  - {slug: shipped, title: A, status: draft, summary: S}\n"
        ),
        lambda: HiringSignal(slug="shipped", title="A", summary="S"),
    ),
]

VALIDATORS = [
    Rule(
        "shares-not-whole",
        change(ROLE, "share: 60", "share: 61"),
        role(time_split=[{"share": 61, "activity": "code"}, {"share": 40, "activity": "talk"}]),
    ),
    Rule(
        "share-of-nothing",
        change(ROLE, "share: 60", "share: 0"),
        role(time_split=[{"share": 0, "activity": "code"}, {"share": 40, "activity": "talk"}]),
    ),
    Rule(
        "title-with-a-colon",
        change(ROLE, "summary: ", 'titles:\n  - title: "Stage: Data"\nsummary: '),
        role(titles=[{"title": "Stage: Data", "varies": ""}]),
    ),
    Rule("code", change(ROLE, "code: ML", "code: Ml"), role(code="Ml")),
    Rule(
        "address-of-a-role",
        lambda files: files.rename(ROLE, "roles/ML_Engineer.yaml"),
        role(slug="ML_Engineer"),
    ),
    Rule(
        "address-of-a-page-of-the-site",
        lambda files: files.rename(ROLE, "roles/compare.yaml"),
        role(slug="compare"),
    ),
    Rule(
        "key-of-a-background",
        lambda files: files.add(
            BACKGROUNDS, "  - {slug: A B, title: A, status: draft, summary: S}\n"
        ),
        lambda: Background(slug="A B", title="A", summary="S"),
    ),
    Rule(
        "address-of-a-source",
        change(ROLE, "url: https://example.org/page", "url: ftp://example.org"),
        role(sources=[{"title": "A page", "url": "ftp://example.org"}]),
    ),
    Rule(
        "source-without-a-title",
        change(ROLE, "title: A page", "title: ''"),
        role(sources=[{"title": "", "url": "https://example.org/page"}]),
    ),
    Rule(
        "address-of-a-bands-method",
        change(ROLE, "    basis: survey\n", "    method: https://\n"),
        band(method="https://"),
    ),
    Rule(
        "address-of-a-bands-source",
        change(ROLE, "url: https://example.org/survey", "url: example.org"),
        band(source_url="example.org"),
    ),
    *(
        Rule(
            f"a-place-that-is-none-for-{kind}",
            change(name, "status: published", "status: published\ninstead: //example.org/"),
            row,
        )
        for kind, name, row in (
            ("a-role", ROLE, role(instead="//example.org/")),
            ("a-lesson", LESSON, lesson(401, instead="//example.org/")),
            (
                "a-path",
                PATH,
                lambda: edited(LearningPath.objects.get(slug="rag"), instead="//example.org/"),
            ),
        )
    ),
    Rule("currency", change(ROLE, "currency: EUR", "currency: eur"), band(currency="eur")),
    Rule(
        "collected-in-the-future",
        change(ROLE, "2026-01-02", "2999-01-02"),
        band(collected=datetime.date(2999, 1, 2)),
    ),
    Rule(
        "collected-long-ago",
        change(ROLE, "2026-01-02", "0001-01-01"),
        band(collected=datetime.date(1, 1, 1)),
    ),
    Rule("sample-of-none", change(ROLE, "sample: 100", "sample: 0"), band(sample=0)),
    *(
        Rule(
            f"port-{port}-of-a-{name}",
            change(ROLE, f"url: https://example.org/{page}", f"url: https://example.org:{port}/"),
            row,
        )
        for port in ("99999", "0", "65536")
        for name, page, row in (
            (
                "source",
                "page",
                role(sources=[{"title": "A page", "url": f"https://example.org:{port}/"}]),
            ),
            ("bands-source", "survey", band(source_url=f"https://example.org:{port}/")),
        )
    ),
    Rule("no-months", change(ROLE, "months: 3", "months: 0"), pivot(months=0)),
    Rule("too-many-months", change(ROLE, "months: 3", "months: 121"), pivot(months=121)),
    *(
        Rule(f"unseen-{name}", change(ROLE, old, new), row)
        for name, old, new, row in (
            ("title", "title: ML Engineer", 'title: "\u200b"', role(title="\u200b")),
            (
                "alias",
                "- Machine Learning Engineer",
                '- "\u2060\ufe0f"',
                role(aliases=["\u2060\ufe0f"]),
            ),
            (
                "title-of-a-source",
                "title: A page",
                "title: '\u3164'",
                role(sources=[{"title": "\u3164", "url": "https://example.org/page"}]),
            ),
            ("region", "region: EU", 'region: "\u2800"', band(region="\u2800")),
            ("note", "note: ", 'note: "\u200d" # ', pivot(note="\u200d")),
        )
    ),
    Rule("negative", change(ROLE, "sample: 100", "sample: -1"), band(sample=-1)),
    Rule(
        "title-too-long",
        change(PATH, "title: RAG", f"title: {'x' * 101}"),
        lambda: edited(LearningPath.objects.get(slug="rag"), title="x" * 101),
    ),
    Rule(
        "why-too-long",
        change(ROLE, "why: It comes second.", f"why: {'x' * 141}"),
        lambda: edited(Step.objects.get(role__slug="ml-engineer", path__slug="rag"), why="x" * 141),
    ),
    Rule("minutes-off", change(LESSON, "minutes: 1\n", "minutes: 9\n"), lesson(401, minutes=9)),
    Rule(
        "published-without-a-text",
        lambda files: files.write(LESSON, files.text(LESSON).partition("word")[0]),
        lesson(401, body=""),
    ),
    Rule(
        "published-without-objectives",
        change(LESSON, "objectives:\n  - Name the three choices\n", ""),
        lesson(401, objectives=[]),
    ),
]

every_rule = pytest.mark.parametrize(
    "rule", [*CONSTRAINTS, *UNIQUE, *VALIDATORS], ids=lambda rule: rule.name
)


def said_of_the_files(files, rule: Rule) -> list[str]:
    rule.spoil(files)
    return [problem.message for problem in files.problems()]


def said_by_the_model(row: Any) -> list[str]:
    with pytest.raises(ValidationError) as refused:
        row.full_clean()
    return refused.value.messages


def as_in_the_admin(field: Any, **given: Any) -> Any:
    typed = next((TYPED[each] for each in type(field).__mro__ if each in TYPED), {})
    return field.formfield(**typed | given)


def said_by_a_form(row: Any) -> list[str]:
    """What a form with all fields, as in the admin, says when this row's values are entered."""
    form = modelform_factory(type(row), fields="__all__", formfield_callback=as_in_the_admin)
    saved = type(row).objects.filter(pk=row.pk).first()
    entered = {field.html_name: field.value() for field in form(instance=row)}
    return [message for words in form(entered, instance=saved).errors.values() for message in words]


@pytest.mark.few(3)
@every_rule
@pytest.mark.django_db
def test_a_file_and_the_model_refuse_it_in_the_same_words(files, rule):
    files.apply()
    row = rule.row()
    assert said_of_the_files(files, rule) == said_by_the_model(row)


@pytest.mark.few(3)
@every_rule
@pytest.mark.django_db
def test_a_file_and_a_form_refuse_it_in_the_same_words(files, rule):
    files.apply()
    row = rule.row()
    assert said_of_the_files(files, rule) == said_by_a_form(row)


CHECKS = {
    constraint.name: constraint
    for model in (SalaryBand, Lesson)
    for constraint in model._meta.constraints
    if isinstance(constraint, CheckConstraint)
}


@pytest.mark.parametrize(
    "rule", [rule for rule in CONSTRAINTS if rule.name in CHECKS], ids=lambda rule: rule.name
)
@pytest.mark.django_db
def test_the_constraint_itself_has_the_words_of_the_file(files, rule):
    files.apply()
    row = rule.row()
    with pytest.raises(ValidationError) as refused:
        CHECKS[rule.name].validate(type(row), row)
    assert said_of_the_files(files, rule) == refused.value.messages


def test_every_named_constraint_stands_in_the_table_above():
    named = {
        constraint.name
        for label in ("paths", "careers")
        for model in apps.get_app_config(label).get_models()
        for constraint in model._meta.constraints
    }
    assert named == {rule.name for rule in CONSTRAINTS} | NOT_FOR_FILES
