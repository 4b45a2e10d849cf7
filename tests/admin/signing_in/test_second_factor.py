"""The second factor: required or not, set up, used, lost, and never bypassed."""

import datetime
import re
from io import StringIO

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import Client
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from careers.admin.signing_in.tries import COOKIE, MOST_FAILURES
from careers.models import SignIn
from tests.admin.editing import tree
from tests.admin.signing_in.conftest import PASSWORD

PAGE = "/admin/second-factor/"
NOON = datetime.datetime(2026, 11, 29, 12, tzinfo=datetime.UTC)


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def required(settings):
    settings.SECOND_FACTOR_REQUIRED = True


def code_of(device: TOTPDevice, clock) -> str:
    """Return the app's next code, half a minute later, as each code works only once."""
    clock.shift(31)
    totp = TOTP(device.bin_key)
    totp.time = datetime.datetime.now(datetime.UTC).timestamp()
    return f"{totp.token():06}"


@pytest.fixture
def set_up(sign_in, clock):
    """A function that signs in and sets up an app. Returns client, device and recovery codes."""

    def setting_up() -> tuple[Client, TOTPDevice, list[str]]:
        browser = Client()
        sign_in(browser)
        browser.get(PAGE)
        device = TOTPDevice.objects.get(confirmed=False)
        page = browser.post(PAGE, {"code": code_of(device, clock)})
        codes = [code.text for code in tree(page).select(".codes code")]
        return browser, TOTPDevice.objects.get(confirmed=True), codes

    return setting_up


@pytest.fixture(params=["without an app", "with an app"])
def on_the_page(request, sign_in, set_up) -> Client:
    """A client on the page for setting up or changing an app."""
    browser = Client()
    if request.param == "with an app":
        browser, *_ = set_up()
    else:
        sign_in(browser)
    return browser


# -- The first time ---------------------------------------------------------------------------


def test_where_it_is_required_nobody_gets_in_without(required, sign_in):
    browser = Client()
    assert sign_in(browser)["Location"] == "/admin/"
    for address in ("/admin/", "/admin/careers/role/", "/admin/auth/user/", "/admin/history/"):
        answer = browser.get(address, follow=True)
        assert answer.request["PATH_INFO"] == PAGE, address
    assert browser.post("/admin/careers/role/add/", {"title": "x"}).status_code in {302, 403}


def test_who_sets_it_up_gets_in_and_codes_for_recovery(required, set_up):
    browser, _, codes = set_up()
    assert browser.get("/admin/").status_code == 200
    assert len(set(codes)) == 10
    assert all(re.fullmatch(r"([a-z2-9]{4}-){2}[a-z2-9]{4}", code) for code in codes)


def test_the_way_goes_on_to_where_it_was_going(required, sign_in, clock):
    browser = Client()
    sign_in(browser)
    page = browser.get("/admin/careers/role/", follow=True)
    address = page.request["PATH_INFO"] + "?" + page.request["QUERY_STRING"]
    device = TOTPDevice.objects.get()
    done = tree(browser.post(address, {"code": code_of(device, clock)}))
    assert done.select_one(".factor a.button")["href"] == "/admin/careers/role/"


def test_a_wrong_code_sets_nothing_up(required, sign_in, said):
    browser = Client()
    sign_in(browser)
    assert "That isn’t the code" in said(browser.post(PAGE, {"code": "000000"}))
    assert not TOTPDevice.objects.filter(confirmed=True).exists()
    assert browser.get("/admin/").status_code == 302


def test_the_page_has_what_an_app_scans_and_what_is_typed(required, sign_in):
    browser = Client()
    sign_in(browser)
    page = tree(browser.get(PAGE))
    assert page.select_one(".scan svg path")
    assert re.fullmatch(r"([A-Z2-7]{4} ){7}[A-Z2-7]{4}", page.select_one(".secret").text)


def test_who_cannot_set_it_up_now_logs_out(required, sign_in):
    """All other pages of the admin lead back here, for example on somebody else's computer."""
    browser = Client()
    sign_in(browser)
    button = tree(browser.get(PAGE)).select_one("form button:-soup-contains('Log out')")
    assert button
    left = browser.post(PAGE, {button["name"]: button["value"]})
    assert (left.status_code, left["Location"]) == (302, "/admin/login/")
    assert "_auth_user_id" not in browser.session
    assert not TOTPDevice.objects.filter(confirmed=True).exists()
    assert browser.get(PAGE)["Location"].startswith("/admin/login/")


def test_who_is_let_in_logs_out_as_everywhere(sign_in):
    browser = Client()
    sign_in(browser)
    assert len(tree(browser.get(PAGE)).select("button:-soup-contains('Log out')")) == 1


