"""What each public page shows, and to whom."""

import datetime
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from django.core.paginator import Paginator
from django.urls import reverse
from django.utils import timezone

from careers.models import CatalogVersion, Role
from careers.pages import views
from paths.addresses import asked_page
from paths.models import LearningPath, Lesson, Status

SWAP = {"HX-Request": "true"}


def get(client, url: str, **extra) -> BeautifulSoup:
    response = client.get(url, **extra)
    assert response.status_code == 200, url
    return BeautifulSoup(response.content, "html.parser")


def texts(found) -> list[str]:
    return [" ".join(each.get_text().split()) for each in found]


# -- Home --


def test_home_says_what_hirers_weigh_and_leads_to_the_roles(client, catalog):
    catalog.signal(title="Shipped something", passes="A demo.")
    page = get(client, "/")
    assert "Shipped something" in page.dl.get_text()
    assert page.find("a", class_="go")["href"] == "/careers/"


@pytest.mark.parametrize(("signals", "said"), [(24, ""), (25, "and 1 more"), (27, "and 3 more")])
def test_home_counts_the_signals_that_it_cuts_off(client, catalog, signals, said):
    for _ in range(signals):
        catalog.signal()
    found = get(client, "/").find(id="signals").parent
    assert len(found.select("dt")) == 24
    assert " ".join(texts(found.select("dl ~ p"))) == said


def test_home_without_roles_names_none_as_the_nearest(client, catalog):
    catalog.background(slug="baker", title="Baker")
    CatalogVersion.rise()
    assert texts([get(client, "/?from=baker").find(id="all")]) == ["No roles"]
    said = get(client, "/?from=baker", headers=SWAP).find(attrs={"hx-swap-oob": "innerHTML:#found"})
    assert texts([said]) == ["No roles"]


def test_home_without_a_catalog_still_answers(client, db):
    assert get(client, "/").h1


@pytest.mark.parametrize(("count", "said"), [(1, "sorted into roles"), (2, "sorted into 2 roles")])
def test_home_counts_roles_where_there_are_several(client, catalog, count, said):
    catalog.roles(count)
    lead = get(client, "/").find("p", class_="lead").get_text()
    assert f"{said}. " in " ".join(lead.split())


# -- The list of roles --


def test_a_card_shows_pay_hours_paths_and_the_strongest_pivot(client, catalog):
    first, second = catalog.path(title="First", lessons=2), catalog.path(title="Second")
    role = catalog.role("ml-engineer", paths=[first, second])
    weaker = catalog.background(title="Writer")
    role.pivots.create(background=weaker, position=2)
    role.pivots.update(months=3)
    card = get(client, "/careers/").find(id="ml-engineer")
    assert "€60–150k" in card.get_text()
    assert "gross a year, EU" in card.get_text()
    assert "2.4\N{NO-BREAK SPACE}h" in card.get_text()  # 3 lessons of 48 minutes
    assert texts(card.find("ol", class_="stops").find_all("li")) == ["First", "Second"]
    strongest = role.pivots.first().background.title.lower()
    assert texts(card.find_all("p", class_="pivot")) == [
        f"Closest background: {strongest}, about 3 months"
    ]


def test_core_roles_come_first_then_the_newer(client, catalog):
    catalog.role("newer-one", group="newer", position=1)
    catalog.role("core-one", group="core", position=2)
    ids = [card["id"] for card in get(client, "/careers/").find_all(class_="role-card")]
    assert ids == ["core-one", "newer-one"]


def test_any_order_is_visibly_no_sequence(client, catalog):
    catalog.role("free", sequence="any-order")
    card = get(client, "/careers/").find(id="free")
    assert card.find("ol") is None
    assert "any-order" in card.find("ul", class_="stops")["class"]


def test_the_roadmap_link_works_with_and_without_a_script(client, catalog):
    catalog.role("ml-engineer")
    link = get(client, "/careers/").select_one(".more a")
    assert link["href"] == "/careers/ml-engineer/"
    assert link["hx-get"] == "/careers/ml-engineer/roadmap/"


def test_how_strong_the_evidence_is_stands_on_the_card(client, catalog):
    known = {"basis": "survey", "sample": 86, "method": "All who answered."}
    catalog.role("built").salary_bands.update(**known, for_title="Data Engineer")
    card = get(client, "/careers/").find(id="built").get_text()
    assert "fair evidence: a survey, sample of 86, for “Data Engineer”" in card


def test_no_role_at_all_says_where_to_go(client, db):
    assert get(client, "/careers/").select_one(".note a")["href"] == "/paths/"


def test_the_list_is_paged(client, catalog):
    catalog.roles(30)
    first, second = get(client, "/careers/"), get(client, "/careers/?page=2")
    shown = [card["id"] for page in (first, second) for card in page.select(".role-card")]
    assert len(shown) == len(set(shown)) == 30
    assert first.find("a", rel="next")["href"] == "?page=2"


