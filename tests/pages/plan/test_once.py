"""What `{% once %}` renders for all visitors never reaches one who should see something else."""

import datetime
from random import Random

import pytest
from django.template import Context, Engine, TemplateSyntaxError
from django.template.loader import get_template
from django.template.loader_tags import IncludeNode
from django.test import Client
from django.urls import reverse

from careers import snapshot
from careers.models import Background, CatalogVersion, HiringSignal, Pivot, Role, SalaryBand
from careers.published.plan.study_plan import StudyPlan
from careers.published.transit import map_of_roadmaps
from careers.templatetags.once import MOST_KEPT, OnceNode
from paths.models import LearningPath
from tests.pages.plan.visiting import Visitor

ENGINE = Engine(libraries={"once": "careers.templatetags.once"})


class Thing:
    """Counts how often it is rendered. Two instances are equal, but not identical."""

    def __init__(self) -> None:
        self.times = 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Thing)

    __hash__ = None

    def __str__(self) -> str:
        self.times += 1
        return f"rendered {self.times}"


@pytest.fixture
def template():
    return ENGINE.from_string("{% load once %}{% once thing %}<b>{{ thing }}</b>{% endonce %}")


def kept(template) -> dict:
    (node,) = template.nodelist.get_nodes_by_type(OnceNode)
    return node.kept


def render(template, thing: Thing) -> str:
    return template.render(Context({"thing": thing}))


def test_it_is_rendered_once_for_a_thing(template):
    thing, equal = Thing(), Thing()
    assert [render(template, each) for each in (thing, equal, thing, equal)] == [
        "<b>rendered 1</b>"
    ] * 4
    assert (thing.times, equal.times) == (1, 1), "which are equal, and not the same"


def test_a_thing_that_takes_the_place_of_another_in_memory_is_not_taken_for_it(template):
    said = {render(template, Thing()) for _ in range(50)}
    assert said == {"<b>rendered 1</b>"}, "each rendered for the first time"
    assert all(thing.times == 1 for (thing,), _ in kept(template).values())


def test_lists_of_the_same_things_in_the_same_order_are_the_same():
    source = "{% load once %}{% once things %}{{ things.0 }}{% endonce %}"
    template = ENGINE.from_string(source)
    one, two = Thing(), Thing()
    asked = ([one, two], [one, two], (one, two), [two, one], [one], [one, Thing()])
    said = [template.render(Context({"things": things})) for things in asked]
    first, again = "rendered 1", ("rendered 2", "rendered 3")
    assert said == [first, first, first, first, *again], "each other list is rendered anew"
    assert (one.times, two.times) == (3, 1)


def test_a_new_day_renders_it_again(template, time_machine):
    thing = Thing()
    for day, times in ((28, 1), (28, 1), (29, 2)):
        time_machine.move_to(datetime.datetime(2026, 11, day, 12, tzinfo=datetime.UTC))
        assert render(template, thing) == f"<b>rendered {times}</b>"


def test_each_place_of_a_template_keeps_its_own():
    said = "{% once thing %}1 {{ thing }}{% endonce %}, {% once thing %}2 {{ thing }}{% endonce %}"
    template = ENGINE.from_string("{% load once %}" + said)
    assert render(template, Thing()) == "1 rendered 1, 2 rendered 2"


def test_no_more_are_kept_than_there_may_be(template):
    first, *others = (Thing() for _ in range(MOST_KEPT + 1))
    for thing in (first, *others):
        render(template, thing)
    assert len(kept(template)) == MOST_KEPT
    render(template, others[-1])
    assert others[-1].times == 1
    assert render(template, first) == "<b>rendered 2</b>", "the first went first"


def test_it_is_rendered_each_time_unless_it_is_the_same_for_all():
    template = ENGINE.from_string(
        "{% load once %}{% once thing unless mine or yours %}{{ thing }}{% endonce %}"
    )
    thing = Thing()
    said = [
        template.render(Context({"thing": thing, **visitor}))
        for visitor in ({}, {"mine": 1}, {"yours": 1}, {"mine": 0}, {"mine": ""})
    ]
    assert said == [f"rendered {times}" for times in (1, 2, 3, 1, 1)]
    ((things, html),) = kept(template).values()
    assert (things, html) == ([thing], "rendered 1"), "nothing of one visitor’s is kept"


@pytest.mark.parametrize(
    ("tag", "told"),
    [
        ("once", "name the things"),
        ("once unless mine", "name the things"),
        ("once thing unless", "Unexpected end of expression"),
        ("once thing unless mine yours", "Unused 'yours' at end"),
    ],
)
def test_whoever_names_no_thing_or_no_condition_is_told(tag, told):
    with pytest.raises(TemplateSyntaxError, match=told):
        ENGINE.from_string(f"{{% load once %}}{{% {tag} %}}{{% endonce %}}")


