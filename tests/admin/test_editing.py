"""The editors' site, without a browser."""

import itertools

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from careers.admin import preview
from careers.admin.role_rows import CHANGED_ELSEWHERE
from careers.models import (
    SAME_CODE,
    SAME_PATH_TWICE,
    Background,
    CatalogEntry,
    HiringSignal,
    Role,
    Step,
)
from paths.models import ADDRESS_TAKEN, Status
from tests.admin.editing import change_url, errors, form_of, messages, run, save, tree, typed

PREVIEW = reverse("admin:careers_role_preview")


# -- The site ------------------------------------------------------------------------------


def test_an_editor_signs_in_over_plain_http(client, admin_user):
    asked_for = reverse("admin:careers_role_changelist")
    sent = {"username": "admin", "password": "password", "next": asked_for}
    assert client.post(reverse("admin:login"), sent, follow=True).request["PATH_INFO"] == asked_for


@pytest.mark.parametrize("page", ["login", "index"])
def test_the_site_has_its_name_and_a_way_back(client, editor, page):
    found = tree((editor if page == "index" else client).get(reverse(f"admin:{page}")))
    assert "AI Careers" in found.title.text
    assert found.select_one("header a[href='/']")


def test_the_catalog_stands_before_users_and_groups(editor):
    headings = [caption.text.strip() for caption in tree(editor.get("/admin/")).select("caption")]
    assert headings == ["Careers", "Learning paths", "Authentication and Authorization"]


def test_the_bookkeeping_of_files_is_not_for_editors():
    assert not admin.site.is_registered(CatalogEntry)


@pytest.mark.parametrize(
    "kind", ["careers_role", "careers_background", "careers_hiringsignal", "paths_lesson"]
)
def test_nothing_stands_inline_where_the_policy_forbids_it(editor, catalog, kind):
    lesson = catalog.lesson(catalog.path())
    things = {
        "careers_role": catalog.role(),
        "careers_background": catalog.background(),
        "careers_hiringsignal": catalog.signal(lesson),
        "paths_lesson": lesson,
    }
    for url in (change_url(things[kind]), reverse(f"admin:{kind}_changelist")):
        found = tree(editor.get(url))
        assert not found.select("style, [style], script:not([src])")
        assert not [t for t in found.find_all() if any(name.startswith("on") for name in t.attrs)]


@pytest.mark.parametrize("kind", ["careers_role", "paths_learningpath", "paths_lesson"])
def test_nothing_of_the_catalog_can_be_deleted(editor, catalog, kind):
    role = catalog.role()
    path = role.steps.get().path
    thing = {"role": role, "learningpath": path, "lesson": path.lessons.get()}[kind.split("_")[1]]
    refused = editor.post(reverse(f"admin:{kind}_delete", args=[thing.pk]), {"post": "yes"})
    assert refused.status_code == 403
    page = tree(editor.get(reverse(f"admin:{kind}_changelist")))
    assert not page.select("option[value=delete_selected]")


@pytest.mark.parametrize("query", ["q=%ff%fe", "p=x", "o=x.y", "e=1", "path__id__exact=z"])
@pytest.mark.parametrize("kind", ["careers_role", "paths_lesson"])
def test_no_query_string_breaks_a_list(editor, kind, query):
    answer = editor.get(reverse(f"admin:{kind}_changelist") + "?" + query)
    assert answer.status_code in {200, 302}


@pytest.mark.parametrize(
    "address", ["careers/role/?q=%00", "careers/role/?status__exact=%00", "autocomplete/?term=%00"]
)
def test_an_address_with_a_nul_is_a_bad_request(editor, address):
    assert editor.get(f"/admin/{address}").status_code == 400


def test_no_query_string_breaks_the_autocomplete(editor, catalog):
    names = "app_label=careers&model_name=step&field_name=path"
    catalog.path(title="Prompting")
    for term in ("%ff", "x" * 5000):
        answer = editor.get(f"{reverse('admin:autocomplete')}?{names}&term={term}")
        assert answer.status_code == 200


