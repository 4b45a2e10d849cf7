"""Attempts to sign in: limited by account and browser, hashed one at a time, and recorded."""

import logging
import threading

import pytest
import time_machine
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils.module_loading import import_string

from careers import settings
from careers.admin.signing_in import hashing
from careers.admin.signing_in.tries import COOKIE, MOST_FAILURES
from careers.models import Outcome, SignIn
from tests.admin.editing import tree
from tests.admin.signing_in.conftest import PASSWORD

TOO_OFTEN = "Too many failed attempts. Try again in 15 minutes."


@pytest.fixture
def fail(sign_in):
    """A function that tries as many wrong passwords as are allowed, and one more."""

    def try_it(browser: Client, **more):
        for _ in range(MOST_FAILURES):
            sign_in(browser, "wrong", **more)
        return sign_in(browser, "wrong", **more)

    return try_it


def test_who_fails_too_often_waits_even_with_the_right_password(fail, sign_in, said):
    assert said(fail(Client())) == TOO_OFTEN
    assert said(sign_in(Client())) == TOO_OFTEN


def test_the_answer_to_a_try_too_many_says_when_the_next_is_taken(fail, sign_in):
    assert sign_in(Client(), "wrong").status_code == 200
    answer = fail(Client())
    assert (answer.status_code, answer["Retry-After"]) == (429, "900")


def test_nothing_is_hashed_for_who_has_to_wait(fail, monkeypatch):
    hashed = []
    monkeypatch.setattr("django.contrib.auth.authenticate", lambda *_, **__: hashed.append(1))
    monkeypatch.setattr("django.contrib.auth.forms.authenticate", lambda *_, **__: hashed.append(1))
    fail(Client())
    assert len(hashed) == MOST_FAILURES


def test_the_wait_ends(fail, sign_in):
    with time_machine.travel("2026-11-29T12:00:00Z", tick=False) as clock:
        fail(Client())
        clock.shift(15 * 60 + 1)
        assert sign_in(Client()).status_code == 302


def test_a_clock_that_was_ahead_keeps_nobody_out_once_it_is_right(fail, sign_in):
    with time_machine.travel("2026-11-29T12:00:00Z", tick=False) as clock:
        fail(Client())
        clock.shift(-60 * 60)
        assert sign_in(Client()).status_code == 302


def test_clocks_of_two_servers_may_differ_by_a_little(fail, sign_in):
    with time_machine.travel("2026-11-29T12:00:00Z", tick=False) as clock:
        fail(Client())
        clock.shift(-20)
        answer = sign_in(Client())
        assert (answer.status_code, answer["Retry-After"]) == (429, "900")


def test_a_success_begins_the_count_anew(sign_in, said):
    browser = Client()
    for _ in range(2):
        for _ in range(MOST_FAILURES - 1):
            assert "Please enter the correct username" in said(sign_in(browser, "wrong"))
        assert sign_in(browser).status_code == 302
        browser.post("/admin/logout/")


@pytest.mark.parametrize("header", ["X-Forwarded-For", "X-Real-IP", "Forwarded", "User-Agent"])
def test_no_header_dodges_it(sign_in, said, header):
    for number in range(MOST_FAILURES):
        sign_in(Client(), "wrong", headers={header: f"10.0.0.{number}"})
    assert said(sign_in(Client(), headers={header: "10.0.1.1"})) == TOO_OFTEN


@pytest.mark.parametrize("cookie", ["", "made:up", "x" * 5000])
def test_no_cookie_that_somebody_made_dodges_it(fail, sign_in, said, cookie):
    fail(Client())
    browser = Client()
    browser.cookies[COOKIE] = cookie
    assert said(sign_in(browser)) == TOO_OFTEN


def test_strangers_never_lock_out_a_browser_that_signed_in_before(sign_in, fail, said):
    mine = Client()
    sign_in(mine)
    mine.post("/admin/logout/")
    assert said(fail(Client())) == TOO_OFTEN
    assert sign_in(mine).status_code == 302


def test_a_browser_that_is_known_is_limited_as_well(sign_in, fail, said):
    mine = Client()
    sign_in(mine)
    mine.post("/admin/logout/")
    assert said(fail(mine)) == TOO_OFTEN


def test_a_browser_is_known_for_one_account(sign_in, fail, said):
    User.objects.create_superuser("bob", password=PASSWORD)
    bobs = Client()
    sign_in(bobs, name="bob")
    bobs.post("/admin/logout/")
    fail(Client())
    assert said(sign_in(bobs)) == TOO_OFTEN


def test_other_accounts_are_not_locked(fail, sign_in):
    User.objects.create_superuser("bob", password=PASSWORD)
    fail(Client())
    assert sign_in(Client(), name="bob").status_code == 302


def test_a_name_that_nobody_has_is_treated_as_one_that_somebody_has(fail, said, ada):
    answers = {said(fail(Client(), name=name)) for name in ("ada", "nobody")}
    assert answers == {TOO_OFTEN}


def test_the_cookie_is_of_the_admin_alone(sign_in):
    browser = Client()
    sign_in(browser)
    cookie = browser.cookies[COOKIE]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/admin/", True, "Lax")


def test_who_logs_in_on_the_way_is_limited_too(fail, ada, said):
    fail(Client())
    sent = {"_log_in_name": "ada", "_log_in_password": PASSWORD, "title": "x"}
    answer = Client().post("/admin/careers/role/add/", sent)
    assert (answer.status_code, answer["Retry-After"]) == (429, "900")
    assert TOO_OFTEN in said(answer)


