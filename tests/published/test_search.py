"""Which roles fit a visitor's choices, and how many would with each other choice."""

import datetime
import itertools
import re

import pytest
from bs4 import BeautifulSoup, Tag
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from careers import snapshot
from careers.models import CatalogVersion, Role
from careers.published.query import MOST_REFUSED, Reader
from careers.published.search import (
    MOST_THRESHOLDS,
    SearchResult,
    Sort,
    nearest_first,
    read_search,
    search_roles,
    thresholds,
)
from careers.published.titles.concepts import fold
from careers.published.visitor import read_visitor
from paths.hours import hours_text

TODAY = datetime.date(2026, 11, 22)


def results(query: str = "") -> list[str]:
    return [role.slug for role in found(query).roles]


def found(query: str) -> SearchResult:
    catalog = snapshot.current()
    reader = Reader(QueryDict(query))
    visitor = read_visitor(reader, catalog, TODAY)
    return search_roles(catalog, read_search(reader, catalog, visitor))


def page(client, query: str = "", **headers) -> BeautifulSoup:
    response = client.get(f"/careers/?{query}", headers=headers)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


# -- Words --


@pytest.mark.parametrize(
    ("q", "role"),
    [
        ("LLM engineer", "applied-genai-engineer"),
        ("MLE", "ml-engineer"),
        ("mle", "ml-engineer"),
        ("red team", "ai-security-specialist"),
        ("kubernetes", "mlops-engineer"),
        ("vision", "computer-vision-engineer"),
        ("  Product   MANAGER ", "ai-product-manager"),
        ("résearcher", "ai-researcher"),
    ],
)
def test_a_role_is_found_by_its_names_and_its_work(real_catalog, q, role):
    query = QueryDict(mutable=True)
    query["q"] = q
    assert results(query.urlencode())[0] == role


def test_all_words_must_match_and_a_word_may_be_unfinished(catalog):
    catalog.role("writer", title="Prompt Writer", daily_work=["Writes tests"])
    catalog.role("tester", title="Model Tester", daily_work=["Breaks prompts"])
    assert results("q=prompt") == ["writer", "tester"]
    assert results("q=prompt+test") == ["writer", "tester"]
    assert results("q=prompt+break") == ["tester"]
    assert results("q=rompt") == []


def test_signs_alone_find_nothing(catalog):
    catalog.role("writer")
    assert results("q=%26%26") == []


def test_names_with_signs_are_words_of_their_own(catalog):
    catalog.role("plus", title="C++ Developer", daily_work=["Maps"])
    catalog.role("sharp", title="C#/.NET Developer", daily_work=["Maps"])
    catalog.role("letter", title="Plan C Developer", daily_work=["Maps net pay"])
    assert results("q=C%2B%2B") == results("q=c%2B%2B+developer") == ["plus"]
    assert results("q=C%23") == results("q=csharp") == ["sharp"]
    assert results("q=.net") == ["sharp"]
    assert results("q=net") == ["letter"]


def test_a_tool_is_sought_like_any_other_word(catalog):
    catalog.role("python", title="Vision Engineer", daily_work=["Writes Python"])
    catalog.role("other", title="Other Engineer", daily_work=["Writes"])
    assert results("q=python") == results("q=python+engineer") == ["python"]


def test_names_come_before_texts(catalog):
    catalog.role("first", title="Manager", summary="Works with a writer.")
    catalog.role("second", title="Writer")
    assert results("q=writer") == ["second", "first"]
    assert results() == ["first", "second"]


# -- Choices and orders --


