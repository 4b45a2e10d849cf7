"""The open data: all of it, nothing else, and enough of it to compute every hour on a page."""

import contextlib
import csv
import datetime
import gzip
import io
import itertools
import json
import math
import re
import zlib
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from bs4 import BeautifulSoup, Tag
from django.conf import settings
from django.urls import reverse

from careers import snapshot
from careers.models import Background, CatalogVersion, HiringSignal, Pivot, Role, SalaryBand, Step
from careers.opendata import document
from careers.opendata.fields import COLUMNS, MEANINGS
from careers.published.comparison import compare_roles
from careers.published.pay.evidence import strength
from careers.published.roadmap import Work, work_left
from careers.published.visitor import Visitor
from careers.sync.kinds import KINDS
from paths.models import LearningPath, Lesson, Price, Status, Term
from tests.examples import sample

SCHEMAS = [
    f"/schema/{name}.json"
    for name in ("role", "path", "lesson", "backgrounds", "signals", "terms", "prices")
]
CATALOG = ["/catalog.json", "/careers.csv", "/feed.atom", "/changes.atom"]
HOST = "https://data.example.org"


def soup(client, url, **query) -> BeautifulSoup:
    response = client.get(url, query)
    assert response.status_code == 200, url
    return BeautifulSoup(response.content, "html.parser")


@pytest.fixture
def one_of_each(catalog, revise):
    """A catalog in which every kind of thing and part has at least one."""
    path = catalog.path("rag", lessons=0, drafts=1)
    lesson = catalog.lesson(path, slug="one", files=[{"name": "cases.csv", "digest": "0" * 64}])
    catalog.signal(lesson, sources=[{"title": "A guide", "url": "https://example.org/guide"}])
    Term.objects.create(slug="loss", title="loss", meaning="How wrong.", status=Status.PUBLISHED)
    Price.objects.create(
        slug="luna",
        title="Luna",
        model="luna-6",
        size="small",
        price_in="0.10",
        price_out="0.50",
        collected=datetime.date(2026, 11, 29),
        source="A price page",
        url="https://example.org/prices",
        status=Status.PUBLISHED,
    )
    background = catalog.background(slug="writer")
    background.knows.set(path.lessons.all())
    with revise():
        role = catalog.role(
            "ml-engineer",
            paths=[path],
            titles=[{"title": "AI Engineer", "varies": "Look for training."}],
            time_split=[{"share": 100, "activity": "code"}],
            sources=[{"title": "A page", "url": "https://example.org/page"}],
        )
    role.pivots.create(background=background, months=3)
    CatalogVersion.rise()
    return role


@pytest.fixture
def read(client):
    """A function that requests the catalog, as any program would, and parses it."""
    return lambda: client.get("/catalog.json").json()


# -- What is in it -------------------------------------------------------------------------


def parts(data: dict) -> dict[str, list[dict]]:
    """Every object of the document, by the kind under which its fields are explained."""
    roles, paths, backgrounds = data["roles"], data["paths"], data["backgrounds"]
    bands = [band for role in roles for band in role["salary_bands"]]
    lessons = [lesson for path in paths for lesson in path["lessons"]]
    sourced = [*roles, *lessons, *data["signals"]]
    return {
        "catalog": [data],
        "license": [data["license"]],
        "role": roles,
        "title": [title for role in roles for title in role["titles"]],
        "share": [share for role in roles for share in role["time_split"]],
        "step": [step for role in roles for step in role["steps"]],
        "salary band": bands,
        "pivot": [pivot for role in roles for pivot in role["pivots"]],
        "source": [source for thing in sourced for source in thing["sources"]]
        + [band["source"] for band in bands],
        "path": paths,
        "lesson": lessons,
        "file": [file for lesson in lessons for file in lesson["files"]],
        "drafts": [drafts for path in paths for drafts in path["drafts"]],
        "background": backgrounds,
        "signal": data["signals"],
        "term": data["terms"],
        "price": data["prices"],
    }


def test_every_kind_of_thing_is_in_it(one_of_each, read):
    data = read()
    held = {*data, *(key for path in data["paths"] for key in path)}
    assert set(KINDS) <= held


def test_a_price_is_said_with_who_says_so_and_when(one_of_each, read):
    assert read()["prices"] == [
        {
            "model": "luna-6",
            "title": "Luna",
            "size": "small",
            "price_in": "0.10",
            "price_out": "0.50",
            "source": {"title": "A price page", "url": "https://example.org/prices"},
            "collected": "2026-11-29",
        }
    ]


def test_every_field_is_explained_in_its_order_and_no_other(one_of_each, read):
    found = parts(read())
    assert list(found) == list(MEANINGS)
    for kind, things in found.items():
        assert things, kind
        assert {tuple(thing) for thing in things} == {tuple(MEANINGS[kind])}, kind


def test_the_page_explains_every_field_and_column(client, db):
    page = soup(client, "/data/")
    tables = [
        [code.get_text() for code in table.select("tbody th code")]
        for table in page.select(".fields")
    ]
    assert tables == [*map(list, MEANINGS.values()), list(COLUMNS)]


def test_a_change_of_fields_raises_the_format():
    """Caches see only `FORMAT`. If fields change, raise it, and put the new checksum here."""
    kinds = {kind: list(meanings) for kind, meanings in MEANINGS.items()}
    names = json.dumps([kinds, list(COLUMNS)])
    assert (document.FORMAT, zlib.crc32(names.encode())) == (12, 246944508)


