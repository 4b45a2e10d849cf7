"""The page cache gives every request the very answer that the application would."""

import datetime
import gzip
import io
import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Barrier, Event
from typing import NamedTuple

import brotli
import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import OperationalError
from django.utils.http import http_date, parse_http_date
from hypothesis import event, given
from hypothesis import strategies as st

from careers.models import CatalogVersion, Role
from careers.pagecache import PageCache
from careers.pagecache.encodings import zstd
from careers.pagecache.versions import State, Versions, read_state
from careers.pages.plan.kept import COOKIE as PLAN
from careers.published.plan.study_plan import StudyPlan
from careers.published.plan.text import checksum, encode_plan
from tests.addresses import queries

UNPACK = {
    "": bytes,
    "br": brotli.decompress,
    "zstd": zstd.decompress,
    "gzip": gzip.decompress,
}
MEGABYTE = 1_000_000
PATHS = [
    *("/careers/", "/careers/ml-engineer/", "/careers/decode/", "/search/", "/paths/rag/l101/"),
    *("/careers/map/", "/careers/compare/", "/plan/"),
    *("/", "/careers/which/", "/careers/ml-engineer/fit/", "/careers/ml-engineer/roadmap/"),
    *(
        "/careers/nobody/",
        "/careers",
        "/paths/",
        "/paths/rag/",
        "/glossary/",
        "/changes/",
        "/data/",
    ),
    *("/catalog.json", "/feed.atom", "/robots.txt", "/sitemap.xml", "/privacy/", "/healthz"),
    *("/careers/compare/picture.png", "/admin/", "/styleguide/", "/plan/weeks/", "//careers/"),
]
MINE = encode_plan(StudyPlan(("ml-engineer",), done={101: 40}))
COOKIES = [
    *("theme=dark", "theme=light", "theme=system", "theme=pink", "theme=dark; theme=light"),
    *(f"{PLAN}-{checksum(MINE)}={MINE}", f"theme=dark; {PLAN}-{checksum(MINE)}={MINE}"),
    *("sessionid=abc", "theme=dark; _ga=1"),
]
# Headers on which an answer or its encoding may depend, and others on which neither may.
DECIDING = {
    "HTTP_HOST": st.sampled_from(["localhost", "127.0.0.1:8000", "LocalHost", "evil.example"]),
    "HTTP_COOKIE": st.sampled_from(COOKIES),
    "HTTP_ACCEPT_ENCODING": st.sampled_from(["gzip, deflate, br, zstd", "gzip", "zstd", "br;q=0"]),
    "HTTP_SAVE_DATA": st.sampled_from(["on", "on", "off", "On"]),
    "HTTP_HX_REQUEST": st.sampled_from(["true", "true", "true", "false", "TRUE"]),
    "HTTP_IF_NONE_MATCH": st.sampled_from(["LAST", '"a", LAST', "*", '"a", W/"b"', "nonsense"]),
}
OTHERS = {
    "HTTP_HX_BOOSTED": st.sampled_from(["true", "false"]),
    "HTTP_HX_HISTORY_RESTORE_REQUEST": st.sampled_from(["true", "x"]),
    "HTTP_HX_TARGET": st.sampled_from(["results", "x"]),
    "HTTP_HX_CURRENT_URL": st.just("http://localhost/careers/?q=x"),
    "HTTP_IF_MODIFIED_SINCE": st.sampled_from(["Thu, 01 Jan 2032 12:00:00 GMT", "yesterday"]),
    "HTTP_RANGE": st.just("bytes=0-10"),
    "HTTP_IF_MATCH": st.just('"a"'),
    "HTTP_REFERER": st.just("http://localhost/careers/"),
    "HTTP_USER_AGENT": st.sampled_from(["curl", "Mozilla/5.0"]),
    "HTTP_X_FORWARDED_PROTO": st.sampled_from(["https", "http"]),
    "HTTP_X_FORWARDED_HOST": st.just("evil.example"),
    "HTTP_ACCEPT_LANGUAGE": st.just("de"),
    "HTTP_TRANSFER_ENCODING": st.just("chunked"),
    "CONTENT_LENGTH": st.sampled_from(["0", "5"]),
}
plain_queries = st.sampled_from(
    [
        "",
        "",
        "",
        "q=engineer",
        "from=data-scientist",
        "utm_source=x",
        "r=ml-engineer&q=a",
        f"plan={MINE}",
    ]
)