@pytest.fixture
def three(catalog):
    """Roles of 1.6, 0.8 and 2.4 hours that share the path rag and differ in pay."""
    rag = catalog.path("rag")
    writer = catalog.background(slug="writer", title="Writer")
    for slug, paths, low in (("b", 1, 60000), ("a", 0, 80000), ("c", 2, 40000)):
        title = {"a": "Anton", "b": "Berta", "c": "Caesar"}[slug]
        role = catalog.role(slug, title=title, paths=[rag, *(catalog.path() for _ in range(paths))])
        role.salary_bands.update(low=low, high=low + 10000)
    role.pivots.create(background=writer, fit="possible")
    role = role.__class__.objects.get(slug="a")
    role.pivots.create(background=writer, fit="strong")
    writer.knows.set(rag.lessons.all())
    CatalogVersion.rise()
    return catalog


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ("", "bac"),
        ("sort=title", "abc"),
        ("sort=hours", "abc"),
        ("sort=band", "abc"),
        ("sort=left&from=writer", "ac"),
        ("from=writer", "ac"),
        ("hours=1", "a"),
        ("hours=2", "ba"),
        ("band=65000", "ba"),
        ("band=65001", "a"),
        ("path=rag", "bac"),
        ("path=rag&hours=2&band=70000", "a"),
    ],
)
def test_choices_and_orders(three, query, slugs):
    assert results(query) == list(slugs)


@pytest.mark.parametrize(
    ("query", "slugs"), [("sort=hours", "abcd"), ("sort=left&from=fresh", "abcd")]
)
def test_a_role_without_lessons_comes_last_by_hours(three, query, slugs):
    three.background(slug="fresh", title="Fresh", starts_fresh=True)
    three.role("d", title="Dora", paths=[three.path("empty", lessons=0)])
    CatalogVersion.rise()
    assert results(query) == list(slugs)


def test_a_role_without_lessons_fits_into_no_number_of_hours(three):
    before = {option.value: option.count for option in found("").facets["hours"]}
    three.role("d", title="Dora", paths=[three.path("empty", lessons=0)])
    CatalogVersion.rise()
    assert results("hours=1") == ["a"]
    assert results("hours=10000") == list("bac")
    assert {option.value: option.count for option in found("").facets["hours"]} == before
    of_dora = found("q=dora").facets["hours"]
    assert {option.count for option in of_dora} == {0}


def test_a_role_without_lessons_does_not_ask_least_of_those_who_start_fresh(three):
    three.background(slug="fresh", title="Fresh", starts_fresh=True)
    three.role("d", title="Dora", paths=[three.path("empty", lessons=0)])
    CatalogVersion.rise()
    assert results("from=fresh") == list("abcd")
    visitor = read_visitor(Reader(QueryDict("from=fresh")), snapshot.current(), TODAY)
    assert [role.slug for role in nearest_first(snapshot.current(), visitor, 4)] == list("abcd")


def test_a_role_without_a_figure_comes_last_by_pay_and_reaches_no_pay(three):
    three.role("d", title="d").salary_bands.all().delete()
    CatalogVersion.rise()
    assert results("sort=band")[-1] == "d"
    assert "d" not in results("band=1")


def test_pay_is_weighed_by_its_middle_not_by_its_ends(three):
    wide = three.role("d", title="d")
    wide.salary_bands.update(low=10000, high=190000)  # halfway: 100,000
    skewed = three.role("e", title="e")
    skewed.salary_bands.update(low=80000, high=200000, middle=82000, middle_is="median")
    CatalogVersion.rise()
    assert results("sort=band") == ["d", "a", "e", "b", "c"]
    assert results("band=82001&sort=band") == ["d", "a"]


def test_only_the_first_figure_in_euro_is_weighed(three):
    role = three.role("d", title="d")
    role.salary_bands.update(low=50000, high=60000)
    three.band(role, region="Germany", low=500000, high=500000, position=1)
    assert results("sort=band") == ["a", "b", "d", "c"]


@pytest.mark.parametrize(("query", "is_said"), [("sort=band", 1), ("band=1", 1), ("hours=9", 0)])
def test_what_pay_is_weighed_by_is_said_above_the_results(client, three, query, is_said):
    said = page(client, query).select("#results > p.sum")
    assert ["Pay is compared by the middle" in each.get_text() for each in said] == [True] * is_said


def test_pay_in_another_currency_is_not_weighed(three):
    three.role("d", title="d").salary_bands.update(currency="USD", low=900000, high=900000)
    CatalogVersion.rise()
    assert "d" not in results("band=100000")