@pytest.mark.parametrize("page", ["-1", "0", "99999999999999999999", "x", "1.5", "\0", "é" * 2000])
def test_a_page_that_does_not_exist_is_named(client, catalog, page):
    catalog.role()
    shown = get(client, "/careers/", query_params={"page": page})
    assert "There is no such page. This is page 1." in shown.select_one(".note").get_text()
    assert shown.select(".role-card")


# -- A role --


def test_a_role_page_shows_everything_known_of_it(client, catalog):
    path = catalog.path(title="RAG", lessons=1, drafts=2)
    catalog.signal(path.lessons.first(), title="Eval discipline")
    role = catalog.role(
        "ml-engineer",
        paths=[path],
        aliases=["MLE"],
        time_split=[{"share": 30, "activity": "prompts"}, {"share": 70, "activity": "code"}],
        honest_scope="Courses can't give you users.",
        not_for_you_if=["you dislike tests"],
        after_paths="a side project",
        not_taught="Streaming.",
        sources=[{"title": "A page", "url": "https://example.org/facts"}],
    )
    page = get(client, "/careers/ml-engineer/")
    text = " ".join(page.get_text().split())
    for expected in (
        "MLE", "Builds a thing", "Prompts 30%", "€60,000–150,000", "Weak evidence: one source",
        "A survey", "January 2, 2026", "Courses can't give you users.", "you dislike tests",
        "Then: a side project", "Streaming.", "Eval discipline",
        role.pivots.first().background.title,
        "1 of 3 lessons published, 0.8 of 2.4 h",
    ):  # fmt: skip
        assert expected in text, expected
    assert page.find("a", href="https://example.org/facts")
    assert page.find("rect")["width"] == "30"


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("/careers/solo/", "Its one lesson is in focus"),
        ("/careers/solo/", "fits: 1 question tells you."),
        ("/careers/solo/", "does it fit? 1 question"),
        ("/careers/planned/", "0 h of it is published: 0 of 1 lesson."),
        ("/careers/solo/fit/", "1 question about your first week toward Solo. Answer it for"),
        ("/paths/short/", "Short: a learning path of 1 hour"),
        ("/plan/?plan=1.rsolo", "of 1 lesson done"),
        ("/plan/?plan=1.rsolo", "Solo 0 of 1 lesson done, 1 h left."),
    ],
)
def test_of_one_thing_pages_speak_in_the_singular(client, catalog, url, said):
    short = catalog.path("short", title="Short", lessons=0)
    lesson = catalog.lesson(short, minutes=20, practice_minutes=40)
    solo = catalog.role("solo", title="Solo", paths=[short], fit_questions=["Was it fun?"])
    solo.steps.update(focus=[lesson.number])
    catalog.role("planned", paths=[catalog.path(lessons=0, drafts=1)])
    text = " ".join(get(client, url).get_text().replace("\xa0", " ").split())
    assert f"{said} " in text


def test_three_facts_stand_under_the_title_of_a_role(client, catalog):
    role = catalog.role("ml-engineer", paths=[catalog.path(lessons=3)], not_taught="Streaming.")
    role.salary_bands.update(basis="article", sample=None)
    spanish = role.salary_bands.get()
    spanish.pk, spanish.region = None, "Spain"
    spanish.save()
    role.pivots.update(months=3)
    role.pivots.create(background=catalog.background(title="Writer"), position=2)
    closest = role.pivots.first().background.title
    page = get(client, "/careers/ml-engineer/")
    pay, hours, way_in = page.select(".role-head .facts > div")
    assert texts(pay.select("dd, a")) == ["Both figures", "€60–150k"]
    assert "gross a year, EU (weak evidence: one article’s claim)" in texts([pay])[0]
    assert texts(hours.select("dt, dd")) == [
        "of lessons and practice, not yet the whole job",
        "2.4 h",
    ]
    assert texts(way_in.select("dt, dd")) == [
        "the closest background, about 3 months Both ways in",
        closest,
    ]
    for link in page.select(".role-head .facts a"):
        assert page.select_one(link["href"]), link


def test_a_role_of_which_little_is_known_says_that_under_its_title(client, catalog):
    role = catalog.role("ml-engineer")
    role.salary_bands.all().delete()
    role.pivots.all().delete()
    catalog.background(slug="nurse", title="Nurse")
    facts = ".role-head .facts > div"
    pay, _, way_in = texts(get(client, "/careers/ml-engineer/").select(facts))
    assert (pay, way_in) == ("pay no figure good enough", "the way in no source says")
    *_, way_in = texts(get(client, "/careers/ml-engineer/?from=nurse").select(facts))
    assert way_in == "how nurse leads here no source says"


