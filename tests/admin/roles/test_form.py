"""A role's form and its rows."""

import pytest
from django.contrib.admin.models import LogEntry

from careers.admin.role_rows import RowForm
from careers.models import (
    SAME_PATH_TWICE,
    Background,
    HiringSignal,
    Role,
)
from paths.models import Status
from tests.admin.editing import change_url, errors, form_of, save, tree, typed


def test_the_form_saves_what_was_typed(editor, role):
    save(editor, role, summary="Builds small things.")
    assert editor.get("/careers/builder/").text.count("Builds small things.") >= 1


def test_a_form_sent_as_it_came_changes_nothing(editor, real_catalog):
    for thing in (*Role.objects.all(), *HiringSignal.objects.all(), *Background.objects.all()):
        save(editor, thing)
        assert LogEntry.objects.latest("pk").get_change_message() == "No fields changed."


def test_a_form_with_many_rows_is_saved(editor, role_of):
    role = role_of(60)
    assert save(editor, role, title="Another").status_code == 302
    assert (Role.objects.get(pk=role.pk).title, role.salary_bands.count()) == ("Another", 60)


@pytest.mark.parametrize("changes", [None, {"title": ""}])
def test_each_row_is_one_form_and_each_kind_has_one_empty_one(editor, role, monkeypatch, changes):
    sent, built, build = form_of(editor, role), [], RowForm.__init__

    def noting(form, *args, **kwargs):
        build(form, *args, **kwargs)
        built.append(form.prefix)

    monkeypatch.setattr(RowForm, "__init__", noting)
    editor.post(change_url(role), sent | changes) if changes else editor.get(change_url(role))
    kinds = ("steps", "salary_bands", "pivots")
    rows = ("steps-0", "steps-1", "salary_bands-0", "pivots-0")
    assert sorted(built) == sorted([*rows, *(f"{each}-__prefix__" for each in kinds)])


def test_queries_of_the_form_do_not_grow_with_its_rows(editor, role_of, count_at):
    few, many = role_of(2), role_of(8)
    two = count_at(lambda: editor.get(change_url(few)))
    assert count_at(lambda: editor.get(change_url(many))) == two


def test_queries_of_a_save_do_not_grow_with_the_rows_that_stay(editor, role_of, count_at):
    few, many = role_of(2), role_of(8)
    sent_few, sent_many = form_of(editor, few), form_of(editor, many)
    two = count_at(lambda: editor.post(change_url(few), sent_few))
    assert count_at(lambda: editor.post(change_url(many), sent_many)) == two


def test_queries_of_a_refusal_do_not_grow_with_the_rows(editor, role_of, count_at):
    few, many = role_of(2), role_of(8)
    sent_few = form_of(editor, few) | {"title": ""}
    sent_many = form_of(editor, many) | {"title": ""}
    two = count_at(lambda: editor.post(change_url(few), sent_few))
    assert count_at(lambda: editor.post(change_url(many), sent_many)) == two


def test_a_step_is_moved_by_its_number(editor, role):
    first, second = role.steps.all()
    save(editor, role, **{"steps-0-position": 5, "steps-1-position": 2})
    assert list(role.steps.all()) == [second, first]


def test_a_step_is_added_and_another_removed(editor, role, catalog):
    path = catalog.path("new-one")
    sent = {
        "steps-TOTAL_FORMS": 3,
        "steps-0-DELETE": "on",
        "steps-2-path": path.pk,
        "steps-2-why": "It is new.",
        "steps-2-position": 0,
    }
    kept = role.steps.last().path
    save(editor, role, **sent)
    assert [step.path for step in role.steps.select_related("path")] == [path, kept]


def test_a_new_step_that_was_removed_again_is_no_step(editor, role):
    added = {"steps-TOTAL_FORMS": 3, "steps-2-path": "", "steps-2-position": 2}
    save(editor, role, **added, **{"steps-2-DELETE": "on"})
    assert role.steps.count() == 2


def test_a_path_moves_from_a_removed_step_to_a_new_one(editor, role):
    path = role.steps.first().path_id
    sent = {
        "steps-TOTAL_FORMS": 3,
        "steps-0-DELETE": "on",
        "steps-2-path": path,
        "steps-2-why": "Again.",
        "steps-2-position": 7,
    }
    save(editor, role, **sent)
    assert role.steps.last().path_id == path


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"aliases": "ML\nEngineer\nML"}, "This list has the same item twice."),
        ({"time_split": "60 code\n40 code"}, "An activity can have only one share."),
        ({"titles": "AI Engineer\nAI Engineer: what varies"}, "This list has a title twice."),
        ({"sources": "A https://example.org\nB https://example.org"}, "has an address twice."),
        ({"salary_bands-0-high": 155_000}, "Two salary bands of one region"),
    ],
)
def test_what_nothing_tells_apart_is_refused_once_somebody_edits_it(
    editor, catalog, changes, words
):
    role = catalog.role()
    catalog.band(role, position=1)
    assert words in "".join(errors(save(editor, role, **changes)))


