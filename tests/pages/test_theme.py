import pytest
from bs4 import BeautifulSoup
from django.test import Client

from careers.pages.freshness import PAGE


def choose(client, theme: str, back: str = "/careers/"):
    return client.post("/theme/", {"theme": theme, "next": back})


def test_a_visitor_who_chose_nothing_follows_the_system(client, db):
    assert "data-theme" not in client.get("/careers/").text


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_choice_is_remembered_and_brings_the_visitor_back(client, db, theme):
    response = choose(client, theme, "/careers/?page=2")
    assert (response.status_code, response["Location"]) == (303, "/careers/?page=2")
    assert f'data-theme="{theme}"' in client.get("/careers/").text


def test_choosing_the_system_again_forgets_the_cookie(client, db):
    choose(client, "dark")
    assert choose(client, "system").cookies["theme"]["max-age"] == 0
    assert "data-theme" not in client.get("/careers/").text


def test_only_a_chooser_gets_pages_that_depend_on_a_cookie(client, db):
    before = client.get("/careers/")
    assert before["Cache-Control"] == PAGE
    choose(client, "dark")
    after = client.get("/careers/")
    assert "Cookie" in after["Vary"]
    assert "private" in after["Cache-Control"]


def test_the_pressed_button_says_which_choice_holds(client, db):
    choose(client, "dark")
    page = BeautifulSoup(client.get("/careers/").content, "html.parser")
    pressed = page.find_all("button", attrs={"aria-pressed": "true"})
    assert [button["value"] for button in pressed] == ["dark"]


@pytest.mark.parametrize("theme", ["", "purple", '"><script>', "\0", "a" * 10_000])
def test_a_choice_that_is_none_is_no_choice(client, db, theme):
    assert choose(client, theme).status_code == 303
    client.cookies["theme"] = theme.replace("\0", "")
    assert "data-theme" not in client.get("/careers/").text


@pytest.mark.parametrize(
    "back",
    ["https://evil.example/", "//evil.example", "javascript:alert(1)", "", "\\\\evil.example"],
)
def test_nobody_is_sent_to_another_site(client, db, back):
    assert choose(client, "dark", back)["Location"] == "/"


def test_a_choice_needs_no_token_and_sets_none(db):
    response = choose(Client(enforce_csrf_checks=True), "dark")
    assert list(response.cookies) == ["theme"]


def test_a_link_does_not_choose(client, db):
    assert client.get("/theme/").status_code == 405


@pytest.mark.parametrize("referer", ["http://[", "http://a\u2100b/", "", "nonsense"])
def test_a_referer_that_can_not_be_read_harms_nothing(client, referer):
    sent = {"theme": "dark", "next": "/paths/"}
    answer = client.post("/theme/", sent, headers={"referer": referer})
    assert (answer.status_code, answer["Location"]) == (303, "/paths/")


def test_the_way_back_is_the_page_that_the_browser_names(client):
    sent = {"theme": "dark", "next": "/paths/"}
    there = {"referer": "http://testserver/careers/?q=ml"}
    assert client.post("/theme/", sent, headers=there)["Location"] == "/careers/?q=ml"
    elsewhere = {"referer": "http://evil.example/careers/"}
    assert client.post("/theme/", sent, headers=elsewhere)["Location"] == "/paths/"


@pytest.mark.parametrize(
    ("page", "back"),
    [
        *(("/plan/start/", "/plan/"), ("/plan/done/?lesson=101", "/plan/")),
        *(("/theme/", "/"), ("/plan/", "/plan/"), ("/nowhere/", "/nowhere/")),
    ],
)
def test_nobody_is_sent_to_an_address_that_takes_forms_only(client, db, page, back):
    named = client.post(
        "/theme/", {"theme": "dark"}, headers={"referer": f"http://testserver{page}"}
    )
    assert named["Location"] == back
    assert choose(client, "dark", page)["Location"] == back


def test_colors_can_be_chosen_on_the_page_of_a_refused_form(client, db):
    elsewhere = {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}
    refused = client.post("/plan/start/", {"role": "x"}, headers=elsewhere)
    form = BeautifulSoup(refused.text, "html.parser").select_one("form.themes")
    sent = {"theme": "dark", "next": form.select_one("[name=next]")["value"]}
    there = {"referer": "http://testserver/plan/start/"}
    page = client.post(form["action"], sent, headers=there, follow=True)
    assert (page.status_code, page.redirect_chain[-1][0]) == (200, "/plan/")
    assert 'data-theme="dark"' in page.text
