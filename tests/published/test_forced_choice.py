"""Five this-or-that questions, and the roles that the answers point to."""

import datetime
from collections import Counter
from dataclasses import replace
from itertools import product

import pytest
from bs4 import BeautifulSoup

from careers import snapshot
from careers.published import forced_choice
from careers.published.forced_choice import likeness, read_choices
from careers.published.query import Reader
from careers.styleguide.samples import make_catalog


class Address:
    """An address's parameters, each given once, as a `Reader` takes them."""

    def __init__(self, **given: str) -> None:
        self.given = given

    def lists(self):
        return [(name, [value]) for name, value in self.given.items()]


@pytest.fixture
def roles(real_catalog):
    return snapshot.current().roles


def outcome_of(roles, **answers):
    return read_choices(Reader(Address(**answers)), snapshot.current())


def full_answers(roles):
    """Each way to answer all questions: question → slug chosen, and the outcome."""
    questions = outcome_of(roles).questions
    for options in product(*(question.options for question in questions)):
        chosen = {
            each.name: option.role.slug for each, option in zip(questions, options, strict=True)
        }
        yield chosen, outcome_of(roles, **chosen)


def test_ten_roles_make_five_questions_in_which_each_has_its_work(roles):
    questions = outcome_of(roles).questions
    asked = [option for question in questions for option in question.options]
    assert len(questions) == 5
    assert {option.role.slug for option in asked} == set(roles)
    assert all(option.work in option.role.daily_work for option in asked)


def test_nothing_is_suggested_before_an_answer(roles):
    assert outcome_of(roles).suggestions == ()
    assert outcome_of(roles).unanswered == 5


def test_the_role_whose_work_alone_was_chosen_comes_first(roles):
    for question in outcome_of(roles).questions:
        for option in question.options:
            found = outcome_of(roles, **{question.name: option.role.slug})
            assert found.suggestions[0].role == option.role
            assert found.suggestions[0].reasons == (option,)
            assert found.unanswered == 4


def test_every_role_comes_first_for_somebody_and_none_for_very_many(roles):
    first = Counter(found.suggestions[0].role.slug for _, found in full_answers(roles))
    assert set(first) == set(roles)
    assert sum(first.values()) == 32
    assert max(first.values()) <= 6, first


def test_what_was_chosen_is_shown_or_named(roles):
    """The three suggestions are among the five chosen, and the other two are named below."""
    for chosen, found in full_answers(roles):
        shown = [each.role.slug for each in found.suggestions]
        assert len(shown) == 3
        assert {*shown, *(each.role.slug for each in found.further)} == {*chosen.values()}
        for each in found.suggestions:
            assert each.reasons[0].role == each.role, "its own work speaks for it first"


def test_a_turn_puts_another_role_first(roles):
    for chosen, found in full_answers(roles):
        for turn in found.turns:
            name = next(q.name for q in found.questions if turn.option in q.options)
            turned = outcome_of(roles, **chosen | {name: turn.option.role.slug})
            assert turned.suggestions[0].role == turn.role != found.suggestions[0].role


def test_an_address_from_before_the_pairs_changed_still_says_what_was_chosen(roles):
    """Each answer counts for the question that has its role today, and none is dropped."""
    for chosen, found in full_answers(roles):
        names = [*chosen]
        moved = dict(zip(names, [*chosen.values()][::-1], strict=True))
        assert outcome_of(roles, **moved) == found


def test_an_address_from_before_a_role_was_renamed_still_says_what_was_chosen(roles):
    first = next(iter(roles.values()))
    renamed = replace(first, formerly=("old-name",))
    catalog = replace(snapshot.current(), roles={**roles, first.slug: renamed})
    reader = Reader(Address(a1="old-name"))
    (option,) = [each.chosen for each in read_choices(reader, catalog).questions if each.chosen]
    assert (option.role, reader.ignored) == (renamed, [])


@pytest.mark.parametrize("answered", [1, 2])
def test_of_thousands_of_roles_few_are_reckoned_with(monkeypatch, answered):
    many = make_catalog(datetime.date(2026, 11, 30), roles=2_000)
    questions = read_choices(Reader(Address()), many).questions[:answered]
    compared = []

    def counted(one, other):
        compared.append((one, other))
        return likeness(one, other)

    monkeypatch.setattr(forced_choice, "likeness", counted)
    chosen = {each.name: each.options[0].role.slug for each in questions}
    found = read_choices(Reader(Address(**chosen)), many)
    assert len(found.suggestions) == 3
    assert len(compared) < 1_000