@pytest.fixture
def pages(catalog, road) -> list[str]:
    """Pages that say something about a role which differs between visitors."""
    another = catalog.role("data-engineer")
    background = catalog.background(slug="nurse", title="Nurse")
    background.knows.set(list(road.steps.first().path.lessons.all()[:1]))
    for role in (road, another):
        Pivot.objects.create(role=role, background=background, months=7, note=f"{role} it is.")
    catalog.signal(*road.steps.first().path.lessons.all())
    assert SalaryBand.objects.count()
    assert HiringSignal.objects.count()
    compared = reverse("compare", query={"r": [road.slug, another.slug]})
    return [reverse("role-list"), road.get_absolute_url(), another.get_absolute_url(), compared]


SAID = ("", "from=nurse", "pace=6", "from=nurse&pace=6", "q=engineer", "sort=shortest")


def test_every_visitor_reads_what_they_would_if_nothing_were_kept(pages, road, monkeypatch, today):
    visitors = [Visitor() for _ in range(3)]
    visitors[1].keep(StudyPlan((road.slug,)))
    visitors[2].keep(StudyPlan((road.slug,), done={101: 40}, pace=3))
    asked = [
        (each, f"{page}{'&' if '?' in page else '?'}{said}")
        for each in visitors
        for page in pages
        for said in SAID
    ] * 2
    Random(14).shuffle(asked)  # noqa: S311
    answers = [str(visitor.open(address)) for visitor, address in asked]
    monkeypatch.setattr(OnceNode, "render", lambda self, context: self.nodelist.render(context))
    for (visitor, address), answer in zip(asked, answers, strict=True):
        assert str(visitor.open(address)) == answer, address


def test_a_map_is_laid_out_once_for_all_who_see_the_same(pages, road, client, monkeypatch):
    laid = []

    def counted(*asked: object) -> object:
        laid.append(asked)
        return map_of_roadmaps(*asked)

    monkeypatch.setattr("careers.pages.views.map_of_roadmaps", counted)
    for page in (reverse("home"), reverse("home"), reverse("home", query={"pace": 6})):
        assert road.title in client.get(page).content.decode()
    assert len(laid) == 1
    planner = Visitor()
    planner.keep(StudyPlan((road.slug,), done={101: 40}))
    from_nurse = reverse("home", query={"from": "nurse"})
    for visitor, page in ((client, from_nurse), (planner.client, reverse("home"))):
        before = len(laid)
        assert [visitor.get(page).status_code for _ in range(2)] == [200, 200]
        assert len(laid) == before + 2, "what a visitor knows or has done is on their map alone"


def test_the_roles_of_a_path_are_rendered_once_for_all_visitors(pages, road, client, revise):
    node = get_template("paths/path_list.html").template.nodelist.get_nodes_by_type(OnceNode)
    (lines,) = [each for each in node if each.nodelist.get_nodes_by_type(IncludeNode)]
    for visitor in (client, client, Client()):
        assert road.title in visitor.get(reverse("path-list")).content.decode()
    paths = len(snapshot.current().paths)
    kept_now = [things[0] for things, _ in lines.kept.values()]
    assert kept_now.count(snapshot.current().version) == paths
    with revise():
        Role.objects.filter(pk=road.pk).update(title="Midwife of models")
    assert "Midwife of models" in client.get(reverse("path-list")).content.decode()


def test_a_change_is_seen_at_once(pages, road, client):
    for title in ("Nurse", "Midwife"):
        Background.objects.update(title=title)
        CatalogVersion.rise()
        for page in pages:
            assert title.lower() in client.get(page).content.decode().lower()


def test_a_change_of_another_role_is_seen_at_once(catalog, road, client, revise):
    """A role's page names others. Its own value stays as it was when only these change."""
    path = LearningPath.objects.get(pk=road.steps.first().path_id)
    other = catalog.role("data-engineer", paths=[path])
    kept = snapshot.current().roles[road.slug]

    def named(title: str) -> int:
        return client.get(road.get_absolute_url()).content.decode().count(f"<span>{title}</span>")

    assert named(other.title) == 2, "as one who stops there too, and as a role that is near"
    with revise():
        Role.objects.filter(pk=other.pk).update(title="Midwife of models")
    assert snapshot.current().roles[road.slug] is kept
    assert named("Midwife of models") == 2