def test_each_stop_leads_to_the_first_published_lesson_of_its_path(client, catalog):
    path = catalog.path("rag", lessons=0)
    catalog.lesson(path, slug="draft", position=1, status=Status.DRAFT)
    catalog.lesson(path, slug="second", position=2, title="Second", minutes=9)
    catalog.lesson(path, slug="third", position=3)
    catalog.role("ml-engineer", paths=[path])
    go = get(client, "/careers/ml-engineer/").select_one(".roadmap a.go")
    assert go["href"] == "/paths/rag/second/"
    assert texts([go]) == ["Start: Second 9 min"]


def test_each_stop_names_the_other_lines_that_stop_there(client, catalog):
    shared, own = catalog.path("shared"), catalog.path("own")
    catalog.role("ml-engineer", paths=[shared, own])
    catalog.role("second", title="Second", paths=[shared], group="newer")
    catalog.role("first", title="First", paths=[shared])
    catalog.role("unseen", title="Unseen", paths=[shared, own], status=Status.DRAFT)
    stops = get(client, "/careers/ml-engineer/").select(".roadmap .station")
    named = [texts(stop.select(".also a > span:not(.roundel)")) for stop in stops]
    assert named == [["First", "Second"], []]


@pytest.fixture
def beyond(catalog):
    """A path in no roadmap, with which two published roles and a draft go further."""
    own, beyond = catalog.path("own"), catalog.path("beyond")
    for slug, group in (("second", "newer"), ("first", "core")):
        catalog.role(slug, title=slug.title(), paths=[own], group=group).further.add(beyond)
    catalog.role("unseen", title="Unseen", paths=[own], status=Status.DRAFT).further.add(beyond)
    catalog.role("other", title="Other", paths=[own])
    CatalogVersion.rise()
    return beyond


def test_a_path_and_its_lessons_name_the_roles_that_go_further_with_it(client, beyond):
    for thing in (beyond, beyond.lessons.get()):
        sections = get(client, thing.get_absolute_url()).select(".counts")
        assert texts(section.h2 for section in sections) == ["Further path for"]
        assert texts(sections[0].select("a > span:not(.roundel)")) == ["First", "Second"]
        assert texts(sections[0].select("p")) == ["On top of their own hours."]


def test_a_card_names_the_roles_that_go_further_with_its_path(client, beyond):
    own, card = get(client, "/paths/").select(".path-card")
    said = [texts(each.select("summary > span:first-child")) for each in (own, card)]
    assert said == [["Counts for 3 roles"], ["Further path for 2 roles"]]
    assert texts(card.select(".also a > span:not(.roundel)")) == ["First", "Second"]


def test_what_is_left_out_of_a_list_of_roles_is_a_link_away(client, catalog):
    own, beyond, last = catalog.path("own"), catalog.path("beyond"), catalog.path("last")
    roles = [catalog.role(title=f"Nr. {n}", paths=[own, last]) for n in range(15)]
    for role in roles:
        role.further.add(beyond)
    CatalogVersion.rise()
    address = beyond.get_absolute_url()
    for card, found in zip(
        get(client, "/paths/").select(".path-card"),
        ["/careers/?path=own", f"{address}#beyond", "/careers/?path=last"],
        strict=True,
    ):
        assert card.select_one(".more a")["href"] == found
    section = get(client, address).find(id="beyond").find_parent("section")
    assert texts(section.select("summary")) == ["and 3 more"]
    assert texts(section.select("a > span:not(.roundel)")) == [role.title for role in roles]
    way = get(client, own.lessons.get().get_absolute_url()).select_one(".onward li")
    assert way.select_one(".sum a")["href"] == f"{last.lessons.get().get_absolute_url()}#counts"
    assert get(client, last.lessons.get().get_absolute_url()).find(id="counts")


@pytest.mark.parametrize(("roles", "said"), [(200, []), (201, ["and 1 other"])])
def test_roles_that_go_further_with_a_path_are_counted_where_they_are_cut(
    client, catalog, roles, said
):
    path = catalog.path()
    Role.objects.bulk_create(
        Role(slug=f"nr-{n}", title=f"Nr. {n}", code=f"{n:03}", status=Status.PUBLISHED)
        for n in range(roles)
    )
    going = Role.further.through
    going.objects.bulk_create(going(role=role, learningpath=path) for role in Role.objects.all())
    CatalogVersion.rise()
    section = get(client, path.get_absolute_url()).find(id="beyond").find_parent("section")
    assert texts(section.select("details > p")) == said


