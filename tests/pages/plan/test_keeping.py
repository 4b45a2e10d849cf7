"""A plan is one cookie or a link, and nothing else: how it is begun, carried on and forgotten."""

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.test import override_settings

from careers.pages.freshness import PAGE
from careers.pages.plan import kept
from careers.published.plan.study_plan import StudyPlan
from careers.published.plan.text import LONGEST, checksum, decode_plan, encode_plan
from tests.pages.plan.visiting import plan_in, words

WEEK = 46
ROAD = StudyPlan(("ml-engineer",))
pytestmark = pytest.mark.usefixtures("road", "today")


# -- A road is taken up ------------------------------------------------------------------------


def test_who_starts_a_road_is_asked_before_anything_is_kept(visitor):
    answer = visitor.send("/plan/start/", role="ml-engineer")
    assert (answer.status_code, plan_in(answer["Location"])) == (303, ROAD)
    assert not answer.cookies
    asked = visitor.open(answer["Location"]).select_one("#place")
    assert "Keep your place in this browser?" in words(asked)
    assert not visitor.answer.cookies
    link = asked.select_one("a[href*=plan]")
    assert plan_in(link["href"]) == ROAD


def shown_address(page) -> str:
    (field,) = page.select("main input[readonly]")
    assert page.select_one(f"label[for={field['id']}]")
    return field["value"]


def test_a_no_shows_the_address_and_asks_no_more(visitor):
    asked = visitor.open(f"/plan/?plan={encode_plan(ROAD)}")
    page = visitor.open(asked.select_one("#place a[href*=plan]")["href"])
    assert shown_address(page) == f"http://testserver/plan/?plan={encode_plan(ROAD)}"
    assert "Keep your place" not in words(page)
    lesson = visitor.open(page.select_one("section.here a.go")["href"])
    fields = {each["name"]: each["value"] for each in lesson.select("#place input[type=hidden]")}
    lesson = visitor.open(visitor.send("/plan/done/", **fields)["Location"])
    page = visitor.open(lesson.select_one("header a[href^='/plan/']")["href"])
    assert plan_in(shown_address(page)).done == {101: WEEK}
    assert "Keep your place" not in words(page)
    assert not visitor.cookies
    form = page.select_one("#place form")
    visitor.send(form["action"], **{each["name"]: each["value"] for each in form.select("input")})
    assert visitor.plan.done == {101: WEEK}


def test_a_kept_plan_has_an_address_to_take_along(visitor):
    visitor.keep(ROAD)
    assert plan_in(shown_address(visitor.open("/plan/"))) == ROAD


def test_a_yes_is_one_cookie_for_a_year(visitor):
    answer = visitor.send("/plan/keep/", plan=encode_plan(ROAD))
    (cookie,) = answer.cookies.values()
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
    assert cookie["max-age"] == 365 * 24 * 60 * 60
    assert not cookie["domain"]
    assert "no-store" in answer["Cache-Control"]
    assert visitor.plan == ROAD
    page = visitor.open(answer["Location"])
    assert visitor.answer["Location"] == "/plan/", "the address needs no plan any more"
    assert "Keep your place" not in words(visitor.open("/plan/"))
    assert page is not None


def test_over_https_the_cookie_is_bound_to_this_host():
    # Settings set the prefix once at the start, for all cookies.
    assert f"{settings.COOKIE_PREFIX}plan" == kept.COOKIE


@override_settings(HTTPS=True)
def test_over_https_the_cookie_is_secure(visitor):
    answer = visitor.send("/plan/keep/", plan=encode_plan(ROAD))
    assert all(cookie["secure"] for cookie in answer.cookies.values())


def test_a_browser_that_takes_no_cookie_loses_nothing(visitor):
    answer = visitor.send("/plan/keep/", plan=encode_plan(ROAD))
    visitor.client.cookies.clear()
    assert "ML Engineer" in words(visitor.open(answer["Location"]))


def test_a_second_road_comes_first_and_the_other_stays(visitor, catalog):
    catalog.role("other", paths=[])
    visitor.keep(ROAD)
    assert visitor.send("/plan/start/", role="other")["Location"] == "/plan/"
    assert visitor.plan.roles == ("other", "ml-engineer")
    visitor.send("/plan/drop/", role="other")
    assert visitor.plan == ROAD


