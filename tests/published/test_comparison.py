"""Roles side by side: what their lessons share, and what the page says of each."""

import datetime
from itertools import combinations, permutations

import pytest
from bs4 import BeautifulSoup, Tag
from django.template import Engine, TemplateSyntaxError
from hypothesis import given
from hypothesis import strategies as st

from careers.models import CatalogVersion, HiringSignal
from careers.models import Role as RoleModel
from careers.published.catalog import Background, Pivot, Role
from careers.published.comparison import Comparison, compare_roles
from careers.published.roadmap import (
    LessonRef,
    Roadmap,
    Stop,
    Work,
    total_work,
)
from careers.published.visitor import Visitor
from paths.hours import hours_text
from paths.models import Lesson, Status
from tests.published.lookup.each_roadmap import overlap

UPDATED = datetime.datetime(2026, 1, 2, tzinfo=datetime.UTC)


def lesson(number: int) -> LessonRef:
    """The lesson of a number: the same one each time, as in a catalog."""
    return LessonRef(number, number % 7 + 5, 10 * (number % 5), "x", "/x/" if number % 2 else "")


def a_role(slug: str, *stops: set[int], pivots: tuple[Pivot, ...] = (), **fields) -> Role:
    taught = [tuple(map(lesson, sorted(stop))) for stop in stops]
    made = [
        Stop(f"{slug}-{n}", f"{slug} {n}", n, "/", "", "", some) for n, some in enumerate(taught)
    ]
    title = fields.pop("title", slug.upper())
    return Role(
        slug, title, f"/careers/{slug}/", "RO", "blue", "core", fields.pop("aliases", ()), "", (),
        (), "", (), (), (), (), pivots, (),
        Roadmap(title, f"/careers/{slug}/", "RO", "blue", True, tuple(made), "", ""),
        UPDATED,
    )  # fmt: skip


numbers = st.sets(st.integers(1, 30), max_size=12)
# A lesson may stand in two paths, and a path may teach nothing.
roadmaps = st.lists(numbers, max_size=3)
SLUGS = ("a", "b", "c")


@st.composite
def roles(draw, least: int = 2, most: int = 3) -> list[Role]:
    parts = draw(st.lists(roadmaps, min_size=least, max_size=most))
    return [a_role(slug, *stops) for slug, stops in zip(SLUGS, parts, strict=False)]


def total(some) -> Work:
    return sum(some, Work())


# -- What is shared --


@given(roles())
def test_the_groups_are_a_partition_of_all_lessons(some):
    found = compare_roles(some, Visitor())
    everything = {each.number for role in some for each in role.roadmap.lessons}
    by_group = [
        {
            number
            for number in everything
            if group.slugs == {role.slug for role in some if number in role.roadmap.numbers}
        }
        for group in found.groups
    ]
    assert set().union(*by_group) == everything
    assert [group.work for group in found.groups] == [
        total_work(map(lesson, each)) for each in by_group
    ]
    assert total(group.work for group in found.groups) == found.together
    assert found.together == total_work(map(lesson, everything))


@given(roles())
def test_a_groups_paths_add_up_to_it_and_name_no_lesson_twice(some):
    for group in compare_roles(some, Visitor()).groups:
        assert total(work for _, work in group.stops) == group.work
        assert all(work.lessons for _, work in group.stops)


@given(roles())
def test_a_roles_parts_add_up_to_it_without_a_gap(some):
    found = compare_roles(some, Visitor())
    for column in found.columns:
        end = 0
        for part in column.segments:
            assert part.start == end
            end += part.group.work.minutes
        assert total(part.group.work for part in column.segments) == column.role.roadmap.work
        assert end <= found.longest


@given(roles())
def test_whom_a_part_is_shared_with_is_everyone_else_of_its_group(some):
    for column in compare_roles(some, Visitor()).columns:
        for part in column.segments:
            others = {role.slug for role in part.others}
            assert others == part.group.slugs - {column.role.slug}


@given(roles())
def test_the_order_of_roles_changes_no_number(some):
    def sums(found: Comparison) -> dict[frozenset[str], Work]:
        return {group.slugs: group.work for group in found.groups}

    first = compare_roles(some, Visitor())
    for order in permutations(some):
        found = compare_roles(order, Visitor())
        assert sums(found) == sums(first)
        assert (found.together, found.longest) == (first.together, first.longest)
        assert set(found.switches) == set(first.switches)