def some_of(known: dict[str, st.SearchStrategy], most: int) -> st.SearchStrategy[dict[str, str]]:
    return st.sets(st.sampled_from(sorted(known)), max_size=most).flatmap(
        lambda names: st.fixed_dictionaries({name: known[name] for name in sorted(names)})
    )


headers = st.builds(lambda one, other: one | other, some_of(DECIDING, 2), some_of(OTHERS, 1))
requests = st.builds(
    lambda fixed, headers: {**fixed, **headers},
    st.fixed_dictionaries(
        {
            "REQUEST_METHOD": st.sampled_from(["GET", "GET", "GET", "HEAD", "POST"]),
            "PATH_INFO": st.sampled_from(PATHS) | st.sampled_from(PATHS[:8]),
            "QUERY_STRING": plain_queries | queries,
        }
    ),
    headers,
)
# (0, a request), or (n, headers) to repeat the n-th last request with these headers, or an event.
actions = st.lists(
    st.one_of(
        st.tuples(st.just(0), requests),
        st.tuples(st.integers(1, 8), headers),
        st.tuples(st.integers(1, 8), st.just({})),
        st.sampled_from(["edit", "a second"]),
    ),
    min_size=10,
    max_size=40,
)


class Said(NamedTuple):
    status: str
    headers: dict[str, str]
    body: bytes


def environ_of(request: dict) -> dict:
    """Return the WSGI environment of a usual request, updated with `request`."""
    return {
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "8000",
        "SCRIPT_NAME": "",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(b"theme=dark"),
        "wsgi.errors": io.StringIO(),
        "HTTP_HOST": "localhost",
        "REQUEST_METHOD": "GET",
        "QUERY_STRING": "",
        **request,
    }


def ask(application, request: dict) -> Said:
    """Return an application's answer, with its body decoded."""
    environ = environ_of(request)
    started: list[tuple[str, list[tuple[str, str]]]] = []
    answer = application(environ, lambda status, said, *_: started.append((status, said)))
    body = b"".join(answer)
    if hasattr(answer, "close"):
        answer.close()
    (status, said) = started[-1]
    headers = {name.lower(): value for name, value in said}
    assert len(headers) == len(said) or "set-cookie" in headers
    packing = headers.get("content-encoding", "")
    assert packing in environ.get("HTTP_ACCEPT_ENCODING", "")
    if environ["REQUEST_METHOD"] == "HEAD":
        body = b""  # the server sends none
    if body:
        body = UNPACK[packing](body)
    return Said(status, headers, body)


def tag(said: Said) -> str:
    """Return the part of an ETag that names the page, without its encoding."""
    return said.headers.get("etag", "").removeprefix("W/").strip('"').split("-")[0]


PACKING = {"content-length", "content-encoding", "etag", "vary", "set-cookie"}


def assert_same(said: Said, wanted: Said, head: Said | None = None) -> None:
    """Compare the cache's answer with the application's. head: the application's to a HEAD."""
    assert said.status == wanted.status
    assert said.body == wanted.body
    assert tag(said) in {tag(wanted), tag(head or wanted)}
    for name in said.headers.keys() | wanted.headers.keys():
        if name not in PACKING:
            assert said.headers.get(name) == wanted.headers.get(name), name
    assert ("set-cookie" in said.headers) == ("set-cookie" in wanted.headers)
    listed = [
        {each.strip().lower() for each in answer.headers.get("vary", "").split(",")} - {""}
        for answer in (said, wanted)
    ]
    assert listed[0] | {"accept-encoding"} == listed[1] | {"accept-encoding"}


