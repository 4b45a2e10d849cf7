"""Files into the database: all or nothing, never over a live edit, and addresses keep working."""

import dataclasses
import datetime

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from careers.models import (
    Background,
    CatalogEntry,
    FormerRoleSlug,
    HiringSignal,
    Pivot,
    Role,
    SalaryBand,
    Step,
)
from careers.sync import rows
from careers.sync.reading.reader import read_files
from careers.sync.writing.apply import UnresolvedConflicts, apply_entries
from paths import markdown
from paths.models import FormerLessonSlug, LearningPath, Lesson

pytestmark = pytest.mark.django_db

BACKGROUNDS = "backgrounds.yaml"
SIGNALS = "signals.yaml"
ROLE = "roles/ml-engineer.yaml"
OTHER_ROLE = "roles/data-engineer.yaml"
PATH = "paths/rag/path.yaml"
LESSON = "paths/rag/when-to-retrieve.md"
DRAFT = "paths/rag/chunking.md"
FIRST = "paths/prompting/first-prompt.md"
WHOLE_PATH = {"only": [], "focus": []}

TABLES = [
    LearningPath,
    Lesson,
    HiringSignal,
    Background,
    Role,
    Step,
    Pivot,
    SalaryBand,
    CatalogEntry,
]


def everything() -> dict:
    """Every row of the catalog, as it stands."""
    tables = {model.__name__: list(model.objects.order_by("pk").values()) for model in TABLES}
    return tables | {
        "knows": sorted(Background.knows.through.objects.values_list()),
        "signals": sorted(HiringSignal.lessons.through.objects.values_list()),
        "former": sorted(FormerRoleSlug.objects.values_list("slug", "role")),
    }


def edit(thing, **fields) -> None:
    """Save as an editor would."""
    for name, value in fields.items():
        setattr(thing, name, value)
    thing.save()


def lessons(path: str) -> list[str]:
    """The slugs of a path's lessons, in their order."""
    found = Lesson.objects.exclude(status="retired").filter(path__slug=path)
    return list(found.order_by("position").values_list("slug", flat=True))


def is_settled(files) -> bool:
    """Whether another apply has nothing to write and nothing to report."""
    found = files.apply()
    return found.is_empty and not found.drift


# -- Everything arrives --------------------------------------------------------------------


def test_what_the_files_say_is_what_the_database_says(files):
    files.apply()
    live = rows.read_live()
    for key, entry in files.entries().items():
        assert entry.values.items() <= live[key][0].values.items()


def test_steps_stand_in_the_order_of_the_file(files):
    files.apply()
    steps = Role.objects.get(slug="ml-engineer").steps.values_list("path__slug", "emphasis")
    assert list(steps) == [("prompting", ""), ("rag", "deeply")]


def test_lessons_stand_in_the_order_of_the_path(files):
    files.apply()
    assert lessons("rag") == ["when-to-retrieve", "chunking"]


def test_lessons_change_places_with_the_path(files):
    files.apply()
    files.change(
        PATH, "  - when-to-retrieve\n  - chunking\n", "  - chunking\n  - when-to-retrieve\n"
    )
    files.apply()
    assert lessons("rag") == ["chunking", "when-to-retrieve"]


def test_a_lesson_is_rendered(files):
    files.change(LESSON, "word word", "*word* word")
    files.apply()
    assert "<em>word</em>" in Lesson.objects.get(number=401).body_html


def test_a_lesson_of_an_older_renderer_is_rendered_again(files):
    files.apply()
    files.change(LESSON, "word word", "word\n\n```python\nimport numpy\n```\n\nword")
    files.apply()
    before = {"body_html": "old", "packages": [], "rendered_by": markdown.VERSION - 1}
    Lesson.objects.filter(number=401).update(**before)
    files.apply()
    assert Lesson.objects.get(number=401).packages == ["numpy"]
    assert Lesson.objects.get(number=401).body_html.startswith("<p>word")


@pytest.mark.parametrize("word", ["no", "1.10", "2026-02-30"])
def test_a_text_arrives_as_it_is_written(files, word):
    files.change(ROLE, "title: ML Engineer", f"title: {word}")
    files.apply()
    assert Role.objects.filter(title=word).exists()


def test_null_clears(files):
    files.apply()
    files.change(ROLE, "after_paths: a model in production", "after_paths: ~")
    files.change(ROLE, "months: 3", "months: ~")
    files.apply()
    role = Role.objects.get(slug="ml-engineer")
    assert role.after_paths == ""
    assert role.pivots.get().months is None