@given(roles(most=2))
def test_two_roles_are_split_as_overlap_splits_them(some):
    a, b = some
    split = overlap(a.roadmap.lessons, b.roadmap.lessons)
    sums = {group.slugs: group.work for group in compare_roles(some, Visitor()).groups}
    assert sums[frozenset("ab")] == split.shared
    assert sums.get(frozenset("a"), Work()) == split.a_only
    assert sums.get(frozenset("b"), Work()) == split.b_only


@given(roles(), numbers)
def test_a_switch_counts_what_is_shared_and_leaves_the_rest(some, known):
    visitor = Visitor(Background("x", "X", "", frozenset(known)))
    found = compare_roles(some, visitor)
    pairs = [(switch.origin, switch.target) for switch in found.switches]
    assert pairs == list(permutations(some, 2))
    for switch in found.switches:
        shared = switch.origin.roadmap.numbers & switch.target.roadmap.numbers
        assert switch.counts == total_work(map(lesson, shared))
        assert switch.counts + switch.left == switch.target.roadmap.work
        done = switch.origin.roadmap.numbers | known
        assert switch.left_for_you == switch.target.roadmap.work_left(done)
        assert switch.left_for_you.minutes <= switch.left.minutes


def test_what_all_share_comes_first_even_where_it_is_nothing():
    found = compare_roles([a_role("a", {1}), a_role("b", {2}), a_role("c", {2})], Visitor())
    assert [sorted(group.slugs) for group in found.groups] == [["a", "b", "c"], ["b", "c"], ["a"]]
    assert found.shared == Work()


def test_the_strongest_pivots_are_all_that_fit_as_well_as_the_first():
    fits = [("strong", None), ("strong", 3), ("good", 1)]
    pivots = [
        Pivot(Background(str(n), "", "", frozenset()), fit, fit, months, "")
        for n, (fit, months) in enumerate(fits)
    ]
    (column, _) = compare_roles([a_role("a", pivots=tuple(pivots)), a_role("b")], Visitor()).columns
    assert column.strongest == tuple(pivots[:2])
    assert column.has_months
    assert compare_roles([a_role("a"), a_role("b")], Visitor()).columns[0].strongest == ()


# -- The page --


def get(client, query: str = "") -> BeautifulSoup:
    response = client.get(f"/careers/compare/?{query}")
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def text(found: Tag | None) -> str:
    assert found is not None
    return " ".join(found.get_text().split())


def minutes(found: Tag | None) -> list[int]:
    """The values of all figures in an element."""
    assert found is not None
    return [int(each["value"]) for each in found.find_all("data")]


def rows(page: BeautifulSoup) -> list[str]:
    return [row.get("id") for row in page.select(".compare > tbody > tr")]


SHORT = ["figure", "hours", "entry"]  # side by side however narrow the page is
ROWS = [*SHORT, "job", "day", "time", "besides", "scope", "paths", "pivots", "signals", "pay"]
UNKNOWN = {"time", "besides", "scope", "signals"}  # unknown of both roles of the shop
ALWAYS = [row for row in ROWS if row not in UNKNOWN]
TWO = "r=builder&r=keeper"


@pytest.fixture
def shop(catalog):
    """Roles of 5 h and 4 h that share 3. A lesson takes 60 minutes, of which 48 are practice."""
    common, built, kept = (
        catalog.path(slug, title=slug.title(), lessons=0) for slug in ("common", "built", "kept")
    )
    for path, count in ((common, 3), (built, 2), (kept, 1)):
        for _ in range(count):
            catalog.lesson(path, minutes=12, practice_minutes=48)
    catalog.role("builder", title="Builder", code="ZY", line="blue", paths=[built, common])
    catalog.role("keeper", title="Keeper", code="ZZ", line="red", paths=[common, kept])
    return catalog


def test_two_roles_stand_side_by_side(client, shop):
    page = get(client, TWO)
    assert text(page.h1) == "Builder or Keeper?"
    assert text(page.title).startswith("Builder or Keeper?")
    assert page.find("meta", property="og:title")["content"] == "Builder or Keeper?"
    assert "Builder or Keeper" in page.find("meta", attrs={"name": "description"})["content"]
    assert rows(page) == ALWAYS
    columns = page.select(".compare > thead a")
    assert [column["href"] for column in columns] == ["/careers/builder/", "/careers/keeper/"]