def test_a_role_that_is_none_starts_nothing(visitor):
    visitor.keep(ROAD)
    for role in ("", "nobody", "<script>", "a" * 9_000):
        assert visitor.send("/plan/start/", role=role).status_code == 303
        assert visitor.plan == ROAD


def test_what_was_said_in_the_address_is_in_the_plan(visitor, catalog):
    catalog.background(slug="nurse", title="Nurse")
    page = visitor.open("/careers/ml-engineer/?from=nurse&pace=7")
    form = page.select_one("form[action='/plan/start/']")
    fields = {each["name"]: each["value"] for each in form.select("input")}
    plan = plan_in(visitor.send("/plan/start/", **fields)["Location"])
    assert (plan.background, plan.pace) == ("nurse", 7)


# -- A lesson is done --------------------------------------------------------------------------


def test_a_lesson_is_done_and_one_is_back_where_one_was(visitor):
    visitor.keep(ROAD)
    answer = visitor.send("/plan/done/", lesson="101")
    assert answer["Location"] == "/paths/rag/l101/#place"
    assert visitor.plan.done == {101: WEEK}
    place = visitor.open("/paths/rag/l101/").select_one("#place")
    assert "Done. 1 lesson so far." in words(place)
    assert place.select_one("a.go")["href"] == "/paths/rag/l102/"


def hidden(form) -> dict[str, str]:
    return {each["name"]: each["value"] for each in form.select("input[type=hidden]")}


def test_who_has_no_plan_is_told_that_the_lesson_is_done_and_asked_whether_to_keep_it(visitor):
    form = visitor.open("/paths/rag/l101/?from=nobody&pace=5").select_one("#place form")
    answer = visitor.send(form["action"], **hidden(form))
    assert not answer.cookies
    assert answer["Location"].partition("?")[0] == "/paths/rag/l101/"
    assert "pace=5" in answer["Location"]
    page = visitor.open(answer["Location"])
    said = page.select_one("#place [role=status]")
    assert "Done. 1 lesson so far, not kept in this browser." in words(said)
    assert "Keep your place in this browser?" in words(page.select_one("#place"))
    for link in page.select("a[rel=next]"):
        assert plan_in(link["href"]).done == {101: WEEK}
        assert "pace=5" in link["href"]
    for form in page.select("form"):
        assert len(form.select("[name=plan]")) == 1, form
    keep = page.select_one("form[action='/plan/keep/']")
    visitor.send(keep["action"], **hidden(keep))
    assert visitor.plan.done == {101: WEEK}
    assert "not kept" not in words(visitor.open("/paths/rag/l101/").select_one("#place"))


def test_who_said_no_is_not_asked_at_each_lesson(visitor):
    plan = encode_plan(StudyPlan(done={101: WEEK}))
    place = visitor.open(f"/paths/rag/l101/?plan={plan}&keep=no").select_one("#place")
    assert "Done. 1 lesson so far." in words(place)
    assert "Keep" not in words(place)


def test_a_plan_that_another_tab_forgot_is_not_lost_by_the_next_lesson(visitor):
    visitor.keep(ROAD)
    form = visitor.open("/paths/rag/l101/").select_one("#place form")
    visitor.client.cookies.clear()
    answer = visitor.send(form["action"], **hidden(form))
    assert not answer.cookies, "nothing is kept that was forgotten"
    assert plan_in(answer["Location"]) == StudyPlan(("ml-engineer",), done={101: WEEK})
    place = visitor.open(answer["Location"]).select_one("#place")
    assert "Done. 1 lesson so far, not kept in this browser." in words(place)
    assert "Keep your place in this browser?" in words(place)
    assert plan_in(place.select_one(".next-lesson a")["href"]).done == {101: WEEK}


def test_a_lesson_can_be_undone(visitor):
    visitor.keep(ROAD)
    visitor.send("/plan/done/", lesson="101")
    visitor.send("/plan/done/", lesson="101", undo="1")
    assert visitor.plan == ROAD