class Site:
    """The application, both plain and behind a page cache whose clock can be moved."""

    def __init__(self) -> None:
        self.time = 0.0
        self.is_down = False
        self.plain = WSGIHandler()
        self.made: list[str] = []
        self.start(4 * MEGABYTE)

    def start(self, most_bytes: int) -> None:
        self.cached = PageCache(
            self.make, most_bytes, lambda change: Versions(change, self.promise, lambda: self.time)
        )

    def make(self, environ, start_response):
        self.made.append(environ["PATH_INFO"])
        return self.plain(environ, start_response)

    def promise(self) -> Future[State]:
        promised: Future[State] = Future()
        if self.is_down:
            promised.set_exception(OperationalError("gone"))
        else:
            promised.set_result(read_state())
        return promised

    def get(self, path: str, query: str = "", **headers: str) -> Said:
        return ask(self.cached, {"PATH_INFO": path, "QUERY_STRING": query, **headers})


@pytest.fixture
def site(real_catalog, settings, stays_connected) -> Iterator[Site]:
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
    return Site()


@given(actions)
def test_it_answers_as_the_application_does(site, actions):
    site.start(1_000_000)
    role = Role.objects.get(slug="ml-engineer")
    summary = role.summary
    asked = [{"PATH_INFO": "/careers/", "REQUEST_METHOD": "GET"}]
    last = '"none"'
    for number, action in enumerate(actions):
        if action == "edit":
            Role.objects.filter(pk=role.pk).update(summary=f"{summary} Edit {number}.")
            CatalogVersion.rise()
        if isinstance(action, str):
            site.time += 1
            continue
        back, new = action
        asked.append({**asked[-min(back, len(asked))], **new} if back else new)
        last = compare(site, asked[-1], last)
    Role.objects.filter(pk=role.pk).update(summary=summary)
    CatalogVersion.rise()


def compare(site: Site, sent: dict, last: str) -> str:
    """Ask both and compare. last: the previous answer's ETag. Return this answer's, or `last`."""
    if "LAST" in sent.get("HTTP_IF_NONE_MATCH", ""):
        sent = {**sent, "HTTP_IF_NONE_MATCH": sent["HTTP_IF_NONE_MATCH"].replace("LAST", last)}
    made = len(site.made)
    said = ask(site.cached, sent)
    event("from memory" if len(site.made) == made else "made")
    whole = {name: value for name, value in sent.items() if not name.startswith("HTTP_IF_")}
    wanted, head = ask(site.plain, whole), None
    if sent["REQUEST_METHOD"] == "HEAD":
        head = wanted
        wanted = ask(site.plain, {**whole, "REQUEST_METHOD": "GET"})._replace(body=b"")
    if said.status.startswith("304"):
        assert_known(sent, said, wanted)
    elif not said.status.startswith("412"):
        assert_same(said, wanted, head)
    return said.headers.get("etag", last)


def assert_known(sent: dict, said: Said, wanted: Said) -> None:
    """Check a 304: the request must name this very page, or the very time of its last change."""
    assert wanted.status.startswith("200")
    assert not said.body
    asked = sent.get("HTTP_IF_NONE_MATCH", "")
    if '"' in asked:
        assert tag(wanted) in asked
        assert tag(said) == tag(wanted)
    elif asked != "*":
        assert sent["HTTP_IF_MODIFIED_SINCE"] == wanted.headers["last-modified"]
    assert said.headers.get("cache-control") == wanted.headers.get("cache-control")


def test_a_page_is_made_once(site):
    first = site.get("/careers/")
    for query in ("", "utm_source=x", "x=1&y=2&plan="):
        assert site.get("/careers/", query) == first
    assert site.made == ["/careers/"]