def test_three_roles_stand_side_by_side(client, shop):
    shop.role("third", title="Third")
    page = get(client, f"{TWO}&r=third")
    assert text(page.h1) == "Builder, Keeper or Third?"
    assert len(page.select("#pay > td")) == 3
    assert page.table["data-roles"] == "3"


def test_roles_stand_in_the_order_in_which_they_were_asked_for(client, shop):
    assert text(get(client, "r=keeper&r=builder").h1) == "Keeper or Builder?"


def test_the_same_roles_have_one_canonical_address(client, shop):
    shop.role("third", title="Third")
    addresses = {
        get(client, "&".join(f"r={slug}" for slug in order)).find("link", rel="canonical")["href"]
        for order in permutations(["builder", "keeper", "third"])
    }
    assert addresses == {"http://testserver/careers/compare/?r=builder&r=keeper&r=third"}
    asked = get(client, f"{TWO}&pace=5&from=x&r=nobody").find("link", rel="canonical")["href"]
    assert asked == "http://testserver/careers/compare/?r=builder&r=keeper"
    bare = get(client, "r=builder").find("link", rel="canonical")["href"]
    assert bare == "http://testserver/careers/compare/"


def test_it_is_a_table_to_whoever_hears_it_however_it_is_laid_out(client, shop):
    """CSS that changes `display` removes a table's semantics; ARIA roles restore them.

    HTML allows such roles inside a table only if it is no table itself: the element around it is.
    """
    table = get(client, TWO).table
    assert table["role"] == "none"
    assert table.parent["role"] == "table"
    assert table.parent["aria-label"] == "2 roles side by side"
    assert {part["role"] for part in table.select(":scope > :is(thead, tbody)")} == {"rowgroup"}
    for row in table.select(":scope > * > tr"):
        assert row["role"] == "row"
        cells = row.find_all(["th", "td"], recursive=False)
        assert len(cells) == 3
        is_head = row.parent.name == "thead"
        first = ("columnheader", "col") if is_head else ("rowheader", "row")
        assert (cells[0]["role"], cells[0]["scope"]) == first
        for cell in cells[1:]:
            assert cell["role"] == ("columnheader" if is_head else "cell")


def test_each_cell_is_labeled_with_its_role(client, shop):
    for row in get(client, TWO).select(".compare > tbody > tr"):
        labels = [cell.find(True, recursive=False) for cell in row.find_all("td")]
        assert [text(label) for label in labels] == ["Builder", "Keeper"]
        assert all(label["aria-hidden"] == "true" for label in labels), "its column has a head"


def test_pay_stands_with_its_evidence(client, shop):
    builder, _ = get(client, TWO).select("#pay > td")
    assert "€60,000–150,000" in text(builder)
    assert "Weak evidence: one source, no sample given." in text(builder)
    assert builder.find("a", href="https://example.org/survey")
    assert builder.find("time")["datetime"] == "2026-01-02"


def test_a_role_without_a_figure_says_so(client, shop):
    RoleModel.objects.get(slug="keeper").salary_bands.all().delete()
    CatalogVersion.rise()
    _, keeper = get(client, TWO).select("#pay > td")
    assert "No figure for this role is good enough to show." in text(keeper)


def test_hours_are_those_of_the_lessons_and_practice_stands_apart(client, shop):
    path = RoleModel.objects.get(slug="keeper").steps.first().path
    shop.lesson(path, status=Status.DRAFT, body="", minutes=5, practice_minutes=25)
    _, keeper = get(client, TWO).select("#hours > td")
    assert minutes(keeper) == [4 * 60 + 30, 4 * 12 + 5, 4 * 48 + 25, 4 * 60]
    assert "4 of 5 lessons" in text(keeper)
    assert "4.5 h" in text(keeper)


def test_all_that_is_known_of_a_role_is_in_its_column(client, shop):
    lessons = Lesson.objects.filter(path__slug="built")
    shop.signal(*lessons, title="A built thing")
    role = RoleModel.objects.get(slug="builder")
    role.summary, role.honest_scope = "Builds.", "Courses can't give you users."
    role.not_for_you_if, role.after_paths = ["you dislike tests"], "a side project"
    role.not_taught, role.sequence = "Streaming isn't taught.", "any-order"
    role.time_split = [{"share": 30, "activity": "prompts"}, {"share": 70, "activity": "code"}]
    role.save()
    role.pivots.update(fit="strong", months=3, note="Tests carry over.")
    CatalogVersion.rise()
    page = get(client, TWO)
    background = role.pivots.get().background.title
    for row, expected in {
        "job": "Builds.",
        "day": "Builds a thing",
        "time": "30% prompts",
        "entry": f"{background}, about 3 months Strong fit",
        "besides": "After the paths: a side project. Streaming isn't taught.",
        "scope": "Courses can't give you users. Not for you if you dislike tests",
        "paths": "Any order",
        "pivots": f"{background} Strong fit About 3 months. Tests carry over.",
        "signals": "A built thing",
    }.items():
        assert expected in text(page.select_one(f"#{row} > td")), row
    assert page.select_one("#time rect")["width"] == "30"