def test_left_out_is_untouched_and_drift(files):
    files.apply()
    edit(Role.objects.get(slug="data-engineer"), honest_scope="The editor's.")
    files.change(OTHER_ROLE, "title: Data Engineer", "title: Data Engineer (AI)")
    found = files.apply()
    role = Role.objects.get(slug="data-engineer")
    assert (role.title, role.honest_scope) == ("Data Engineer (AI)", "The editor's.")
    assert [field.name for field in found.drift] == ["honest_scope"]


def test_a_key_that_a_file_gives_later_is_applied(files):
    files.apply()
    files.add(OTHER_ROLE, "honest_scope: Courses give the tools.\n")
    files.apply()
    assert Role.objects.get(slug="data-engineer").honest_scope == "Courses give the tools."


def test_an_item_of_a_list_is_added_and_removed(files):
    files.apply()
    files.change(ROLE, "  - path: prompting\n    why: It comes first.\n", "")
    files.change(BACKGROUNDS, "rag/chunking", "prompting/first-prompt")
    files.change(FIRST, "  - eval-discipline", "  - shipped\n  - eval-discipline")
    files.apply()
    assert [step.path.slug for step in Role.objects.get(slug="ml-engineer").steps.all()] == ["rag"]
    assert [each.number for each in Background.objects.first().knows.all()] == [201]
    assert Lesson.objects.get(number=201).signals.count() == 2


# -- A second run writes nothing -----------------------------------------------------------


def test_a_second_run_writes_nothing(files, count_writes):
    files.apply()
    before = everything()
    assert count_writes(files.apply) == 0
    assert everything() == before


def test_a_second_run_of_the_real_catalog_writes_nothing(real_catalog, count_writes):
    entries = read_files(settings.CATALOG_DIR)
    assert count_writes(lambda: apply_entries(entries)) == 0
    found = apply_entries(entries)
    assert found.is_empty
    assert not found.drift


def test_an_overwrite_of_what_is_the_same_writes_nothing(files, count_writes):
    files.apply()
    assert count_writes(lambda: files.apply(overwrite=True)) == 0


TWICE = {
    "a-signal-twice": (FIRST, "  - eval-discipline", "  - eval-discipline\n  - eval-discipline"),
    "a-lesson-known-twice": (BACKGROUNDS, "- rag/chunking", "- rag/chunking\n      - rag/chunking"),
    "no-lesson-known": (BACKGROUNDS, "knows:\n      - rag/chunking\n", "knows: []\n"),
    "a-retired-lesson": (DRAFT, "status: draft", "status: retired"),
    "a-retired-role": (ROLE, "status: published", "status: retired"),
    "a-former-address": (ROLE, "code: ML", "code: ML\nformerly: [old, older]"),
    "a-former-address-of-a-lesson": (DRAFT, "number: 402", "number: 402\nformerly: [old]"),
    "a-former-address-in-another-path": (
        DRAFT,
        "number: 402",
        "number: 402\nformerly: [prompting/old]",
    ),
    "a-text-of-lines": (PATH, "description: From", "description: |\n\n  One\n\n    two\n  From"),
    "a-date-of-long-ago": (ROLE, "2026-01-02", "2000-01-01"),
    "null": (ROLE, "after_paths: a model in production", "after_paths:"),
}


@pytest.mark.parametrize("change", TWICE.values(), ids=TWICE)
def test_a_second_run_has_nothing_to_do_or_to_report(files, change):
    files.change(*change)
    files.apply()
    assert is_settled(files)


# -- All or nothing ------------------------------------------------------------------------


def fail_at(number: int):
    """A context in which the database's n-th write fails."""
    writes = 0

    def run(execute, sql, params, many, context):
        nonlocal writes
        is_write = sql.startswith(("INSERT", "UPDATE", "DELETE"))
        writes += is_write
        if is_write and writes == number:
            raise OSError("the disk is full")
        return execute(sql, params, many, context)

    return connection.execute_wrapper(run)


