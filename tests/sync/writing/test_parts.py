"""A role's steps, pivots and salary bands keep their primary keys, whoever writes the role."""

import pytest

from careers.models import Pivot, Revision, Role, SalaryBand, Step
from careers.sync.writing.revert import revert

pytestmark = pytest.mark.django_db
ROLE = "roles/ml-engineer.yaml"
STEPS = """\
  - path: prompting
    why: It comes first.
  - path: rag
    why: It comes second.
    emphasis: deeply
"""
SWAPPED = """\
  - path: rag
    why: It comes second.
    emphasis: deeply
  - path: prompting
    why: It comes first.
"""


@pytest.fixture
def applied(files):
    files.apply()
    return files


def role() -> Role:
    return Role.objects.get(slug="ml-engineer")


def steps() -> dict[str, int]:
    """Path → primary key of the step, in the steps' order."""
    return {step.path.slug: step.pk for step in role().steps.all()}


def keys() -> dict[str, set[int]]:
    """Model → primary keys of all its rows."""
    return {
        model.__name__: set(model.objects.values_list("pk", flat=True))
        for model in (Step, Pivot, SalaryBand)
    }


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("why: It comes first.", "why: It comes before all."),
        ("    emphasis: deeply\n", ""),
        ("note: Code carries over.", "note: All of it carries over."),
        ("fit: strong\n    months: 3\n", "fit: good\n"),
        ("high: 160000\n    middle: 90000", "high: 170000\n    middle: 95000"),
        ("experience: 5 years", "experience: 5–10 years"),
        ("      title: A survey", "      title: Another survey"),
        (STEPS, SWAPPED),
    ],
)
def test_what_changes_is_changed_in_place_and_undone_in_place(applied, old, new):
    before, was = keys(), list(role().steps.values())
    applied.change(ROLE, old, new)
    applied.apply()
    assert keys() == before
    revert(Revision.objects.latest("number").number, "grace")
    assert keys() == before
    assert list(role().steps.values()) == was


def test_a_step_is_known_by_its_path_wherever_it_stands(applied):
    before = steps()
    applied.change(ROLE, STEPS, SWAPPED)
    applied.apply()
    assert steps() == before
    assert list(steps()) == ["rag", "prompting"]


def test_a_step_to_another_path_is_another_step(applied):
    before = steps()
    applied.change("roles/data-engineer.yaml", "path: rag", "path: prompting")
    other = Step.objects.get(role__slug="data-engineer").pk
    applied.apply()
    assert steps() == before
    assert Step.objects.get(role__slug="data-engineer").pk != other


def test_what_goes_and_comes_leaves_the_others_alone(applied):
    rag = steps()["rag"]
    applied.change(ROLE, "  - path: prompting\n    why: It comes first.\n", "")
    applied.apply()
    assert steps() == {"rag": rag}
    revert(Revision.objects.latest("number").number, "grace")
    assert steps()["rag"] == rag
    assert list(steps()) == ["prompting", "rag"]


def test_a_step_outlives_the_name_of_its_path(applied):
    before = steps()
    applied.rename("paths/rag", "paths/retrieval")
    applied.change("paths/retrieval/path.yaml", "title: RAG", "title: RAG\nformerly: [rag]")
    applied.change("backgrounds.yaml", "rag/chunking", "retrieval/chunking")
    applied.change("roles/data-engineer.yaml", "path: rag", "path: retrieval")
    applied.change(ROLE, "path: rag\n    why: It comes second.", "path: retrieval\n    why: Late.")
    applied.apply()
    assert steps() == {"prompting": before["prompting"], "retrieval": before["rag"]}
    assert role().steps.last().why == "Late."


def test_a_band_from_a_second_survey_stays_one_of_two(applied):
    text = applied.text(ROLE)
    band = text[text.index("  - region: EU") : text.index("sources:")]
    second = band.replace("low: 65000", "low: 60000").replace("A survey", "Another survey")
    applied.write(ROLE, text.replace(band, band + second))
    applied.apply()
    first, second = role().salary_bands.all()
    applied.change(ROLE, "low: 60000", "low: 61000")
    applied.apply()
    assert [band.pk for band in role().salary_bands.all()] == [first.pk, second.pk]
    assert [band.low for band in role().salary_bands.all()] == [65_000, 61_000]


def test_parts_that_stay_are_not_written(applied, count_writes):
    def writes(**words: str) -> int:
        for old, new in words.items():
            applied.change(ROLE, f"{old}: ", f"{old}: {new}")
        return count_writes(applied.apply)

    assert writes(title="A ") < writes(why="A ", note="A ", region="A ")