def test_the_map_counts_the_roles_that_go_further_with_a_path(client, beyond):
    rows = get(client, "/careers/map/").select(".map tfoot tr")
    assert [texts(row.select("th, td")) for row in rows] == [
        ["Roles that take this path", "3", "0", ""],
        ["Roles that go further with it", "0", "2", ""],
    ]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("path=nope", "“path=nope” is left out."),
        ("page=3", "“page=3” is left out."),
        ("path=lonely", "None of them fits this choice."),
        ("path=lonely&pace=99", "“pace=99” is left out."),
        ("path=lonely&pace=99", "None of them fits this choice."),
    ],
)
def test_a_map_without_lines_says_why(client, catalog, monkeypatch, asked, said):
    monkeypatch.setattr(views, "LINES_A_MAP", 2)
    catalog.path("lonely")
    catalog.roles(3)
    page = get(client, f"/careers/map/?{asked}")
    assert not page.select(".map")
    assert said in " ".join(page.main.get_text().split())


def test_a_map_of_too_many_lines_without_a_choice_only_asks_for_one(client, catalog, monkeypatch):
    monkeypatch.setattr(views, "LINES_A_MAP", 2)
    catalog.roles(3)
    assert not get(client, "/careers/map/").main.select(".note")


def test_a_map_without_any_role_says_what_it_leaves_out(client, db):
    page = get(client, "/careers/map/?from=nobody")
    assert "“from=nobody” is left out." in " ".join(page.main.get_text().split())


@pytest.mark.parametrize("asked", ["", "?sort=hours", "?q=engineer"])
def test_a_list_without_any_role_says_that_none_is_published(client, db, asked):
    text = " ".join(get(client, f"/careers/{asked}").main.get_text().split())
    assert "No role is published yet." in text
    assert "No role fits all of this." not in text


@pytest.mark.parametrize(("roles", "said"), [(24, ""), (27, "and 3 more")])
def test_roles_without_a_documented_way_in_are_counted_where_they_are_cut(
    client, catalog, roles, said
):
    path = catalog.path()
    for _ in range(roles):
        catalog.role(paths=[path])
    background = catalog.background()
    found = get(client, f"/careers/?from={background.slug}").find(id="elsewhere").parent
    assert len(found.select("li")) == 24
    assert " ".join(texts(found.select("ul ~ p"))) == said


def test_a_comparison_of_roles_without_a_lesson_to_read_has_no_way_to_begin(client, catalog):
    for slug in ("one", "other"):
        catalog.role(slug, paths=[catalog.path(lessons=0, drafts=1)])
    page = get(client, "/careers/compare/?r=one&r=other")
    assert not page.find(id="start")
    catalog.role("ready")
    ways = get(client, "/careers/compare/?r=one&r=ready").find(id="start").parent.select("li")
    assert len(ways) == 1


def test_a_map_on_which_no_line_goes_further_says_nothing_of_it(client, catalog):
    catalog.role(paths=[catalog.path()])
    assert len(get(client, "/careers/map/").select(".map tfoot tr")) == 1


def test_a_path_without_a_published_lesson_says_so(client, catalog):
    catalog.role("ml-engineer", paths=[catalog.path(lessons=0, drafts=2)])
    card = get(client, "/careers/ml-engineer/").select_one(".roadmap")
    assert "No lesson of this path is published yet" in card.get_text()
    assert not card.select("a.go")


def test_a_role_without_steps_or_figures_says_so(client, catalog):
    role = catalog.role("bare", paths=[])
    role.salary_bands.all().delete()
    role.pivots.all().delete()
    text = get(client, "/careers/bare/").get_text()
    assert "No path of this role is published yet" in text
    assert "No figure for this role is good enough" in text


def test_a_figure_older_than_a_year_is_stale_by_itself(client, catalog):
    catalog.role("old").salary_bands.update(collected=datetime.date(2020, 1, 1))
    catalog.role("new").salary_bands.update(collected=datetime.date.today())  # noqa: DTZ011
    assert "more than a year ago" in get(client, "/careers/old/").get_text()
    assert "more than a year ago" not in get(client, "/careers/new/").get_text()


def test_in_sequence_and_any_order_differ_in_more_than_words(client, catalog):
    catalog.role("strict", sequence="in-sequence")
    catalog.role("free", sequence="any-order")
    strict = get(client, "/careers/strict/").select_one(".roadmap")
    free = get(client, "/careers/free/").select_one(".roadmap")
    assert texts(strict.select("ol.line .stop")) == ["1"]
    assert free.find("ol") is None
    assert "any-order" in free["class"]


@pytest.mark.parametrize("sequence", ["in-sequence", "any-order"])
@pytest.mark.parametrize(("paths", "says"), [(1, False), (2, True)])
def test_only_several_paths_are_said_to_have_an_order(client, catalog, sequence, paths, says):
    catalog.role("some", sequence=sequence, paths=[catalog.path() for _ in range(paths)])
    card = get(client, "/careers/some/").select_one(".roadmap")
    assert bool(card.select(".order")) == says