# -- Lists ---------------------------------------------------------------------------------


def test_queries_of_the_role_list_do_not_grow(editor, catalog, count_at):
    catalog.roles(10)
    url = reverse("admin:careers_role_changelist")
    few = count_at(lambda: editor.get(url))
    catalog.roles(80)
    assert count_at(lambda: editor.get(url)) == few


@pytest.mark.parametrize("kind", ["paths_learningpath", "paths_lesson", "careers_background"])
def test_queries_of_the_other_lists_do_not_grow(editor, catalog, count_at, kind):
    def grow(times: int) -> None:
        for _ in range(times):
            catalog.background().knows.set(catalog.path(lessons=2).lessons.all())

    grow(2)
    url = reverse(f"admin:{kind}_changelist")
    few = count_at(lambda: editor.get(url))
    grow(20)
    assert count_at(lambda: editor.get(url)) == few


@pytest.mark.parametrize("words", ["Tinker Wizard", "Role of old", "ZQ", "the-address"])
def test_a_role_is_found_by_each_of_its_names(editor, catalog, words):
    catalog.role()
    catalog.role("the-address", title="Role of old", code="ZQ", aliases=["LLM", "Tinker Wizard"])
    found = tree(editor.get(reverse("admin:careers_role_changelist"), {"q": words}))
    assert [link.text for link in found.select("th.field-title a")] == ["Role of old"]


def test_the_role_list_shows_the_hours_that_the_public_sees(editor, catalog):
    seen = catalog.path(lessons=2)
    catalog.lesson(seen, status=Status.RETIRED)
    catalog.role(paths=[seen, catalog.path(status=Status.DRAFT)])
    found = tree(editor.get(reverse("admin:careers_role_changelist")))
    assert found.select_one("td.field-hours").text == "1.6 h"


def test_the_role_list_counts_of_a_path_what_a_step_takes(editor, catalog):
    path = catalog.path(lessons=3)
    role = catalog.role(paths=[path])
    role.steps.update(only=[path.lessons.first().number])
    found = tree(editor.get(reverse("admin:careers_role_changelist")))
    assert found.select_one("td.field-hours").text == "0.8 h"


# -- A role's form -------------------------------------------------------------------------


@pytest.fixture
def role(catalog) -> Role:
    return catalog.role("builder", paths=[catalog.path(), catalog.path()])


@pytest.fixture
def role_of(catalog):
    """A role with some number of rows of each kind."""

    def make(rows: int) -> Role:
        made = catalog.role(paths=[catalog.path() for _ in range(rows)])
        for _ in range(rows - 1):
            catalog.band(made)
            made.pivots.create(background=catalog.background())
        return made

    return make


def test_the_form_saves_what_was_typed(editor, role):
    save(editor, role, summary="Builds small things.")
    assert editor.get("/careers/builder/").text.count("Builds small things.") >= 1


def test_a_form_sent_as_it_came_changes_nothing(editor, real_catalog):
    for thing in (*Role.objects.all(), *HiringSignal.objects.all(), *Background.objects.all()):
        save(editor, thing)
        assert LogEntry.objects.latest("pk").get_change_message() == "No fields changed."


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
        ({"aliases": "ML\nEngineer\nML"}, "This list says the same twice."),
        ({"time_split": "60 code\n40 code"}, "An activity has one share."),
        ({"sources": "A https://example.org\nB https://example.org"}, "has an address twice."),
        ({"salary_bands-0-high": 155_000}, "Two salary bands of one region"),
    ],
)
def test_what_nothing_tells_apart_is_refused_once_somebody_edits_it(
    editor, catalog, changes, words
):
    role = catalog.role()
    catalog.band(role, position=1)
    assert save(editor, role, title="Other").status_code == 302
    assert words in "".join(errors(save(editor, role, **changes)))