@pytest.mark.parametrize("part", [0, 0.5, 1], ids=["first", "middle", "last"])
def test_a_failure_at_any_write_leaves_nothing_behind(files, count_writes, part):
    files.apply()
    files.change(ROLE, "title: ML Engineer", "title: Machine Learning Engineer")
    files.change(OTHER_ROLE, "region: Germany", "region: Austria")
    files.change(PATH, "title: RAG", "title: Retrieval")
    files.remove(DRAFT)
    files.change(PATH, "  - chunking\n", "")
    files.change(BACKGROUNDS, "rag/chunking", "rag/when-to-retrieve")
    before = everything()
    with transaction.atomic():
        writes = count_writes(files.apply)
        transaction.set_rollback(True)
    with pytest.raises(OSError, match="full"), fail_at(1 + int(part * (writes - 1))):
        files.apply()
    assert everything() == before


def test_a_failure_of_the_first_apply_leaves_an_empty_database(files, count_writes):
    with transaction.atomic():
        writes = count_writes(files.apply)
        transaction.set_rollback(True)
    with pytest.raises(OSError, match="full"), fail_at(writes):
        files.apply()
    assert not any(everything().values())


# -- Two writers ---------------------------------------------------------------------------


def test_a_live_edit_is_kept_where_the_file_did_not_change_that_field(files):
    files.apply()
    edit(Role.objects.get(slug="ml-engineer"), summary="The editor's.")
    files.change(ROLE, "title: ML Engineer", "title: Machine Learning Engineer")
    found = files.apply()
    role = Role.objects.get(slug="ml-engineer")
    assert (role.title, role.summary) == ("Machine Learning Engineer", "The editor's.")
    assert [(field.name, field.live) for field in found.drift] == [("summary", "The editor's.")]


def test_a_live_edit_is_still_drift_at_the_next_apply(files, count_writes):
    files.apply()
    edit(Role.objects.get(slug="ml-engineer"), summary="The editor's.")
    files.apply()
    assert count_writes(files.apply) == 0
    assert [field.name for field in files.apply().drift] == ["summary"]


def test_a_live_edit_of_a_salary_band_is_kept(files):
    files.apply()
    edit(SalaryBand.objects.get(role__slug="ml-engineer"), high=170_000)
    files.change(ROLE, "title: ML Engineer", "title: Machine Learning Engineer")
    files.apply()
    assert SalaryBand.objects.get(role__slug="ml-engineer").high == 170_000


def test_a_thing_that_an_editor_made_is_left_alone(files, catalog):
    files.apply()
    role = catalog.role("editors-own", code="ZZ")
    before = Role.objects.values().get(pk=role.pk)
    files.apply(overwrite=True)
    assert Role.objects.values().get(pk=role.pk) == before


def test_a_change_on_both_sides_is_a_conflict_and_nothing_is_written(files):
    files.apply()
    edit(Role.objects.get(slug="ml-engineer"), summary="The editor's.")
    before = everything()
    files.change(ROLE, "summary: Puts", "summary: Brings")
    files.change(PATH, "title: RAG", "title: Retrieval")
    with pytest.raises(UnresolvedConflicts) as conflict:
        files.apply()
    assert [field.name for field in conflict.value.plan.conflicts] == ["summary"]
    assert everything() == before


def test_the_same_change_on_both_sides_is_no_conflict(files):
    files.apply()
    edit(Role.objects.get(slug="ml-engineer"), summary="Brings models into production.")
    files.change(ROLE, "summary: Puts", "summary: Brings")
    assert not files.apply().drift
    assert is_settled(files)


def test_a_file_for_a_thing_that_an_editor_made_otherwise_is_a_conflict(files, catalog):
    catalog.role("ml-engineer", code="ML", paths=[])
    with pytest.raises(UnresolvedConflicts):
        files.apply()
    assert not CatalogEntry.objects.exists()


def test_overwrite_takes_the_files_side(files):
    files.apply()
    edit(Role.objects.get(slug="ml-engineer"), summary="The editor's.", title="The editor's too")
    edit(SalaryBand.objects.get(role__slug="ml-engineer"), low=1)
    files.change(ROLE, "summary: Puts", "summary: Brings")
    files.apply(overwrite=True)
    role = Role.objects.get(slug="ml-engineer")
    assert (role.title, role.summary) == ("ML Engineer", "Brings models into production.")
    assert role.salary_bands.get().low == 65_000
    assert is_settled(files)


# -- Two writers of one list ---------------------------------------------------------------


def live_value(kind: str, key: str, field: str):
    return rows.read_live()[kind, key][0].values[field]