def test_the_roadmap_is_a_page_of_its_own_and_a_part(client, catalog):
    catalog.role("ml-engineer")
    url = reverse("role-roadmap", args=["ml-engineer"])
    assert get(client, url).html
    response = client.get(url, headers=SWAP)
    part = BeautifulSoup(response.content, "html.parser")
    assert not part.find("html")
    assert part.find(class_="roadmap")
    assert part.find("a", class_="go")


@pytest.mark.parametrize("header", ["HX-Boosted", "HX-History-Restore-Request"])
def test_boosted_links_and_history_restores_get_the_whole_page(client, catalog, header):
    catalog.role("ml-engineer")
    response = client.get("/careers/ml-engineer/roadmap/", headers={**SWAP, header: "true"})
    assert "<html" in response.text


def test_a_page_with_parts_says_what_it_varies_by(client, catalog):
    catalog.role("ml-engineer")
    for headers in ({}, SWAP):
        vary = client.get("/careers/ml-engineer/roadmap/", headers=headers)["Vary"]
        assert "HX-Request" in vary


# -- Paths and lessons --


def test_a_path_lists_its_lessons_and_says_which_are_planned(client, catalog):
    path = catalog.path("rag", lessons=2)
    plan = {"title": "Rerank", "summary": "Sort what was found.", "status": Status.DRAFT}
    catalog.lesson(path, **plan, body="")
    catalog.role(title="ML Engineer", paths=[path])
    page = get(client, "/paths/rag/")
    assert len(page.select(".lessons li:not(.planned) a")) == 2
    (planned,) = page.select(".lessons .planned")
    for said in ("Rerank", "Sort what was found.", "Being written", "48\N{NO-BREAK SPACE}min"):
        assert said in planned.get_text()
    assert not planned.a
    assert "1 more lesson is being written" in " ".join(page.get_text().split())
    assert "ML Engineer" in page.select_one(".counts").get_text()


def test_paths_name_the_roles_that_stop_there(client, catalog):
    path = catalog.path()
    catalog.role(title="ML Engineer", paths=[path])
    catalog.role(title="Hidden", paths=[path], status=Status.DRAFT)
    also = get(client, "/paths/").select_one(".also")
    assert texts(also.select("summary > span:first-child")) == ["Counts for 1 role"]
    assert texts(also.select("a > span:not(.roundel)")) == ["ML Engineer"]


def test_a_lesson_shows_all_its_parts(client, catalog):
    path = catalog.path("rag", lessons=0)
    lesson = catalog.lesson(
        path, slug="one", title="One", body="## Practice\n\nDo **it**.", minutes=1
    )
    catalog.role(title="ML Engineer", paths=[path])
    page = get(client, lesson.get_absolute_url())
    text = " ".join(page.get_text().split())
    for expected in ("Do a thing", "you can do the thing", "1 min to read", "40 min of practice",
                     "A paper", "ML Engineer", "Lesson 1 of 1"):  # fmt: skip
        assert expected in text, expected
    assert page.select_one(".prose strong").get_text() == "it"


def test_a_lesson_lists_its_headings_where_there_are_several(client, catalog):
    path = catalog.path("rag", lessons=0)
    body = "## A & `b`\n\nText.\n\n## Contents\n\nText.\n\n### Below\n\nText.\n\n## Practice\n\nDo."
    page = get(client, catalog.lesson(path, body=body).get_absolute_url())
    links = page.select(".contents a")
    assert texts(links) == ["A & b", "Contents", "Practice"]
    for link in links:
        assert page.find(id=link["href"].removeprefix("#")).name == "h2"
    short = catalog.lesson(path, body="## Practice\n\nDo.\n\n## Next\n\nGo.")
    assert not get(client, short.get_absolute_url()).select(".contents")


def test_the_way_on_stands_right_behind_the_text(client, catalog):
    path = catalog.path("rag", lessons=2)
    page = get(client, path.lessons.first().get_absolute_url())
    behind = page.select_one(".read").find_next_sibling()
    assert behind.select_one("a.go[rel=next]")["href"] == path.lessons.last().get_absolute_url()


def test_behind_what_is_published_the_next_paths_of_the_roles_go_on(client, catalog):
    rag, tuning = catalog.path("rag", drafts=1), catalog.path("tuning", title="Tuning")
    catalog.role(title="ML Engineer", paths=[rag, catalog.path(lessons=0, drafts=1), tuning])
    catalog.role(title="Researcher", paths=[tuning, rag], sequence="any-order")
    catalog.role(title="Prompter", paths=[tuning, rag])
    page = get(client, rag.lessons.first().get_absolute_url())
    text = " ".join(page.select_one(".next-lesson").get_text().split())
    assert text.endswith("is being written.")
    (way,) = page.select(".onward li")
    assert way.a["href"] == tuning.lessons.first().get_absolute_url()
    assert texts(way.select(".sum")) == ["Toward ML Engineer, Researcher"]
    assert page.select_one(".onward a[href='/feed.atom']")


