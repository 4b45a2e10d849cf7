"""Which roles an address puts side by side, and what is said about the others in it."""

import datetime

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from careers.published.catalog import MOST_TO_CHOOSE, Catalog, Role, Version
from careers.published.query import Reader
from careers.published.roadmap import Roadmap
from careers.published.selection import Selection, read_selection, read_tray

UPDATED = datetime.datetime(2026, 1, 2, tzinfo=datetime.UTC)


def a_role(slug: str, title: str = "", aliases: tuple[str, ...] = ()) -> Role:
    title, url = title or slug.upper(), f"/careers/{slug}/"
    roadmap = Roadmap(title, url, "RO", "blue", True, (), "", "")
    return Role(
        slug, title, url, "RO", "blue", "core", aliases, "", (), (), "", (), (), (), (), (), (),
        roadmap, UPDATED,
    )  # fmt: skip


def a_catalog(*roles: Role) -> Catalog:
    return Catalog(Version(1, UPDATED), {role.slug: role for role in roles})


TEN = a_catalog(*(a_role(f"role-{letter}") for letter in "abcdefghij"))
slugs = st.lists(st.sampled_from([*TEN.roles, "", "role", "x"]) | st.text(max_size=9), max_size=20)


def select(slugs: list[str], catalog: Catalog = TEN) -> Selection:
    return read_selection(asking(slugs), catalog)


def asking(slugs: list[str]) -> Reader:
    parameters = QueryDict(mutable=True)
    parameters.setlist("r", slugs)
    return Reader(parameters)


@given(slugs)
def test_whatever_is_asked_for_at_most_three_known_roles_come_of_it(asked):
    found = select(asked)
    chosen = [role.slug for role in found.roles]
    assert len(chosen) == len(set(chosen)) <= 3
    wanted = dict.fromkeys(slug for slug in asked if slug in TEN.roles)
    assert chosen == list(wanted)[:3]
    assert found.in_order == tuple(role for role in TEN.roles.values() if role.slug in chosen)
    assert len(found.slots) == 3


@given(slugs)
def test_nothing_that_was_asked_for_is_dropped_in_silence(asked):
    found = select(asked)
    said = {text for slug in asked if (text := slug.replace("\0", "").strip())}
    named = len(found.roles) + len(found.unknown) + len(found.surplus)
    assert named + found.unnamed == len(said)


def suggestion(asked: str, *roles: Role) -> str | None:
    (unknown,) = select([asked], a_catalog(*roles)).unknown
    return unknown.nearest.slug if unknown.nearest else None


@pytest.mark.parametrize(
    "asked",
    [
        "ml-enginer",
        "ml_engineer",
        "ML Engineer",
        "MLE",
        "mle",
        "Machine learning engineer",
        "machine",
    ],
)
def test_a_slip_is_answered_with_the_nearest_role(asked):
    meant = a_role("ml-engineer", title="ML Engineer", aliases=("MLE", "Machine Learning Engineer"))
    assert suggestion(asked, a_role("ai-researcher"), meant) == "ml-engineer"


@pytest.mark.parametrize("asked", ["astronaut", "-", "💥", "x" * 100_000])
def test_what_is_near_no_role_gets_no_suggestion(asked):
    assert suggestion(asked, a_role("ml-engineer"), a_role("ai-researcher")) is None


def test_what_no_name_may_have_is_passed_over():
    assert select(["\0role-a ", "\0", " "]) == select(["role-a", ""])


def test_a_suggestion_joins_the_comparison_and_never_makes_it_too_long():
    catalog = a_catalog(*(a_role(slug) for slug in ("alpha", "beta", "gamma", "delta")))
    two = select(["alpha", "delt", "beta"], catalog)
    assert [role.slug for role in two.unknown[0].roles] == ["alpha", "beta", "delta"]
    three = select(["alpha", "beta", "gamma", "delt"], catalog)
    assert [role.slug for role in three.unknown[0].roles] == ["alpha", "beta", "delta"]


def test_a_role_that_is_compared_already_is_no_suggestion():
    (unknown,) = select(["role-a", "role-aa"]).unknown
    assert unknown.nearest is None


def test_a_typed_title_means_its_role_though_another_has_it_as_its_address():
    """As when a role gets a new title, keeps its address, and its old title goes to another."""
    many = [a_role(f"role-{number}") for number in range(MOST_TO_CHOOSE)]
    old = a_role("data-engineer", "AI Data Engineer")
    new = a_role("warehouses", "Data Engineer")
    for roles in ([old, new, *many], [new, old, *many]):
        catalog = a_catalog(*roles)
        assert select(["Data Engineer"], catalog).roles == (new,)
        assert select(["data-engineer"], catalog).roles == (old,)


def test_a_name_of_several_roles_means_the_first_of_them():
    many = [a_role(f"role-{number}") for number in range(MOST_TO_CHOOSE)]
    first, second = (a_role(slug, "Nurse", ("Carer",)) for slug in ("ward", "home"))
    catalog = a_catalog(*many, first, second)
    for name in ("Nurse", "nurse", "Carer"):
        assert select([name], catalog).roles == (first,)
    for slip in ("Nurze", "Carerr"):
        (unknown,) = select([slip], catalog).unknown
        assert unknown.nearest == first


def test_a_fourth_role_could_take_the_place_of_each():
    (surplus,) = select(["role-a", "role-b", "role-c", "role-d"]).surplus
    swaps = {swap.out.slug: [role.slug for role in swap.roles] for swap in surplus.swaps}
    assert swaps == {
        "role-c": ["role-a", "role-b", "role-d"],
        "role-b": ["role-a", "role-d", "role-c"],
        "role-a": ["role-d", "role-b", "role-c"],
    }


@given(slugs)
def test_what_is_put_aside_is_what_would_be_compared(asked):
    reader = asking(asked)
    assert read_tray(reader, TEN) == select(asked).roles
    assert {each.name for each in reader.ignored} <= {"r"}
