"""The catalog of this repository, held to the facts that it was written from."""

import datetime
import re

import pytest
from django.conf import settings

from careers import snapshot
from careers.published.catalog import ENTRY_BARS
from careers.published.pay.evidence import strength
from careers.styleguide.samples import make_band
from careers.sync.reading.reader import read_files
from paths.models import LearningPath

CORE, NEWER = "core", "newer"
IN_SEQUENCE, ANY_ORDER = "in-sequence", "any-order"

AI, PE, LLM, RAG, FT, MLOPS = (
    "ai-foundations",
    "prompt-engineering",
    "llms-transformers",
    "rag",
    "fine-tuning",
    "deployment-mlops",
)
AGENTS, DATA, VISION, DESIGN, EVALUATION, SECURITY = (
    "agents",
    "data-engineering-for-ai",
    "computer-vision",
    "ai-system-design",
    "evaluation-and-ai-product",
    "ai-security",
)

# facts.md, the two tables of roles, with the newer roles' own paths: title → group, order, paths.
ROADMAPS = {
    "Applied GenAI Engineer": (CORE, IN_SEQUENCE, [PE, RAG, MLOPS]),
    "ML Engineer": (CORE, IN_SEQUENCE, [AI, LLM, FT, MLOPS]),
    "MLOps Engineer": (CORE, ANY_ORDER, [AI, MLOPS, RAG]),
    "AI Researcher": (CORE, IN_SEQUENCE, [AI, LLM, FT]),
    "AI Security Specialist": (CORE, ANY_ORDER, [PE, LLM, MLOPS]),
    "AI Product Manager": (CORE, ANY_ORDER, [PE, RAG, LLM]),
    "Data Engineer (AI-focused)": (NEWER, IN_SEQUENCE, [DATA, AI, LLM, RAG, MLOPS]),
    "Computer Vision Engineer": (NEWER, IN_SEQUENCE, [VISION, AI, LLM, FT, MLOPS]),
    "AI Solutions Architect": (NEWER, IN_SEQUENCE, [DESIGN, AI, PE, LLM, RAG, FT, MLOPS]),
    "Prompt Engineer": (NEWER, IN_SEQUENCE, [PE, AI, EVALUATION, LLM, RAG]),
}
FURTHER = {
    "Applied GenAI Engineer": {AGENTS, EVALUATION},
    "AI Security Specialist": {AGENTS, SECURITY},
    "AI Solutions Architect": {AGENTS, SECURITY},
    "AI Product Manager": {EVALUATION},
    "Prompt Engineer": {AGENTS},
}
EMPHASES = {
    ("AI Researcher", AI): "deeply",
    ("AI Security Specialist", PE): "security",
    ("AI Product Manager", LLM): "lighter touch",
}
TODAY = datetime.date(2026, 11, 22)
# Region, low, high (thousands of euro a year), strength: each figure that facts.md names.
BANDS = {
    "Applied GenAI Engineer": {
        ("EU", 60, 150, "weak"),
        ("EU", 38.935, 87.2, "fair"),
        ("Spain", 52.25, 68.5, "weak"),
    },
    "ML Engineer": {
        ("EU", 65, 160, "weak"),
        ("EU", 71.7, 125.8, "strong"),
        ("Germany", 58.68, 75.204, "weak"),
    },
    "MLOps Engineer": {("EU", 70, 170, "weak"), ("Spain", 55, 80, "weak")},
    "AI Researcher": {
        ("EU", 80, 250, "weak"),
        ("EU", 44, 80, "fair"),
        ("Spain", 70, 100, "weak"),
    },
    "AI Security Specialist": {("EU", 75, 180, "weak"), ("Germany", 51.06, 79.282, "weak")},
    "AI Product Manager": {("EU", 65, 150, "weak"), ("Spain", 65, 90, "weak")},
    "Data Engineer (AI-focused)": {(None, 48.25, 80, "fair"), ("EU", 43, 72, "fair")},
    "Computer Vision Engineer": {("Germany", 48, 77, "weak"), ("Spain", 37.7, 37.7, "fair")},
    "AI Solutions Architect": {("Germany", 59.556, 87.876, "weak")},
    "Prompt Engineer": {("Spain", 40, 60, "weak")},
}
# Minutes of each path. Those of the six core paths follow from the hours that the article gives.
CORE_HOURS = {PE: 9, RAG: 11, MLOPS: 10, AI: 12, LLM: 12, FT: 11}
MINUTES = {path: hours * 60 for path, hours in CORE_HOURS.items()} | {
    AGENTS: 639,
    DATA: 630,
    VISION: 637,
    DESIGN: 520,
    EVALUATION: 556,
    SECURITY: 635,
}
# In the order of their positions.
HUNDREDS = {
    path: number
    for number, path in enumerate(
        [AI, PE, LLM, RAG, FT, MLOPS, AGENTS, DATA, VISION, DESIGN, EVALUATION, SECURITY], start=1
    )
}
AFTER = {
    "Applied GenAI Engineer": "side project",
    "AI Researcher": "research sprint",
    "AI Product Manager": "demo",
}