def test_a_path_can_not_stand_in_a_roadmap_twice(editor, role):
    refused = save(editor, role, **{"steps-1-path": role.steps.first().path_id})
    assert SAME_PATH_TWICE in errors(refused)


def test_a_row_that_is_refused_is_refused_for_one_reason(editor, role):
    assert errors(save(editor, role, **{"steps-0-position": "x"})) == ["Enter a whole number."]


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


# -- Lists of two-part lines ---------------------------------------------------------------


def test_a_day_is_typed_as_lines(editor, role):
    save(editor, role, time_split="30 prompts\r\n\r\n 50%  code \n20 talk with people")
    role.refresh_from_db()
    assert role.time_split == [
        {"share": 30, "activity": "prompts"},
        {"share": 50, "activity": "code"},
        {"share": 20, "activity": "talk with people"},
    ]


@pytest.mark.parametrize("line", ["prompts 30", "30", "-5 prompts", "101 prompts", "٣٠ x", "3.5 x"])
def test_a_share_that_can_not_be_read_is_named_by_its_line(editor, role, line):
    refused = save(editor, role, time_split=f"70 code\n{line}")
    assert [error for error in errors(refused) if error.startswith(f"Line 2, “{line}”: ")]


def test_shares_that_make_no_day_are_refused_in_the_models_words(editor, role):
    assert "The shares of a day add up to 100%." in errors(save(editor, role, time_split="30 x"))


@pytest.mark.parametrize("line", ["https://example.org/x", "A survey", "A survey ftp://x.org"])
def test_a_source_that_can_not_be_read_is_named_by_its_line(editor, role, line):
    refused = save(editor, role, sources=f"Fine https://example.org\n{line}")
    assert [error for error in errors(refused) if error.startswith(f"Line 2, “{line}”: ")]


def test_nothing_that_was_typed_is_lost(editor, role):
    words = "abc\n  100 everything, twice  "
    refused = save(editor, role, time_split=words, sources="one\ntwo", aliases="A\nB", title="")
    assert typed(tree(refused), "role_form")["time_split"] == words
    assert typed(tree(refused), "role_form")["sources"] == "one\ntwo"


def test_a_thousand_bad_lines_give_a_handful_of_complaints(editor, role):
    assert len(errors(save(editor, role, sources="x\n" * 1000))) == 6


# -- Bad input -----------------------------------------------------------------------------

KINDS = ["role", "learningpath", "lesson", "background", "hiringsignal"]
ODD_NUMBERS = {"huge": "9" * 400, "negative": "-1"}
ODD_TEXTS = {
    "nul": "a\0b",
    "markup": "<script>alert(1)</script>",
    "brackets": "[" * 20_000,
    "odd letters": "\u202e\ud7ff\U0010ffff\x1b",
}


@pytest.fixture
def thing_of(catalog):
    """One thing of each kind that has a form."""

    def make(kind: str):
        lesson = catalog.lesson(catalog.path())
        made = {"learningpath": lesson.path, "lesson": lesson}
        makers = {"role": catalog.role, "background": catalog.background}
        makers["hiringsignal"] = lambda: catalog.signal(lesson)
        return made.get(kind) or makers[kind]()

    return make


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("number", ODD_NUMBERS)
def test_an_odd_number_in_any_field_is_answered_with_the_form(editor, thing_of, kind, number):
    thing = thing_of(kind)
    before = form_of(editor, thing)
    for name in (name for name, value in before.items() if str(value).isdecimal()):
        answer = editor.post(change_url(thing), before | {name: ODD_NUMBERS[number]})
        assert answer.status_code in {200, 302}, name


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("text", ODD_TEXTS)
def test_an_odd_text_in_any_field_is_answered_with_the_form(editor, thing_of, kind, text):
    thing = thing_of(kind)
    before = form_of(editor, thing)
    for names in itertools.batched(before, 4):
        answer = editor.post(change_url(thing), before | dict.fromkeys(names, ODD_TEXTS[text]))
        assert answer.status_code in {200, 302}, names