def test_a_facet_counts_what_its_choice_would_leave(three):
    offered = found("hours=2&from=writer").facets
    assert {o.value: o.count for o in offered["path"]}["rag"] == 1
    assert {o.value: o.count for o in offered["from"]}["writer"] == 1
    counts = {o.value: (o.count, o.chosen) for o in offered["hours"]}
    assert counts["2"] == (1, True)
    assert counts["10"] == (2, False)


@pytest.mark.parametrize(("minutes", "shown", "fits"), [(122, "2", 1), (123, "2.1", 0)])
def test_a_role_is_as_long_as_it_is_shown_to_be(catalog, minutes, shown, fits):
    """A role of 122 minutes was shown as 2 h, but left out by "at most 2 h"."""
    path = catalog.path(lessons=0)
    catalog.lesson(path, minutes=2, practice_minutes=minutes - 2)
    catalog.role("long", paths=[path])
    assert hours_text(minutes) == shown
    assert len(results("hours=2")) == fits
    counts = {option.value: option.count for option in found("hours=2").facets["hours"]}
    assert counts["2"] == fits, "the choice counts as the list does"


choices = st.fixed_dictionaries(
    {},
    optional={
        "q": st.sampled_from(["anton", "be", "builds", "zzz"]),
        "from": st.sampled_from(["writer", "nobody"]),
        "path": st.sampled_from(["rag", "none"]),
        "hours": st.sampled_from(["1", "2", "10", "x"]),
        "band": st.sampled_from(["1", "60000", "80000", "-1"]),
        "sort": st.sampled_from([*Sort, "?"]),
    },
)


@given(choices)
def test_every_count_is_what_choosing_it_gives(three, chosen):
    query = QueryDict(mutable=True)
    query.update(chosen)
    for name, options in found(query.urlencode()).facets.items():
        for option in options:
            query[name] = option.value
            assert len(results(query.urlencode())) == option.count, query
        query.pop(name)
        if name in chosen:
            query[name] = chosen[name]


@given(choices)
def test_dropping_what_is_named_leaves_as_many_as_it_says(three, chosen):
    query = QueryDict(mutable=True)
    query.update(chosen)
    for drop in found(query.urlencode()).drops:
        rest = query.copy()
        for name in drop.names:
            rest.pop(name)
        assert len(results(rest.urlencode())) == drop.count > 0


@given(choices)
def test_where_nothing_fits_something_always_does_after_the_fewest_drops(three, chosen):
    query = QueryDict(mutable=True)
    query.update(chosen)
    drops = found(query.urlencode()).drops
    assert bool(drops) != bool(results(query.urlencode()))
    fewer = min((len(drop.names) for drop in drops), default=1) - 1
    for names in itertools.combinations(chosen, fewer):
        rest = query.copy()
        for name in names:
            rest.pop(name)
        assert not drops or not results(rest.urlencode())


@given(st.lists(st.integers(0, 10**6), max_size=50), st.integers(1, 10**6) | st.none())
def test_thresholds_are_few_and_divide_what_there_is(values, chosen):
    made = thresholds(values, 10, chosen)
    assert len(made) <= MOST_THRESHOLDS + 1
    assert made == sorted(set(made))
    assert not values or not max(values) or made[-1] >= max(values)


# -- Visitors who start fresh --


@pytest.fixture
def newcomer(three):
    """A background open to every role. Role b asks for a trade, c for nothing; a doesn't say."""
    three.background(slug="student", title="Student", starts_fresh=True, advice="Look around.")
    for slug, bar in (("b", "trade"), ("c", "nothing")):
        role = Role.objects.filter(slug=slug)
        role.update(entry_bar=bar, beforehand=f"What {slug} asks for.")
    CatalogVersion.rise()
    return three


def test_who_starts_fresh_sees_every_role_the_one_that_asks_least_first(newcomer):
    assert results("from=student") == ["c", "b", "a"]
    assert results("from=student&sort=title") == ["a", "b", "c"]
    assert {o.value: o.count for o in found("from=student").facets["from"]}["student"] == 3
    assert found("from=student").elsewhere == ()