def editor_adds_a_pivot() -> None:
    role, analyst = (
        Role.objects.get(slug="ml-engineer"),
        Background.objects.get(slug="data-analyst"),
    )
    Pivot.objects.create(role=role, background=analyst, fit="possible", position=1)


def editor_adds_a_band() -> None:
    band = SalaryBand.objects.get(role__slug="ml-engineer")
    band.pk, band.region, band.position = None, "Spain", 0
    band.save()


def editor_adds_a_lesson() -> None:
    lesson = Lesson.objects.get(number=402)
    lesson.pk, lesson.number, lesson.slug, lesson.position = None, 409, "own", 3
    lesson.save()


def edit_role(**fields) -> None:
    edit(Role.objects.get(slug="ml-engineer"), **fields)


# The values of BOTH_WRITE: the file's change, the editor's, the field, and its merged value.
WHOLE_PATH: dict[str, list[int]] = {"only": [], "focus": []}

BOTH_WRITE = {
    "steps": (
        (ROLE, "why: It comes first.", "why: Ask first."),
        lambda: edit(
            Step.objects.get(role__slug="ml-engineer", path__slug="prompting"), position=9
        ),
        ("roles", "ml-engineer", "steps"),
        [
            {"path": "rag", "why": "It comes second.", "emphasis": "deeply", **WHOLE_PATH},
            {"path": "prompting", "why": "Ask first.", "emphasis": "", **WHOLE_PATH},
        ],
    ),
    "fields of one step": (
        (ROLE, "why: It comes second.", "why: Then look."),
        lambda: edit(
            Step.objects.get(role__slug="ml-engineer", path__slug="rag"), emphasis="later"
        ),
        ("roles", "ml-engineer", "steps"),
        [
            {"path": "prompting", "why": "It comes first.", "emphasis": "", **WHOLE_PATH},
            {"path": "rag", "why": "Then look.", "emphasis": "later", **WHOLE_PATH},
        ],
    ),
    "pivots": (
        (ROLE, "months: 3", "months: 5"),
        editor_adds_a_pivot,
        ("roles", "ml-engineer", "pivots"),
        [
            {
                "background": "software-engineer",
                "fit": "strong",
                "months": 5,
                "note": "Code carries over.",
            },
            {"background": "data-analyst", "fit": "possible", "months": None, "note": ""},
        ],
    ),
    "texts": (
        (ROLE, "  - Trains models", "  - Trains models\n  - Ships models"),
        lambda: edit_role(daily_work=["Asks why", "Trains models"]),
        ("roles", "ml-engineer", "daily_work"),
        ["Asks why", "Trains models", "Ships models"],
    ),
    "sources": (
        (ROLE, "  - title: A page\n", "  - title: The page\n"),
        lambda: edit_role(
            sources=[
                {"title": "Mine", "url": "https://example.org/mine"},
                {"title": "A page", "url": "https://example.org/page"},
            ]
        ),
        ("roles", "ml-engineer", "sources"),
        [
            {"title": "Mine", "url": "https://example.org/mine"},
            {"title": "The page", "url": "https://example.org/page"},
        ],
    ),
    "shares of a day": (
        (ROLE, "activity: talk", "activity: meetings"),
        lambda: edit_role(
            time_split=[{"share": 40, "activity": "talk"}, {"share": 60, "activity": "code"}]
        ),
        ("roles", "ml-engineer", "time_split"),
        [{"share": 40, "activity": "meetings"}, {"share": 60, "activity": "code"}],
    ),
    "lessons of a path": (
        (PATH, "  - when-to-retrieve\n  - chunking\n", "  - chunking\n  - when-to-retrieve\n"),
        editor_adds_a_lesson,
        ("paths", "rag", "lessons"),
        [402, 409, 401],
    ),
    "known lessons": (
        (BACKGROUNDS, "- rag/chunking", "- rag/when-to-retrieve\n      - rag/chunking"),
        lambda: Background.objects.get(slug="software-engineer").knows.set(
            Lesson.objects.filter(number__in=[201, 402])
        ),
        ("backgrounds", "software-engineer", "knows"),
        [201, 401, 402],
    ),
    "signals of a lesson": (
        (FIRST, "  - eval-discipline\n", "  - eval-discipline\n  - shipped\n"),
        lambda: Lesson.objects.get(number=201).signals.set([]),
        ("lessons", "201", "signals"),
        ["shipped"],
    ),
}