@pytest.mark.parametrize(
    ("model", "kind", "left_out"),
    [
        (Role, "role", {"id", "status", "instead", "updated_at", "position"}),
        (Step, "step", {"id", "role", "position", "only"}),  # instead there are the lessons taken
        (
            SalaryBand,
            "salary band",
            # `grade` is kept for the previous release, which reads the same database.
            {"id", "role", "position", "source_title", "source_url", "grade"},
        ),
        (Pivot, "pivot", {"id", "role", "position"}),
        (
            LearningPath,
            "path",
            {"id", "status", "instead", "updated_at", "published_at", "position"},
        ),
        (
            Lesson,
            "lesson",
            {
                *("id", "status", "instead", "updated_at", "position", "path"),
                *("body", "body_html", "rendered_by"),
            },
        ),
        (Background, "background", {"id", "status", "position"}),
        (HiringSignal, "signal", {"id", "status", "position"}),
        (Term, "term", {"id", "status", "position", "linked"}),
        (Price, "price", {"id", "slug", "status", "position", "url"}),  # the model is its key
    ],
)
def test_nothing_that_is_published_is_left_out_but_the_lessons_texts(model, kind, left_out):
    fields = {field.name for field in (*model._meta.concrete_fields, *model._meta.many_to_many)}
    assert left_out <= fields
    assert fields - left_out <= set(MEANINGS[kind])


def test_every_published_value_is_in_it(real_catalog, read):
    data = read()
    for model, kind in ((Role, "role"), (LearningPath, "path"), (Lesson, "lesson")):
        rows = {row.slug: row for row in model.objects.filter(status=Status.PUBLISHED)}
        things = {thing["slug"]: thing for thing in parts(data)[kind]}
        assert set(things) == set(rows)
        for slug, thing in things.items():
            shared = set(thing) & {field.name for field in model._meta.concrete_fields}
            shared -= {"published_at", "files"}
            assert {name: thing[name] for name in shared} == {
                name: getattr(rows[slug], name) for name in shared
            }


def test_every_figure_keeps_its_evidence(real_catalog, read):
    shown = [(role["slug"], band) for role in read()["roles"] for band in role["salary_bands"]]
    bands = SalaryBand.objects.select_related("role")
    same = ("region", "currency", "low", "high", "middle", "middle_is", "ends", "measures",
            "basis", "sample", "method", "for_title", "period", "experience", "note")  # fmt: skip
    for band in bands:
        wanted = {name: getattr(band, name) for name in same} | {
            "source": {"title": band.source_title, "url": band.source_url},
            "strength": str(strength(band)),
            "collected": band.collected.isoformat(),
        }
        assert (band.role.slug, wanted) in shown
    assert len(shown) == len(bands)


def test_it_is_in_the_sites_order(client, real_catalog, read):
    data = read()
    cards = soup(client, "/careers/").select(".role-card h3 a")
    assert [role["url"].removeprefix("http://testserver") for role in data["roles"]] == [
        card["href"] for card in cards
    ]
    for path in data["paths"]:
        listed = soup(client, reverse("path", args=[path["slug"]])).select(".lessons h3 a")
        assert [lesson["title"] for lesson in path["lessons"]] == [
            title.get_text() for title in listed
        ]


def test_addresses_are_whole_and_lead_to_pages(client, real_catalog):
    data = client.get("/catalog.json", headers={"Host": "127.0.0.1:8000"}).json()
    found = [thing for kind in ("role", "path", "lesson", "file") for thing in parts(data)[kind]]
    assert parts(data)["file"]
    urls = [data["documentation"], *(thing["url"] for thing in found)]
    assert all(url.startswith("http://127.0.0.1:8000/") for url in urls)
    for url in sample(urls, 4):
        assert client.get(url.removeprefix("http://127.0.0.1:8000")).status_code == 200


def test_drafts_and_what_was_retired_are_counted_at_most(client, catalog, read):
    path = catalog.path(lessons=1)
    draft = catalog.lesson(
        path, number=987654, title="Secret draft", slug="secret", status=Status.DRAFT, body=""
    )
    gone = catalog.lesson(path, number=987653, title="Secret gone", status=Status.RETIRED)
    hidden = catalog.path("secret-path", title="Secret path", status=Status.DRAFT)
    role = catalog.role(paths=[path, hidden])
    known = catalog.background(slug="writer")
    known.knows.set([draft, gone, *hidden.lessons.all()])
    role.pivots.create(background=catalog.background(title="Secret", status=Status.DRAFT))
    catalog.role(title="Secret role", status=Status.RETIRED)
    catalog.signal(draft, gone, title="Open signal")
    catalog.signal(draft, title="Secret signal", status=Status.DRAFT)
    for url in CATALOG:
        text = client.get(url).text
        assert "ecret" not in text
        assert "98765" not in text
    data = read()
    (shown,) = [each for each in data["backgrounds"] if each["slug"] == "writer"]
    work = {"lessons": 1, "minutes": 8, "practice_minutes": 40}
    (drafts,) = data["paths"][0]["drafts"]
    assert drafts == {"key": f"{path.slug}/1", **work}
    assert (shown["knows"], shown["knows_drafts"]) == ([], [drafts["key"]])
    assert data["signals"][0]["lessons"] == []


def test_an_empty_database_is_an_empty_catalog(client, db):
    data = client.get("/catalog.json").json()
    assert (data["version"], data["changed_at"], data["roles"]) == (0, None, [])
    assert len(client.get("/careers.csv").text.splitlines()) == 1


