"""A new password by mail, where the site can send one."""

import re

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse
from django_otp.plugins.otp_totp.models import TOTPDevice

from careers.models import SignIn
from tests.admin.editing import tree
from tests.admin.signing_in.conftest import PASSWORD

ASK = "/admin/password_reset/"
NEW = "another horse battery"


@pytest.fixture
def _mail(settings):
    settings.SENDS_MAIL = True
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
    mail.outbox.clear()


@pytest.fixture
def ada(ada):
    ada.email = "ada@example.org"
    ada.save()
    return ada


def follow(link: str) -> tuple[Client, str]:
    """Open a link from a mail. Return the client, and the address of the form it leads to."""
    browser = Client()
    return browser, browser.get(link)["Location"]


@pytest.mark.usefixtures("_mail")
def test_a_link_in_a_mail_leads_to_a_new_password(ada, sign_in):
    assert tree(Client().get("/admin/login/")).select_one(f"a[href='{ASK}']")
    assert Client().post(ASK, {"email": "ada@example.org"}).status_code == 302
    (sent,) = mail.outbox
    assert sent.to == ["ada@example.org"]
    assert sent.subject == "A new password for testserver"
    link = re.search(r"http://testserver(/admin/reset/\S+)", sent.body)[1]
    browser, form = follow(link)
    assert tree(browser.get(form)).select_one("input[name=new_password1]")
    done = browser.post(form, {"new_password1": NEW, "new_password2": NEW}, follow=True)
    assert done.status_code == 200
    assert tree(done).select_one(f"a[href='{reverse('admin:login')}']")
    assert sign_in(Client(), NEW).status_code == 302
    assert sign_in(Client(), PASSWORD).status_code == 200
    assert tree(Client().get(link)).select_one("input[name=new_password1]") is None
    outcomes = list(SignIn.objects.values_list("outcome", flat=True))
    assert outcomes == ["password", "in", "changed", "asked"]


@pytest.mark.usefixtures("_mail")
def test_sessions_end_with_it_and_the_second_factor_stays(ada, sign_in, said):
    elsewhere = Client()
    sign_in(elsewhere)
    TOTPDevice.objects.create(user=ada, confirmed=True)
    Client().post(ASK, {"email": "ada@example.org"})
    browser, form = follow(re.search(r"/admin/reset/\S+", mail.outbox[0].body)[0])
    browser.post(form, {"new_password1": NEW, "new_password2": NEW})
    assert elsewhere.get("/admin/").status_code == 302
    assert browser.get("/admin/").status_code == 302
    assert said(sign_in(browser, NEW)) == "Type the code that your app shows now."


@pytest.mark.usefixtures("_mail")
def test_nothing_is_said_of_whether_an_address_is_known(ada):
    answers = [Client().post(ASK, {"email": each}) for each in ("ada@example.org", "bob@x.org")]
    assert len({(answer.status_code, answer["Location"]) for answer in answers}) == 1
    assert len(mail.outbox) == 1


@pytest.mark.usefixtures("_mail")
def test_nobodys_inbox_is_filled(ada):
    with time_machine.travel("2026-11-29T12:00:00Z", tick=False) as clock:
        for _ in range(5):
            Client().post(ASK, {"email": "ada@example.org"})
        assert len(mail.outbox) == 3
        clock.shift(3601)
        Client().post(ASK, {"email": "ada@example.org"})
        assert len(mail.outbox) == 4


@pytest.mark.usefixtures("_mail")
def test_who_is_no_editor_gets_no_mail(django_user_model):
    django_user_model.objects.create_user("visitor", email="v@example.org", password=PASSWORD)
    Client().post(ASK, {"email": "v@example.org"})
    assert not mail.outbox


def test_a_site_that_sends_no_mail_offers_none(ada):
    assert not tree(Client().get("/admin/login/")).select(f"a[href='{ASK}']")
    for address in (ASK, f"{ASK}done/", "/admin/reset/x/y/", "/admin/reset/done/"):
        assert Client().get(address).status_code == 404


@pytest.mark.usefixtures("_mail")
def test_nothing_stands_inline_where_the_policy_forbids_it(ada):
    Client().post(ASK, {"email": "ada@example.org"})
    browser, form = follow(re.search(r"/admin/reset/\S+", mail.outbox[0].body)[0])
    for answer in (browser.get(ASK), browser.get(f"{ASK}done/"), browser.get(form)):
        page = tree(answer)
        assert "AI Careers" in page.header.text
        assert not page.select("style, [style], script:not([src])")


def test_changing_ones_password_is_written_down(ada, sign_in):
    browser = Client()
    sign_in(browser)
    sent = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW}
    browser.post("/admin/password_change/", sent)
    assert SignIn.objects.first().outcome == "changed"


@pytest.mark.usefixtures("_mail", "db")
@pytest.mark.parametrize("url", [ASK, f"{ASK}done/", "/admin/reset/eA/x-y/", "/admin/reset/done/"])
def test_no_cache_keeps_its_pages(url):
    answer = Client().get(url)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert "public" not in answer["Cache-Control"]