def test_the_order_of_parameters_makes_no_other_page(site):
    first = site.get("/careers/", "q=ai&from=data-scientist&r=ml-engineer&r=ai-researcher")
    assert first == site.get("/careers/", "r=ml-engineer&from=data-scientist&r=ai-researcher&q=ai")
    assert len(site.made) == 1


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip"])
def test_a_page_is_packed_and_has_a_strong_tag_of_its_own(site, encoding):
    whole, packed = site.get("/careers/"), site.get("/careers/", HTTP_ACCEPT_ENCODING=encoding)
    assert packed.headers["content-encoding"] == encoding
    assert int(packed.headers["content-length"]) < int(whole.headers["content-length"]) / 3
    assert packed.body == whole.body
    assert packed.headers["etag"] == f'"{tag(whole)}-{encoding}"'
    assert "Accept-Encoding" in packed.headers["vary"]


def test_who_has_a_feed_from_another_moment_is_sent_it_from_memory(site):
    """From a later one too: a backup was restored, or a clock had been ahead."""
    changed = site.get("/feed.atom").headers["last-modified"]
    later = http_date(parse_http_date(changed) + 60)
    assert site.get("/feed.atom", HTTP_IF_MODIFIED_SINCE=changed).status == "304 Not Modified"
    assert site.get("/feed.atom", HTTP_IF_MODIFIED_SINCE=later).status == "200 OK"
    assert site.made == ["/feed.atom"]


def test_who_has_a_page_is_told_so_from_memory(site):
    etag = site.get("/careers/", HTTP_ACCEPT_ENCODING="br").headers["etag"]
    for named in (etag, f"W/{etag}", f'"a", {etag}', "*"):
        said = site.get("/careers/", HTTP_ACCEPT_ENCODING="br", HTTP_IF_NONE_MATCH=named)
        assert (said.status, said.body) == ("304 Not Modified", b"")
        assert "content-length" not in said.headers
    assert site.get("/careers/", HTTP_IF_NONE_MATCH=etag).status == "200 OK"  # the other encoding's
    assert len(site.made) == 2


def test_head_is_answered_from_the_page(site):
    got = site.get("/careers/")
    head = site.get("/careers/", REQUEST_METHOD="HEAD")
    assert (head.headers, head.body) == (got.headers, b"")
    assert len(site.made) == 1


@pytest.mark.parametrize(
    "more",
    [{}, {"REQUEST_METHOD": "HEAD"}, {"HTTP_IF_NONE_MATCH": "*"}],
    ids=["page", "HEAD", "304"],
)
def test_what_is_in_memory_is_a_list_which_the_server_sends_at_once(site, more):
    site.get("/careers/")
    asked = environ_of({"PATH_INFO": "/careers/", **more})
    assert isinstance(site.cached(asked, lambda *_: None), list)


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_COOKIE": "sessionid=a"},
        {"HTTP_COOKIE": "theme=dark; other=1"},
        {"HTTP_COOKIE": "theme=pink"},
        {"HTTP_HOST": "LOCALHOST"},
        {"CONTENT_LENGTH": "10"},
        {"HTTP_HX_REQUEST": "maybe"},
        {"QUERY_STRING": f"plan={MINE}"},
        {"QUERY_STRING": "q=" + "x" * 500},
        {"QUERY_STRING": "utm_source=" + "x" * 60_000},
        {"PATH_INFO": "/careers/nobody/"},
        {"PATH_INFO": "/plan/done/"},
    ],
)
def test_what_is_not_for_all_is_made_for_each(site, headers):
    for _ in range(2):
        site.get(headers.get("PATH_INFO", "/careers/"), headers.get("QUERY_STRING", ""), **headers)
    assert len(site.made) == 2


def test_two_visitors_who_chose_other_colors_see_their_own(site):
    pages = {
        colors: site.get("/careers/", HTTP_COOKIE=f"theme={colors}") for colors in ("dark", "light")
    }
    assert b'data-theme="dark"' in pages["dark"].body
    assert b'data-theme="light"' in pages["light"].body
    assert b"data-theme" not in site.get("/careers/").body
    for colors, page in pages.items():
        assert site.get("/careers/", HTTP_COOKIE=f"theme={colors}") == page
        assert "private" in page.headers["cache-control"]
    assert len(site.made) == 3