LIVE = "[role=status], [role=alert], [aria-live]"


@pytest.mark.parametrize(
    "url",
    [
        *("/careers/?q=rol&hours=x", "/careers/?q=zzz", "/careers/decode/?title=Role"),
        *("/careers/compare/?r=nobody", "/careers/map/?from=nobody", "/changes/?page=9"),
    ],
)
def test_what_is_announced_is_a_sentence_and_not_a_page(client, catalog, url):
    catalog.roles(30)
    found = get(client, url).select(LIVE)
    assert found
    for each in found:
        assert len(each.get_text(" ", strip=True)) < 200
        assert not each.find(["h1", "h2", "h3", "ul", "ol", "table", "form", "article"])


@pytest.mark.parametrize(
    "url",
    [
        *("/", "/careers/", "/careers/map/", "/careers/decode/", "/careers/which/"),
        *("/careers/compare/", "/careers/role-1/", "/careers/role-1/roadmap/"),
        *("/paths/", "/paths/rag/", "/paths/rag/one/", "/paths/model/", "/glossary/", "/search/"),
        *("/changes/", "/data/", "/privacy/", "/plan/"),
    ],
)
def test_every_page_names_what_it_leaves_out_of_an_address(client, catalog, url):
    catalog.roles(3)
    rag = catalog.path("rag", lessons=0)
    catalog.lesson(rag, slug="one")
    catalog.role("role-1", paths=[rag])
    for asked in ("pace=abc", "from=astronaut"):
        page = get(client, f"{url}?{asked}")
        said = texts(page.select(".note[role=status]"))
        assert sum(f"“{asked}” is left out." in each for each in said) == 1, said
        assert page.get_text().count("is left out") == 1
    assert "is left out" not in get(client, f"{url}?pace=5&utm_source=x").text


@pytest.mark.parametrize("asked", ["999", "zzz", "0", "-1", "9" * 50])
@pytest.mark.parametrize(
    "url", ["/careers/", "/careers/map/", "/paths/", "/paths/rag/", "/glossary/", "/changes/"]
)
def test_a_page_of_a_list_that_is_not_there_is_named(client, catalog, url, asked):
    catalog.role("role-1", paths=[catalog.path("rag", lessons=2)])
    (said,) = texts(get(client, f"{url}?page={asked}").select(".note[role=status]"))
    assert said.startswith(f"“page={asked[:40]}")
    assert said.endswith("is left out. There is no such page. This is page 1.")
    for there in ("1", " 1 ", ""):
        assert "is left out" not in get(client, f"{url}?page={there}").text


def test_previous_and_next_pass_over_drafts(client, catalog):
    path = catalog.path("rag", lessons=0)
    one, _, three = (
        catalog.lesson(path, slug=slug, status=status)
        for slug, status in (("one", "published"), ("two", "draft"), ("three", "published"))
    )
    first, last = get(client, one.get_absolute_url()), get(client, three.get_absolute_url())
    assert first.find("a", rel="next")["href"] == "/paths/rag/three/"
    assert first.find("a", rel="prev") is None
    assert last.find("a", rel="prev")["href"] == "/paths/rag/one/"
    assert last.find("a", rel="next") is None


# -- What may be seen --


@pytest.mark.parametrize(("status", "answer"), [("draft", 404), ("retired", 410)])
def test_drafts_do_not_exist_and_retired_things_are_gone(client, catalog, status, answer):
    path = catalog.path("rag", lessons=1)
    seen = {"status": status, "published_at": timezone.now()}
    hidden_path = catalog.path("hidden", lessons=1, **seen)
    hidden_lesson = catalog.lesson(path, slug="hidden", **seen)
    hidden_role = catalog.role("hidden", **seen)
    for url in (
        hidden_path.get_absolute_url(),
        hidden_path.lessons.first().get_absolute_url(),
        hidden_lesson.get_absolute_url(),
        hidden_role.get_absolute_url(),
        reverse("role-roadmap", args=["hidden"]),
    ):
        response = client.get(url)
        assert response.status_code == answer, url
        assert "masthead" in response.text