def test_what_is_not_known_is_said_and_never_guessed(client, shop):
    role = RoleModel.objects.get(slug="keeper")
    role.pivots.all().delete()
    RoleModel.objects.get(slug="builder").pivots.update(months=None)
    CatalogVersion.rise()
    page = get(client, TWO)
    builder, keeper = page.select("#entry > td")
    assert text(builder).endswith("fit; no source says how long it takes")
    assert text(keeper) == "Keeper no source says"


def test_what_is_known_of_one_role_alone_has_a_row(client, shop):
    RoleModel.objects.filter(slug="builder").update(
        time_split=[{"share": 100, "activity": "Builds"}],
        honest_scope="No users.",
        after_paths="a side project",
    )
    HiringSignal.objects.create(
        slug="shipped", title="Shipped", status=Status.PUBLISHED
    ).lessons.set(Lesson.objects.filter(path__slug="built"))
    CatalogVersion.rise()
    page = get(client, TWO)
    assert rows(page) == ROWS
    assert "No source says how the time is divided." in text(page.select("#time > td")[1])
    assert "gives you anything to show" in text(page.select("#signals > td")[1])
    assert "Nothing more." in text(page.select("#besides > td")[1])


def test_what_is_known_of_no_role_has_no_row(client, shop):
    RoleModel.objects.get(slug="builder").salary_bands.all().delete()
    RoleModel.objects.get(slug="keeper").salary_bands.all().delete()
    CatalogVersion.rise()
    page = get(client, TWO)
    assert rows(page) == [row for row in ALWAYS if row != "pay"]
    figures = page.select("#figure .missing")
    assert [text(each) for each in figures] == ["no figure good enough"] * 2


def test_a_comparison_ends_with_the_first_lesson_of_each(client, shop, baker):
    first = {
        role: Lesson.objects.filter(path__slug=slug).order_by("number")[0]
        for role, slug in (("builder", "built"), ("keeper", "common"))
    }
    links = get(client, TWO).select(".starts .go")
    assert [link["href"] for link in links] == [each.get_absolute_url() for each in first.values()]


def test_roads_that_begin_with_the_same_lesson_leave_the_choice_for_later(client, shop):
    common = Lesson.objects.filter(path__slug="common").order_by("number")
    background = shop.background(slug="baker")
    background.knows.set(Lesson.objects.filter(path__slug="built"))
    CatalogVersion.rise()
    page = get(client, f"{TWO}&from=baker")
    section = page.find(id="start").parent
    assert text(section.h2) == "Both begin with the same lesson"
    assert section.select_one("p > .go:not(.quiet)")["href"].startswith(
        common[0].get_absolute_url()
    )
    assert [link["href"] for link in section.select(".starts .go")] == [
        "/careers/builder/?from=baker",
        "/careers/keeper/?from=baker",
    ]


def test_a_role_without_a_published_path_can_be_compared(client, shop):
    shop.role("bare", title="Bare", paths=[])
    page = get(client, "r=builder&r=bare&pace=5")
    assert "No lesson counts for both." in text(page.select_one(".lead"))
    for row in ("hours", "weeks"):
        assert "No path of this role is published yet." in text(page.select(f"#{row} > td")[1])
    for switch in page.select(".switches li"):
        assert "can’t be calculated" in text(switch)


# -- Shared, own, and what a switch costs --


def test_shared_and_own_lessons_stand_apart_by_path(client, shop):
    groups = {group["data-for"]: group for group in get(client, TWO).select(".groups > li")}
    both, builder, keeper = (groups[key] for key in ("builder keeper", "builder", "keeper"))
    assert text(both).startswith("For both: 3 h")
    assert minutes(both) == [180, 180]
    assert both.find("a")["href"] == "/paths/common/"
    assert minutes(builder) == [120, 120]
    assert minutes(keeper) == [60, 60]
    assert [text(found.h3) for found in (builder, keeper)] == [
        "Only for Builder: 2 h",
        "Only for Keeper: 1 h",
    ]