@pytest.fixture(scope="module")
def entries() -> list:
    return read_files(settings.CATALOG_DIR)


@pytest.fixture(scope="module")
def roles(entries) -> dict:
    return {entry.values["title"]: entry.values for entry in entries if entry.kind == "roles"}


@pytest.fixture(scope="module")
def paths(entries) -> dict:
    return {entry.key: entry.values for entry in entries if entry.kind == "paths"}


@pytest.fixture(scope="module")
def outlines(entries, paths) -> dict:
    """The lessons of each path, in their order."""
    lessons = {entry.key: entry.values for entry in entries if entry.kind == "lessons"}
    return {
        slug: [lessons[str(number)] for number in path["lessons"]] for slug, path in paths.items()
    }


every_role = pytest.mark.parametrize("title", ROADMAPS)
every_path = pytest.mark.parametrize("path", MINUTES)


# -- Roles ---------------------------------------------------------------------------------


def test_there_are_the_ten_roles(roles):
    assert set(roles) == set(ROADMAPS)


@every_role
def test_a_role_has_its_group_its_order_and_its_paths(roles, title):
    role = roles[title]
    found = role["group"], role["sequence"], [step["path"] for step in role["steps"]]
    assert found == ROADMAPS[title]


@every_role
def test_a_role_goes_further_with_its_paths(roles, title):
    assert set(roles[title].get("further") or ()) == FURTHER.get(title, set())


def test_every_path_is_on_some_roles_road(roles, paths):
    met = {step["path"] for role in roles.values() for step in role["steps"]}
    assert set(paths) == met.union(*FURTHER.values())


@pytest.mark.parametrize(
    ("title", "path"),
    [
        ("Data Engineer (AI-focused)", DATA),
        ("Computer Vision Engineer", VISION),
        ("AI Solutions Architect", DESIGN),
        ("Prompt Engineer", PE),
    ],
)
def test_the_first_week_of_a_newer_role_is_of_its_own_trade(roles, title, path):
    assert roles[title]["steps"][0]["path"] == path


@every_role
def test_a_step_has_an_emphasis_where_the_facts_have_one(roles, title):
    for step in roles[title]["steps"]:
        wanted = EMPHASES.get((title, step["path"]))
        emphasis = step.get("emphasis") or ""
        assert wanted in emphasis if wanted else not emphasis


@every_role
def test_a_role_is_published(roles, title):
    assert roles[title]["status"] == "published"


@every_role
def test_a_role_has_the_bands_of_the_facts_and_no_other(roles, title):
    found = {
        (band["region"], band["low"] / 1000, band["high"] / 1000, _strength(band))
        for band in roles[title]["salary_bands"]
    }
    assert len(found) == len(BANDS[title])
    for region, *figure in BANDS[title]:
        assert [band for band in found if [*band[1:]] == figure and region in {None, band[0]}], (
            figure
        )


def _strength(band: dict) -> str:
    said = {name: band.get(name) or "" for name in ("basis", "method", "for_title")}
    return strength(make_band(TODAY, sample=band.get("sample"), **said))