@pytest.mark.parametrize("kind", BOTH_WRITE)
def test_what_both_write_of_a_list_survives(files, count_writes, kind):
    change, edit_live, (*key, name), both = BOTH_WRITE[kind]
    files.apply()
    edit_live()
    files.change(*change)
    found = files.apply()
    assert live_value(*key, name) == both
    assert [each.name for each in found.drift if each.id == tuple(key)] == [name]
    assert count_writes(files.apply) == 0
    assert files.apply().drift == tuple(
        dataclasses.replace(each, base=each.file, live=each.value) for each in found.drift
    )


# Not for lessons: one that an editor made stays in its path, since no file retires it.
@pytest.mark.parametrize("kind", sorted(BOTH_WRITE.keys() - {"lessons of a path"}))
def test_overwrite_takes_the_files_list(files, kind):
    change, edit_live, (*key, name), both = BOTH_WRITE[kind]
    files.apply()
    edit_live()
    files.change(*change)
    files.apply(overwrite=True)
    assert live_value(*key, name) == files.entries()[tuple(key)].values[name] != both
    assert is_settled(files)


def test_bands_that_both_write_survive(files):
    files.apply()
    editor_adds_a_band()
    files.change(ROLE, "low: 65000", "low: 70000")
    files.apply()
    bands = Role.objects.get(slug="ml-engineer").salary_bands.order_by("region")
    assert list(bands.values_list("region", "low")) == [("EU", 70_000), ("Spain", 65_000)]


def test_half_a_band_from_each_side_is_a_conflict(files):
    """The file's low end above the editor's high end: the database would refuse such a band."""
    files.apply()
    edit(SalaryBand.objects.get(role__slug="ml-engineer"), high=91_000)
    files.change(ROLE, "low: 65000", "low: 90000")
    with pytest.raises(UnresolvedConflicts) as conflict:
        files.apply()
    assert [field.name for field in conflict.value.plan.conflicts] == [
        "salary_bands[EU, Published range, 5 years].low",
        "salary_bands[EU, Published range, 5 years].high",
    ]


def test_a_step_on_a_path_that_the_files_rename_keeps_its_edit(files):
    files.apply()
    edit(Step.objects.get(role__slug="ml-engineer", path__slug="rag"), emphasis="later")
    rename_the_path(files)
    files.change(ROLE, "why: It comes second.", "why: Then look.")
    files.apply()
    step = Step.objects.get(role__slug="ml-engineer", path__slug="retrieval")
    assert (step.why, step.emphasis) == ("Then look.", "later")
    assert Step.objects.filter(path__slug="retrieval").count() == 2
    found = files.apply()
    assert found.is_empty
    assert [field.name for field in found.drift] == ["steps"]


# -- Gone, and back ------------------------------------------------------------------------


def test_a_role_whose_file_is_gone_is_retired_and_answers_410(files, client):
    files.apply()
    files.remove(ROLE)
    files.apply()
    assert Role.objects.get(slug="ml-engineer").status == "retired"
    assert client.get("/careers/ml-engineer/").status_code == 410
    assert is_settled(files)


def test_a_role_whose_file_comes_back_is_published_again(files):
    files.apply()
    text = files.text(ROLE)
    row = Role.objects.get(slug="ml-engineer").pk
    files.remove(ROLE)
    files.apply()
    files.write(ROLE, text)
    files.apply()
    assert Role.objects.get(slug="ml-engineer", status="published").pk == row
    assert is_settled(files)


def test_a_role_whose_file_is_gone_and_that_was_edited_is_a_conflict(files):
    files.apply()
    edit(Role.objects.get(slug="ml-engineer"), summary="The editor's.")
    files.remove(ROLE)
    with pytest.raises(UnresolvedConflicts):
        files.apply()
    assert Role.objects.get(slug="ml-engineer").status == "published"


def test_a_lesson_whose_file_is_gone_is_retired_and_leaves_its_path(files, client):
    files.apply()
    files.remove(LESSON)
    files.change(PATH, "  - when-to-retrieve\n", "")
    files.apply()
    assert client.get("/paths/rag/when-to-retrieve/").status_code == 410
    assert lessons("rag") == ["chunking"]
    assert is_settled(files)


def test_a_retired_role_that_an_editor_publishes_again_stops_no_apply(files):
    files.apply()
    files.remove(ROLE)
    files.apply()
    edit(Role.objects.get(slug="ml-engineer"), status="published")
    files.change(OTHER_ROLE, "title: Data Engineer", "title: Data Engineer (AI)")
    files.apply()
    assert Role.objects.get(slug="ml-engineer").status == "published"