def test_the_sums_are_on_the_page_and_right(client, shop):
    page = get(client, TWO)
    shown = {bar["data-role"]: minutes(bar) for bar in page.select(".bars > li")}
    assert shown == {"builder": [180, 120, 300], "keeper": [180, 60, 240]}
    assert minutes(page.select_one("#together")) == [360]
    assert minutes(page.select_one(".lead")) == [180]


def test_the_picture_shows_the_same_minutes(client, shop):
    builder, keeper = get(client, TWO).select(".bars svg")
    assert builder["viewbox"] == keeper["viewbox"] == "0 0 300 6"
    pieces = [(int(each["x"]), int(each["width"]), each["data-line"]) for each in keeper("rect")]
    assert pieces == [(0, 180, "blue"), (0, 180, "red"), (180, 60, "red")]
    for rect in keeper("rect"):
        assert int(rect["y"]) + int(rect["height"]) <= 6


def test_a_sentence_says_what_each_switch_costs(client, shop):
    switches = get(client, TWO).select(".switches li")
    assert [text(each) for each in switches] == [
        "3 of Builder’s 5 hours also count for Keeper; 1 h would be left.",
        "3 of Keeper’s 4 hours also count for Builder; 2 h would be left.",
    ]
    assert minutes(switches[0]) == [180, 300, 60]
    pairs = [(each["data-origin"], each["data-target"]) for each in switches]
    assert pairs == [("builder", "keeper"), ("keeper", "builder")]


def test_nothing_and_all_shared_have_sentences_of_their_own(client, shop):
    built = RoleModel.objects.get(slug="builder").steps.first().path
    shop.role("small", title="Small", paths=[built])
    shop.role("other", title="Other", paths=[shop.path(lessons=1)])
    page = get(client, "r=builder&r=small&r=other")
    switches = {
        (each["data-origin"], each["data-target"]): text(each)
        for each in page.select(".switches li")
    }
    assert len(switches) == 6
    for pair, sentence in {
        ("builder", "small"): "2 of Builder’s 5 hours also count for Small; nothing would be left.",
        ("small", "builder"): "All of Small’s 2 hours also count for Builder; 3 h would be left.",
        ("small", "other"): "None of Small’s 2 hours count for Other; 0.8 h would be left.",
    }.items():
        assert switches[pair] == sentence
    assert text(page.select_one(".groups li")) == "For all three: no lesson"


def test_one_hour_counts_and_several_count(client, shop):
    one, two = shop.path(lessons=0), shop.path(lessons=0)
    for path, practice in ((one, 48), (two, 18), (two, 18)):
        shop.lesson(path, minutes=12, practice_minutes=practice)
    shop.role("one", title="One", paths=[one])
    shop.role("two", title="Two", paths=[one, two])
    shop.role("half", title="Half", paths=[two])
    halves = RoleModel.objects.get(slug="half").steps.get()
    halves.only = [two.lessons.first().number]
    halves.save()
    CatalogVersion.rise()
    said = [text(each) for each in get(client, "r=one&r=two&r=half").select(".switches li")]
    assert [sentence.partition(";")[0] for sentence in said] == [
        "All of One’s 1 hour also counts for Two",
        "None of One’s 1 hour counts for Half",
        "1 of Two’s 2 hours also counts for One",
        "0.5 of Two’s 2 hours also count for Half",
        "None of Half’s 0.5 hours count for One",
        "All of Half’s 0.5 hours also count for Two",
    ]


def test_every_figure_reads_as_its_minutes(client, shop):
    """Programs find minutes in the page, and readers find the same in hours."""
    background = shop.background(slug="baker")
    background.knows.set(Lesson.objects.filter(path__slug="common")[:1])
    CatalogVersion.rise()
    figures = get(client, f"{TWO}&from=baker&pace=3").main.find_all("data")
    assert len(figures) >= 40
    for figure in figures:
        assert text(figure).removesuffix(" h") == hours_text(int(figure["value"]))


