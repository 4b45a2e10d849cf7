"""The migration from grades to evidence: bases, history and rows of the previous release."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from careers.models import CatalogEntry, Edit, SalaryBand
from careers.sync.writing.apply import apply_entries
from careers.sync.writing.revert import revert
from careers.sync.writing.sides import read_sides

pytestmark = pytest.mark.django_db

MIGRATION = import_module("careers.migrations.0013_evidence_instead_of_grades")
ROLE = "roles/ml-engineer.yaml"


def as_it_was(bands: list) -> None:
    """Give bands, as stored in a base or an edit, the keys from before the migration."""
    for band in bands:
        for name in ("basis", "method", "ends"):
            band.pop(name, None)
        band |= {"grade": "proxy", "proxy_title": band.pop("for_title", "")}


def age() -> None:
    for entry in CatalogEntry.objects.filter(kind="roles"):
        as_it_was(entry.values["values"]["salary_bands"])
        entry.save()
    for edit in Edit.objects.filter(kind="roles", field__in=["", "salary_bands"]):
        if edit.field:
            as_it_was(edit.before)
            as_it_was(edit.after)
        else:
            as_it_was(edit.after["salary_bands"])
        edit.save()


@pytest.fixture
def aged(files):
    files.change(ROLE, "    basis: survey\n", "")  # the key didn't exist then
    apply_entries(files.read())
    files.change(ROLE, "high: 160000", "high: 170000")
    apply_entries(files.read())
    age()
    MIGRATION.rename_in_history(apps, None)
    return files


def test_files_that_say_nothing_new_change_nothing(aged):
    plan = read_sides(aged.read()).plan()
    assert not plan.changes
    assert not plan.drift
    assert not plan.conflicts


def test_a_revision_from_before_can_be_undone(aged):
    number = Edit.objects.get(field="salary_bands").revision_id
    revert(number, "ada")
    band = SalaryBand.objects.get(role__slug="ml-engineer")
    assert (band.high, band.for_title) == (160_000, "Data Scientist")


@pytest.mark.parametrize(
    ("measures", "ends"),
    [
        ("Lower to upper quartile", "quartiles"),
        ("mean to upper quartile", "mean-to-quartile"),
        ("Advertised range", "range"),
    ],
)
def test_ends_that_were_only_told_in_words_get_their_name(catalog, measures, ends):
    band = catalog.role().salary_bands.get()
    type(band).objects.update(measures=measures, ends="range")
    MIGRATION.name_ends(apps, None)
    band.refresh_from_db()
    assert band.ends == ends


def test_an_earlier_version_can_go_on_writing(catalog):
    """It inserts the columns it knows; the others have database defaults."""
    role = catalog.role()
    sql = """
        INSERT INTO careers_salaryband (role_id, position, region, currency, low, high, middle_is,
            measures, grade, proxy_title, experience, period, source_title, source_url, collected,
            note)
        VALUES (%s, 1, 'Spain', 'EUR', 1, 2, '', 'Range', 'proxy', 'Nurse', '', '2026', 'A page',
            'https://example.org/', '2026-01-02', '')
    """
    with connection.cursor() as cursor:
        cursor.execute(sql, [role.pk])
    band = role.salary_bands.get(region="Spain")
    assert (band.for_title, band.ends, band.basis, band.method) == ("Nurse", "range", "", "")