@pytest.mark.parametrize("kind", KINDS)
def test_a_megabyte_in_a_field_is_refused(editor, thing_of, kind):
    assert errors(save(editor, thing_of(kind), summary="x" * 2**20))


@pytest.mark.parametrize("kind", KINDS)
def test_a_nul_is_refused_in_every_area_of_text(editor, thing_of, kind):
    thing = thing_of(kind)
    page = tree(editor.get(change_url(thing)))
    before = typed(page, f"{kind}_form")
    for area in page.select(f"#{kind}_form > div > fieldset:not(.rows) textarea"):
        answer = editor.post(
            change_url(thing), before | {area["name"]: "100 a\0b https://example.org"}
        )
        assert answer.status_code == 200, area["name"]


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_form_is_refused(editor, kind):
    app = "paths" if kind in {"learningpath", "lesson"} else "careers"
    refused = editor.post(reverse(f"admin:{app}_{kind}_add"), {})
    assert refused.status_code == 200
    assert tree(refused).select(".errornote")


def test_a_code_that_another_role_has_is_refused(editor, role, catalog):
    other = catalog.role()
    assert SAME_CODE in errors(save(editor, role, code=other.code))


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
    shown = typed(tree(refused), "role_form")
    rows = [(shown[f"steps-{n}-path"], shown[f"steps-{n}-why"]) for n in range(2)]
    assert rows == [(str(second), "Second."), (str(first), "First.")]


def test_a_row_that_is_gone_can_be_removed_and_added_again(editor, role):
    sent = form_of(editor, role)
    gone = role.steps.first()
    gone.delete()
    shown = typed(tree(editor.post(change_url(role), sent)), "role_form")
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


# -- Actions -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("action", "status"),
    [
        ("publish", Status.PUBLISHED),
        ("retire", Status.RETIRED),
        ("back_to_draft", Status.DRAFT),
    ],
)
def test_an_action_changes_the_status(editor, catalog, action, status):
    other = next(s for s in Status if s != status)
    roles = [catalog.role(status=other, title=title) for title in ("One", "Two")]
    said = messages(run(editor, "careers_role", action, *roles))
    assert {role.status for role in Role.objects.all()} == {status}
    assert "“One” and “Two” were" in said


def test_what_can_not_be_published_is_named_with_the_reason(editor, catalog):
    path = catalog.path(lessons=0)
    empty = catalog.lesson(path, title="Empty one", status=Status.DRAFT, body="")
    whole = catalog.lesson(path, title="Whole one", status=Status.DRAFT)
    said = messages(run(editor, "paths_lesson", "publish", empty, whole))
    assert "“Empty one” can't be published: A published lesson needs a text." in said
    assert "“Whole one” was published." in said
    assert list(path.lessons.filter(status=Status.PUBLISHED)) == [whole]


def test_who_may_only_look_can_not_publish(editor_who_may, catalog):
    role = catalog.role(status=Status.DRAFT)
    run(editor_who_may("view_role"), "careers_role", "publish", role)
    role.refresh_from_db()
    assert role.status == Status.DRAFT


def test_who_may_change_a_role_may_change_its_rows(editor_who_may, role):
    save(editor_who_may("change_role"), role, **{"steps-0-why": "Since today."})
    assert role.steps.first().why == "Since today."


def test_who_may_only_look_sees_a_form_without_fields(editor_who_may, role):
    page = tree(editor_who_may("view_role").get(change_url(role)))
    assert not page.select("#role_form :is(textarea, select, input:not([type=hidden]), button)")
    assert page.select("#preview .roadmap")


# -- The preview ---------------------------------------------------------------------------


def shown(response) -> list[str]:
    return [heading.text for heading in tree(response).select(".roadmap .line h3")]


def test_the_form_stands_beside_its_saved_roadmap(editor, role):
    titles = [step.path.title for step in role.steps.select_related("path")]
    assert shown(editor.get(change_url(role))) == titles


