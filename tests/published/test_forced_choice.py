"""Five this-or-that questions, and the roles that the answers point to."""

from itertools import product

import pytest
from bs4 import BeautifulSoup

from careers import snapshot
from careers.published.forced_choice import likeness, read_choices
from careers.published.query import Reader


class Address:
    """The parameters of an address, each once."""

    def __init__(self, **given: str) -> None:
        self.given = given

    def lists(self):
        return [(name, [value]) for name, value in self.given.items()]


@pytest.fixture
def roles(real_catalog):
    return snapshot.current().roles


def outcome_of(roles, **answers):
    return read_choices(Reader(Address(**answers)), roles)


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


def test_every_answer_can_decide(roles):
    """Over all answers, every role comes first for somebody, and what would turn one does."""
    questions = outcome_of(roles).questions
    first = set()
    for chosen in product((0, 1), repeat=5):
        answers = {
            each.name: each.options[n].role.slug for each, n in zip(questions, chosen, strict=True)
        }
        found = outcome_of(roles, **answers)
        best = found.suggestions[0].role
        first.add(best.slug)
        assert len(found.suggestions) == 3
        assert best.slug in answers.values(), "nobody is led to what they turned down"
        for turn in found.turns:
            name = next(q.name for q in questions if turn.option in q.options)
            turned = outcome_of(roles, **answers | {name: turn.option.role.slug})
            assert turned.suggestions[0].role == turn.role != best
    assert len(first) >= 7


def test_likeness_is_of_minutes_and_the_same_both_ways(roles):
    for one, other in product(roles.values(), repeat=2):
        assert likeness(one, other) == likeness(other, one)
        assert (likeness(one, other) == 1) == (one == other)
        assert 0 <= likeness(one, other) <= 1


def test_the_page_says_why_and_what_would_change_it(real_catalog, client):
    answers = "a1=applied-genai-engineer&a2=ai-data-engineer"
    page = BeautifulSoup(client.get(f"/careers/which/?{answers}").content, "html.parser")
    assert len(page.select("#answer h3")) == 3
    assert "You chose “" in page.select_one("#answer").text
    assert "Had you chosen “" in page.select_one("#answer").text
    assert [each["value"] for each in page.select("input[checked]")] == [
        "applied-genai-engineer",
        "ai-data-engineer",
    ]
    assert page.title.text.strip().endswith("what your answers point to")


def test_an_answer_that_is_none_is_named(real_catalog, client):
    page = client.get("/careers/which/?a1=nobody").text
    assert "“a1=nobody” is left out. There is no answer of this name." in page
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