def test_a_rename_of_a_path_that_a_retired_role_has_stops_no_apply(files):
    files.apply()
    files.remove(OTHER_ROLE)
    files.apply()
    rename_the_path(files)
    files.apply()
    assert is_settled(files)


# -- Renames -------------------------------------------------------------------------------


def rename_the_path(files) -> None:
    """Rename the path rag in the files, and everything that refers to it."""
    for name in ("path.yaml", "when-to-retrieve.md", "chunking.md"):
        files.rename(f"paths/rag/{name}", f"paths/retrieval/{name}")
    (files.folder / "paths/rag").rmdir()
    files.add("paths/retrieval/path.yaml", "formerly: [rag]\n")
    files.change(BACKGROUNDS, "rag/chunking", "retrieval/chunking")
    for role in (ROLE, OTHER_ROLE):
        if (files.folder / role).exists():
            files.change(role, "path: rag", "path: retrieval")


def test_formerly_keeps_a_roles_row_and_its_old_address(files, client):
    files.apply()
    row = Role.objects.get(slug="ml-engineer").pk
    files.rename(ROLE, "roles/machine-learning.yaml")
    files.add("roles/machine-learning.yaml", "formerly: [ml-engineer]\n")
    files.apply()
    assert Role.objects.get(slug="machine-learning").pk == row
    assert Role.objects.count() == 2
    answer = client.get("/careers/ml-engineer/?from=mail")
    assert answer.status_code == 301
    assert answer["Location"] == "/careers/machine-learning/?from=mail"
    assert is_settled(files)


def test_a_role_that_is_renamed_twice_answers_at_both_old_addresses(files, client):
    files.apply()
    files.rename(ROLE, "roles/second.yaml")
    files.add("roles/second.yaml", "formerly: [ml-engineer]\n")
    files.apply()
    files.rename("roles/second.yaml", "roles/third.yaml")
    files.change("roles/third.yaml", "[ml-engineer]", "[ml-engineer, second]")
    files.apply()
    for old in ("ml-engineer", "second"):
        assert client.get(f"/careers/{old}/")["Location"] == "/careers/third/"


def test_a_role_that_gets_its_first_name_back_answers_at_the_other(files, client):
    files.apply()
    files.rename(ROLE, "roles/second.yaml")
    files.add("roles/second.yaml", "formerly: [ml-engineer]\n")
    files.apply()
    files.rename("roles/second.yaml", ROLE)
    files.change(ROLE, "[ml-engineer]", "[second]")
    files.apply()
    assert client.get("/careers/second/")["Location"] == "/careers/ml-engineer/"
    assert is_settled(files)


def test_a_new_database_knows_former_addresses_too(files, client):
    files.add(ROLE, "formerly: [old]\n")
    files.apply()
    assert client.get("/careers/old/")["Location"] == "/careers/ml-engineer/"


def test_formerly_keeps_a_paths_row_and_all_its_addresses(files, client):
    files.apply()
    row = LearningPath.objects.get(slug="rag").pk
    rename_the_path(files)
    files.apply()
    assert LearningPath.objects.get(slug="retrieval").pk == row
    assert client.get("/paths/rag/")["Location"] == "/paths/retrieval/"
    old = client.get("/paths/rag/when-to-retrieve/")
    assert old["Location"] == "/paths/retrieval/when-to-retrieve/"
    assert is_settled(files)


def test_a_lesson_keeps_its_row_and_old_address_by_its_number_alone(files, client):
    files.apply()
    row = Lesson.objects.get(number=401).pk
    files.rename(LESSON, "paths/rag/retrieve-or-not.md")
    files.change(PATH, "when-to-retrieve", "retrieve-or-not")
    files.apply()
    assert Lesson.objects.get(slug="retrieve-or-not").pk == row
    old = client.get("/paths/rag/when-to-retrieve/")
    assert (old.status_code, old["Location"]) == (301, "/paths/rag/retrieve-or-not/")
    assert is_settled(files)


def move_the_lesson(files) -> None:
    """Move a lesson from one path to another."""
    files.rename(LESSON, "paths/prompting/when-to-retrieve.md")
    files.change(PATH, "  - when-to-retrieve\n", "")
    files.change(
        "paths/prompting/path.yaml", "  - first-prompt", "  - when-to-retrieve\n  - first-prompt"
    )