def test_of_roles_that_ask_the_same_the_shorter_stands_first(newcomer):
    Role.objects.update(entry_bar="trade")
    CatalogVersion.rise()
    assert results("from=student") == ["a", "b", "c"]


def test_roles_without_a_way_in_stand_by_what_they_ask_for(newcomer):
    newcomer.role("d", title="Dora", entry_bar="nothing", paths=[newcomer.path(lessons=9)])
    assert [role.slug for role in found("from=writer").elsewhere] == ["d", "b"]


@pytest.mark.parametrize(
    ("sort", "order"), [("title", "bd"), ("hours", "bd"), ("left", "bd"), ("recommended", "db")]
)
def test_roles_without_a_way_in_stand_in_the_order_that_is_chosen(client, newcomer, sort, order):
    newcomer.role("d", title="Dora", entry_bar="nothing", paths=[newcomer.path(lessons=9)])
    asked = f"from=writer&sort={sort}"
    assert [role.slug for role in found(asked).elsewhere] == list(order)
    shown = page(client, asked).select_one("section[aria-labelledby=elsewhere]").get_text()
    assert ("Those that expect the least" in shown) == (sort == "recommended")
    assert ("the order that you chose" in shown) == (sort != "recommended")


@pytest.mark.parametrize("asked", ["sort=title", "sort=band", "q=berta"])
def test_another_order_is_not_said_to_rest_on_what_roles_ask_for(client, newcomer, asked):
    words = " ".join(page(client, f"from=student&{asked}").get_text().split())
    assert "Every role is open to you. " in words
    assert "so they are sorted" not in words
    assert "least demanding first" not in words


def test_what_the_order_rests_on_and_what_a_role_asks_for_is_said(client, newcomer):
    shown = page(client, "from=student")
    words = " ".join(shown.get_text().split())
    assert "they are sorted by what each expects beforehand" in words
    assert "Look around." in words
    assert "3 of 3 roles open to you" in words
    cards = [card.get_text() for card in shown.select(".role-card")]
    assert ["Expected beforehand: What" in card for card in cards] == [True, True, False]


def test_a_role_is_open_to_who_starts_fresh_and_says_what_it_asks_for(client, newcomer):
    head = BeautifulSoup(client.get("/careers/b/?from=student").content, "html.parser").select_one(
        ".role-head"
    )
    words = " ".join(head.get_text().split())
    assert "expected beforehand: What b asks for. Open to you" in words
    assert "no source says" not in words


def test_the_home_page_sorts_and_says_the_same(client, newcomer):
    shown = BeautifulSoup(client.get("/?from=student").content, "html.parser")
    assert [a["href"] for a in shown.select("#roles h3 a")] == [
        f"/careers/{slug}/?from=student" for slug in "cba"
    ]
    assert "least demanding first" in " ".join(shown.find(id="all").get_text().split())


# -- The page --


def test_no_result_says_which_choice_to_drop(client, three):
    shown = page(client, "q=berta&band=70000")
    note = shown.find(class_="note")
    assert "No role fits" in note.get_text()
    links = {a["href"]: " ".join(a.parent.get_text().split()) for a in note.find_all("a")}
    assert links == {
        "/careers/?q=berta": "Without “about €70,000 a year or more”: 1 role",
        "/careers/?band=70000": "Without “berta”: 1 role",
        "/careers/decode/?title=berta": "Is it from a job ad? Look up what “berta” means.",
    }


def test_where_one_choice_is_not_enough_it_says_which_to_drop_together(client, three):
    note = page(client, "q=caesar&band=70000&from=writer&hours=2&sort=title").find(class_="note")
    links = {a.get_text(): a["href"] for a in note.select("li a")}
    assert links == {
        "Without “caesar”": "/careers/?band=70000&from=writer&hours=2&sort=title",
    }
    note = page(client, "q=zzz&hours=1&band=100000").find(class_="note")
    links = {a.get_text(): a["href"] for a in note.select("li a")}
    assert links == {"Without “zzz” and “about €100,000 a year or more”": "/careers/?hours=1"}