def test_who_keeps_a_plan_gets_their_own_page_and_nobody_elses_is_it(site):
    before = site.get("/careers/")
    mine = site.get("/careers/", HTTP_COOKIE=f"{PLAN}-{checksum(MINE)}={MINE}")
    assert b"Forget everything" in mine.body
    assert site.get("/careers/") == before


def test_a_part_of_a_page_is_no_page(site):
    whole, part = site.get("/careers/"), site.get("/careers/", HTTP_HX_REQUEST="true")
    assert b"<html" in whole.body
    assert b"<html" not in part.body
    assert site.get("/careers/") == whole
    assert site.get("/careers/", HTTP_HX_REQUEST="true") == part
    assert len(site.made) == 2


def test_each_host_gets_pages_that_name_it(site):
    for host in ("localhost", "127.0.0.1"):
        for _ in range(2):
            page = site.get("/careers/", HTTP_HOST=host)
            assert f'href="http://{host}/careers/"'.encode() in page.body
    assert len(site.made) == 2


def test_an_edit_shows_a_second_later_and_not_before(site):
    role = Role.objects.get(slug="ml-engineer")
    before = site.get("/careers/ml-engineer/")
    Role.objects.filter(pk=role.pk).update(summary="Quite another summary.")
    CatalogVersion.rise()
    assert site.get("/careers/ml-engineer/") == before
    editor = site.get("/careers/ml-engineer/", HTTP_COOKIE="sessionid=a")
    assert b"Quite another summary." in editor.body
    assert "private" in editor.headers["cache-control"]
    site.time += 1
    assert b"Quite another summary." in site.get("/careers/ml-engineer/").body


def test_the_next_day_is_another_page(site, time_machine):
    time_machine.move_to(datetime.datetime(2026, 12, 1, 23, tzinfo=datetime.UTC))
    site.get("/careers/ml-engineer/")
    time_machine.move_to(datetime.datetime(2026, 12, 2, 1, tzinfo=datetime.UTC))
    site.time += 1
    site.get("/careers/ml-engineer/")
    time_machine.move_to(datetime.datetime(2026, 12, 1, 23, tzinfo=datetime.UTC))  # set back
    site.time += 1
    site.get("/careers/ml-engineer/")
    assert len(site.made) == 3


def test_while_the_database_is_away_what_is_in_memory_is_shown_and_says_so(site):
    before = site.get("/careers/")
    site.is_down = True
    site.time += 1
    for _ in range(2):
        said = site.get("/careers/")
        assert said.body == before.body
        assert said.headers.pop("cache-status") == 'careers; hit; detail="the database is away"'
        assert said.headers == before.headers
    assert site.made == ["/careers/"]
    site.get("/paths/")
    assert site.made == ["/careers/", "/paths/"]
    site.is_down = False
    site.time += 1
    assert site.get("/careers/") == before
    assert site.made == ["/careers/", "/paths/"]


def test_junk_fills_no_memory(site):
    site.get("/careers/")
    for number in range(300):
        site.get("/careers/", f"x{number}=1&utm_source={number}")
    assert site.made == ["/careers/"]


def slowly(started: Event, go_on: Event):
    """Return an application that answers once `go_on` is set."""

    def application(environ, start_response):
        started.set()
        go_on.wait(60)
        headers = [("Content-Type", "text/plain"), ("Content-Length", "4"), ("ETag", '"a"')]
        start_response("200 OK", [*headers, ("Cache-Control", "public")])
        return [b"page"]

    return application


def test_visitors_who_want_one_page_at_once_wait_for_one_that_is_made():
    started, go_on, made = Event(), Event(), []
    application = slowly(started, go_on)

    def counting(environ, start_response):
        made.append(1)
        return application(environ, start_response)

    promised: Future[State] = Future()
    promised.set_result(State(1, None, datetime.date(2026, 1, 1)))
    cache = PageCache(counting, MEGABYTE, lambda change: Versions(change, lambda: promised))
    together = Barrier(6)

    def visit() -> Said:
        together.wait(60)
        return ask(cache, {"PATH_INFO": "/"})

    with ThreadPoolExecutor(6) as visitors:
        answers = [visitors.submit(visit) for _ in range(6)]
        assert started.wait(60)
        go_on.set()
        assert {each.result(60).body for each in answers} == {b"page"}
    assert made == [1]