def test_a_lesson_that_moves_to_another_path_keeps_its_row_and_old_address(files, client):
    files.apply()
    row = Lesson.objects.get(number=401).pk
    move_the_lesson(files)
    files.apply()
    assert Lesson.objects.get(number=401).pk == row
    assert (lessons("prompting"), lessons("rag")) == (
        ["when-to-retrieve", "first-prompt"],
        ["chunking"],
    )
    old = client.get("/paths/rag/when-to-retrieve/")
    assert (old.status_code, old["Location"]) == (301, "/paths/prompting/when-to-retrieve/")
    assert is_settled(files)


def test_a_former_address_in_a_path_that_is_renamed_goes_on_working(files, client):
    files.apply()
    move_the_lesson(files)
    moved = "paths/prompting/when-to-retrieve.md"
    files.change(moved, "number: 401", "number: 401\nformerly: [rag/when-to-retrieve]")
    files.apply()
    files.rename(PATH, "paths/retrieval/path.yaml")
    files.rename(DRAFT, "paths/retrieval/chunking.md")
    (files.folder / "paths/rag").rmdir()
    files.add("paths/retrieval/path.yaml", "formerly: [rag]\n")
    files.change(BACKGROUNDS, "rag/chunking", "retrieval/chunking")
    for role in (ROLE, OTHER_ROLE):
        files.change(role, "path: rag", "path: retrieval")
    files.apply()
    old = client.get("/paths/rag/when-to-retrieve/")
    assert old["Location"] == "/paths/prompting/when-to-retrieve/"
    assert is_settled(files)


def test_two_roles_swap_their_codes(files):
    files.apply()
    files.change(ROLE, "code: ML", "code: DE")
    files.change(OTHER_ROLE, "code: DE", "code: ML")
    files.apply()
    assert dict(Role.objects.values_list("slug", "code")) == {
        "ml-engineer": "DE",
        "data-engineer": "ML",
    }
    assert is_settled(files)


def test_two_roles_swap_their_files(files):
    files.apply()
    files.rename(ROLE, "roles/x.yaml")
    files.rename(OTHER_ROLE, ROLE)
    files.rename("roles/x.yaml", OTHER_ROLE)
    files.apply()
    assert dict(Role.objects.values_list("slug", "code")) == {
        "ml-engineer": "DE",
        "data-engineer": "ML",
    }
    # A field that only one of the two files gives stays on the row that got it.
    again = files.apply()
    left_out = {(entry.id, name) for entry in files.read() for name in entry.left_out}
    assert again.is_empty
    assert {(each.id, each.name) for each in again.drift} <= left_out


def test_a_role_takes_the_code_of_one_that_takes_another(files):
    files.apply()
    files.change(ROLE, "code: ML", "code: DE")
    files.change(OTHER_ROLE, "code: DE", "code: EN")
    files.apply()
    assert Role.objects.get(slug="ml-engineer").code == "DE"


def test_two_lessons_of_a_path_swap_their_addresses(files):
    files.apply()
    files.rename(LESSON, "paths/rag/x.md")
    files.rename(DRAFT, LESSON)
    files.rename("paths/rag/x.md", DRAFT)
    files.apply()
    assert dict(Lesson.objects.filter(path__slug="rag").values_list("number", "slug")) == {
        401: "chunking",
        402: "when-to-retrieve",
    }
    assert is_settled(files)


def test_two_lessons_of_the_same_address_swap_their_paths(files):
    files.rename(FIRST, "paths/prompting/chunking.md")
    files.change("paths/prompting/path.yaml", "first-prompt", "chunking")
    files.apply()
    files.rename("paths/prompting/chunking.md", "paths/prompting/x.md")
    files.rename(DRAFT, "paths/prompting/chunking.md")
    files.rename("paths/prompting/x.md", DRAFT)
    files.apply()
    assert dict(Lesson.objects.filter(slug="chunking").values_list("number", "path__slug")) == {
        201: "rag",
        402: "prompting",
    }
    assert is_settled(files)


def test_an_address_that_a_role_gave_up_is_free_for_another(files):
    files.add(ROLE, "formerly: [old]\n")
    files.apply()
    row = Role.objects.get(slug="ml-engineer").pk
    files.change(ROLE, "formerly: [old]\n", "")
    files.write("roles/old.yaml", files.text(OTHER_ROLE).replace("code: DE", "code: OL"))
    files.apply()
    assert Role.objects.get(slug="ml-engineer").pk == row
    assert Role.objects.get(slug="old").code == "OL"


