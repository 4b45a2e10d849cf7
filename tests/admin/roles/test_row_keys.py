"""A role's steps, bands and pivots keep their primary keys, however they are saved."""

import pytest

from careers.models import Revision
from careers.sync.writing.revert import revert
from tests.admin.editing import change_url, errors, form_of, save


@pytest.fixture
def role(catalog):
    """A role with three steps, two salary bands and two pivots."""
    made = catalog.role(paths=[catalog.path(slug) for slug in "abc"])
    catalog.band(made, region="USA", position=1)
    made.pivots.create(background=catalog.background(slug="nurse"), position=1)
    return made


def keys(role) -> dict[str, int]:
    """Return the primary keys of rows by path, background or region."""
    steps = {step.path.slug: step.pk for step in role.steps.select_related("path")}
    pivots = {each.background.slug: each.pk for each in role.pivots.select_related("background")}
    return steps | pivots | {band.region: band.pk for band in role.salary_bands.all()}


def saved(editor, role, **changes):
    answer = save(editor, role, **changes)
    assert answer.status_code == 302, errors(answer)


def test_an_edit_of_one_field_leaves_every_row_where_it_is(editor, role):
    before = keys(role)
    saved(
        editor,
        role,
        **{"steps-1-why": "Now.", "salary_bands-0-high": 155_000, "pivots-1-note": "x"},
    )
    assert keys(role) == before
    assert role.steps.get(path__slug="b").why == "Now."


def test_rows_that_change_places_are_the_same_rows(editor, role):
    before = keys(role)
    places = {f"steps-{row}-position": 2 - row for row in range(3)}
    saved(editor, role, **places, **{"salary_bands-0-position": 7})
    assert keys(role) == before
    assert [step.path.slug for step in role.steps.select_related("path")] == ["c", "b", "a"]
    assert [band.region for band in role.salary_bands.all()] == ["USA", "EU"]


def test_of_two_steps_that_swap_their_paths_each_row_keeps_its_path(editor, role):
    before = keys(role)
    first, second, _ = role.steps.all()
    words = {"steps-0-why": "Of the first.", "steps-1-why": "Of the second."}
    paths = {"steps-0-path": second.path_id, "steps-1-path": first.path_id}
    saved(editor, role, **words, **paths)
    assert keys(role) == before
    said = [(step.path.slug, step.why) for step in role.steps.select_related("path")][:2]
    assert said == [("b", "Of the first."), ("a", "Of the second.")]


def test_rows_that_stay_keep_their_keys_when_others_come_and_go(editor, role, catalog):
    before = keys(role)
    new = {"steps-3-path": catalog.path("d").pk, "steps-3-why": "New.", "steps-3-position": 3}
    saved(editor, role, **{"steps-0-DELETE": "on", "steps-TOTAL_FORMS": 4}, **new)
    after = keys(role)
    del before["a"], after["d"]
    assert after == before


def test_a_band_with_other_words_is_the_same_row_and_a_step_to_another_path_is_not(
    editor, role, catalog
):
    before = keys(role)
    saved(editor, role, **{"steps-1-path": catalog.path("d").pk, "salary_bands-1-region": "Peru"})
    after = keys(role)
    assert after["Peru"] == before["USA"]
    assert after["d"] not in {before[path] for path in "abc"}
    assert [step.path.slug for step in role.steps.select_related("path")] == ["a", "d", "c"]


def test_what_two_editors_saved_is_in_the_same_rows(signed_in, role):
    ada, grace = signed_in("ada", is_superuser=True), signed_in("grace", is_superuser=True)
    before, form = keys(role), form_of(grace, role)
    saved(ada, role, **{"steps-0-DELETE": "on", "steps-1-why": "Ada's.", "steps-2-position": 0})
    answer = grace.post(change_url(role), form | {"steps-2-why": "Grace's.", "steps-0-position": 1})
    assert answer.status_code == 302, errors(answer)
    del before["a"]
    assert keys(role) == before
    assert {step.why for step in role.steps.all()} == {"Ada's.", "Grace's."}


def test_of_two_surveys_of_one_region_each_stays_its_row(editor, role, catalog):
    others = [catalog.band(role, position=2 + n, source_title=f"Survey {n}") for n in range(2)]
    swapped = {"salary_bands-2-position": 9, "salary_bands-2-low": 1, "salary_bands-3-low": 2}
    saved(editor, role, **swapped)
    said = {band.pk: (band.source_title, band.low) for band in role.salary_bands.all()}
    assert said[others[0].pk] == ("Survey 0", 1)
    assert said[others[1].pk] == ("Survey 1", 2)


def test_writes_do_not_grow_with_the_rows(editor, catalog, count_writes):
    def reorder(role, rows: int) -> int:
        sent = form_of(editor, role)
        sent |= {f"steps-{row}-position": rows - row for row in range(rows)}
        return count_writes(lambda: editor.post(change_url(role), sent))

    few, many = (catalog.role(paths=[catalog.path() for _ in range(n)]) for n in (2, 8))
    assert reorder(many, 8) == reorder(few, 2)


def test_what_is_undone_is_in_the_same_rows(editor, role):
    before = keys(role)
    saved(editor, role, **{"steps-0-why": "Now.", "steps-1-position": 7, "pivots-0-note": "New."})
    revert(Revision.objects.latest("number").number, "editor")
    assert keys(role) == before
    assert [step.path.slug for step in role.steps.select_related("path")] == ["a", "b", "c"]
