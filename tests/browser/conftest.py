"""Pages in real Chromium, from a live server. An error or warning on its console fails a test."""

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

# Playwright runs an event loop in the test's thread, so Django takes tests for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# The headless shell comes first: it does the same in 0.6 of the time.
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
# Chromium's report that it skipped a page's transition, because the style sheet that asks for it
# came late. It is no script's error: the page may have none.
NO_TRANSITION = "Transition was aborted because of invalid state. "
# How Chromium and htmx report requests that were refused or overtaken.
OVERTAKEN = ("htmx:sendAbort", "htmx:afterRequest")  # a request that a newer one replaced
REFUSALS = ("Failed to load resource", "Response Status Error Code", "htmx:")
VIOLATIONS = """document.addEventListener("securitypolicyviolation", event =>
    console.error(`CSP: ${event.violatedDirective} ${event.blockedURI}`))"""

# What axe-core checks: WCAG 2.2 A and AA, AAA for the contrast of text, and its authors' best
# practices. Measuring contrast takes longer than all else, so text is measured once, for AAA. Only
# violations are reported in full, which halves the time.
AXE = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"color-contrast-enhanced": {"enabled": True}, "color-contrast": {"enabled": False}},
    "resultTypes": ["violations"],
}
# By default, the AAA rule skips text that fails AA, as the AA rule reports it. Here it skips none.
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
# For the editors' pages: much of their look is Django's, which doesn't aim at AAA.
AXE_FOR_EDITORS = {name: AXE[name] for name in ("runOnly", "resultTypes")}
# Wait for transitions, or else colors would be measured while they fade into another scheme's.
# Animations are not waited for: a busy sign turns without end.
FADED = """Promise.allSettled(document.getAnimations()
    .filter(each => each instanceof CSSTransition).map(each => each.finished))"""
# Observers of sizes are called when the next frame is drawn.
DRAWN = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done())))"
LOOKS = tuple(product(("light", "dark"), (1280, 320)))  # a scheme and a width in pixels
# Each scheme and each width once. The style guide, with every component, is checked in all LOOKS.
TWO_LOOKS = (("light", 1280), ("dark", 320))


def find_chromium() -> str:
    """Return the path of this machine's browser. Without one, tests fail: pages have to be seen."""
    found = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if not found:
        pytest.fail(
            "no Chromium found: on Debian, apt-get install chromium-headless-shell", pytrace=False
        )
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of this process."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
        yield chromium
        chromium.close()
        connections.close_all()  # Django opened others while this thread had an event loop


CONTEXTS = pytest.StashKey[list[BrowserContext]]()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> None:
    """Close pages before fixtures end, the database among them: pages may still be loading."""
    for context in item.stash.get(CONTEXTS, []):
        context.close()


@pytest.fixture
def watch() -> Callable[..., None]:
    """A function that collects complaints from all pages of a context, and from tabs they open.

    Violations of the content security policy are also collected from their event, because their
    wording on the console is up to the browser.
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
    """A function that opens a page. settings: as for Browser.new_context.

    An error, a warning or a violation of the content security policy fails the test. With
    `refused=True`, the browser may report requests that the site refuses.
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
    """A function that opens a page as an editor, without a password: hashing one is slow."""

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
    """A page of a visitor with a desktop."""
    return open_page(viewport={"width": 1280, "height": 900})


@pytest.fixture
def large_letters(browser) -> Iterator[Page]:
    """A page of a phone whose default font size is doubled, which media queries see too."""
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
    """A live server of our own: with pytest-django's, all tables are flushed after each test."""
    before = {*threading.enumerate()}
    server = LiveServer("localhost")
    yield server
    server.stop()
    for answering in {*threading.enumerate()} - before:  # each has a database connection
        answering.join(timeout=5)


@pytest.fixture
def site(real_catalog, reading_server) -> str:
    """The address of a live site with this repository's catalog, for tests that only read it.

    While such a test runs, its transaction keeps everybody else from writing to SQLite.
    """
    return reading_server.url


@pytest.fixture(scope="session")
def barriers() -> Callable[..., list[str]]:
    """A function that returns what axe-core finds on a loaded page. looks: (scheme, width) each."""

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
