import datetime
from dataclasses import replace
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers import snapshot
from careers.published.catalog import Catalog, Things, Version
from careers.published.lookup.roads import Roads, roads
from careers.published.roadmap import LessonRef, Roadmap, Stop
from careers.styleguide.samples import make_further_path, make_roadmap, make_role
from tests.published.lookup.each_roadmap import kept_elsewhere, next_roadmaps
from tests.work import steps

PATHS = ("a", "b", "c", "d")
OUTLINES = {
    path: tuple(
        LessonRef(100 * place + n, 1 + n % 3, 10 * n, f"{path}{n}", f"/paths/{path}/{n}/")
        for n in range(1, 6)
    )
    for place, path in enumerate(PATHS, start=1)
}
NUMBERS = [ref.number for outline in OUTLINES.values() for ref in outline]

some_of = st.frozensets(st.sampled_from(NUMBERS), max_size=8)
numbers = st.frozensets(st.sampled_from([*NUMBERS, 9_999]))


@st.composite
def roadmaps(draw) -> list[Roadmap]:
    found = []
    for n in range(draw(st.integers(1, 6))):
        stops = tuple(
            Stop(
                path, path, 0, f"/paths/{path}/", "", "", OUTLINES[path],
                only=draw(st.just(frozenset()) | some_of),
            )
            for path in draw(st.lists(st.sampled_from(PATHS), unique=True))
        )  # fmt: skip
        title = draw(st.sampled_from(["Cook", "Baker", "Miller"]))
        found.append(Roadmap(title, f"/careers/r{n}/", "RO", "blue", True, stops, "", ""))
    return found


def catalog_of(cards: list[Roadmap]) -> Catalog:
    role = make_role(datetime.date(2026, 1, 2))
    roles = Things(
        (f"r{n}", replace(role, slug=f"r{n}", url=f"/careers/r{n}/", roadmap=card))
        for n, card in enumerate(cards)
    )
    return Catalog(Version(1, None), roles)


@given(roadmaps(), numbers, st.integers(1, 7))
def test_the_nearest_are_those_that_a_look_at_each_would_give(cards, known, most):
    roads = Roads(catalog_of(cards))
    for card in cards:
        assert roads.nearest(card, known, most) == next_roadmaps(card, cards, known, most)


@given(roadmaps(), numbers)
def test_what_is_left_is_what_each_roadmap_says(cards, known):
    left = Roads(catalog_of(cards)).left(known)
    assert [*left] == [card.work_left(known).minutes for card in cards]


@given(roadmaps(), numbers, st.integers(1, 4))
def test_what_counts_elsewhere_is_what_a_look_at_each_would_give(cards, done, most):
    catalog = catalog_of(cards)
    lessons = Roads(catalog).lessons(done)
    first = catalog.roles["r0"]
    expected = kept_elsewhere(lessons, [card for card in cards if card.url != "/careers/r0/"], most)
    assert Roads(catalog).kept(lessons, [first], most) == expected


@given(roadmaps(), numbers)
def test_lessons_come_in_teaching_order(cards, some):
    roads = Roads(catalog_of(cards))
    outline = [ref for lessons in roads.outlines.values() for ref in lessons]
    assert [*roads.lessons(some)] == [ref for ref in outline if ref.number in some]


@pytest.mark.parametrize("path", PATHS)
def test_a_path_names_the_roles_that_stop_there(path):
    stops = [Stop(each, each, 0, "", "", "", OUTLINES[each]) for each in PATHS]
    cards = [Roadmap("R", "", "RO", "blue", True, (stop,), "", "") for stop in stops]
    assert [role.roadmap for role in Roads(catalog_of(cards)).at(path)] == [
        card for card in cards if card.stops[0].path == path
    ]


def test_a_path_names_the_roles_that_go_further_with_it():
    beyond, today = make_further_path(3), datetime.date(2026, 1, 2)
    roles = [
        make_role(today, slug=title, roadmap=make_roadmap(n, (), further=further), title=title)
        for n, (title, further) in enumerate({"A": (beyond,), "B": (), "C": (beyond,)}.items())
    ]
    roads = Roads(Catalog(Version(1, None), Things((role.slug, role) for role in roles)))
    assert [line.title for line in roads.lines_beyond(beyond.path)] == ["A", "C"]
    assert not roads.lines(beyond.path)


@pytest.mark.django_db
def test_a_role_has_one_line_at_all_paths_that_it_takes_whole(real_catalog):
    """The lines are kept, and not made anew at each visit: there may be ten thousand roles."""
    catalog = snapshot.current()
    found = roads(catalog)
    whole = [
        (path, line) for path in catalog.paths for line in found.lines(path) if not line.lessons
    ]
    assert whole
    assert len({id(line) for _, line in whole}) == len({line.url for _, line in whole})
    again = [line for path in catalog.paths for line in found.lines(path) if not line.lessons]
    assert all(one is other for (_, one), other in zip(whole, again, strict=True))


@given(roadmaps(), st.sampled_from(NUMBERS))
def test_lines_are_those_that_a_look_at_each_would_give(cards, number):
    roads = Roads(catalog_of(cards))
    for path, outline in OUTLINES.items():
        stopping = [card for card in cards if path in {stop.path for stop in card.stops}]
        lines = roads.lines(path)
        assert [line.url for line in lines] == [role.url for role in roads.at(path)]
        assert len(lines) == len(stopping)
        assert lines[:2] == [*lines][:2]
        for role in roads.roles:
            others = [line for line in lines if line.url != role.url]
            assert [*roads.lines(path, but=role.url)] == others
        if number in {ref.number for ref in outline}:
            taking = [line for line in lines if line.takes(number)]
            assert [*roads.lines_through(path, number)] == taking


def test_a_page_of_a_path_where_thousands_stop_costs_no_more_work():
    lengths = []
    for count in (20, 200):
        stop = Stop("a", "a", 0, "", "", "", OUTLINES["a"])
        cards = [Roadmap("R", "", "RO", "blue", True, (stop,), "", "") for _ in range(count)]
        roads = Roads(catalog_of(cards))
        url = roads.roles[7].url
        assert [*roads.lines("a", but=url)]  # computes the cached properties
        lengths.append(steps(partial(lambda each, but: each.lines("a", but)[:12], roads, url)))
    assert lengths[0] == lengths[1]
