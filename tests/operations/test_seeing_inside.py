"""A log line per request with nothing personal, metrics for Prometheus, errors for Sentry."""

import json
import logging
import time
from concurrent.futures import Future
from contextlib import nullcontext
from uuid import uuid4

import pytest
import sentry_sdk
from django.core.wsgi import get_wsgi_application
from django.test import RequestFactory
from prometheus_client import REGISTRY
from prometheus_client.parser import text_string_to_metric_families
from sentry_sdk.transport import Transport

from careers.operations import errors, requests
from careers.operations.answered import Answered
from careers.operations.logs import Json, RequestIds, Text, request_id
from careers.operations.requests import RequestLog, noticed
from careers.pagecache import PageCache
from careers.pagecache.versions import State, Versions, read_state

LESSON = "/paths/rag/one/"


def versions_of_this_thread(on_change) -> Versions:
    """Read versions in the calling thread: no other sees the rows of a test."""

    def ask() -> Future[State]:
        asked: Future[State] = Future()
        asked.set_result(read_state())
        return asked

    return Versions(on_change, ask)


@pytest.fixture
def site(catalog, stays_connected):
    """A function that asks the site, stacked as in production. It returns status and headers."""
    catalog.lesson(catalog.path("rag", lessons=0), slug="one")
    pages = PageCache(noticed(get_wsgi_application()), 10_000_000, versions_of_this_thread)
    application = RequestLog(pages)

    def ask(url: str, method: str = "GET", **headers: str) -> tuple[str, dict[str, str]]:
        found = []
        environ = RequestFactory(headers=headers).generic(method, url).environ
        environ.pop("CONTENT_LENGTH", None)
        environ["HTTP_HOST"] = "testserver"
        body = application(environ, lambda *said: found.append(said))
        assert isinstance(b"".join(body), bytes)
        status, pairs = found[-1][:2]
        return status, dict(pairs)

    ask.log = application
    yield ask
    application.close()


@pytest.fixture
def lines(caplog, site):
    """A function that returns the log's lines so far, as the server writes them, parsed."""
    caplog.set_level(logging.INFO)

    def read() -> list[dict[str, object]]:
        site.log.flush()
        written = "\n".join(map(Json().format, caplog.records))
        return [json.loads(line) for line in written.splitlines()]

    with caplog.filtering(RequestIds()):
        yield read


def test_a_line_says_what_the_formatter_of_all_others_says(caplog):
    told = {"method": "GET", "route": '/"<odd>/', "status": 404, "ms": 1.25, "cache": "hit"}
    at, name = 1790000000.5, "a-name"
    answered = Answered(at, name, "GET", '/"<odd>/', 404, 0.00125, is_hit=True)
    request_id.set(name)
    with caplog.at_level(logging.INFO), caplog.filtering(RequestIds()):
        logging.getLogger("here").info('GET /"<odd>/ 404', extra=told)
        logging.getLogger("here").info("Requests", extra={"answered": [answered, answered]})
    usual, ours = caplog.records
    usual.created = at
    wanted = json.loads(Json().format(usual))
    assert [json.loads(line) for line in Json().format(ours).splitlines()] == [wanted, wanted]
    assert Text().format(ours).splitlines()[0].endswith('GET /"<odd>/ 404, hit, 1.25 ms')


def test_what_memory_answers_is_told_of_without_being_asked_to(site, caplog):
    caplog.set_level(logging.INFO)
    for _ in range(3):
        site(LESSON)
    for _ in range(600):
        if sum(len(getattr(record, "answered", ())) for record in caplog.records) == 3:
            return
        time.sleep(0.05)
    pytest.fail("the hits have no lines")


def test_a_log_that_nobody_reads_fast_enough_holds_up_who_asks(site, caplog, monkeypatch):
    """Otherwise, untold lines would pile up without a limit."""
    caplog.set_level(logging.INFO)
    monkeypatch.setattr(requests, "MOST_UNTOLD", 5)
    monkeypatch.setattr(requests, "AT_ONCE", 60)
    for _ in range(20):
        site(LESSON)
    assert sum(len(getattr(record, "answered", ())) for record in caplog.records) >= 15


def test_a_request_is_a_line_and_tells_of_no_person(site, lines):
    site(f"{LESSON}?from=nurse&plan=secret", REMOTE_ADDR="192.0.2.7", Cookie="theme=dark")
    (line,) = [line for line in lines() if line["logger"].endswith("requests")]
    assert line.keys() == {"time", "level", "logger", "message", "request_id", "method", "route",
                           "status", "ms", "cache"}  # fmt: skip
    assert (line["method"], line["status"], line["cache"]) == ("GET", 200, "miss")
    assert line["route"] == "/paths/<slug:path_slug>/<slug:slug>/"
    assert not {word for word in ("nurse", "secret", "192.0.2.7", "dark") if word in str(line)}


