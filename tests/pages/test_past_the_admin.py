"""Rows saved by a shell or a fixture, or changed between two reads: no page breaks.

The catalog is read once a version, and a save outside the admin may not raise the version.
"""

import json

import pytest
from django.core.management import call_command
from django.urls import reverse

from careers import snapshot
from careers.models import Background, CatalogVersion, HiringSignal, Pivot, Role, SalaryBand, Step
from careers.pages import views
from paths import views as path_views
from paths.models import LearningPath, Lesson, Status

ROLE = ["/careers/ml/", "/careers/ml/roadmap/", "/careers/ml/picture.png"]
OTHER = ["/careers/other/", "/careers/other/roadmap/", "/careers/other/picture.png"]
TAUGHT = ["/paths/rag/", "/paths/rag/one/", "/paths/rag/two/"]
WHOLE = [
    *("/", "/careers/", "/careers/?from=writer&pace=5", "/careers/?q=role", "/careers/map/"),
    *("/careers/compare/?r=ml&r=other", "/careers/decode/?title=role", "/paths/", "/changes/"),
    *("/changes/?role=ml", "/data/", "/catalog.json", "/careers.csv", "/feed.atom"),
    *("/changes.atom", "/sitemap.xml", "/nowhere/"),
]


@pytest.fixture
def site(catalog, editor):
    """Two roles, a path with two lessons, a background and a signal, all in the snapshot."""
    path = catalog.path("rag", lessons=0)
    one = catalog.lesson(path, slug="one")
    catalog.lesson(path, slug="two")
    catalog.role("ml", paths=[path])
    catalog.role("other", paths=[path])
    catalog.background(slug="writer").knows.add(one)
    catalog.signal(one)
    CatalogVersion.rise()
    snapshot.current()
    editor.raise_request_exception = False
    return editor


def statuses(site, urls) -> dict[str, int]:
    return {url: site.get(url).status_code for url in urls}


# -- A role that was published outside the admin --


def load_a_role(tmp_path) -> None:
    row = {"model": "careers.role", "pk": 99, "fields": {"slug": "new", "title": "New"}}
    row["fields"] |= {"code": "NW", "status": "published", "updated_at": "2026-01-02T03:04:05Z"}
    fixture = tmp_path / "new.json"
    fixture.write_text(json.dumps([row]))
    call_command("loaddata", fixture, verbosity=0)


@pytest.mark.parametrize("part", ["", "roadmap/", "picture.png"])
@pytest.mark.parametrize("how", ["shell", "fixture", "update"])
def test_a_new_role_is_not_there_until_the_version_rises(site, tmp_path, how, part):
    match how:
        case "shell":
            Role.objects.create(slug="new", title="New", code="NW", status=Status.PUBLISHED)
        case "fixture":
            load_a_role(tmp_path)
        case "update":
            Role.objects.filter(slug="other").update(slug="new")
    assert site.get(f"/careers/new/{part}").status_code == 404
    CatalogVersion.rise()
    assert site.get(f"/careers/new/{part}").status_code == 200


def test_a_role_that_is_published_and_retired_between_two_reads_is_no_error(site, monkeypatch):
    Role.objects.filter(slug="ml").update(status=Status.DRAFT)
    CatalogVersion.rise()
    snapshot.current()
    Role.objects.filter(slug="ml").update(status=Status.PUBLISHED)
    find = views.find_by_slug

    def overtaken(*args):
        found = find(*args)
        Role.objects.filter(slug="ml").update(status=Status.RETIRED)
        CatalogVersion.rise()
        return found

    monkeypatch.setattr(views, "find_by_slug", overtaken)
    assert site.get("/careers/ml/").status_code == 404


def test_a_lesson_that_is_retired_between_two_reads_is_no_error(site, monkeypatch):
    find_lesson = path_views.find_lesson

    def overtaken(*args):
        found = find_lesson(*args)
        Lesson.objects.filter(slug="one").update(status=Status.RETIRED)
        return found

    monkeypatch.setattr(path_views, "find_lesson", overtaken)
    assert site.get("/paths/rag/one/").status_code == 404


# -- Other changes, of which none breaks a page --

CHANGES = {
    "role-renamed": lambda: Role.objects.filter(slug="ml").update(slug="new"),
    "role-retired": lambda: Role.objects.filter(slug="ml").update(status=Status.RETIRED),
    "role-deleted": lambda: Role.objects.filter(slug="ml").delete(),
    "path-renamed": lambda: LearningPath.objects.update(slug="new"),
    "path-retired": lambda: LearningPath.objects.update(status=Status.RETIRED),
    "path-added": lambda: LearningPath.objects.create(slug="new", status=Status.PUBLISHED),
    "lesson-renamed": lambda: Lesson.objects.filter(slug="one").update(slug="new"),
    "lesson-retired": lambda: Lesson.objects.filter(slug="one").update(status=Status.RETIRED),
    "lesson-deleted": lambda: Lesson.objects.filter(slug="one").delete(),
    "steps-deleted": lambda: Step.objects.all().delete(),
    "background-deleted": lambda: (Pivot.objects.all().delete(), Background.objects.all().delete()),
    "signals-retired": lambda: HiringSignal.objects.update(status=Status.RETIRED),
    "bands-deleted": lambda: SalaryBand.objects.all().delete(),
    "version-gone": lambda: CatalogVersion.objects.all().delete(),
}