def test_what_nothing_tells_apart_already_keeps_nobody_from_saving(editor, catalog):
    role = catalog.role()
    catalog.band(role, position=1)
    assert save(editor, role, title="Other").status_code == 302


def test_a_path_can_not_stand_in_a_roadmap_twice(editor, role):
    refused = save(editor, role, **{"steps-1-path": role.steps.first().path_id})
    assert SAME_PATH_TWICE in errors(refused)


def test_a_row_that_is_refused_is_refused_for_one_reason(editor, role):
    assert errors(save(editor, role, **{"steps-0-position": "x"})) == [
        "This must be a whole number, not “x”."
    ]


def test_a_salary_band_follows_the_models_rules(editor, role):
    refused = save(editor, role, **{"salary_bands-0-low": 200_000})
    assert "The low end of a salary band can't be above its high end." in errors(refused)


def test_an_address_that_changes_goes_on_redirecting(editor, role):
    save(editor, role, slug="maker")
    moved = editor.get("/careers/builder/")
    assert (moved.status_code, moved["Location"]) == (301, "/careers/maker/")


@pytest.mark.parametrize("status", Status)
def test_only_a_published_role_can_be_viewed_on_the_site(editor, catalog, status):
    page = tree(editor.get(change_url(catalog.role("builder", status=status))))
    links = [link["href"] for link in page.select("a.viewsitelink")]
    assert links == (["/careers/builder/"] if status == Status.PUBLISHED else [])


# -- Lists of two-part lines ------------------------------------------------------------


def test_a_day_is_typed_as_lines(editor, role):
    save(editor, role, time_split="30 prompts\r\n\r\n 50%  code \n20 talk with people")
    role.refresh_from_db()
    assert role.time_split == [
        {"share": 30, "activity": "prompts"},
        {"share": 50, "activity": "code"},
        {"share": 20, "activity": "talk with people"},
    ]


def test_titles_are_typed_as_lines(editor, role):
    save(editor, role, titles="AI Engineer:  look for prompts: or training \r\n\r\nNLP Engineer")
    role.refresh_from_db()
    assert role.titles == [
        {"title": "AI Engineer", "varies": "look for prompts: or training"},
        {"title": "NLP Engineer", "varies": ""},
    ]


def test_a_line_without_a_title_is_named(editor, role):
    refused = save(editor, role, titles="A\n: look for it")
    assert [error for error in errors(refused) if error.startswith("Line 2, “: look for it”: ")]


@pytest.mark.parametrize("line", ["prompts 30", "30", "-5 prompts", "101 prompts", "٣٠ x", "3.5 x"])
def test_a_share_that_can_not_be_read_is_named_by_its_line(editor, role, line):
    refused = save(editor, role, time_split=f"70 code\n{line}")
    assert [error for error in errors(refused) if error.startswith(f"Line 2, “{line}”: ")]


def test_lines_that_are_refused_are_counted_as_they_stand(editor, role):
    typed = "\n".join(["", "30 prompts", "", *("wrong" for _ in range(6))])
    found = [each for each in errors(save(editor, role, time_split=typed)) if "ine" in each]
    assert [each.partition(":")[0] for each in found[:-1]] == [
        f"Line {place}, “wrong”" for place in range(4, 9)
    ]
    assert found[-1] == "1 more line can't be read."


def test_shares_that_make_no_day_are_refused_in_the_models_words(editor, role):
    assert "The shares of a day must add up to 100%." in errors(
        save(editor, role, time_split="30 x")
    )


@pytest.mark.parametrize("line", ["https://example.org/x", "A survey", "A survey ftp://x.org"])
def test_a_source_that_can_not_be_read_is_named_by_its_line(editor, role, line):
    refused = save(editor, role, sources=f"Fine https://example.org\n{line}")
    assert [error for error in errors(refused) if error.startswith(f"Line 2, “{line}”: ")]


def test_nothing_that_was_typed_is_lost(editor, role):
    words = "abc\n  100 everything, twice  "
    refused = save(editor, role, time_split=words, sources="one\ntwo", aliases="A\nB", title="")
    assert typed(refused, "role_form")["time_split"] == words
    assert typed(refused, "role_form")["sources"] == "one\ntwo"


def test_a_thousand_bad_lines_give_a_handful_of_complaints(editor, role):
    assert len(errors(save(editor, role, sources="x\n" * 1000))) == 6