def test_a_lesson_that_is_gone_counts_and_a_number_that_is_none_does_not(visitor):
    visitor.keep(ROAD)
    assert visitor.send("/plan/done/", lesson="999")["Location"] == "/plan/"
    for number in ("0", "-1", "", "1e3", "٣", "9" * 400, "1000000"):
        assert visitor.send("/plan/done/", lesson=number).status_code == 303
    assert visitor.plan.done == {999: WEEK}
    assert "1 lesson that you did is no longer on the site" in words(visitor.open("/plan/"))


def test_two_tabs_that_finish_lessons_at_once_both_count(visitor):
    visitor.keep(ROAD)
    before = {**visitor.client.cookies}
    visitor.send("/plan/done/", lesson="101")
    one = {**visitor.client.cookies}
    visitor.client.cookies.clear()
    visitor.client.cookies.update(before)
    visitor.send("/plan/done/", lesson="102")
    visitor.client.cookies.update(one)  # the first answer arrives last
    assert len(visitor.cookies) == 2
    assert "2 of 4 lessons done" in words(visitor.open("/plan/"))
    visitor.send("/plan/done/", lesson="201")
    assert visitor.plan.done == {101: WEEK, 102: WEEK, 201: WEEK}, "in one cookie again"


# -- In a link ---------------------------------------------------------------------------------


def test_without_a_cookie_every_page_and_form_carries_the_plan(visitor):
    text = encode_plan(ROAD)
    for url in ("/careers/ml-engineer/", "/paths/rag/l101/", "/plan/", "/", "/careers/"):
        page = visitor.open(f"{url}?plan={text}")
        inside = [a["href"] for a in page.select("main a[href^='/']:not([data-exact])")]
        pages = [href for href in inside if href.partition("?")[0].endswith("/")]
        assert pages
        assert not [href for href in pages if plan_in(href) != ROAD], url
        for form in page.select("form"):
            assert text in [each["value"] for each in form.select("[name=plan]")], form
    answer = visitor.send("/plan/done/", lesson="101", plan=text)
    assert not answer.cookies
    assert answer["Location"].startswith("/paths/rag/l101/?plan=")
    assert plan_in(answer["Location"]).done == {101: WEEK}


def test_a_strangers_plan_in_a_link_changes_nothing(visitor, today):
    visitor.keep(ROAD)
    stranger = encode_plan(StudyPlan(("other",), done={102: 1}))
    page = visitor.open(f"/paths/rag/l102/?plan={stranger}")
    assert "Done." not in words(page.select_one("#place"))
    assert not page.select(f"a[href*='{stranger}'], main [value='{stranger}']")
    visitor.send("/plan/done/", lesson="101", plan=stranger)
    assert visitor.plan == ROAD.with_done(101, today)


# -- Two plans ---------------------------------------------------------------------------------


MINE = StudyPlan(("ml-engineer",), pace=5, done={101: 40})
THEIRS = StudyPlan(("other",), pace=9, done={101: 44, 202: 44})


@pytest.fixture
def both(visitor, catalog):
    catalog.role("other", title="Other", paths=[])
    visitor.keep(MINE)
    return visitor


def test_a_link_beside_a_plan_shows_both_sides_and_changes_nothing(both):
    page = both.open(f"/plan/?plan={encode_plan(THEIRS)}")
    sides = [words(each) for each in page.select(".sides > section")]
    assert ["Other" in side for side in sides] == [False, True, True]
    assert ["ML Engineer" in side for side in sides] == [True, False, True]
    assert "1 lesson done" in sides[0].replace("lesson done 1", "1 lesson done")
    assert ["Title 202" in side for side in sides] == [False, True, True]
    assert ["5 h" in side for side in sides] == [True, False, True]
    assert both.plan == MINE


def test_a_merge_has_both(both):
    both.send("/plan/keep/", plan=encode_plan(THEIRS), how="merge")
    assert both.plan == StudyPlan(("ml-engineer", "other"), pace=5, done={101: 44, 202: 44})