def test_nobody_waits_for_a_page_that_is_made_since_before_a_change():
    started, go_on = Event(), Event()
    pages = [b"old!", b"new!"]

    def application(environ, start_response):
        page = pages.pop(0)
        if page == b"old!":
            started.set()
            assert go_on.wait(60)
        headers = [("Content-Type", "text/plain"), ("Content-Length", "4"), ("ETag", '"a"')]
        start_response("200 OK", [*headers, ("Cache-Control", "public")])
        return [page]

    number, time = 1, 0.0

    def asking() -> Future[State]:
        promised: Future[State] = Future()
        promised.set_result(State(number, None, datetime.date(2026, 1, 1)))
        return promised

    cache = PageCache(application, MEGABYTE, lambda change: Versions(change, asking, lambda: time))
    with ThreadPoolExecutor(1) as visitors:
        first = visitors.submit(ask, cache, {"PATH_INFO": "/"})
        assert started.wait(60)
        number, time = 2, 2.0
        at_last = threading.Timer(9, go_on.set)  # in case the second waits for the first
        at_last.start()
        assert ask(cache, {"PATH_INFO": "/"}).body == b"new!"
        at_last.cancel()
        go_on.set()
        assert first.result(60).body == b"old!"
    assert ask(cache, {"PATH_INFO": "/"}).body == b"new!"


@pytest.mark.parametrize(
    "header",
    [
        ("Set-Cookie", "a=b"),
        ("Cache-Control", "private"),
        ("Cache-Control", "public, no-store"),
        ("Vary", "Cookie"),
        ("Vary", "User-Agent"),
        ("Vary", "*"),
        ("ETag", ""),
        ("Content-Encoding", "gzip"),
        ("Content-Length", "900000"),
    ],
)
def test_only_what_says_that_it_is_for_all_is_kept(header):
    made = []

    def application(environ, start_response):
        made.append(1)
        usual = {"Cache-Control": "public", "ETag": '"a"', "Content-Length": "4"}
        start_response("200 OK", list({**usual, header[0]: header[1]}.items()))
        return [b"page"]

    promised: Future[State] = Future()
    promised.set_result(State(1, None, datetime.date(2026, 1, 1)))
    cache = PageCache(application, MEGABYTE, lambda change: Versions(change, lambda: promised))
    for _ in range(2):
        answer = cache(
            {"REQUEST_METHOD": "GET", "HTTP_HOST": "localhost", "PATH_INFO": "/"}, lambda *_: None
        )
        assert b"".join(answer) == b"page"
    assert len(made) >= 2


class Asked:
    """An application with one page, which counts requests and what becomes of its answers.

    lines: how many the page has. made: the query string of each request. read, closed: how many
    lines were read, and answers closed.
    """

    def __init__(self, lines: int, streaming: bool = True, **headers: str) -> None:
        self.lines, self.streaming = [b"a line\n"] * lines, streaming
        usual = {"Content-Type": "text/plain", "Cache-Control": "public", "ETag": '"a"'}
        self.headers = {**usual, "Content-Length": str(7 * lines), **headers}
        self.status = "200 OK"
        self.made, self.read, self.closed = [], 0, 0

    def __call__(self, environ, start_response):
        self.made.append(environ["QUERY_STRING"])
        start_response(self.status, [each for each in self.headers.items() if each[1]])
        return Body(self)

    def cache(self) -> PageCache:
        promised: Future[State] = Future()
        promised.set_result(State(1, None, datetime.date(2026, 1, 1)))
        return PageCache(self, MEGABYTE, lambda change: Versions(change, lambda: promised))