@pytest.mark.django_db
def test_the_real_catalogs_figures_are_those_of_its_lessons(client, real_catalog):
    """Computed here from the rows alone, in another way."""
    taught = {
        role.slug: {
            lesson.number: lesson.minutes + lesson.practice_minutes
            for lesson in Lesson.objects.filter(path__steps__role=role).exclude(
                status=Status.RETIRED
            )
        }
        for role in RoleModel.objects.published()
    }
    some = list(taught)[:5]
    for trio in combinations(some, 3):
        page = get(client, "&".join(f"r={slug}" for slug in trio))
        for switch in page.select(".switches li"):
            origin, target = taught[switch["data-origin"]], taught[switch["data-target"]]
            rest = sum(target[number] for number in target.keys() - origin.keys())
            both = sum(origin[number] for number in target.keys() & origin.keys())
            expected = [both, sum(origin.values()), rest]
            given = minutes(switch)
            if "None" in text(switch) or "All" in text(switch):
                expected = expected[1:]
            assert given == (expected if rest else expected[:-1])
        together = taught[trio[0]] | taught[trio[1]] | taught[trio[2]]
        assert minutes(page.select_one("#together")) == [sum(together.values())]


# -- From a background, at a pace --


@pytest.fixture
def baker(shop):
    """A background that knows two lessons of the path common; one of them isn't written yet."""
    common = Lesson.objects.filter(path__slug="common").order_by("number")
    draft = shop.lesson(
        common[0].path, minutes=10, practice_minutes=50, status=Status.DRAFT, body=""
    )
    found = shop.background(slug="baker", title="Baker", summary="You knead every day.")
    found.knows.set([common[0], draft])
    role = RoleModel.objects.get(slug="builder")
    role.pivots.create(background=found, fit="good", months=4, note="Patience carries over.")
    CatalogVersion.rise()
    return found


def test_what_a_background_knows_is_named_and_taken_off(client, baker):
    page = get(client, f"{TWO}&from=baker")
    assert rows(page) == [*ALWAYS[:5], "you", *ALWAYS[5:]]
    builder, keeper = page.select("#you > td")
    known = Lesson.objects.filter(path__slug="common").order_by("number")[0]
    for column, left in ((builder, 4 * 60), (keeper, 3 * 60)):
        assert minutes(column)[0] == left
        assert column.select_one(f'a[href^="{known.get_absolute_url()}"]').get_text() == known.title
        assert "1 more lesson not written yet" in text(column)
        assert "you knead every day" in text(column)
    assert "coming from baker" in text(page.select_one("#you > th")).lower()


def test_fit_and_note_stand_where_the_catalog_has_them_and_nowhere_else(client, baker):
    builder, keeper = get(client, f"{TWO}&from=baker").select("#you > td")
    assert "Good fit from baker, about 4 months" in text(builder)
    assert "Patience carries over." in text(builder)
    assert "We found no source on moving from baker to this role" in text(keeper)


def test_a_switch_says_what_is_left_for_whoever_comes_from_there(client, shop):
    background = shop.background(slug="baker", title="Baker")
    background.knows.set(Lesson.objects.filter(path__slug="kept"))
    CatalogVersion.rise()
    switches = [text(each) for each in get(client, f"{TWO}&from=baker").select(".switches li")]
    assert switches[0].endswith("1 h would be left, 0 h for you.")
    assert switches[1].endswith("2 h would be left.")


def test_a_pace_makes_weeks_of_what_is_left(client, baker):
    page = get(client, f"{TWO}&from=baker&pace=2")
    builder, keeper = page.select("#weeks > td")
    assert text(builder).startswith("Builder 2–3 weeks, done ")  # 4 h, 2 h a week: 1.6 to 2.8
    assert text(keeper).startswith("Keeper 2–3 weeks, done ")  # 3 h: 1.2 to 2.1
    assert "from 20% faster to 40% slower than planned" in text(page.select_one("#weeks > th"))
    (all_of_it, _) = get(client, f"{TWO}&pace=1").select("#weeks > td")
    assert text(all_of_it).startswith("Builder 4–7 weeks")  # 5 of 6 h: 4 to 7
    assert "the 5 h that can be read, not the 1 h still being written" in text(all_of_it)


def test_only_with_a_pace_does_the_page_depend_on_the_day(client, shop, time_machine):
    def on(day: int, query: str) -> str:
        time_machine.move_to(datetime.datetime(2026, 11, day, 12, tzinfo=datetime.UTC))
        return get(client, query).main.decode()

    assert on(1, TWO) == on(30, TWO)
    assert on(1, f"{TWO}&pace=1") != on(30, f"{TWO}&pace=1")