def test_one_can_be_kept_instead(both):
    both.send("/plan/keep/", plan=encode_plan(THEIRS), how="replace")
    assert both.plan == THEIRS


def test_a_link_that_adds_nothing_leads_to_the_plan(both):
    less = StudyPlan(("ml-engineer",), done={101: 39})
    both.open(f"/plan/?plan={encode_plan(less)}")
    assert (both.answer.status_code, both.answer["Location"]) == (302, "/plan/")


# -- Forgotten ---------------------------------------------------------------------------------


def test_one_click_on_every_page_forgets_everything(visitor):
    visitor.keep(ROAD)
    for url in ("/", "/careers/", "/plan/", "/paths/rag/l101/", "/privacy/"):
        assert visitor.open(url).select_one("form[action='/plan/forget/'] button"), url
    answer = visitor.send("/plan/forget/")
    assert answer["Location"] == "/plan/"
    assert not visitor.cookies
    assert "Pick a role" in words(visitor.open("/plan/").main)


def test_a_cookie_of_another_program_on_this_machine_is_left_alone(visitor):
    visitor.client.cookies["planner"] = "theirs"
    visitor.client.cookies["plan"] = "theirs"
    visitor.open("/plan/")
    assert "private" not in visitor.answer["Cache-Control"]
    assert not visitor.send("/plan/forget/").cookies


# -- What can't be read ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["", "garbage", "x" * 8_000, "\x7f", "1.p5", '"><script>', "9999."]
)
def test_any_cookie_is_answered(visitor, text):
    visitor.client.cookies["plan-0abcdef"] = text
    for url in ("/plan/", "/careers/", "/paths/rag/l101/", "/careers/ml-engineer/"):
        visitor.open(url)
        assert visitor.answer.status_code == 200
    visitor.send("/plan/done/", lesson="101")
    assert visitor.plan.done == {101: WEEK}, "the next change mends it"


def test_of_two_cookies_one_that_is_no_plan_hides_nothing_of_the_other(visitor):
    visitor.keep(ROAD)
    visitor.client.cookies["plan-0abcdef"] = "garbage"
    page = visitor.open("/plan/")
    assert "Part of this plan is damaged" in words(page)
    assert "ML Engineer" in words(page.select_one(".roads"))


def test_a_link_of_nothing_is_no_second_plan(visitor):
    visitor.keep(ROAD)
    for text in ("hello", encode_plan(StudyPlan())):
        page = visitor.open(f"/plan/?plan={text}")
        assert not page.select("form[action='/plan/keep/'] [name=how]"), "nothing to keep instead"
    page = visitor.open("/plan/?plan=hello")
    assert "What this link carries can’t be read" in words(page)
    assert "ML Engineer" in words(page.select_one(".roads"))


def test_what_is_left_of_a_damaged_link_is_shown_and_can_be_kept(visitor):
    text = encode_plan(StudyPlan(("ml-engineer",), pace=5, done={101: 40}))[:-9]
    page = visitor.open(f"/plan/?plan={text}")
    assert "Part of this plan is damaged" in words(page)
    assert "ML Engineer" in words(page)
    assert plan_in("?plan=" + page.select_one("#place [name=plan]")["value"]) == StudyPlan(
        ("ml-engineer",), pace=5
    )


def test_a_newer_plan_says_so(visitor):
    said = "2." + encode_plan(ROAD).rpartition(".")[0].removeprefix("1.")
    page = visitor.open(f"/plan/?plan={said}.{checksum(said)}")
    assert "newer version of the site" in words(page)


def test_a_link_of_nothing_says_so(visitor):
    assert "That isn’t a plan" in words(visitor.open("/plan/?plan=hello"))


LONG = StudyPlan(tuple(f"role-{n:089}" for n in range(39)))


def test_a_merge_that_is_too_long_changes_nothing_and_leads_back(visitor):
    visitor.keep(LONG)
    before = visitor.cookies
    long = StudyPlan(tuple("ab" * 40 + str(n) for n in range(40)))
    answer = visitor.send("/plan/keep/", plan=encode_plan(long))
    assert answer.status_code == 413
    assert visitor.cookies == before
    page = BeautifulSoup(answer.content, "html.parser")
    assert "Nothing was changed" in words(page.main)
    assert page.select_one("main a.go")["href"] == "/plan/"
    assert LONGEST < 4096