class Body:
    def __init__(self, asked: Asked) -> None:
        self.asked, self.streaming = asked, asked.streaming

    def __iter__(self) -> Iterator[bytes]:
        for line in self.asked.lines:
            self.asked.read += 1
            yield line

    def close(self) -> None:
        self.asked.closed += 1


LARGE = 20_000  # lines: more than a tenth of the cache's memory


@pytest.mark.parametrize("streaming", [True, False])
@pytest.mark.parametrize("query", ["", "utm_source=x"])
def test_a_large_answer_is_made_once_for_who_asks(streaming, query):
    asked = Asked(LARGE, streaming)
    cache = asked.cache()
    for number in (1, 2):
        said = ask(cache, {"PATH_INFO": "/", "QUERY_STRING": query})
        assert said.body == b"".join(asked.lines)
        assert said.headers["content-length"] == str(len(said.body))
        assert (len(asked.made), asked.closed) == (number, number)


def test_a_large_page_that_is_in_memory_anyway_is_packed():
    said = ask(Asked(LARGE, False).cache(), {"PATH_INFO": "/", "HTTP_ACCEPT_ENCODING": "br"})
    assert said.headers["content-encoding"] == "br"
    assert said.body == b"a line\n" * LARGE


def test_an_answer_that_comes_bit_by_bit_is_not_read_before_it_is_sent():
    asked = Asked(LARGE, **{"Content-Length": ""})
    request = {"REQUEST_METHOD": "GET", "HTTP_HOST": "localhost", "PATH_INFO": "/"}
    body = asked.cache()(request, lambda *_: None)
    assert next(iter(body)) == b"a line\n"
    assert (asked.read, asked.closed) == (1, 0)
    body.close()
    assert (asked.closed, len(asked.made)) == (1, 1)


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        ({"REQUEST_METHOD": "HEAD"}, "200 OK"),
        ({"HTTP_IF_NONE_MATCH": '"a"'}, "304 Not Modified"),
    ],
)
def test_of_a_large_answer_no_more_is_read_than_is_sent(request_, status):
    asked = Asked(LARGE)
    said = ask(asked.cache(), {"PATH_INFO": "/", **request_})
    assert (said.status, said.body) == (status, b"")
    assert (asked.read, asked.closed, len(asked.made)) == (0, 1, 1)


@pytest.mark.parametrize("streaming", [True, False])
def test_who_waited_for_what_turns_out_too_large_gets_it_too(streaming):
    asked, started, go_on = Asked(LARGE, streaming), Event(), Event()

    def slow(environ, start_response):
        started.set()
        assert go_on.wait(60)
        return asked(environ, start_response)

    promised: Future[State] = Future()
    promised.set_result(State(1, None, datetime.date(2026, 1, 1)))
    cache = PageCache(slow, MEGABYTE, lambda change: Versions(change, lambda: promised))
    with ThreadPoolExecutor(4) as visitors:
        answers = [visitors.submit(ask, cache, {"PATH_INFO": "/"}) for _ in range(4)]
        assert started.wait(60)
        go_on.set()
        assert {each.result(60).body for each in answers} == {b"".join(asked.lines)}
    assert asked.closed == len(asked.made)


def test_what_is_not_there_is_made_once_whatever_else_was_asked(site):
    for path in ("/careers/nobody/", "/nowhere"):
        said = site.get(path, "utm_source=x")
        assert (
            said.body == ask(site.plain, {"PATH_INFO": path, "QUERY_STRING": "utm_source=x"}).body
        )
    assert site.made == ["/careers/nobody/", "/nowhere"]


def test_a_redirect_keeps_what_was_asked_besides(site):
    said = site.get("/careers", "utm_source=x")
    assert said.headers["location"] == "/careers/?utm_source=x"


def test_an_unshared_answer_is_made_for_the_whole_address_it_was_asked_at():
    asked = Asked(LARGE, **{"Cache-Control": "private"})
    ask(asked.cache(), {"PATH_INFO": "/", "QUERY_STRING": "other=1"})
    assert asked.made[-1] == "other=1"
    assert asked.closed == len(asked.made)