def test_a_background_and_a_pace_go_along_to_every_page_that_reads_them(client, baker):
    page = get(client, f"{TWO}&from=baker&pace=2")
    kept = "from=baker&pace=2"
    assert {link["href"] for link in page.select(".compare > thead a")} == {
        f"/careers/builder/?{kept}",
        f"/careers/keeper/?{kept}",
    }
    assert [link["href"] for link in page.select(".chosen a")] == [
        f"/careers/compare/?r=keeper&{kept}",
        f"/careers/compare/?r=builder&{kept}",
    ]


# -- Choosing --


def chosen(page: BeautifulSoup) -> list[str]:
    return [
        (select.find("option", selected=True) or select.option)["value"]
        for select in page.select('select[name="r"]')
    ]


def test_without_roles_it_asks_for_them(client, shop):
    page = get(client)
    assert not page.table
    form = page.select_one("form.roles")
    assert (form["action"], form.get("method")) == ("/careers/compare/", None)
    offered = [option["value"] for option in form.select_one('select[name="r"]')("option")]
    assert offered == ["", "builder", "keeper"]
    for field in form.select("select, input"):
        assert form.find("label", attrs={"for": field["id"]})


def test_one_role_asks_for_another_and_keeps_what_is_known(client, baker):
    page = get(client, "r=keeper&from=baker&pace=7")
    assert text(page.h1) == "Keeper, or something else?"
    assert chosen(page) == ["keeper", "", ""]
    assert page.find(id="from").find("option", selected=True)["value"] == "baker"
    assert page.find(id="pace")["value"] == "7"


@pytest.mark.parametrize(
    ("query", "field", "said"),
    [
        ("r=&r=&r=&from=&pace=", "role-1", "Choose two roles."),
        ("r=keeper&r=&r=", "role-2", "Choose a second role."),
        ("r=&r=keeper&r=+", "role-2", "Choose a second role."),
        ("r=keeper&r=keeper&r=", "role-2", "Choose a second role."),
    ],
)
def test_a_form_with_too_few_roles_is_told_at_its_field(client, shop, query, field, said):
    (wrong,) = get(client, query).select("form [aria-invalid]")
    assert (wrong["id"], wrong.has_attr("autofocus")) == (field, True)
    why = wrong.find_previous(id=wrong["aria-describedby"])
    assert text(why) == said


@pytest.mark.parametrize("query", ["", "r=keeper", "r=keeper&r=builder&r="])
def test_who_sent_no_form_or_enough_is_told_nothing(client, shop, query):
    assert not get(client, query).select("[aria-invalid]")


def test_the_form_sends_an_address_that_compares(client, shop):
    """A browser sends unused choices as empty values, which ask for nothing."""
    page = get(client, "r=builder&r=keeper&r=&from=&pace=")
    assert rows(page) == ALWAYS
    assert not page.select(".note")


def test_a_comparison_can_be_changed_where_it_stands(client, shop):
    page = get(client, TWO)
    assert page.select_one("details.chooser:not([open]) form")
    assert chosen(page) == ["builder", "keeper", ""]
    removals = [(text(link), link["href"]) for link in page.select(".chosen a")]
    assert [href for _, href in removals] == [
        "/careers/compare/?r=keeper",
        "/careers/compare/?r=builder",
    ]
    assert "Builder ×: remove" in removals[0][0]


@pytest.mark.parametrize("count", [0, 1])
def test_a_catalog_with_too_few_roles_says_so(client, catalog, count):
    catalog.roles(count)
    page = get(client)
    assert "There aren’t two published roles to compare yet." in text(page.select_one(".note"))
    assert not page.select("form.roles")


# -- What can't be compared --


def notes(page: BeautifulSoup) -> list[str]:
    return [text(note) for note in page.select(".note")]


def test_the_same_role_twice_is_shown_once(client, shop):
    page = get(client, "r=builder&r=builder&r=keeper&r=builder")
    assert text(page.h1) == "Builder or Keeper?"
    assert notes(page) == [
        "Builder was asked for twice. Once is enough: it doesn’t differ from itself."
    ]


def test_one_role_twice_asks_for_another(client, shop):
    page = get(client, "r=builder&r=builder")
    assert text(page.h1) == "Builder, or something else?"
    assert len(notes(page)) == 1