def test_what_was_sought_in_vain_can_be_looked_up_as_a_job_title(client, three):
    shown = (
        page(client, "q=KI-Entwickler+%26+%2Fw")
        .find(class_="note")
        .find("a", href=re.compile("decode"))
    )
    assert shown["href"] == "/careers/decode/?title=KI-Entwickler%20%26%20%2Fw"


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Traveling Nurse", "2 more roles share this name."),
        ("Traveling Nurse / Carpenter", "more roles share the name “Traveling Nurse”."),
        ("Traveling Nurse" + " (m/w/d)" * 20, "2 more roles share this name."),
    ],
)
def test_a_name_that_several_roles_share_leads_to_all_of_them(client, catalog, title, said):
    for _ in range(5):
        catalog.role(aliases=["Traveling Nurse"], paths=[])
    catalog.role(title="Carpenter", paths=[])
    decoded = meaning(client, title)
    assert said in " ".join(decoded.get_text().split())
    (link,) = decoded.select("a[href^='/careers/?q=']")
    shown = page(client, link["href"].partition("?")[2]).main
    assert len(shown.select(".role-card")) == 5
    assert "left out" not in shown.get_text()


def test_a_shared_name_that_is_too_long_to_search_for_is_no_link(client, catalog):
    name = "Traveling Nurse " + " ".join(f"Ward {number}" for number in range(15))
    for _ in range(5):
        catalog.role(aliases=[name], paths=[])
    decoded = meaning(client, name)
    said = "2 more roles share this name. Add a word from the ad."
    assert said in " ".join(decoded.get_text().split())
    assert not decoded.select("a[href^='/careers/?q=']")


def meaning(client, title: str) -> Tag:
    response = client.get("/careers/decode/", {"title": title})
    return BeautifulSoup(response.content, "html.parser").find(id="meaning")


def test_what_can_not_be_read_is_named_and_left_out(client, three):
    shown = page(
        client, "hours=many&band=-5&sort=luck&from=mars&path=nowhere&pace=0&page=x&q=anton"
    )
    notes = [" ".join(note.get_text().split()) for note in shown.find_all(class_="note")]
    assert {note.split("=")[0].strip("“") for note in notes} == {
        *("hours", "band", "sort", "from", "path", "pace", "page")
    }
    assert len(shown.find_all(class_="role-card")) == 1  # the valid q still counts


@pytest.mark.few(3)
@pytest.mark.parametrize("value", ["9" * 400, "²", "1e3", "1.5", "١", "%F0%9F%98%80", "<script>"])
@pytest.mark.parametrize(
    "name", ["q", "from", "path", "hours", "band", "sort", "pace", "page", "r"]
)
def test_no_value_breaks_the_page(client, three, name, value):
    assert "<script>" not in page(client, f"{name}={value}").find("main").decode()


def status(found) -> str:
    return " ".join(found.get_text().split())


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", "3 roles"),
        ("sort=hours", "3 roles, fewest hours first"),
        ("sort=title", "3 roles, by title"),
        ("pace=6", "3 roles, counted at 6 h a week"),
        ("r=a&r=b", "3 roles. To compare: Anton, Berta"),
        ("q=berta&sort=band&r=a", "1 of 3 roles: “berta”, highest pay first. To compare: Anton"),
        ("from=writer", "2 of 3 roles with a documented way in: from writer"),
    ],
)
def test_the_status_says_whatever_was_changed(client, three, query, said):
    assert status(page(client, query).find(id="found")) == said


def test_a_swap_brings_results_counts_and_choices_and_nothing_else(client, three):
    response = client.get(
        "/careers/?q=berta&from=&sort=recommended", headers={"HX-Request": "true"}
    )
    assert "<html" not in response.text
    assert response["HX-Push-Url"] == "/careers/?q=berta"
    assert "HX-Request" in response["Vary"]
    part = BeautifulSoup(response.content, "html.parser")
    assert part.find(attrs={"hx-swap-oob": "innerHTML:#facets"}).find(id="path")
    assert status(part.find(attrs={"hx-swap-oob": "innerHTML:#found"})) == "1 of 3 roles: “berta”"
    assert [card["id"] for card in part.find_all(class_="role-card")] == ["b"]


