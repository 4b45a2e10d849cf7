"""The editors' site as a whole, without a browser."""

import pytest
from django.contrib import admin
from django.urls import reverse

from careers.models import (
    CatalogEntry,
)
from tests.admin.editing import change_url, tree


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