@every_role
def test_every_band_has_its_source_its_date_and_what_it_measures(roles, title):
    for band in roles[title]["salary_bands"]:
        assert band["currency"] == "EUR"
        assert band["source"]["title"]
        assert band["source"]["url"].startswith("http")
        assert re.fullmatch(r"20\d\d-\d\d-\d\d", band["collected"])
        assert band["measures"]
        assert band["period"]


def test_ml_engineers_in_germany_have_the_median_of_the_facts(roles):
    (german,) = [b for b in roles["ML Engineer"]["salary_bands"] if b["region"] == "Germany"]
    assert (german["middle"], german["middle_is"]) == (66_432, "median")


def test_the_core_bands_are_from_the_article(roles):
    for title, (group, *_) in ROADMAPS.items():
        if group == CORE:
            first = roles[title]["salary_bands"][0]
            assert first["source"]["url"].endswith("/six-ai-careers-in-2026")


@every_role
def test_a_role_has_at_least_one_pivot(roles, title):
    assert roles[title]["pivots"]


@every_role
def test_a_role_says_what_its_days_are_and_what_courses_can_not_give(roles, title):
    role = roles[title]
    assert role["daily_work"]
    assert role["honest_scope"]
    assert role["not_for_you_if"]


@pytest.mark.parametrize("title", AFTER)
def test_what_comes_after_the_paths(roles, title):
    assert AFTER[title] in roles[title]["after_paths"]


@every_role
def test_a_role_says_what_is_not_taught_and_what_it_asks_for_beforehand(roles, title):
    role = roles[title]
    assert "taught here" in role["not_taught"]
    assert role["entry_bar"] in ENTRY_BARS
    assert role["beforehand"].endswith(".")


@every_role
def test_every_role_says_what_is_known_of_junior_openings(roles, title):
    """A figure with its number of ads, country and date, or that none was found."""
    scope = roles[title]["honest_scope"]
    if "we found no count" in scope.casefold():
        return
    assert re.search(r"[Oo]f \d{3} job ads .* United States in April and May 2026, .*\d%", scope)
    urls = [source["url"] for source in roles[title]["sources"]]
    assert any("two-career-entry-doors" in url for url in urls)


SAYS = {
    "Applied GenAI Engineer": ("software engineering, prompt engineering and product thinking",),
    "ML Engineer": ("classic engineering job of machine learning",),
    "MLOps Engineer": ("site reliability engineer", "builds and runs the platform that others"),
    "AI Product Manager": ("Most organizations that build AI", "few have anyone", "really good"),
}


@pytest.mark.parametrize("title", SAYS)
def test_what_the_facts_say_of_a_role_is_not_softened(roles, title):
    said = f"{roles[title]['summary']} {roles[title]['honest_scope']}"
    assert not [words for words in SAYS[title] if words not in said]


def test_only_the_day_that_the_facts_know_is_split(roles):
    split = {title: role["time_split"] for title, role in roles.items() if role.get("time_split")}
    assert list(split) == ["Applied GenAI Engineer"]
    assert [part["share"] for part in split["Applied GenAI Engineer"]] == [30, 50, 20]


def test_core_roles_have_the_order_of_the_facts(roles):
    core = sorted(
        (role["position"], title) for title, role in roles.items() if role["group"] == CORE
    )
    assert [title for _, title in core] == [
        title for title, (group, *_) in ROADMAPS.items() if group == CORE
    ]


# -- Paths and lessons ---------------------------------------------------------------------


def test_there_are_the_twelve_paths(paths):
    assert set(paths) == set(MINUTES)


@every_path
def test_a_paths_lessons_add_up_to_its_hours(outlines, path):
    minutes = sum(lesson["minutes"] + lesson["practice_minutes"] for lesson in outlines[path])
    assert minutes == MINUTES[path]


@every_path
def test_a_path_has_about_ten_to_fourteen_lessons(outlines, path):
    assert 10 <= len(outlines[path]) <= 14


