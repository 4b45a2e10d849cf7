"""Pages in real Chromium, against a live server. What a page complains of fails its test."""

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from itertools import product

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth.models import User
from django.db import connections
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

# Playwright keeps an event loop in the test's thread, which Django takes for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# Without a window it takes 0.6 of the time, and does the same.
CHROMIUM = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PATIENCE = 10_000  # milliseconds
EDITOR = {"username": "editor", "is_staff": True, "is_superuser": True}
# How Chromium reports that it shows a page without the transition that its style sheet asks for,
# because the sheet came late. There may be no script at all on the page.
NO_TRANSITION = "Transition was aborted because of invalid state. "
# How Chromium and htmx report an answer that isn't one.
OVERTAKEN = ("htmx:sendAbort", "htmx:afterRequest")  # a request that a newer one replaced
REFUSALS = ("Failed to load resource", "Response Status Error Code", "htmx:")
VIOLATIONS = """document.addEventListener("securitypolicyviolation", event =>
    console.error(`CSP: ${event.violatedDirective} ${event.blockedURI}`))"""

# What axe-core is asked: WCAG 2.2 A and AA, AAA for the contrast of text, and what its authors call
# best practice. To measure contrast takes longer than all else: text is measured once, by AAA. Only
# what breaks a rule is told in full, which takes half the time.
AXE = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"color-contrast-enhanced": {"enabled": True}, "color-contrast": {"enabled": False}},
    "resultTypes": ["violations"],
}
# The rule for AAA leaves what breaks AA to the rule for AA, unless it is told to take all of it.
AXE_CONTRAST = {
    "id": "color-contrast-enhanced",
    "options": {
        "ignoreUnicode": True,
        "ignoreLength": False,
        "ignorePseudo": False,
        "boldValue": 700,
        "boldTextPt": 14,
        "largeTextPt": 18,
        "pseudoSizeThreshold": 0.25,
        "shadowOutlineEmMax": 0.2,
        "textStrokeEmMin": 0.03,
        "contrastRatio": {
            "normal": {"expected": 7, "minThreshold": 0},
            "large": {"expected": 4.5, "minThreshold": 0},
        },
    },
}
# Of the editors' pages: much of what they look like is Django's, which doesn't aim at AAA.
AXE_FOR_EDITORS = {name: AXE[name] for name in ("runOnly", "resultTypes")}
# Colors that fade into another scheme's would be measured on their way. What turns without end, as
# a sign that something is busy does, is not waited for.
FADED = """Promise.allSettled(document.getAnimations()
    .filter(each => each instanceof CSSTransition).map(each => each.finished))"""
# What watches the sizes of things hears of a new one when the next frame is drawn.
DRAWN = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done())))"
LOOKS = tuple(product(("light", "dark"), (1280, 320)))  # a scheme and a width in pixels
# Each scheme and each width once. The style guide, with every component, is asked in all looks.
TWO_LOOKS = (("light", 1280), ("dark", 320))


def find_chromium() -> str:
    """The browser of this machine. Tests fail without one: pages have to be seen."""
    found = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if not found:
        pytest.fail(
            "no Chromium found: on Debian, apt-get install chromium-headless-shell", pytrace=False
        )
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of a process."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
        yield chromium
        chromium.close()
        connections.close_all()  # to Django a thread with an event loop is another, with its own


CONTEXTS = pytest.StashKey[list[BrowserContext]]()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> None:
    """Close the pages before any fixture ends: the database does, and they may still be loading."""
    for context in item.stash.get(CONTEXTS, []):
        context.close()


@pytest.fixture
def watch() -> Callable[..., None]:
    """Collect what all pages of a context complain of, tabs that they open included.

    A violation of the policy is heard as the event that it is as well: how a browser words it on
    the console is its own affair.
    """

    def watching(context: BrowserContext, complaints: list[str], *, refused: bool = False) -> None:
        def fail(error) -> None:
            if not str(error.error).startswith(NO_TRANSITION):
                complaints.append(str(error.error))

        def listen(message) -> None:
            refusal = refused and message.text.startswith(REFUSALS)
            expected = refusal or message.text.startswith(OVERTAKEN)
            if message.type in {"error", "warning"} and not expected:
                complaints.append(f"{message.type}: {message.text}")

        context.on("weberror", fail)
        context.on("console", listen)
        context.add_init_script(VIOLATIONS)

    return watching


@pytest.fixture
def open_page(request, browser, watch) -> Iterator:
    """Make a page with settings of its own (of Browser.new_context).

    An error or a violation of the content security policy on any page fails the test. A page that
    is meant to be refused is opened with `refused=True`, which lets the browser report the refusal.
    """
    contexts = request.node.stash[CONTEXTS] = []
    complaints: list[str] = []

    def make(*, refused: bool = False, **settings) -> Page:
        context = browser.new_context(**settings)
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        watch(context, complaints, refused=refused)
        return context.new_page()

    yield make
    assert not complaints


@pytest.fixture
def open_signed_in(open_page, live_server, transactional_db):
    """Open a browser in which an editor is signed in. No password: hashing one takes its time."""

    def make(**options):
        page = open_page(base_url=live_server.url, **options)
        client = Client()
        client.force_login(User.objects.create(**EDITOR))
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}
        page.context.add_cookies([cookie])
        return page

    return make


@pytest.fixture
def page(open_page) -> Page:
    """A page as a visitor with a desktop has it."""
    return open_page(viewport={"width": 1280, "height": 900})


@pytest.fixture
def large_letters(browser) -> Iterator[Page]:
    """A page of a phone whose owner has letters twice as large. Media queries hear of it."""
    launched = browser.browser_type.launch(
        executable_path=find_chromium(), args=[*ARGUMENTS, "--blink-settings=defaultFontSize=32"]
    )
    yield launched.new_page(viewport={"width": 360, "height": 740})
    launched.close()


@pytest.fixture
def page_without_javascript(open_page) -> Page:
    """A page that runs no script."""
    return open_page(java_script_enabled=False, viewport={"width": 1280, "height": 900})


@pytest.fixture(scope="session")
def reading_server(django_db_setup) -> Iterator[LiveServer]:
    """A live server beside pytest-django's: whoever asks for that has all tables flushed."""
    before = {*threading.enumerate()}
    server = LiveServer("localhost")
    yield server
    server.stop()
    for answering in {*threading.enumerate()} - before:  # each has a connection to the database
        answering.join(timeout=5)


@pytest.fixture
def site(real_catalog, reading_server) -> str:
    """The address of a live site with this repository's catalog, for tests that only read it.

    While one runs, its own transaction keeps others from writing to SQLite.
    """
    return reading_server.url


@pytest.fixture(scope="session")
def barriers() -> Callable[..., list[str]]:
    """What axe-core finds on a page as it stands: in some looks, without loading it again."""

    def find(page: Page, looks=TWO_LOOKS, asked=AXE) -> list[str]:
        if not page.evaluate("'axe' in window"):
            page.evaluate(Axe().axe_script)
            page.evaluate("check => axe.configure({checks: [check]})", AXE_CONTRAST)
        found = []
        for scheme, width in looks:
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            page.set_viewport_size({"width": width, "height": 800})
            page.evaluate(FADED)
            page.evaluate(DRAWN)
            broken = page.evaluate("options => axe.run(document, options)", asked)["violations"]
            found += [
                f"{scheme}, {width} px: {rule['id']}: {node['html']}"
                for rule in broken
                for node in rule["nodes"]
            ]
        return found

    return find