@pytest.mark.few(2)
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_no_page_breaks_over_what_changed_past_the_admin(site, change):
    change()
    found = statuses(site, [*WHOLE, *ROLE, *OTHER, *TAUGHT, "/careers/new/", "/paths/new/"])
    assert not [url for url, status in found.items() if status >= 500]
    assert {found[url] for url in WHOLE if url != "/nowhere/"} == {200}


def test_the_style_guide_stands_whatever_became_of_the_rows(site):
    """A test of its own: it has its own samples, and takes longer than all other pages together."""
    for name, change in CHANGES.items():
        if name != "path-added":  # takes the slug of path-renamed
            change()
    Role.objects.update(**BROKEN_ROLES["a-source-that-is-a-text"])
    assert site.get("/styleguide/").status_code == 200
    CatalogVersion.rise()
    assert site.get("/styleguide/").status_code == 200


def test_a_role_that_was_saved_past_the_admin_can_be_edited(site):
    role = Role.objects.create(slug="new", title="New", code="NW", status=Status.PUBLISHED)
    for name in ("change", "history"):
        url = reverse(f"admin:careers_role_{name}", args=[role.pk])
        assert site.get(url).status_code == 200


# -- Rows that no form or file would accept --

BROKEN_ROLES = {
    "no-address": {"slug": "m l"},
    "an-empty-address": {"slug": ""},
    "a-share-of-nothing": {"time_split": [{"what": "meetings"}]},
    "shares-that-are-no-list": {"time_split": "meetings"},
    "a-title-that-is-a-text": {"titles": ["AI Engineer"]},
    "a-source-without-an-address": {"sources": [{"title": "A survey"}]},
    "a-source-that-is-a-text": {"sources": ["A survey"]},
}


@pytest.mark.parametrize("broken", BROKEN_ROLES.values(), ids=BROKEN_ROLES)
def test_a_role_that_cannot_be_read_is_not_there_and_all_else_is(site, caplog, broken):
    role = Role.objects.get(slug="ml")
    Role.objects.filter(pk=role.pk).update(**broken)
    CatalogVersion.rise()
    found = statuses(site, [*WHOLE, *OTHER, *TAUGHT])
    assert {found[url] for url in found if url != "/nowhere/"} == {200}
    assert statuses(site, ROLE) == dict.fromkeys(ROLE, 404)
    assert "/careers/ml/" not in site.get("/paths/rag/").text
    assert f"row {role.pk}, can't be shown" in caplog.text


@pytest.mark.parametrize("broken", BROKEN_ROLES.values(), ids=BROKEN_ROLES)
def test_a_role_that_cannot_be_read_can_be_mended(site, broken):
    role = Role.objects.get(slug="ml")
    Role.objects.filter(pk=role.pk).update(**broken)
    assert site.get(reverse("admin:careers_role_change", args=[role.pk])).status_code == 200


def test_a_path_without_an_address_is_not_there_and_all_else_is(site):
    path = LearningPath.objects.get()
    LearningPath.objects.update(slug="r g")
    CatalogVersion.rise()
    found = statuses(site, [*WHOLE, *ROLE, *OTHER])
    assert {found[url] for url in found if url != "/nowhere/"} == {200}
    assert statuses(site, TAUGHT) == dict.fromkeys(TAUGHT, 404)
    assert path.title not in site.get("/paths/").text
    for thing in (path, *path.lessons.all()):
        url = f"admin:paths_{thing._meta.model_name}_change"
        assert site.get(reverse(url, args=[thing.pk])).status_code == 200


@pytest.mark.parametrize(
    "broken",
    [{"slug": "o ne"}, {"sources": [{"title": "A paper"}]}, {"sources": 5}],
    ids=["no-address", "a-source-without-an-address", "sources-that-are-no-list"],
)
def test_a_lesson_that_cannot_be_read_takes_nothing_with_it(site, broken):
    lesson = Lesson.objects.get(slug="one")
    Lesson.objects.filter(pk=lesson.pk).update(**broken)
    CatalogVersion.rise()
    found = statuses(site, [*WHOLE, *ROLE, *OTHER, "/paths/rag/", "/paths/rag/two/"])
    assert {found[url] for url in found if url != "/nowhere/"} == {200}
    assert site.get("/paths/rag/one/").status_code < 500
    assert site.get(reverse("admin:paths_lesson_change", args=[lesson.pk])).status_code == 200


def test_a_signal_that_cannot_be_read_takes_nothing_with_it(site):
    HiringSignal.objects.update(sources=[{"title": "A survey"}])
    CatalogVersion.rise()
    found = statuses(site, [*WHOLE, *ROLE, *TAUGHT])
    assert {found[url] for url in found if url != "/nowhere/"} == {200}


@pytest.mark.parametrize("instead", ["//[", "/careers/%ff/", "nowhere", "/careers/m l/"])
def test_a_retired_role_whose_place_is_no_address_is_gone_all_the_same(site, instead):
    Role.objects.filter(slug="ml").update(status=Status.RETIRED, instead=instead)
    CatalogVersion.rise()
    assert statuses(site, ROLE) == dict.fromkeys(ROLE, 410)