def test_the_secret_stays_the_same_until_it_is_set_up(required, sign_in):
    browser = Client()
    sign_in(browser)
    first, second = (tree(browser.get(PAGE)).select_one(".secret").text for _ in range(2))
    assert first == second


def test_on_ones_own_machine_nobody_has_to(sign_in):
    browser = Client()
    sign_in(browser)
    page = tree(browser.get("/admin/"))
    assert page.select_one(f"#user-tools a[href='{PAGE}']")


@pytest.mark.parametrize("who", ["nobody", "no editor"])
def test_the_page_is_for_editors(required, ada, who):
    browser = Client()
    if who == "no editor":
        browser.force_login(User.objects.create(username="visitor"))
    answer = browser.get(PAGE)
    assert (answer.status_code, answer["Location"]) == (302, f"/admin/login/?next={PAGE}")


# -- Signing in with it -----------------------------------------------------------------------


def test_with_one_a_password_alone_opens_nothing(set_up, sign_in, said):
    set_up()
    browser = Client()
    assert said(sign_in(browser)) == "Type the code that your app shows now."
    assert browser.get("/admin/").status_code == 302


def test_with_one_a_password_and_a_code_sign_in(set_up, sign_in, clock):
    _, device, _ = set_up()
    browser = Client()
    answer = sign_in(browser, sent={"code": f" {code_of(device, clock)[:3]} "})
    assert answer.status_code == 200
    code = code_of(device, clock)
    assert sign_in(browser, sent={"code": f"{code[:3]} {code[3:]}"}).status_code == 302
    assert browser.get("/admin/").status_code == 200


def test_a_code_is_good_once(set_up, sign_in, clock, said):
    _, device, _ = set_up()
    code = code_of(device, clock)
    assert sign_in(Client(), sent={"code": code}).status_code == 302
    assert "Each works once" in said(sign_in(Client(), sent={"code": code}))


def test_a_code_for_recovery_is_good_once_however_it_is_written(set_up, sign_in, said):
    _, _, codes = set_up()
    written = codes[0].replace("-", " ").upper()
    assert sign_in(Client(), sent={"code": written}).status_code == 302
    assert "Each works once" in said(sign_in(Client(), sent={"code": codes[0]}))
    assert sign_in(Client(), sent={"code": codes[1]}).status_code == 302


def test_somebody_elses_code_is_wrong(set_up, sign_in, said):
    _, _, codes = set_up()
    bob = User.objects.create_superuser("bob", password=PASSWORD)
    TOTPDevice.objects.create(user=bob, confirmed=True)
    assert "That isn’t the code" in said(sign_in(Client(), name="bob", sent={"code": codes[0]}))


@pytest.mark.parametrize("code", ["x" * 5000, "１２３４５６", "-1", "1e5", "\x00", "null"])
def test_no_code_that_is_typed_breaks_it(set_up, sign_in, code):
    set_up()
    assert sign_in(Client(), sent={"code": code}).status_code == 200


def test_wrong_codes_are_limited_and_lock_no_known_browser_out(set_up, sign_in, clock, said):
    mine, device, _ = set_up()
    stranger = Client()
    for _ in range(MOST_FAILURES):
        sign_in(stranger, sent={"code": "000000"})
    assert "Too many failed attempts" in said(
        sign_in(stranger, sent={"code": code_of(device, clock)})
    )
    assert COOKIE in mine.cookies
    mine.post("/admin/logout/")
    assert sign_in(mine, sent={"code": code_of(device, clock)}).status_code == 302


def test_who_is_signed_in_elsewhere_without_it_is_signed_out(sign_in, set_up):
    elsewhere = Client()
    sign_in(elsewhere)
    assert elsewhere.get("/admin/").status_code == 200
    set_up()
    assert elsewhere.get("/admin/").status_code == 302


def test_who_logs_in_on_the_way_gives_the_code_too(set_up, catalog, clock, said):
    _, device, _ = set_up()
    sent = {"_log_in_name": "ada", "_log_in_password": PASSWORD, "title": "x"}
    browser, address = Client(), "/admin/careers/background/add/"
    without = browser.post(address, sent)
    assert (without.status_code, "Type the code" in said(without)) == (403, True)
    assert tree(without).select_one("input[name=_log_in_code]")
    assert not tree(without).select("input[type=hidden][name=_log_in_code]")
    assert browser.post(address, sent | {"_log_in_code": code_of(device, clock)}).status_code == 200


# -- Changing it ------------------------------------------------------------------------------