@pytest.mark.parametrize("status", ["draft", "retired"])
def test_hidden_things_are_named_nowhere(client, catalog, status):
    shown = catalog.path("rag", lessons=1)
    catalog.lesson(shown, title="Unseen lesson", slug="unseen-lesson", status=status)
    hidden = catalog.path("unseen-path", title="Unseen path", status=status, lessons=1)
    catalog.role("ml-engineer", paths=[hidden, shown])
    catalog.role("unseen-role", title="Unseen role", paths=[shown], status=status)
    catalog.signal(shown.lessons.first(), title="Unseen signal", status=status)
    background = catalog.background(title="Unseen background", status=status)
    shown.steps.first().role.pivots.create(background=background)
    urls = ["/", "/careers/", "/careers/ml-engineer/", "/careers/ml-engineer/roadmap/", "/paths/",
            "/paths/rag/", shown.lessons.first().get_absolute_url(), "/sitemap.xml"]  # fmt: skip
    for url in urls:
        text = client.get(url).text.lower()
        if (url, status) == ("/paths/rag/", "draft"):  # a draft is listed there, without a link
            text = text.replace("<h3>unseen lesson</h3>", "")
        assert "unseen" not in text, url


def test_former_addresses_redirect_for_good_and_keep_the_query(client, catalog):
    role, path = catalog.role("new-role"), catalog.path("new-path", lessons=1)
    lesson = path.lessons.get()
    role.keep_address("old-role")
    path.keep_address("old-path")
    lesson.keep_address(path, "old-lesson")
    for old, new in (
        ("/careers/old-role/", role.get_absolute_url()),
        ("/careers/old-role/roadmap/", f"{role.get_absolute_url()}roadmap/"),
        ("/paths/old-path/", path.get_absolute_url()),
        (f"/paths/old-path/{lesson.slug}/", lesson.get_absolute_url()),
        ("/paths/new-path/old-lesson/", lesson.get_absolute_url()),
        ("/paths/old-path/old-lesson/", lesson.get_absolute_url()),
    ):
        response = client.get(f"{old}?from=sre")
        assert (response.status_code, response["Location"]) == (301, f"{new}?from=sre"), old


def test_an_address_that_comes_back_is_no_redirect_any_more(client, catalog):
    role = catalog.role("first")
    role.slug = "second"
    role.save()
    role.keep_address("first")
    role.slug = "first"
    role.save()
    role.keep_address("second")
    assert client.get("/careers/first/").status_code == 200
    assert client.get("/careers/second/")["Location"] == "/careers/first/"


# -- For machines --


def test_robots_are_told_the_sitemap_and_kept_from_the_admin(client):
    text = client.get("/robots.txt").text
    assert "Sitemap: http://testserver/sitemap.xml" in text
    assert "Disallow: /admin/" in text


def sitemap(client) -> dict[str, str]:
    """Return the sitemap: address → day of its last change, or "" if it has none."""
    entries = ElementTree.fromstring(client.get("/sitemap.xml").content)  # noqa: S314  our own
    return {
        entry.findtext("{*}loc", "").removeprefix("http://testserver"): entry.findtext(
            "{*}lastmod", ""
        )
        for entry in entries
    }


def test_the_sitemap_holds_every_public_page(client, catalog):
    path = catalog.path("rag", lessons=1)
    catalog.role("ml-engineer", paths=[path])
    assert sitemap(client).keys() == {
        "/",
        "/careers/",
        "/careers/map/",
        "/careers/compare/",
        "/careers/decode/",
        "/careers/which/",
        "/data/",
        "/changes/",
        "/paths/",
        "/paths/model/",
        "/glossary/",
        "/plan/",
        "/privacy/",
        "/search/",
        "/careers/ml-engineer/",
        "/paths/rag/",
        path.lessons.get().get_absolute_url(),
    }


def test_a_page_changed_when_anything_that_it_shows_did(client, catalog):
    path, draft = catalog.path("rag", lessons=1), catalog.path("draft", status=Status.DRAFT)
    lesson = path.lessons.get()
    role = catalog.role("ml-engineer", paths=[path, draft])

    def change(row, day: int) -> None:
        type(row).objects.filter(pk=row.pk).update(updated_at=f"2026-03-{day:02}T12:00Z")
        CatalogVersion.rise()

    def days() -> list[str]:
        found = sitemap(client)
        pages = ("/careers/ml-engineer/", "/paths/rag/", lesson.get_absolute_url())
        return [found[page].removeprefix("2026-03-") for page in pages]

    for day, row in enumerate((lesson, path, role), start=1):
        change(row, day)
    assert days() == ["03", "02", "01"]
    change(path, 4)
    assert days() == ["04", "04", "01"]
    change(lesson, 5)
    assert days() == ["05", "05", "05"]
    change(draft, 6)
    change(draft.lessons.get(), 7)
    assert days() == ["05", "05", "05"]
    CatalogVersion.objects.update(changed_at="2026-03-08T12:00Z")
    lists = ("/", "/careers/", "/careers/map/", "/careers/compare/", "/careers/decode/", "/paths/")
    assert {sitemap(client)[page] for page in lists} == {"2026-03-08"}
    assert not sitemap(client)["/data/"], "it changes with the code"