def test_the_form_holds_what_the_address_says(client, three):
    query = "q=b&from=writer&path=rag&hours=7&band=55555&sort=left&pace=3"
    form = page(client, query).find(id="search")
    for name, value in QueryDict(query).items():
        field = form.find(attrs={"name": name})
        chosen = field.find("option", selected=True) if field.name == "select" else field
        assert chosen["value"] == value, name


def test_a_background_shows_what_is_left_and_what_is_not_recorded(client, three):
    shown = page(client, "from=writer&pace=1")
    card = re.sub(r"[ \n]+", " ", shown.find(id="c").get_text())
    assert "left of 2.4\N{NO-BREAK SPACE}h" in card
    assert "1.6\N{NO-BREAK SPACE}h" in card
    assert "Possible fit from writer" in card
    assert "2–3 weeks" in card  # 96 minutes of work at 1 h a week
    elsewhere = shown.find(class_="elsewhere")
    assert [a["href"] for a in elsewhere.find_all("a")] == ["/careers/b/?from=writer&pace=1"]


def test_roles_are_put_aside_to_be_compared_in_the_address(client, three):
    shown = page(client, "r=b&q=anton")
    assert shown.find(id="compare-a")["href"] == "/careers/?q=anton&r=b&r=a#a"
    tray = shown.find(class_="tray")
    assert tray.find("a")["href"] == "/careers/?q=anton"
    assert "Add another" in tray.get_text()
    assert [field["value"] for field in shown.select("#search input[name=r]")] == ["b"]


def test_two_roles_put_aside_can_be_compared_and_a_fourth_is_not_offered(client, three):
    three.role("d", title="d")
    shown = page(client, "r=b&r=a&r=a&r=nobody&from=writer")
    go = shown.select_one(".tray .go")
    assert (go["href"], go.get_text(strip=True)) == (
        "/careers/compare/?r=b&r=a&from=writer",
        "Compare 2 roles",
    )
    full = page(client, "r=b&r=a&r=c&r=d")
    assert not full.find(id="compare-d")
    assert full.select_one(".tray .go").get_text(strip=True) == "Compare 3 roles"


def test_roles_that_can_not_be_put_aside_are_named(client, three):
    three.role("d", title="d")
    shown = page(client, "r=b&r=nobody&r=&r=a&r=c&r=d&r=a")
    notes = [" ".join(note.get_text().split()) for note in shown.find_all(class_="note")]
    assert notes == [
        "“r=nobody” is left out. There is no role with this name.",
        "“r=d” is left out. No more than 3 roles fit.",
    ]
    many = "&".join(f"r=nobody-{number}" for number in range(50))
    assert len(page(client, many).find_all(class_="note")) == MOST_REFUSED


def test_pages_of_a_search_keep_what_was_chosen(client, catalog):
    catalog.roles(30)
    shown = page(client, "q=role&page=1")
    assert len(shown.find_all(class_="role-card")) == 20
    assert shown.find("a", rel="next")["href"] == "?q=role&page=2"
    assert len(page(client, "q=role&page=2").find_all(class_="role-card")) == 10


def test_any_search_costs_one_query(client, three, count_queries):
    query = "q=anton&from=writer&path=rag&hours=10&band=1&sort=left&pace=5&r=a&r=b"
    client.get("/careers/")
    assert count_queries(lambda: client.get(f"/careers/?{query}")) == 1


# -- Words as people type them ---------------------------------------------------------------