def test_the_license_is_the_repositorys():
    lines = (settings.BASE_DIR / "LICENSE").read_text(encoding="utf-8").splitlines()
    assert lines[0] == document.LICENSE["title"]
    assert document.LICENSE["copyright"] in lines


# -- The table -----------------------------------------------------------------------------


def table(client) -> list[dict[str, str]]:
    text = client.get("/careers.csv").content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_table_has_a_line_a_role_with_its_first_band(client, real_catalog, read):
    rows = table(client)
    data = read()
    assert [row["slug"] for row in rows] == [role["slug"] for role in data["roles"]]
    for row, role in zip(rows, data["roles"], strict=True):
        band = role["salary_bands"][0]
        same = {name: str(role[name]) for name in ("title", "code", "group", "url")}
        names = ("region", "currency", "low", "high", "ends", "measures", "basis", "for_title")
        same |= {name: str(band[name]) for name in (*names, "strength", "period", "collected")}
        same |= {"source_title": band["source"]["title"], "source_url": band["source"]["url"]}
        same["paths"] = ";".join(step["path"] for step in role["steps"])
        assert {name: row[name] for name in same} == same


def test_the_table_is_rfc_4180(client, one_of_each):
    one_of_each.title = 'A "quoted", title'
    one_of_each.save()
    CatalogVersion.rise()
    response = client.get("/careers.csv")
    assert response["Content-Type"] == "text/csv; charset=utf-8; header=present"
    header, line, end = response.content.decode("utf-8-sig").split("\r\n")
    assert header == ",".join(COLUMNS)
    assert ',"A ""quoted"", title",' in line
    assert not end


@pytest.mark.parametrize(
    "title", ["=1+1", "+1", "-1", "@A1", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠A1"]
)
def test_a_text_that_a_spreadsheet_would_run_is_made_harmless(client, one_of_each, title):
    Role.objects.update(title=title)
    SalaryBand.objects.update(region=title, low=1)
    CatalogVersion.rise()
    (row,) = table(client)
    assert (row["title"], row["region"], row["low"]) == (f"'{title}", f"'{title}", "1")


def test_the_table_says_to_a_spreadsheet_that_it_is_utf_8(client, one_of_each):
    """By a byte order mark: without it, Excel assumes the system's encoding: “Ã©” for “é”."""
    Role.objects.update(title="Ingénieure")
    CatalogVersion.rise()
    assert client.get("/careers.csv").content.startswith(b"\xef\xbb\xbfslug,")
    assert table(client)[0]["title"] == "Ingénieure"


def test_a_role_without_a_figure_has_empty_cells(client, one_of_each):
    SalaryBand.objects.all().delete()
    CatalogVersion.rise()
    (row,) = table(client)
    assert (row["low"], row["region"], row["minutes_planned"]) == ("", "", "96")


# -- Requests ------------------------------------------------------------------------------


def test_the_readme_names_every_address_of_open_data():
    text = (settings.BASE_DIR / "README.md").read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if line.startswith("| `/")]
    named = {name for row in rows for name in re.findall(r"`(?:/schema/)?([^`]+)`", row)}
    schemas = {url.removeprefix("/schema/").removesuffix(".json") for url in SCHEMAS}
    assert schemas | set(CATALOG) <= {name.removesuffix(".json") for name in named} | named


@pytest.mark.parametrize("url", CATALOG + SCHEMAS)
def test_any_site_may_read_it_and_no_cookie_is_set(client, one_of_each, url):
    response = client.get(url)
    again = client.get(url, headers={"If-None-Match": response["ETag"]})
    assert (response.status_code, again.status_code) == (200, 304)
    for answer in (response, again, client.head(url)):
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert "Access-Control-Allow-Credentials" not in answer
        assert answer["Vary"] == "Accept-Encoding"
        assert not answer.cookies