def test_a_role_changed_when_a_path_that_it_goes_on_to_did(client, catalog):
    beyond = catalog.path("agents", lessons=1)
    catalog.role("ml-engineer").further.add(beyond)
    for model in (Role, LearningPath, Lesson):
        model.objects.update(updated_at="2026-03-01T12:00Z")
    beyond.lessons.update(updated_at="2026-03-02T12:00Z")
    CatalogVersion.rise()
    page = BeautifulSoup(client.get("/careers/ml-engineer/").content, "html.parser")
    assert "1 lesson" in page.select_one(".roadmap .further").get_text()
    assert sitemap(client)["/careers/ml-engineer/"] == "2026-03-02"


def test_a_sitemap_that_is_too_long_is_an_index_of_parts(client, catalog, monkeypatch):
    whole = [catalog.path(lessons=4) for _ in range(6)]
    for path in whole:
        catalog.role(paths=[path], fit_questions=["Is it?"])
    everything = sitemap(client)
    monkeypatch.setattr("careers.pages.sitemaps.ADDRESSES_A_PART", 12)
    CatalogVersion.rise()
    found, parts = {}, [*sitemap(client)]
    for part in parts:
        entries = ElementTree.fromstring(client.get(part).content)  # noqa: S314  our own
        urls = [entry.findtext("{*}loc", "").removeprefix("http://testserver") for entry in entries]
        assert len(urls) <= max(12, 14), "the lists are a part of their own"
        assert not found.keys() & set(urls)
        found |= dict.fromkeys(urls)
    assert found.keys() == everything.keys()
    assert client.get(f"/sitemap-{len(parts) + 1}.xml").status_code == 404
    assert client.get("/sitemap-0.xml").status_code == 404


def test_a_page_that_never_was_looks_like_the_site(client, db):
    response = client.get("/careers/nobody/")
    assert response.status_code == 404
    assert "masthead" in response.text


@pytest.mark.parametrize("page", ["01", " 1", ""])
def test_the_first_page_may_be_asked_for_in_other_ways(client, catalog, page):
    catalog.role()
    assert not get(client, "/careers/", query_params={"page": page}).select(".note")


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        *(("0", 1), ("-1", 1), ("-99", 1), ("4", 3), ("9" * 30, 3), ("1.0", 1), ("x", 1)),
        *(("0_2", 1), ("+2", 1), ("２", 1), ("٢", 1), ("1_0", 1), ("²", 1)),
    ],
)
def test_for_a_page_that_is_not_there_the_nearest_is_shown(asked, shown):
    page, refused = asked_page(Paginator(range(30), 10), asked)
    assert page.number == shown
    assert refused == f"There is no such page. This is page {shown}."


def test_the_strongest_pivot_is_the_strongest_wherever_it_stands(client, catalog):
    role = catalog.role("ml-engineer")
    role.pivots.update(fit="possible", position=0)
    strong = catalog.background(title="Strong one")
    role.pivots.create(background=strong, fit="strong", position=5)
    assert "Closest background: strong one" in get(client, "/careers/").get_text()


def test_a_lesson_is_found_below_an_address_that_another_path_took(client, catalog):
    """Path "old" is renamed "zzz"; then another path is renamed "old"."""
    first, second = catalog.path("old", lessons=1), catalog.path("second")
    lesson = first.lessons.get()
    old = lesson.get_absolute_url()
    first.slug = "zzz"
    first.save()
    first.keep_address("old")
    second.slug = "old"
    second.save()
    second.keep_address("second")
    lesson.refresh_from_db()
    assert client.get(old)["Location"] == f"/paths/zzz/{lesson.slug}/"


def test_pages_that_are_none_have_no_canonical_address(client, catalog):
    catalog.role("gone", status=Status.RETIRED)
    for url in ("/nowhere/", "/careers/gone/"):
        page = BeautifulSoup(client.get(url).content, "html.parser")
        assert not page.find("link", rel="canonical")


# -- A comparison --


def test_what_leads_to_either_roadmap_says_to_which(client, real_catalog):
    page = get(client, "/careers/compare/?r=ml-engineer&r=ai-researcher")
    named = ["See its roadmap: ML Engineer", "See its roadmap: AI Researcher"]
    assert texts(page.select(".starts a")) == named


def test_a_map_draws_a_line_through_the_cells_where_it_runs(client, catalog):
    first, other, last, beyond = (catalog.path() for _ in range(4))
    road = catalog.role(paths=[first, last])
    road.further.set([beyond])
    catalog.role(paths=[first, other, last])
    CatalogVersion.rise()
    page = BeautifulSoup(client.get("/careers/map/").content, "html.parser")
    row = page.select_one("tbody tr")
    assert [cell.get("class") for cell in row.select("td:not(.all)")] == [
        ["on", "first"],
        ["on"],
        ["on", "last", "thin-after"],
        ["thin-before"],
    ]