# -- Renames by an editor ------------------------------------------------------------------


@pytest.fixture
def renamed_live(files):
    """The path rag, which an editor renamed to retrieval after an apply."""
    files.apply()
    path = LearningPath.objects.get(slug="rag")
    edit(path, slug="retrieval")
    path.keep_address("rag")
    return path


def test_a_path_that_an_editor_renamed_keeps_its_name(files, renamed_live):
    files.apply()
    assert LearningPath.objects.get(pk=renamed_live.pk).slug == "retrieval"


def test_a_new_lesson_finds_the_path_that_an_editor_renamed(files, renamed_live):
    files.write("paths/rag/dense.md", files.text(DRAFT).replace("402", "403"))
    files.change(PATH, "  - chunking\n", "  - chunking\n  - dense\n")
    files.apply()
    assert Lesson.objects.get(number=403).path == renamed_live


def test_a_step_on_a_path_that_an_editor_renamed_is_changed_by_the_file(files, renamed_live):
    files.change(ROLE, "why: It comes second.", "why: Then look.")
    found = files.apply()
    assert Step.objects.get(role__slug="ml-engineer", path=renamed_live).why == "Then look."
    assert "steps" not in [field.name for field in found.drift]


def test_a_new_role_finds_the_path_that_an_editor_renamed(files, renamed_live):
    files.write("roles/sre.yaml", files.text(OTHER_ROLE).replace("code: DE", "code: SR"))
    files.apply()
    assert Role.objects.get(slug="sre").steps.get().path == renamed_live


def test_overwrite_gives_a_path_its_name_from_the_file_again(files, renamed_live):
    files.apply(overwrite=True)
    assert LearningPath.objects.get(pk=renamed_live.pk).slug == "rag"
    assert is_settled(files)


# -- Queries -------------------------------------------------------------------------------


def test_live_rows_are_read_in_a_constant_number_of_queries(files, catalog, count_queries):
    files.change(DRAFT, "number: 402", "number: 402\nformerly: [old]")
    files.apply()
    few = count_queries(rows.read_live)
    roles = catalog.roles(20)
    for role in roles:
        role.keep_address(f"old-{role.slug}")
    lesson = Lesson.objects.order_by("pk").last()
    catalog.signal(*Lesson.objects.all())
    catalog.background().knows.set(Lesson.objects.all())
    FormerLessonSlug.objects.create(lesson=lesson, path=lesson.path, slug="old")
    assert count_queries(rows.read_live) == few


def test_an_apply_that_changes_nothing_takes_as_many_queries_for_a_larger_catalog(
    files, count_queries
):
    files.apply()
    few = count_queries(files.apply)
    for number in range(20):
        text = files.text(OTHER_ROLE).replace("code: DE", f"code: X{chr(65 + number)}")
        files.write(f"roles/role-{number}.yaml", text)
    files.apply()
    assert count_queries(files.apply) == few


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite locks when it begins")
def test_nobody_else_writes_between_what_is_read_and_what_is_written(files):
    with CaptureQueriesContext(connection) as queries:
        files.apply()
    first = next(q["sql"] for q in queries if "SAVEPOINT" not in q["sql"])
    assert first.startswith("LOCK TABLE")
    assert "careers_role" in first


@pytest.mark.django_db
def test_a_lesson_that_leaves_a_draft_path_is_first_seen_then(files):
    files.change("paths/prompting/path.yaml", "status: published", "status: draft")
    files.apply()
    long_ago = datetime.datetime(2026, 1, 2, tzinfo=datetime.UTC)
    Lesson.objects.update(published_at=long_ago)
    LearningPath.objects.filter(slug="rag").update(published_at=long_ago)
    files.rename("paths/prompting/first-prompt.md", "paths/rag/first-prompt.md")
    files.change("paths/prompting/path.yaml", "lessons:\n  - first-prompt", "lessons: []")
    files.add("paths/rag/path.yaml", "  - first-prompt\n")
    files.apply()
    moved, stayed = Lesson.objects.get(number=201), Lesson.objects.get(number=401)
    assert moved.path.slug == "rag"
    assert moved.published_at > long_ago
    assert stayed.published_at == long_ago