def test_no_other_page_may_be_embedded(client, one_of_each):
    assert client.get("/data/")["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Access-Control-Allow-Origin" not in client.get("/careers/")


@pytest.mark.parametrize("url", CATALOG + SCHEMAS)
def test_a_script_may_ask_whether_it_changed(client, one_of_each, url):
    """The preflight request of a browser, before a script of another site sends these headers."""
    response = client.options(url)
    assert response.status_code == 204
    assert response["Allow"] == "GET, HEAD, OPTIONS"
    assert "If-None-Match" in response["Access-Control-Allow-Headers"]
    assert response["Access-Control-Expose-Headers"] == "ETag"
    assert not response.content


@pytest.mark.parametrize("url", [*CATALOG, SCHEMAS[0], "/data/"])
def test_it_is_for_reading(client, one_of_each, url):
    assert client.post(url).status_code == 405
    assert not client.head(url).content


@pytest.mark.parametrize("url", CATALOG)
def test_what_did_not_change_costs_one_query_and_is_not_written(
    client, one_of_each, count_queries, monkeypatch, url
):
    ways = [{}, {"Accept-Encoding": "gzip"}]
    asked = [{**way, "If-None-Match": client.get(url, headers=way)["ETag"]} for way in ways]
    for written in (
        "document.catalog_text",
        "document.role_lines",
        "feeds.Published.items",
        "feeds.Changed.items",
    ):
        monkeypatch.setattr(f"careers.opendata.views.{written}", lambda *_: 1 / 0)
    for headers in asked:
        assert count_queries(lambda headers=headers: client.get(url, headers=headers)) == 1
        assert client.get(url, headers=headers).status_code == 304


@pytest.mark.parametrize("url", CATALOG)
def test_what_changed_is_sent_again(client, one_of_each, url):
    tag = client.get(url)["ETag"]
    one_of_each.title = "Another title"
    one_of_each.save()
    CatalogVersion.rise()
    response = client.get(url, headers={"If-None-Match": tag})
    assert response.status_code == 200
    assert "Another title" in response.text


def test_a_version_that_came_back_with_other_contents_is_sent_again(client, one_of_each):
    """As after a restore: the version's number may be the same."""
    tag = client.get("/catalog.json")["ETag"]
    CatalogVersion.objects.update(changed_at="2030-01-02T03:04:05Z")
    assert client.get("/catalog.json", headers={"If-None-Match": tag}).status_code == 200


def test_another_format_is_sent_again(client, one_of_each, monkeypatch):
    tag = client.get("/catalog.json")["ETag"]
    monkeypatch.setattr(document, "FORMAT", document.FORMAT + 1)
    assert client.get("/catalog.json", headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize("url", CATALOG)
def test_one_version_is_one_text(client, real_catalog, url):
    first = client.get(url).content
    snapshot.forget()
    assert client.get(url).content == first


# The feed of changes shows history, not the catalog; tests/pages/test_queries.py has it.
@pytest.mark.parametrize("url", ["/catalog.json", "/careers.csv", "/feed.atom", "/data/"])
def test_queries_do_not_grow_with_the_catalog(client, catalog, count_queries, url):
    catalog.roles(2)
    client.get(url)
    few = count_queries(lambda: client.get(url))
    catalog.roles(40, steps=6)
    client.get(url)
    assert count_queries(lambda: client.get(url)) == few == 1


@pytest.mark.parametrize("url", SCHEMAS)
def test_schemas_are_served_as_they_stand_in_static(client, db, url):
    response = client.get(url)
    assert response["Content-Type"] == "application/schema+json"
    assert response.content == (settings.BASE_DIR / f"static{url}").read_bytes()


@pytest.mark.parametrize("name", ["nothing", "site", "role.json", "..%2frole", "css%2fsite"])
def test_there_is_no_other_schema(client, db, name):
    assert client.get(f"/schema/{name}.json").status_code == 404


def test_every_page_leads_to_the_data_and_names_the_feed(client, one_of_each):
    for url in ("/", "/careers/", "/paths/rag/one/", "/nowhere/"):
        page = BeautifulSoup(client.get(url).content, "html.parser")
        assert page.select_one('footer a[href="/data/"]')
        feed = page.select_one('link[rel="alternate"][type="application/atom+xml"]')
        assert client.get(feed["href"]).status_code == 200


def test_the_page_leads_to_every_address(client, one_of_each):
    links = [link["href"] for link in soup(client, "/data/").select(".files a[href]")]
    assert set(links) > {*CATALOG, *SCHEMAS}
    for link in links:
        if link.startswith("#"):
            assert soup(client, "/data/").select_one(link)
        else:
            assert client.get(link).status_code == 200


# -- The arithmetic of every page, from /catalog.json alone --------------------------------

NOTHING = (0, 0, 0)  # lessons, minutes of reading, minutes of practice


def of(items) -> tuple[int, ...]:
    """The sum of lessons, or of sums of lessons, in the form of NOTHING."""
    found = [(item.get("lessons", 1), item["minutes"], item["practice_minutes"]) for item in items]
    return tuple(map(sum, zip(NOTHING, *found, strict=True)))


def plus(*amounts) -> tuple[int, ...]:
    return tuple(map(sum, zip(NOTHING, *amounts, strict=True)))


def minutes(amount) -> int:
    return amount[1] + amount[2]


def hours(minutes: int) -> str:
    """Minutes as a page writes them: in tenths of an hour, halves up, at least 0.1 unless 0."""
    tenths = (Decimal(minutes) / 6).quantize(Decimal(1), ROUND_HALF_UP)
    return f"{(max(tenths, Decimal(1)) if minutes else tenths) / 10:f}".removesuffix(".0")


def in_parts(whole: str, *parts: int) -> list[str]:
    """Two parts, in minutes, as a page writes them beside their whole, in hours.

    They add up to the whole as written, and are as near as possible to the exact parts. If two
    ways are equally near, the larger part gets more.
    """
    tenths, exact = int(Decimal(whole) * 10), [Fraction(part, 6) for part in parts]
    least, larger = [int(part > 0) for part in parts], int(parts[1] > parts[0])
    ways = [(first, tenths - first) for first in range(least[0], tenths - least[1] + 1)]
    nearest = min(
        ways or [least],  # there are fewer tenths than parts
        key=lambda way: (sum((a - b) ** 2 for a, b in zip(way, exact, strict=True)), -way[larger]),
    )
    return [f"{Decimal(each) / 10:f}".removesuffix(".0") for each in nearest]


class Sums:
    """Computes what pages show, from the document alone, without the site's own arithmetic.

    names: numbers of lessons, and keys of groups of drafts.
    """

    def __init__(self, data: dict) -> None:
        self.roles = {role["slug"]: role for role in data["roles"]}
        self.paths = {path["slug"]: path for path in data["paths"]}
        self.backgrounds = {each["slug"]: each for each in data["backgrounds"]}
        self.lessons = {
            each["number"]: each for path in self.paths.values() for each in path["lessons"]
        }
        self.works = self.lessons | {
            each["key"]: each for path in self.paths.values() for each in path["drafts"]
        }

    def stops(self, *slugs: str) -> dict[str, list]:
        """The paths of some roles' roadmaps, each with the names that they take of it."""
        found: dict[str, list] = {}
        for slug in slugs:
            for step in self.roles[slug]["steps"]:
                taken = found.setdefault(step["path"], [])
                taken += [each for each in (*step["lessons"], *step["drafts"]) if each not in taken]
        return found

    def takes(self, *slugs: str) -> dict:
        """The names that any of some roles take, in order, as the keys of a dict."""
        return dict.fromkeys(name for names in self.stops(*slugs).values() for name in names)

    def whole(self, names) -> tuple[int, ...]:
        return of(self.works[name] for name in names)

    def of_path(self, path: str) -> tuple[int, ...]:
        return of([*self.paths[path]["lessons"], *self.paths[path]["drafts"]])

    def readable(self, names) -> tuple[int, ...]:
        return self.whole(name for name in names if name in self.lessons)

    def known(self, names, background: str | None) -> tuple[int, ...]:
        who = self.backgrounds.get(background, {"knows": [], "knows_drafts": []})
        return self.whole(name for name in names if name in who["knows"] + who["knows_drafts"])

    def left(self, names, background: str | None) -> tuple[int, ...]:
        names = list(names)
        whole, known = self.whole(names), self.known(names, background)
        return tuple(all_of - some for all_of, some in zip(whole, known, strict=True))

    def written_left(self, names, background: str | None) -> str:
        """The hours left, as a page writes them beside the whole."""
        whole, rest = minutes(self.whole(names)), minutes(self.left(names, background))
        return in_parts(hours(whole), rest, whole - rest)[0]

    def gap(self, names, background: str | None) -> list[str]:
        """The hours that are left and not written yet, or nothing if there are none."""
        unwritten = minutes(
            self.left([name for name in names if name not in self.lessons], background)
        )
        return [hours(unwritten)] if unwritten else []


@pytest.fixture
def sums(real_catalog, read) -> Sums:
    return Sums(read())


def as_amount(work) -> tuple[int, ...]:
    """A `Work` of the site in the form of NOTHING."""
    return work.lessons, work.reading, work.practice


def test_the_roadmaps_hours_can_be_computed(sums):
    for slug, role in snapshot.current().roles.items():
        planned = sums.whole(sums.takes(slug))
        readable = sums.readable(sums.takes(slug))
        assert as_amount(role.roadmap.work) == planned
        found = role.roadmap.hours
        assert (found.lessons_planned, found.minutes_planned) == (planned[0], minutes(planned))
        assert (found.lessons_published, found.minutes_published) == (
            readable[0],
            minutes(readable),
        )


def test_what_is_left_for_every_background_can_be_computed(sums):
    catalog = snapshot.current()
    fewer = 0
    for (slug, role), (key, background) in itertools.product(
        catalog.roles.items(), catalog.backgrounds.items()
    ):
        found = as_amount(work_left(role.roadmap.lessons, background.knows))
        assert found == sums.left(sums.takes(slug), key), (slug, key)
        fewer += found != as_amount(role.roadmap.work)
    assert fewer


def test_what_every_two_roles_share_can_be_computed(sums):
    for a, b in itertools.combinations(snapshot.current().roles.values(), 2):
        found = {group.slugs: group.work for group in compare_roles([a, b], Visitor()).groups}
        in_a, in_b = sums.takes(a.slug).keys(), sums.takes(b.slug).keys()
        for slugs, lessons in (
            ({a.slug, b.slug}, in_a & in_b),
            ({a.slug}, in_a - in_b),
            ({b.slug}, in_b - in_a),
        ):
            assert as_amount(found.get(frozenset(slugs), Work())) == sums.whole(lessons)


def test_the_table_has_the_same_sums(client, sums):
    for row in table(client):
        planned = sums.whole(sums.takes(row["slug"]))
        readable = sums.readable(sums.takes(row["slug"]))
        found = [int(row[f"{unit}_{part}"]) for unit in ("lessons", "minutes")
                 for part in ("planned", "published")]  # fmt: skip
        assert found == [planned[0], readable[0], minutes(planned), minutes(readable)]


def figures(element) -> list[str]:
    """The hours that a text names: "30 h in all, 3.9 h published" is ["30", "3.9"]."""
    text = " ".join(element.get_text().split())
    return re.findall(r"([\d.]+)(?= h\b)", text)


def asking(background: str | None) -> dict[str, str]:
    """The parameters of an address for a visitor."""
    return {"from": background} if background else {}


def test_every_card_shows_what_can_be_computed(client, sums):
    for background in (None, *sums.backgrounds):
        page = soup(client, "/careers/", **asking(background))
        cards = page.select(".role-card")
        assert cards
        for card in cards:
            taken = sums.takes(card["id"])
            facts = card.select(".facts div")[1]
            all_of = hours(minutes(sums.whole(taken)))
            rest = sums.written_left(taken, background)
            gap = sums.gap(taken, background)
            is_less = sums.left(taken, background) != sums.whole(taken)
            wanted = [all_of, *gap, rest] if is_less else [*gap, all_of]
            assert figures(facts) == wanted, (card["id"], background)


def test_every_roles_page_shows_what_can_be_computed(client, sums):
    visits = itertools.product(sums.roles, (None, *sums.backgrounds))
    for slug, background in sample(visits, 4):
        page = soup(client, reverse("role", args=[slug]), **asking(background))
        taken = sums.takes(slug)
        all_of, readable = sums.whole(taken), sums.readable(taken)
        rest = sums.left(taken, background)
        total = page.select_one(".roadmap .total")
        so_far = [hours(minutes(readable))] if readable != all_of else []
        assert figures(total) == [hours(minutes(all_of)), *so_far]
        stations = page.select(".roadmap .line:not(.further) .station > .sum")
        assert [figures(station)[-1] for station in stations] == [
            hours(minutes(sums.whole(names))) for names in sums.stops(slug).values()
        ]
        effort = figures(page.select_one(".effort"))
        left = sums.written_left(taken, background)
        hours_left = [left, *in_parts(left, *rest[1:])]
        assert effort == [*hours_left, *sums.gap(taken, background)], (slug, background)
        for item in page.select(".next li"):
            check_next(sums, slug, item, background)


def check_next(sums, slug: str, item: BeautifulSoup, background: str | None) -> None:
    """Check what another role still takes once this one is done."""
    other = item.select_one("a")["href"].split("/")[2]
    to_do = sums.takes(other).keys() - sums.takes(slug).keys()
    rest = minutes(sums.left(to_do, background))
    shown = item.select_one("data")
    assert (int(shown["value"]) if shown else 0) == rest, (slug, other, background)


def test_the_map_shows_what_can_be_computed(client, sums):
    page = soup(client, "/careers/map/")
    lines = [figures(row.select_one(".all")) for row in page.select(".map tbody tr")]
    for slug, line in zip(sums.roles, lines, strict=True):
        whole, readable = sums.whole(sums.takes(slug)), sums.readable(sums.takes(slug))
        so_far = [hours(minutes(readable))] if readable != whole else []
        assert line == [hours(minutes(whole)), *so_far], slug
    stations = {link["href"]: figures(link.parent) for link in page.select(".map thead th a[href]")}
    assert stations == {
        reverse("path", args=[path]): [hours(minutes(sums.of_path(path)))] for path in sums.paths
    }


class Compared:
    """The figures of a comparison of roles, computed. groups: the roles that take it → names."""

    def __init__(self, sums: Sums, slugs: tuple[str, ...], background: str | None) -> None:
        self.sums = sums
        self.slugs = slugs
        self.background = background
        self.groups: dict[tuple[str, ...], list] = {}
        for name in sums.takes(*slugs):
            who = tuple(slug for slug in slugs if name in sums.takes(slug))
            self.groups.setdefault(who, []).append(name)

    def minutes(self, names) -> int:
        return minutes(self.sums.whole(names))

    def shared(self) -> list[int]:
        return self.something(self.minutes(self.groups.get(self.slugs, [])))

    def something(self, *numbers: int) -> list[int]:
        """The numbers except zeros, which the page puts in words."""
        return [number for number in numbers if number]

    def hours(self, slug: str) -> list[int]:
        taken = self.sums.takes(slug)
        whole, readable = self.sums.whole(taken), self.sums.readable(taken)
        yours = [minutes(self.sums.left(taken, self.background))] if self.is_less(slug) else []
        so_far = [minutes(readable)] if readable != whole else []
        return [minutes(whole), *whole[1:], *so_far, *yours]

    def is_less(self, slug: str) -> bool:
        """Whether the background knows anything that the role takes."""
        taken = self.sums.takes(slug)
        return self.sums.left(taken, self.background) != self.sums.whole(taken)

    def hours_written(self, slug: str) -> list[str]:
        taken = self.sums.takes(slug)
        whole, readable = self.sums.whole(taken), self.sums.readable(taken)
        all_of = hours(minutes(whole))
        yours = [self.sums.written_left(taken, self.background)] if self.is_less(slug) else []
        so_far = [hours(minutes(readable))] if readable != whole else []
        return [all_of, *in_parts(all_of, *whole[1:]), *so_far, *yours]

    def left_written(self, slug: str) -> list[str]:
        taken = self.sums.takes(slug)
        left = self.sums.written_left(taken, self.background)
        rest = self.sums.left(taken, self.background)
        known = minutes(self.sums.known(taken, self.background))
        said = [left, *in_parts(left, *rest[1:])] if self.is_less(slug) else []
        return [*said, *map(hours, self.something(known))]

    def left(self, slug: str) -> list[int]:
        taken = self.sums.takes(slug)
        rest = self.sums.left(taken, self.background)
        known = self.sums.known(taken, self.background)
        said = [minutes(rest), *rest[1:]] if self.is_less(slug) else []
        return [*said, *self.something(minutes(known))]

    def paths(self, slug: str) -> list[int]:
        further = map(self.sums.of_path, self.sums.roles[slug]["further"])
        stops = [self.minutes(names) for names in self.sums.stops(slug).values()]
        return [*stops, *map(minutes, further)]

    def bar(self, slug: str) -> list[int]:
        """The bar's segments, those that most roles need first, then their sum."""
        mine = [names for who, names in self.in_order() if slug in who]
        return [*map(self.minutes, mine), self.minutes(self.sums.takes(slug))]

    def in_order(self) -> list[tuple[tuple[str, ...], list]]:
        """Groups as listed: those of the most roles first, then in the order of the address."""
        places = {slug: place for place, slug in enumerate(self.slugs)}
        return sorted(
            self.groups.items(),
            key=lambda group: (-len(group[0]), [places[slug] for slug in group[0]]),
        )

    def group(self, who: tuple[str, ...]) -> list[int]:
        """The group's sum, then its paths in the order of its first role."""
        names = self.groups.get(who, [])
        of_first = self.sums.stops(who[0]).values()
        by_path = [[name for name in taken if name in names] for taken in of_first]
        return self.something(self.minutes(names), *map(self.minutes, by_path))

    def switch(self, origin: str, target: str) -> list[int]:
        """The minutes that count (unless all or none), those done, those left, and left for you."""
        done, wanted = self.sums.takes(origin), self.sums.takes(target)
        counts, all_of = self.minutes(done.keys() & wanted.keys()), self.minutes(done)
        to_do = wanted.keys() - done.keys()
        rest, yours = (minutes(self.sums.left(to_do, who)) for who in (None, self.background))
        said = [counts] if 0 < counts < all_of else []
        return [*said, all_of, *self.something(rest), *([yours] if yours != rest else [])]


DAY = datetime.date(2026, 11, 22)


@pytest.fixture(autouse=True)
def _on_one_day(time_machine):
    time_machine.move_to(datetime.datetime.combine(DAY, datetime.time(12), datetime.UTC))


def numbers(element) -> list[str]:
    """The numbers in a text, as written: "€60,000–150,000" has "60,000" and "150,000"."""
    return re.findall(r"\d[\d,]*", element.get_text())


type Cells = dict[str, list[Tag]]  # row's name → its heading, then a cell for each role


def check_record(cells: Cells, sums, slugs: tuple[str, ...]) -> None:
    """Check what a comparison quotes from the catalog, without computing."""
    for column, slug in enumerate(slugs, start=1):
        role, taken = sums.roles[slug], sums.takes(slug)
        assert [numbers(figure) for figure in cells["pay"][column].select(".figure")] == [
            [f"{amount:,}" for amount in dict.fromkeys((band["low"], band["high"]))]
            for band in role["salary_bands"]
        ]
        # A row that is empty for all roles is left out.
        shares = (
            [share.get_text() for share in cells["time"][column].select(".times b")]
            if "time" in cells
            else []
        )
        assert shares == [f"{share['share']}%" for share in role["time_split"]]
        whole, readable = sums.whole(taken), sums.readable(taken)
        counted = re.findall(r"(\d+) of\s+(\d+) lesson", cells["hours"][column].get_text())
        assert counted == ([(str(readable[0]), str(whole[0]))] if readable != whole else [])
        months = re.findall(
            r"About (\d+) month", cells["pivots"][column].get_text() if "pivots" in cells else ""
        )
        assert months == [str(p["months"]) for p in role["pivots"] if p["months"]]


def check_weeks(
    cells: Cells, sums, slugs: tuple[str, ...], background: str | None, pace: int
) -> None:
    """Check weeks: 20% faster to 40% slower than planned, rounded up to whole weeks.

    Only for what can be read: nobody knows when the rest will be written.
    """
    for column, slug in enumerate(slugs, start=1):
        readable = [name for name in sums.takes(slug) if name in sums.lessons]
        rest = minutes(sums.left(readable, background))
        weeks = [math.ceil(Fraction(rest * tenths, 10 * 60 * pace)) for tenths in (8, 14)]
        ends = [DAY + datetime.timedelta(weeks=each) for each in weeks]
        said = cells["weeks"][column]
        if not rest:
            assert said.get_text(strip=True) == "Nothing is left to do."
            continue
        assert list(map(int, numbers(said.strong))) == list(dict.fromkeys(weeks))
        months = re.findall(r"[A-Z][a-z]+ \d{4}", said.get_text())
        assert months == list(dict.fromkeys(f"{end:%B %Y}" for end in ends))


def check_comparison(
    client, sums, slugs: tuple[str, ...], background: str | None, pace: int | None = None
) -> None:
    """Check every number of a comparison: all that are in `values`, and no others, are shown."""
    asked_for = asking(background) | ({"pace": str(pace)} if pace else {})
    page = soup(client, "/careers/compare/", r=slugs, **asked_for)
    expected = Compared(sums, slugs, background)
    cells: Cells = {row["id"]: row.find_all(recursive=False) for row in page.select("tr[id]")}
    check_record(cells, sums, slugs)
    if pace:
        check_weeks(cells, sums, slugs, background, pace)
    bars = {bar["data-role"]: bar for bar in page.select(".bars [data-role]")}
    groups = {group["data-for"]: group for group in page.select(".groups [data-for]")}
    switches = {
        (each["data-origin"], each["data-target"]): each
        for each in page.select(".switches [data-origin]")
    }
    values: list[tuple[Tag, list[int]]] = [
        (page.select_one(".lead"), expected.shared()),
        (page.select_one("#together"), [expected.minutes(sums.takes(*slugs))]),
    ]
    for column, slug in enumerate(slugs, start=1):
        values.append((cells["hours"][column], expected.hours(slug)))
        values.append((cells["paths"][column], expected.paths(slug)))
        values.append((bars[slug], expected.bar(slug)))
        if background:
            values.append((cells["you"][column], expected.left(slug)))
    values += [(groups[" ".join(who)], expected.group(who)) for who in {slugs, *expected.groups}]
    values += [
        (switches[pair], expected.switch(*pair)) for pair in itertools.permutations(slugs, 2)
    ]

    written = {}
    for column, slug in enumerate(slugs, start=1):
        cell = cells["hours"][column].select("data")
        written |= zip(map(id, cell), expected.hours_written(slug), strict=True)
        if background:
            cell = cells["you"][column].select("data")
            written |= zip(map(id, cell), expected.left_written(slug), strict=True)
    for place, wanted in values:
        found = [int(data["value"]) for data in place.select("data")]
        assert found == wanted, (slugs, background, place)
    numbers = page.select("main data")
    assert len(numbers) == sum(len(wanted) for _, wanted in values)
    for data in numbers:
        said = written.get(id(data)) or hours(int(data["value"]))
        assert data.get_text().removesuffix("\xa0h") == said
    listed = [" ".join(who) for who, _ in expected.in_order()]
    assert list(groups) == (listed if slugs in expected.groups else [" ".join(slugs), *listed])


def test_every_comparison_of_two_shows_what_can_be_computed(client, sums):
    visitors = itertools.cycle((None, *sums.backgrounds))
    paces = itertools.cycle((1, None, 5, 60))
    for slugs in sample(itertools.permutations(sums.roles, 2), 4):
        check_comparison(client, sums, slugs, next(visitors), next(paces))


def test_comparisons_of_three_show_what_can_be_computed(client, sums):
    visitors = itertools.cycle((None, *sums.backgrounds))
    paces = itertools.cycle((None, 2, 40))
    for slugs in sample(itertools.combinations(sums.roles, 3), 16):
        check_comparison(client, sums, slugs, next(visitors), next(paces))


def test_roles_with_all_in_common_and_with_nothing_compare_as_computed(client, catalog, read):
    known, other, third = (catalog.path(lessons=2, drafts=n) for n in (1, 3, 0))
    for slug, paths in (("a", [known, other]), ("b", [other, known]), ("c", [third])):
        catalog.role(slug, paths=paths)
    catalog.background(slug="expert").knows.set([*known.lessons.all(), other.lessons.first()])
    CatalogVersion.rise()
    sums = Sums(read())
    check_every_comparison(client, sums)


def check_every_comparison(client, sums) -> None:
    for slugs in [*itertools.permutations("abc", 2), *itertools.permutations("abc")]:
        for background in (None, "expert"):
            check_comparison(client, sums, slugs, background)


def test_roles_that_take_parts_of_one_path_compare_as_computed(client, catalog, read):
    path, other = catalog.path(lessons=4, drafts=3), catalog.path(lessons=1, drafts=1)
    numbers = sorted(path.lessons.values_list("number", flat=True))
    for slug, only in (("a", numbers[:5]), ("b", numbers[3:6]), ("c", [])):
        role = catalog.role(slug, paths=[path, other])
        role.steps.filter(path=path).update(only=only, focus=numbers[4:5])
    catalog.background(slug="expert").knows.set(path.lessons.filter(number__in=numbers[::2]))
    CatalogVersion.rise()
    data = read()
    assert [len(each["drafts"]) for each in data["paths"]] == [3, 1]
    check_every_comparison(client, Sums(data))


def test_the_example_on_the_page_runs_and_is_right(client, sums, monkeypatch):
    code = soup(client, "/data/").select_one("#example").get_text()

    def urlopen(url: str):
        assert url == "http://testserver/catalog.json"
        return io.BytesIO(client.get("/catalog.json").content)

    monkeypatch.setattr("urllib.request.urlopen", urlopen)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(code, "example", "exec"), {})  # noqa: S102 - it is from our own page
    assert printed.getvalue().splitlines() == [
        f"{minutes(sums.left(sums.takes(role), background))} {role} {background}"
        for role, background in itertools.product(sums.roles, sums.backgrounds)
    ]


def test_the_text_in_pieces_is_indented_as_one(real_catalog):
    catalog = snapshot.current()
    text = "".join(
        document.catalog_text(catalog, "https://example.org", "https://example.org/data/")
    )
    assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=1)