def test_a_line_says_whether_memory_answered(site, lines):
    for _ in range(2):
        site(LESSON)
    assert [line["cache"] for line in lines()] == ["miss", "hit"]


def test_a_request_has_one_name_in_all_of_its_lines(site, lines, monkeypatch):
    monkeypatch.setattr("careers.snapshot.current", lambda **_: 1 / 0)
    status, headers = site("/careers/?q=secret", **{"X-Request-ID": "given-by-nginx"})
    assert (status[:3], headers["X-Request-ID"]) == ("500", "given-by-nginx")
    error, line = lines()
    assert {error["request_id"], line["request_id"]} == {"given-by-nginx"}
    assert (error["level"], line["status"]) == ("ERROR", 500)
    assert "ZeroDivisionError" in error["exc_info"]
    assert "secret" not in str(error)


@pytest.mark.parametrize("given", ["", "x", "a" * 65, "a b c d e f g h", "<script>-----"])
def test_no_odd_name_is_taken_over(site, lines, given):
    site(LESSON, **{"X-Request-ID": given})
    assert len(lines()[-1]["request_id"]) == 32


def test_what_others_do_wrong_is_no_error_of_ours(site, lines):
    site("/nowhere/")
    site("/careers/", "POST")
    site("/careers/", Host="evil.example")
    assert {line["level"] for line in lines()} == {"INFO"}
    assert lines()[0]["route"] == "none"


def test_who_guesses_passwords_faster_than_they_are_hashed_is_no_error_of_ours(
    site, lines, monkeypatch
):
    monkeypatch.setattr("careers.admin.signing_in.form.hashing_turn", lambda _: nullcontext(False))
    token = "a" * 32
    allowed = {"Cookie": f"csrftoken={token}", "X-CSRFToken": token}
    assert site("/admin/login/", "POST", **allowed)[0].startswith("429 ")
    assert [(line["level"], line["status"]) for line in lines()] == [("INFO", 429)]


# -- Metrics --


def test_metrics_are_for_who_has_the_token(client, db, settings):
    assert client.get("/metrics").status_code == 404
    settings.METRICS_TOKEN = "token"
    assert client.get("/metrics").status_code == 401
    wrong = {"Authorization": "Bearer wrong"}
    assert client.get("/metrics", headers=wrong).status_code == 401


def test_requests_are_counted_by_route_and_by_who_answers(site, settings, client):
    settings.METRICS_TOKEN = "token"
    labels = {"method": "GET", "route": "/paths/<slug:path_slug>/<slug:slug>/", "status": "200"}

    def count(cache: str) -> float:
        found = REGISTRY.get_sample_value("careers_requests_total", labels | {"cache": cache})
        return found or 0

    before = count("miss"), count("hit")
    for _ in range(3):
        site(LESSON)
    site.log.flush()
    assert (count("miss") - before[0], count("hit") - before[1]) == (1, 2)
    answer = client.get("/metrics", headers={"Authorization": "Bearer token"})
    names = {family.name for family in text_string_to_metric_families(answer.text)}
    assert {"careers_requests", "careers_request_seconds", "careers_catalog_version",
            "careers_database_away"} <= names  # fmt: skip


# -- Errors, sent on --


class Kept(Transport):
    """Keeps events instead of sending them to a service."""

    def __init__(self) -> None:
        super().__init__()
        self.sent = []

    def capture_envelope(self, envelope) -> None:
        self.sent += [item.payload.json for item in envelope.items if item.type == "event"]


def test_an_error_is_sent_without_the_person_that_met_it(site, client, monkeypatch):
    kept, (asked, cookie, browser) = Kept(), [uuid4().hex for _ in range(3)]
    errors.report_to("https://key@sentry.example/1", transport=kept)
    try:
        monkeypatch.setattr("careers.snapshot.current", lambda **_: 1 / 0)
        site(f"/careers/?q={asked}", Cookie=f"theme={cookie}", **{"User-Agent": browser})
    finally:
        sentry_sdk.get_client().close()
        sentry_sdk.init()
    (event,) = kept.sent
    assert event["exception"]["values"][-1]["type"] == "ZeroDivisionError"
    assert event["request"] == {"method": "GET", "url": "http://testserver/careers/"}
    assert not {word for word in (asked, cookie, browser) if word in str(event)}