def test_new_codes_take_the_place_of_the_old(set_up, sign_in, clock):
    browser, device, codes = set_up()
    page = browser.post(PAGE, {"code": code_of(device, clock), "change": "codes"})
    fresh = [code.text for code in tree(page).select(".codes code")]
    assert not set(codes) & set(fresh)
    assert sign_in(Client(), sent={"code": codes[0]}).status_code == 200
    assert sign_in(Client(), sent={"code": fresh[0]}).status_code == 302


def test_another_app_takes_the_place_of_the_first_once_it_shows_a_code(set_up, sign_in, clock):
    browser, first, _ = set_up()
    answer = browser.post(PAGE, {"code": code_of(first, clock), "change": "app"})
    second = TOTPDevice.objects.get(confirmed=False)
    assert sign_in(Client(), sent={"code": code_of(first, clock)}).status_code == 302
    browser.post(answer["Location"], {"code": code_of(second, clock)})
    assert list(TOTPDevice.objects.values_list("pk", "confirmed")) == [(second.pk, True)]
    assert browser.get("/admin/").status_code == 200


@pytest.mark.parametrize(("seconds", "left"), [(0, "15 minutes"), (14 * 60 + 1, "1 minute")])
def test_who_types_wrong_codes_on_the_page_is_told_how_long_to_wait(
    on_the_page, said, clock, seconds, left
):
    for _ in range(MOST_FAILURES):
        on_the_page.post(PAGE, {"code": "000000"})
    clock.shift(seconds)
    answer = on_the_page.post(PAGE, {"code": "000000"})
    assert said(answer) == f"Too many failed attempts. Try again in {left}."
    assert (answer.status_code, answer["Retry-After"]) == (429, str(60 * int(left.split()[0])))


@pytest.mark.parametrize("change", ["codes", "app", "off"])
def test_nothing_changes_without_a_code(set_up, said, change):
    browser, device, codes = set_up()
    assert "That isn’t the code" in said(browser.post(PAGE, {"code": "", "change": change}))
    assert list(TOTPDevice.objects.values_list("pk")) == [(device.pk,)]
    assert StaticToken.objects.count() == len(codes)
    assert not tree(browser.get(f"{PAGE}?another")).select(".scan")


def test_it_can_be_turned_off_where_it_is_not_required(set_up, sign_in, clock, settings):
    browser, device, _ = set_up()
    settings.SECOND_FACTOR_REQUIRED = True
    assert not tree(browser.get(PAGE)).select("button[value=off]")
    browser.post(PAGE, {"code": code_of(device, clock), "change": "off"})
    assert TOTPDevice.objects.filter(confirmed=True).exists()
    settings.SECOND_FACTOR_REQUIRED = False
    browser.post(PAGE, {"code": code_of(device, clock), "change": "off"})
    assert not TOTPDevice.objects.exists()
    assert sign_in(Client()).status_code == 302


def test_who_lost_everything_is_let_in_by_who_has_a_shell(required, set_up, sign_in):
    browser, _, _ = set_up()
    out = StringIO()
    call_command("forget_second_factor", "ada", stdout=out)
    assert out.getvalue() == "ada no longer has a second factor.\n"
    assert browser.get("/admin/", follow=True).request["PATH_INFO"] == PAGE
    assert sign_in(Client()).status_code == 302
    with pytest.raises(CommandError, match="Nobody is called bob"):
        call_command("forget_second_factor", "bob")


# -- What is stored ---------------------------------------------------------------------------


def test_the_database_has_no_code_that_could_be_typed(set_up):
    _, _, codes = set_up()
    kept = set(StaticToken.objects.values_list("token", flat=True))
    assert not kept & {code.replace("-", "") for code in codes}


def test_no_page_of_the_admin_shows_what_opens_an_account(set_up):
    browser, device, _ = set_up()
    for app in ("otp_totp/totpdevice", "otp_static/staticdevice"):
        assert browser.get(f"/admin/{app}/").status_code == 404
    assert device.key not in browser.get(PAGE).text


def test_the_audit_says_what_changed(set_up, clock):
    browser, device, _ = set_up()
    browser.post(PAGE, {"code": code_of(device, clock), "change": "codes"})
    assert list(SignIn.objects.values_list("outcome", flat=True)) == ["codes", "set-up", "in"]


def test_nothing_stands_inline_where_the_policy_forbids_it(sign_in, set_up):
    fresh = Client()
    sign_in(fresh)
    pages = [Client().get("/admin/login/"), fresh.get(PAGE)]
    pages.append(set_up()[0].get(PAGE))
    for answer in pages:
        page = tree(answer)
        assert not page.select("style, [style], script:not([src])")
        assert not [t for t in page.find_all() if any(name.startswith("on") for name in t.attrs)]
        assert "no-store" in answer["Cache-Control"]