def test_the_preview_follows_what_was_typed(editor, role):
    sent = form_of(editor, role) | {
        "after_paths": "a thing that ships",
        "sequence": "any-order",
        "line": "pink",
        "steps-1-why": "Because.",
    }
    card = tree(editor.post(PREVIEW, sent)).select_one(".roadmap")
    assert "a thing that ships" in card.text
    assert "Any order" in card.text
    assert "Because." in card.text
    assert card["data-line"] == "pink"


def test_the_preview_is_what_saving_would_show(editor, role, catalog):
    catalog.lesson(role.steps.first().path, status=Status.DRAFT)
    numbers = [lesson.number for lesson in role.steps.first().path.lessons.all()]
    sent = form_of(editor, role) | {"steps-0-why": "Why not.", "steps-1-emphasis": "lightly"}
    sent |= {"steps-0-only": f"{numbers[1]}, {numbers[0]}", "steps-0-focus": f"{numbers[0]}"}
    before = tree(editor.post(PREVIEW, sent)).select_one(".roadmap")
    editor.post(change_url(role), sent)
    assert tree(editor.get("/careers/builder/roadmap/")).select_one(".roadmap") == before


def test_the_preview_follows_rows_that_are_moved_added_and_removed(editor, role, catalog):
    new = catalog.path(title="Brand new")
    kept = role.steps.last().path.title
    sent = form_of(editor, role) | {
        "steps-0-DELETE": "on",
        "steps-1-position": 3,
        "steps-7-path": new.pk,
        "steps-7-position": 1,
    }
    assert shown(editor.post(PREVIEW, sent)) == ["Brand new", kept]


def test_the_preview_saves_nothing(editor, role):
    editor.post(PREVIEW, form_of(editor, role) | {"title": "Another", "steps-0-DELETE": "on"})
    role.refresh_from_db()
    assert (role.title, role.steps.count()) != ("Another", 1)


def test_the_preview_names_what_the_public_would_not_see(editor, role, catalog):
    draft = catalog.path(title="Half done", status=Status.DRAFT)
    answer = editor.post(PREVIEW, form_of(editor, role) | {"steps-1-path": draft.pk})
    assert "Half done" not in tree(answer).select_one(".roadmap").text
    assert "The public doesn’t see Half done (draft) here." in answer.text


def test_a_refused_form_shows_the_roadmap_that_was_typed(editor, role):
    titles = shown(editor.get(change_url(role)))
    refused = save(editor, role, title="", **{"steps-0-position": 9})
    assert shown(refused) == titles[::-1]


def test_queries_of_the_preview_do_not_grow_with_the_steps(editor, role_of, count_at):
    few, many = form_of(editor, role_of(2)), form_of(editor, role_of(8))
    two = count_at(lambda: editor.post(PREVIEW, few))
    assert count_at(lambda: editor.post(PREVIEW, many)) == two


NAMES = [
    *("title", "code", "line", "sequence", "after_paths", "not_taught", "steps-TOTAL_FORMS"),
    *(
        f"steps-{row}-{field}"
        for row, field in itertools.product(
            ("0", "1", "12", "99999999999", "__prefix__"),
            ("path", "position", "why", "emphasis", "only", "focus", "DELETE"),
        )
    ),
]


@given(data=st.dictionaries(st.sampled_from(NAMES), st.text(max_size=30)))
def test_no_state_of_typing_breaks_the_preview(db, data):
    sent = QueryDict(mutable=True)
    sent.update(data)
    assert preview.of_typed(sent).roadmap.stops == ()


def test_the_preview_is_for_those_who_may_edit(client, editor_who_may, role):
    assert client.post(PREVIEW).status_code == 403
    assert editor_who_may("view_role").post(PREVIEW).status_code == 403
    assert editor_who_may("add_role").post(PREVIEW).status_code == 200
    assert editor_who_may("change_role").post(PREVIEW).status_code == 200