def test_a_plan_in_an_address_never_grows_too_long_to_be_read(visitor, catalog):
    full = replace(LONG, roles=(*LONG.roles, "x" * 35))
    role = catalog.role("one-more-role", paths=[])
    answer = visitor.send("/plan/start/", role=role.slug, plan=encode_plan(full))
    assert answer.status_code == 413
    back = BeautifulSoup(answer.content, "html.parser").select_one("main a.go")["href"]
    assert plan_in(back) == full, "nothing is lost"


def test_in_an_address_ticks_make_room_as_they_do_in_a_browser(visitor):
    ticks = {number: frozenset(range(20)) for number in range(301, 368)}
    full = StudyPlan(("ml-engineer",), done={301: WEEK}, ticks=ticks)
    assert decode_plan(encode_plan(full)).flaw is None
    marks = [str(mark) for mark in range(20)]
    more = {"task": marks, "tick": marks, "plan": encode_plan(full)}
    plan = plan_in(visitor.send("/plan/done/", lesson="101", **more)["Location"])
    assert (plan.roles, {*plan.done}) == (("ml-engineer",), {101, 301})


# -- A form of another site --------------------------------------------------------------------

FORMS = ("start", "done", "drop", "keep", "change", "forget")


@pytest.mark.few(3)
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://testserver:8080"},
        {"Origin": "https://testserver"},
    ],
)
def test_a_form_of_another_site_is_refused(visitor, form, headers):
    visitor.keep(ROAD)
    answer = visitor.send(f"/plan/{form}/", headers, lesson="101", role="x", plan="1.rx.0000000")
    assert answer.status_code == 403
    assert not answer.cookies
    assert "Another site asked to change your plan" in answer.text
    assert visitor.plan == ROAD


def test_a_browser_that_names_the_origin_alone_is_heard(visitor):
    visitor.keep(ROAD)
    visitor.send("/plan/done/", {"Origin": "http://testserver"}, lesson="101")
    assert visitor.plan.done == {101: WEEK}


def test_a_browser_that_says_nothing_is_refused_kindly_and_has_the_link(visitor):
    visitor.keep(ROAD)
    answer = visitor.send("/plan/done/", {}, lesson="101")
    assert answer.status_code == 403
    assert f"/plan/?plan={encode_plan(ROAD)}" in answer.text
    visitor.client.cookies.clear()
    answer = visitor.send("/plan/done/", {}, lesson="101", plan=encode_plan(ROAD))
    assert plan_in(answer["Location"]).done == {101: WEEK}
    assert visitor.send("/plan/keep/", {}, plan=encode_plan(ROAD)).status_code == 403


@pytest.mark.parametrize("form", FORMS)
def test_a_link_changes_nothing(visitor, form):
    visitor.keep(ROAD)
    visitor.open(f"/plan/{form}/?lesson=101&role=x")
    assert visitor.answer.status_code == 405


# -- Caches ------------------------------------------------------------------------------------

PUBLIC = ["/", "/careers/", "/careers/ml-engineer/", "/paths/rag/", "/paths/rag/l101/", "/plan/"]


@pytest.mark.parametrize("url", PUBLIC)
def test_a_visitor_without_a_plan_gets_what_any_cache_may_keep(visitor, url):
    visitor.open(url)
    before = visitor.answer
    assert before["Cache-Control"] == PAGE
    assert not before.cookies
    assert "Cookie" not in before["Vary"]
    visitor.keep(ROAD)
    visitor.open(url)
    assert "private" in visitor.answer["Cache-Control"]
    assert "Cookie" in visitor.answer["Vary"]
    assert visitor.answer.content != before.content
    visitor.send("/plan/forget/")
    visitor.open(url)
    assert visitor.answer.content == before.content


def test_a_page_whose_address_has_a_plan_is_kept_by_no_cache(visitor):
    visitor.open(f"/careers/?plan={encode_plan(ROAD)}")
    assert "private" in visitor.answer["Cache-Control"]