def test_what_was_passed_over_comes_last(roles):
    """After two answers the third suggestion is a role that hasn't been asked about yet."""
    one, other, *_ = outcome_of(roles).questions
    for options in product(one.options, other.options):
        answers = dict(zip((one.name, other.name), (o.role.slug for o in options), strict=True))
        shown = [each.role.slug for each in outcome_of(roles, **answers).suggestions]
        assert {*shown[:2]} == {*answers.values()}
        asked = {option.role.slug for each in (one, other) for option in each.options}
        assert shown[2] not in asked


def test_likeness_is_of_minutes_and_the_same_both_ways(roles):
    for one, other in product(roles.values(), repeat=2):
        assert likeness(one, other) == likeness(other, one)
        assert (likeness(one, other) == 1) == (one == other)
        assert 0 <= likeness(one, other) <= 1


def test_the_page_says_why_and_what_would_change_it(real_catalog, client):
    answers = "a1=applied-genai-engineer&a4=ai-data-engineer"
    page = BeautifulSoup(client.get(f"/careers/which/?{answers}").content, "html.parser")
    assert len(page.select("#answer h3")) == 3
    assert "You chose “" in page.select_one("#answer").text
    assert "Had you chosen “" in page.select_one("#answer").text
    assert [each["value"] for each in page.select("input[checked]")] == [
        "applied-genai-engineer",
        "ai-data-engineer",
    ]
    assert page.title.text.strip().endswith("what your answers point to")


def test_the_roles_shown_can_be_seen_side_by_side(real_catalog, client):
    page = BeautifulSoup(client.get("/careers/which/?a1=ai-researcher").content, "html.parser")
    slugs = [link["href"].split("/")[2] for link in page.select("#answer h3 a")]
    link = page.find("a", string="Compare these 3")
    assert link["href"] == f"/careers/compare/?{'&'.join(f'r={slug}' for slug in slugs)}"


def test_the_page_names_what_else_was_chosen(real_catalog, client, roles):
    answers, found = next(full_answers(roles))
    page = BeautifulSoup(client.get("/careers/which/", answers).content, "html.parser")
    links = {each["href"] for each in page.select("#answer a")}
    assert {roles[slug].url for slug in answers.values()} <= links
    assert page.select_one("#answer").text.count("You also chose “") == len(found.further) == 2


def answer_shown(client, **said):
    answers = {"a1": "ai-researcher", "a3": "mlops-engineer"}
    page = BeautifulSoup(client.get("/careers/which/", answers | said).content, "html.parser")
    return {each.h3.a["href"].partition("?")[0]: each for each in page.select("#answer li")}


def test_each_role_shown_says_how_open_it_is_from_where_one_comes(real_catalog, client, roles):
    shown = answer_shown(client, **{"from": "student-career-changer"})
    for url, card in shown.items():
        role = next(each for each in roles.values() if each.url == url)
        assert f"Expected beforehand: {role.beforehand}" in " ".join(card.text.split())
    assert "hard first job" in shown["/careers/mlops-engineer/"].text
    shown = answer_shown(client, **{"from": "sre-devops"})
    assert "fit from" in shown["/careers/mlops-engineer/"].text
    assert "No documented way in from" in shown["/careers/ai-researcher/"].text
    for card in answer_shown(client).values():
        assert not card.select(".pivot")


def test_an_answer_that_is_none_is_named(real_catalog, client):
    page = client.get("/careers/which/?a1=nobody").text
    assert "“a1=nobody” is left out. There is no answer with this name." in page
    assert "No answer yet" in page


@pytest.mark.parametrize("count", [0, 1])
def test_where_there_is_nothing_to_choose_between_the_page_says_so(client, catalog, count):
    catalog.roles(count)
    page = client.get("/careers/which/").text
    assert "There aren’t enough roles yet" in page
    assert '<form class="choice"' not in page


def test_no_role_may_take_its_address(catalog):
    role = catalog.role("which")
    with pytest.raises(Exception, match="taken by a page of the site"):
        role.full_clean()