# -- One hash at a time -----------------------------------------------------------------------


@pytest.fixture
def hashing_elsewhere():
    """Have another thread hash a password until the end of the test, or until the event is set."""
    begun, end = threading.Event(), threading.Event()

    def hash_on() -> None:
        with hashing.hashing_turn(1):
            begun.set()
            end.wait(60)

    thread = threading.Thread(target=hash_on)
    thread.start()
    begun.wait(60)
    yield end
    end.set()
    thread.join()


def test_a_stranger_does_not_wait_while_another_thread_hashes(sign_in, said, hashing_elsewhere):
    answer = sign_in(Client())
    assert (answer.status_code, answer["Retry-After"]) == (429, "2")
    assert "Somebody else is signing in" in answer.text
    assert not SignIn.objects.exists()


def test_what_was_typed_stays_where_another_thread_hashes(ada, said, hashing_elsewhere):
    sent = {"_log_in_name": "ada", "_log_in_password": PASSWORD, "title": "Typed for an hour"}
    answer = Client().post("/admin/careers/background/add/", sent)
    assert said(answer) == "Somebody else is signing in. Try again in a few seconds."
    assert (answer.status_code, answer["Retry-After"]) == (429, "2")
    assert tree(answer).select_one("input[name=title]")["value"] == "Typed for an hour"


def test_a_browser_that_is_known_waits_for_its_turn(sign_in, hashing_elsewhere):
    mine = Client()
    hashing_elsewhere.set()
    while sign_in(mine).status_code != 302:
        pass
    mine.post("/admin/logout/")
    begun, end = threading.Event(), threading.Event()

    def hash_on() -> None:
        with hashing.hashing_turn(1):
            begun.set()
            end.wait(0.3)

    thread = threading.Thread(target=hash_on)
    thread.start()
    begun.wait(60)
    assert sign_in(mine).status_code == 302
    thread.join()


def test_passwords_are_hashed_one_at_a_time_wherever_it_is(hashing_elsewhere):
    hasher = hashing.OneAtATimePasswordHasher()
    hasher.iterations = 1
    done = threading.Event()
    other = threading.Thread(target=lambda: (hasher.encode("x", "salt"), done.set()))
    other.start()
    assert not done.wait(0.1)
    hashing_elsewhere.set()
    assert done.wait(60)
    other.join()


def test_digests_are_those_of_the_framework():
    mine, theirs = hashing.OneAtATimePasswordHasher(), PBKDF2PasswordHasher()
    assert mine.encode("x", "salt", 1) == theirs.encode("x", "salt", 1)
    assert import_string(settings.PASSWORD_HASHERS[0]) is hashing.OneAtATimePasswordHasher


# -- Recorded ---------------------------------------------------------------------------------


def test_the_log_says_who_signed_in_and_who_was_refused(sign_in, caplog):
    caplog.set_level(logging.INFO, "careers.sign_in")
    sign_in(Client(), "wrong")
    sign_in(Client(), "a password", name="secret that was typed here")
    sign_in(Client())
    assert [(record.levelname, record.getMessage()) for record in caplog.records] == [
        ("WARNING", "ada: refused: name or password, from 127.0.0.1"),
        ("WARNING", "an unknown name: refused: name or password, from 127.0.0.1"),
        ("INFO", "ada: signed in, from 127.0.0.1"),
    ]


def test_the_audit_keeps_it_for_half_a_year(sign_in, ada):
    with time_machine.travel("2026-01-01"):
        sign_in(Client(), "wrong")
    with time_machine.travel("2026-05-01"):
        sign_in(Client(), headers={"X-Forwarded-For": "203.0.113.7"})
        kept = list(SignIn.objects.values_list("user__username", "outcome", "forwarded_for"))
    assert kept == [("ada", "in", "203.0.113.7"), ("ada", "password", "")]
    with time_machine.travel("2026-08-01"):
        sign_in(Client())
    assert SignIn.objects.filter(outcome=Outcome.WRONG_PASSWORD).count() == 0


def test_the_audit_can_be_read_and_not_changed(sign_in, editor, ada):
    sign_in(Client(), "wrong")
    page = tree(editor.get(reverse("admin:careers_signin_changelist")))
    assert "refused: name or password" in page.text
    one = reverse("admin:careers_signin_change", args=[SignIn.objects.get().pk])
    assert not tree(editor.get(one)).select("input[type=submit]")
    assert editor.post(one, {"outcome": "in"}).status_code == 403
    assert editor.get(reverse("admin:careers_signin_add")).status_code == 403


def test_what_was_typed_as_a_name_is_nowhere(sign_in):
    sign_in(Client(), "wrong", name="my-password-by-mistake")
    assert "mistake" not in str(SignIn.objects.values().get())


# -- Where a login leads ----------------------------------------------------------------------


@pytest.mark.parametrize("foreign", ["https://evil.example/", "//evil.example", "javascript:1"])
def test_a_foreign_next_leads_to_the_admin(sign_in, foreign):
    answer = sign_in(Client(), sent={"next": foreign})
    assert (answer.status_code, answer["Location"]) == (302, "/admin/")


def test_sessions_end_when_the_password_changes(sign_in, ada):
    here, there = Client(), Client()
    for browser in (here, there):
        sign_in(browser)
    new = "another horse battery"
    sent = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    assert here.post("/admin/password_change/", sent).status_code == 302
    assert here.get("/admin/").status_code == 200
    assert there.get("/admin/").status_code == 302
