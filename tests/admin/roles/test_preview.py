"""The roadmap card beside a role's form."""

import itertools

from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from careers.admin import preview
from paths.models import Status
from tests.admin.editing import change_url, form_of, save, tree

PREVIEW = reverse("admin:careers_role_preview")


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


def test_a_role_whose_address_is_typed_anew_is_not_another_one(editor, role, catalog):
    path = role.steps.first().path
    catalog.role("second", title="Second", paths=[path])

    def others(response) -> list[str]:
        return [each.text for each in tree(response).select(".also a > span:not(.roundel)")]

    page = editor.get(change_url(role))
    asked = tree(page).find(id="preview")["hx-post"]
    for address in (role.slug, "typed-anew", "second"):
        sent = form_of(editor, role) | {"slug": address}
        assert others(editor.post(asked, sent)) == ["Second"], address
    refused = editor.post(change_url(role), sent | {"title": ""})
    assert others(refused) == ["Second"]


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
    *("title", "code", "line", "sequence", "after_paths", "not_taught", "fit_questions"),
    "steps-TOTAL_FORMS",
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
    assert preview.of_typed(sent, str).roadmap.stops == ()


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


# -- Pay -----------------------------------------------------------------------------------------


def pay(response) -> list[str]:
    return [" ".join(each.text.split()) for each in tree(response).select(".pay .figure")]


def test_pay_stands_beside_the_form_and_follows_it(editor, role, catalog):
    catalog.band(role, region="USA", position=1)
    assert pay(editor.get(change_url(role))) == [
        "€60,000–150,000 gross a year, EU",
        "€60,000–150,000 gross a year, USA",
    ]
    sent = form_of(editor, role) | {
        "salary_bands-0-low": "70000",
        "salary_bands-0-currency": "USD",
        "salary_bands-0-position": "9",
        "salary_bands-1-source_title": "<b>A survey</b>",
    }
    answer = editor.post(PREVIEW, sent)
    assert pay(answer) == [
        "€60,000–150,000 gross a year, USA",
        "$70,000–150,000 gross a year, EU",
    ]
    assert not tree(answer).select(".pay b")
    sent |= {"salary_bands-0-high": "1", "salary_bands-1-DELETE": "on"}
    assert not tree(editor.post(PREVIEW, sent)).select(".pay")