# First lessons whose text takes longer to read than 8 minutes. May only get shorter.
STILL_TOO_LONG = set()


@every_path
def test_the_first_lesson_of_a_path_takes_8_minutes(outlines, path):
    first = outlines[path][0]
    assert (first["minutes"] == 8) != (first["number"] in STILL_TOO_LONG)


@every_path
def test_the_lessons_of_a_path_are_published_from_the_first_on(outlines, path):
    """So no week along it has a gap. Core paths are written in full."""
    said = [lesson["status"] for lesson in outlines[path]]
    assert said == sorted(said, key=["published", "draft"].index)
    assert path not in CORE_HOURS or "draft" not in said


@every_path
def test_a_paths_numbers_have_its_hundred(outlines, path):
    assert {lesson["number"] // 100 for lesson in outlines[path]} == {HUNDREDS[path]}


@every_path
def test_a_path_is_published(paths, path):
    assert paths[path]["status"] == "published"


@every_path
def test_every_lesson_has_its_time_and_objectives(outlines, path):
    for lesson in outlines[path]:
        assert lesson["minutes"] >= 1
        assert lesson["practice_minutes"] >= 1
        assert lesson["summary"]
        assert lesson["objectives"]


def test_the_hours_of_two_roles_are_those_of_the_facts(outlines):
    for title, hours in (("Applied GenAI Engineer", 30), ("ML Engineer", 45)):
        assert sum(MINUTES[path] for path in ROADMAPS[title][2]) == hours * 60


# -- Backgrounds and signals ---------------------------------------------------------------


def test_there_are_the_backgrounds_of_the_facts(entries):
    assert {entry.key for entry in entries if entry.kind == "backgrounds"} == {
        "software-engineer",
        "data-analyst",
        "data-scientist",
        "sre-devops",
        "application-security",
        "product-manager",
        "qa-support-writer",
        "student-career-changer",
    }


def test_backgrounds_of_neighboring_work_know_some_lessons_already(entries):
    """“Hours left” is computed from these."""
    knowing = {entry.key for entry in entries if entry.values.get("knows")}
    assert knowing >= {"software-engineer", "data-scientist", "sre-devops", "application-security"}


def test_there_are_the_four_signals(entries):
    assert [entry.key for entry in entries if entry.kind == "signals"] == [
        "shipped",
        "eval-discipline",
        "point-of-view",
        "cost-awareness",
    ]


# What a lesson that produces a signal must mention: each of these, in one of its wordings.
ASKED = {
    "shipped": ("others can try it", "a post"),
    "eval-discipline": ("fifty|50", "broke|broken|lost|flips"),
    "point-of-view": ("prompt", "change your mind|reverse it|go back|verdict"),
    "cost-awareness": ("100,000|100_000", "cost"),
}


@pytest.mark.parametrize("signal", ASKED)
def test_a_lesson_that_produces_a_signal_names_what_the_signal_asks_for(entries, signal):
    tied = [each.values for each in entries if signal in each.values.get("signals", ())]
    assert tied
    for lesson in tied:
        missing = [words for words in ASKED[signal] if not re.search(words, lesson["body"])]
        assert not missing, lesson["title"]


def test_every_signal_is_produced_by_some_lesson(entries):
    produced = {signal for entry in entries for signal in entry.values.get("signals", ())}
    assert produced == {"shipped", "eval-discipline", "point-of-view", "cost-awareness"}


# -- In the database -----------------------------------------------------------------------


def test_applied_the_paths_have_the_hours_of_the_facts(real_catalog):
    found = LearningPath.objects.published().with_hours()
    assert {path.slug: path.minutes_planned for path in found} == MINUTES


def test_applied_every_step_leads_to_a_first_lesson_of_8_minutes(real_catalog):
    for role in snapshot.current().roles.values():
        readable = [stop for stop in role.roadmap.stops if stop.first_lesson]
        whole = {stop.first_lesson for stop in readable if not stop.is_partial}
        firsts = whole | {role.roadmap.first_lesson}
        assert {each.minutes for each in firsts if each.number not in STILL_TOO_LONG} == {8}