def whole(response) -> bytes:
    """The body of an answer that is sent from disk. Reading it to the end closes the file."""
    return b"".join(response)


@pytest.mark.parametrize(
    ("url", "written_by"), [("/catalog.json", "_role"), ("/careers.csv", "_row")]
)
def test_a_large_catalog_is_written_once_and_sent_from_disk(
    client, real_catalog, monkeypatch, url, written_by
):
    small = client.get(url).content
    monkeypatch.setattr("careers.opendata.views.MOST_AT_ONCE", 0)
    first = client.get(url)
    assert first.streaming
    assert whole(first) == small
    monkeypatch.setattr(f"careers.opendata.document.{written_by}", lambda *_: 1 / 0)
    assert whole(client.get(url)) == small
    packed = client.get(url, headers={"Accept-Encoding": "br, gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert packed["Content-Type"] == first["Content-Type"]
    assert gzip.decompress(whole(packed)) == small


@pytest.mark.parametrize("url", ["/catalog.json", "/careers.csv"])
def test_no_more_than_a_piece_of_a_large_catalog_is_in_memory(
    client, real_catalog, monkeypatch, url
):
    monkeypatch.setattr("careers.opendata.views.MOST_AT_ONCE", 0)
    monkeypatch.setattr("careers.opendata.kept.PIECE", 1024)
    assert max(len(piece) for piece in client.get(url)) <= 1024


def test_another_host_and_another_version_have_texts_of_their_own(
    client, real_catalog, settings, monkeypatch
):
    settings.ALLOWED_HOSTS = ["one.example", "two.example"]
    monkeypatch.setattr("careers.opendata.views.MOST_AT_ONCE", 0)
    for host in ("one.example", "two.example", "one.example"):
        text = whole(client.get("/catalog.json", headers={"Host": host})).decode()
        assert f"http://{host}/careers/" in text
    before = json.loads(text)["version"]
    CatalogVersion.rise()
    text = whole(client.get("/catalog.json", headers={"Host": "one.example"})).decode()
    assert json.loads(text)["version"] == before + 1