def test_the_preview_is_guarded_against_other_sites(signed_in):
    strict = signed_in("editor", Client(enforce_csrf_checks=True), is_superuser=True)
    assert strict.post(PREVIEW).status_code == 403


def test_the_preview_is_not_a_page(editor):
    assert editor.get(PREVIEW).status_code == 405


# -- Paths and lessons ---------------------------------------------------------------------


def test_a_lessons_number_never_changes(editor, catalog):
    lesson = catalog.lesson(catalog.path())
    number = lesson.number
    save(editor, lesson, number=number + 1, title="Other title")
    lesson.refresh_from_db()
    assert (lesson.number, lesson.title) == (number, "Other title")


def test_a_lesson_shows_how_it_reads(editor, catalog):
    lesson = catalog.lesson(catalog.path(), body="## A heading\n\n<b>not bold</b>")
    reading = tree(editor.get(change_url(lesson))).select_one("#preview")
    assert reading.h2.text == "A heading"
    assert not reading.select("b")


@pytest.mark.parametrize("field", ["slug", "path"])
def test_a_lesson_that_moves_leaves_a_redirect(editor, catalog, field):
    lesson = catalog.lesson(catalog.path("old-path"), slug="old")
    other = catalog.path("new-path")
    save(editor, lesson, **{field: {"slug": "new", "path": other.pk}[field]})
    lesson.refresh_from_db()
    moved = editor.get("/paths/old-path/old/")
    assert (moved.status_code, moved["Location"]) == (301, lesson.get_absolute_url())


def test_a_lesson_of_a_draft_path_can_not_be_viewed_on_the_site(editor, catalog):
    lesson = catalog.lesson(catalog.path(status=Status.DRAFT))
    assert not tree(editor.get(change_url(lesson))).select("a.viewsitelink")


def test_a_path_lists_its_lessons_in_order(editor, catalog):
    path = catalog.path(lessons=2, drafts=1)
    page = tree(editor.get(change_url(path)))
    links = [link["href"] for link in page.select(".field-outline ol a")]
    assert links == [change_url(lesson) for lesson in path.lessons.in_outline()]


@pytest.mark.parametrize("kind", ["learningpath", "lesson", "background", "hiringsignal"])
def test_queries_of_the_other_forms_do_not_grow(editor, catalog, count_at, kind):
    path = catalog.path(lessons=2)
    things = {
        "learningpath": path,
        "lesson": path.lessons.first(),
        "background": catalog.background(),
        "hiringsignal": catalog.signal(*path.lessons.all()),
    }
    url = change_url(things[kind])
    few = count_at(lambda: editor.get(url))
    for _ in range(10):
        catalog.lesson(catalog.path())
        catalog.lesson(path)
    things["hiringsignal"].lessons.set(path.lessons.all())
    things["background"].knows.set(path.lessons.all())
    assert count_at(lambda: editor.get(url)) == few


def test_a_chosen_lesson_is_shown_with_its_path(editor, catalog):
    lesson = catalog.lesson(catalog.path(title="Tools"), title="Hammers", status=Status.DRAFT)
    page = tree(editor.get(change_url(catalog.signal(lesson))))
    chosen = page.select_one("#id_lessons option[selected]")
    assert chosen.text == "Tools › Hammers (draft)"


def test_an_address_that_redirects_to_another_thing_is_refused(editor, catalog):
    catalog.role("new").keep_address("old")
    other = catalog.role("other")
    assert ADDRESS_TAKEN in save(editor, other, slug="old").text
    other.refresh_from_db()
    assert other.slug == "other"


def test_a_thing_may_take_its_own_address_back(editor, catalog):
    role = catalog.role("new")
    role.keep_address("old")
    assert save(editor, role, slug="old").status_code == 302


def test_a_search_of_thousands_of_words_is_refused_in_words(editor, catalog):
    catalog.path()
    url = reverse("admin:paths_lesson_changelist")
    response = editor.get(url, {"q": "x " * 2000})
    assert "A search takes at most 100 characters" in response.text