def test_a_fourth_role_is_named_with_ways_to_have_it(client, shop):
    for slug in ("third", "fourth"):
        shop.role(slug, title=slug.title())
    page = get(client, f"{TWO}&r=third&r=fourth&pace=5")
    assert text(page.h1) == "Builder, Keeper or Third?"
    (note,) = page.select(".note")
    assert text(note) == (
        "Fourth is left out, since three roles fit side by side. "
        "Compare it instead of Third, Keeper or Builder."
    )
    assert note.find("a")["href"] == "/careers/compare/?r=builder&r=keeper&r=fourth&pace=5"


def test_an_unknown_role_is_named_with_the_nearest(client, shop):
    page = get(client, "r=builder&r=keper")
    assert notes(page) == [
        "“keper” is left out. There is no role with this name. Did you mean Keeper?"
    ]
    assert page.select_one(".note a")["href"] == "/careers/compare/?r=builder&r=keeper"


@pytest.mark.parametrize("status", [Status.DRAFT, Status.RETIRED])
def test_a_role_that_nobody_may_see_is_unknown(client, shop, status):
    shop.role("phantom", title="Phantom Zyx", status=status)
    page = get(client, f"{TWO}&r=phantom")
    assert notes(page) == ["“phantom” is left out. There is no role with this name."]
    assert "Zyx" not in page.get_text()


def test_a_former_address_is_as_good(client, shop):
    RoleModel.objects.get(slug="builder").keep_address("xyz")
    CatalogVersion.rise()
    page = get(client, "r=xyz&r=keeper")
    assert page.h1.text == "Builder or Keeper?"
    assert not notes(page)
    assert "asked for twice" in notes(get(client, "r=xyz&r=keeper&r=builder"))[0]


def test_many_that_can_not_be_compared_are_counted_and_not_all_named(client, shop):
    query = "&".join(f"r=zz{number}qq" for number in range(300))
    found = notes(get(client, f"{TWO}&{query}"))
    assert len(found) == 6
    assert found[-1] == "295 more are left out too."


@pytest.mark.parametrize(
    "query",
    ["r=%00", "r=%ff%fe", "r=<script>alert(1)</script>", "r=" + "a" * 100_000, "r[]=builder", "r",
     "r=builder;r=keeper", "pace=0&from=nobody", "r=%F0%9F%98%80", "&&&===", "%"],
)  # fmt: skip
def test_no_query_string_breaks_the_page(client, shop, query):
    for beside in ("", f"&{TWO}"):
        page = get(client, query + beside)
        assert page.select_one("form.roles")
        assert not page.find("script", string=lambda found: found and "alert" in found)


def test_what_a_visitor_said_wrong_of_themself_is_named_and_the_roles_stay(client, shop):
    page = get(client, f"{TWO}&from=astronaut&pace=900")
    assert len(notes(page)) == 2
    assert rows(page) == ALWAYS


# -- How it is served, and how one gets there --


def test_it_takes_one_query_however_much_is_compared(client, shop, count_queries):
    url = f"/careers/compare/?{TWO}&from=x&pace=5"
    client.get(url)
    assert count_queries(lambda: client.get(url)) == 1
    roles = shop.roles(60, steps=6)
    long = "&".join(f"r={role.slug}" for role in roles)
    client.get("/")
    assert count_queries(lambda: client.get(f"/careers/compare/?{long}")) == 1


def test_it_is_the_same_for_everyone(client, shop):
    response = client.get(f"/careers/compare/?{TWO}")
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


def test_it_has_nothing_inline(client, shop):
    page = get(client, TWO)
    assert not page.find_all("style")
    assert not page.find_all(style=True)
    assert not page.select("script:not([src])")


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_it_is_for_reading(client, shop, method):
    assert getattr(client, method)("/careers/compare/").status_code == 405


def test_a_roles_page_leads_to_a_comparison_with_it(client, baker):
    page = BeautifulSoup(client.get("/careers/keeper/").content, "html.parser")
    assert page.find("a", href="/careers/compare/?r=keeper")
    page = BeautifulSoup(client.get("/careers/keeper/?from=baker&pace=3").content, "html.parser")
    link = page.find("a", href="/careers/compare/?r=keeper&from=baker&pace=3")
    assert chosen(get(client, link["href"].partition("?")[2])) == ["keeper", "", ""]


def test_a_row_takes_no_word_that_it_does_not_know():
    with pytest.raises(TemplateSyntaxError, match="row pay: only “short” may follow its name"):
        Engine(libraries={"tables": "careers.templatetags.tables"}).from_string(
            "{% load tables %}{% row pay long %}Pay{% cells %}{% endrow %}"
        )