TYPED = {
    "data engineers": "ai-data-engineer",
    "ML Ops": "mlops-engineer",
    "ml-ops": "mlops-engineer",
    "gen AI": "applied-genai-engineer",
    "large language model": "applied-genai-engineer",
    "machien learning": "ml-engineer",
    "reserch": "ai-researcher",
    "promt engineer": "prompt-engineer",
    "computer vison": "computer-vision-engineer",
    "secuirty": "ai-security-specialist",
    "Sr. ML Engr": "ml-engineer",
    "A.I. researcher": "ai-researcher",
    "A. I. researcher": "ai-researcher",
    "M.L. engineer": "ml-engineer",
    "AI\N{SOFT HYPHEN} researcher": "ai-researcher",
    "pro\N{SOFT HYPHEN}mpt engineer": "prompt-engineer",
    "A\N{ZERO WIDTH SPACE}I researcher": "ai-researcher",
    "KI Ingenieur": "applied-genai-engineer",
    "maschinelles Lernen": "ml-engineer",
    "ingénieur IA": "applied-genai-engineer",
    "apprentissage automatique": "ml-engineer",
    "Sicherheit": "ai-security-specialist",
    "product managers": "ai-product-manager",
    "chat GPT": "applied-genai-engineer",
    "cameras": "computer-vision-engineer",
    "incidents": "mlops-engineer",
    "feature stores": "ml-engineer",
    "architects": "ai-solutions-architect",
    "kubernets": "mlops-engineer",
    "Forward Deployed Engineer": "applied-genai-engineer",
    "FDE": "applied-genai-engineer",
}


@pytest.mark.few(3)
@pytest.mark.parametrize("typed", TYPED)
def test_a_role_is_found_however_it_is_typed(real_catalog, client, typed):
    page = BeautifulSoup(client.get("/careers/", {"q": typed}).content, "html.parser")
    found = [card["id"] for card in page.select(".role-card")]
    assert found[:1] == [TYPED[typed]]


# As job titles these match no role: they name only a field, or a kind of work.
NO_TITLE = {"gen AI", "product managers", "chat GPT", "feature stores"}
TITLES = [typed for typed in TYPED if " " in typed and "Ops" not in typed]


@pytest.mark.few(2)
@pytest.mark.parametrize("typed", [typed for typed in TITLES if typed not in NO_TITLE])
def test_the_decoder_reads_the_same_words(real_catalog, client, typed):
    page = BeautifulSoup(client.get("/careers/decode/", {"title": typed}).content, "html.parser")
    slugs = [link["href"].split("/")[2] for link in page.select("#meaning h3 a")]
    assert TYPED[typed] in slugs


def test_a_misspelled_word_is_said_to_be_read_otherwise(real_catalog, client):
    for address in ("/careers/?q=promt+engineer", "/careers/decode/?title=promt+engineer"):
        assert "“promt” was read as “prompt”." in client.get(address).text
    assert "was read as" not in client.get("/careers/?q=prom").text, "it is still being typed"


@pytest.mark.parametrize("word", ["cameras", "incidents", "dashboards", "papers", "notebooks"])
def test_a_plural_is_no_misspelled_word(real_catalog, client, word):
    page = client.get("/careers/", {"q": word})
    assert "was read as" not in page.text
    singular = client.get("/careers/", {"q": word.removesuffix("s")})
    cards = [
        [card["id"] for card in BeautifulSoup(each.content, "html.parser").select(".role-card")]
        for each in (page, singular)
    ]
    assert cards[0] == cards[1]


@pytest.mark.parametrize("word", ["mechanical", "hr", "marketing", "senior", "remote", "nurse"])
def test_a_word_of_another_trade_finds_no_role_that_has_none(real_catalog, client, word):
    page = BeautifulSoup(client.get("/careers/", {"q": word}).content, "html.parser")
    for card in page.select(".role-card"):
        role = snapshot.current().roles[card["id"]]
        said = (role.title, *role.aliases, role.summary, *role.daily_work)
        assert word in " ".join(map(fold, said))


@pytest.mark.parametrize(
    "title",
    [
        *("AI Context Engineer", "AI Automation Engineer", "Sensor Fusion Engineer", "Intent Lead"),
        *("Search Engines Specialist", "AI Policy Analysis", "Boson Physicist", "Waiter"),
    ],
)
def test_a_right_word_is_read_as_it_is(real_catalog, client, title):
    assert "was read as" not in client.get("/careers/decode/", {"title": title}).text
    assert "was read as" not in client.get("/careers/", {"q": title}).text
