"""Probes: whether this process is alive, and whether it can show pages."""

import logging
import time
from collections.abc import Callable, Iterator
from io import BytesIO
from ipaddress import ip_address
from threading import Lock

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django_htmx.middleware import HtmxDetails

from careers import snapshot
from careers.database.availability import availability
from careers.database.patience import waiting_at_most
from careers.operations.metrics import metrics
from careers.pages.views import role_list
from paths.addresses import for_reading

logger = logging.getLogger(__name__)

SECONDS_AN_ANSWER_HOLDS = 1.0  # however often it is asked for, work out one per second
SECONDS_FOR_THE_DATABASE = 2.0
AWAY = "The database doesn't answer."
_asking = Lock()
_kept: tuple[float, list[str]] = (0.0, [])
_migrations: MigrationLoader | None = None


@for_reading
def livez(_request: HttpRequest) -> HttpResponse:
    """200 as long as the process answers at all. If there is no answer, restart it."""
    return _plain("ok")


@for_reading
def readyz(_request: HttpRequest) -> HttpResponse:
    """200 if the process can show pages, otherwise 503 and why: for monitoring and restarts.

    Not for load balancers: without the database each server still has pages in memory.
    """
    problems = _problems()
    return _plain(*problems, status=503) if problems else _plain("ok")


_ANSWERS = {"/livez": livez, "/readyz": readyz, "/healthz": readyz, "/metrics": metrics}


def probes(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer a probe from this machine or a named network, whatever its Host and scheme."""

    def middleware(request: HttpRequest) -> HttpResponse:
        probe = _ANSWERS.get(request.path_info)
        if probe and _is_near(request):
            return probe(request)
        return get_response(request)

    return middleware


def _is_near(request: HttpRequest) -> bool:
    try:
        address = ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return False
    address = getattr(address, "ipv4_mapped", None) or address
    return any(address in network for network in settings.PROBE_NETWORKS)


def _plain(*lines: str, status: int = 200) -> HttpResponse:
    response = HttpResponse("\n".join([*lines, ""]), "text/plain; charset=utf-8", status=status)
    response["Cache-Control"] = "no-store"
    return response


def _problems() -> list[str]:
    """What keeps this process from showing pages, checked at most once a second."""
    global _kept  # noqa: PLW0603
    with _asking:
        until, problems = _kept
        if time.monotonic() >= until:
            problems = list(_found())
            _kept = time.monotonic() + SECONDS_AN_ANSWER_HOLDS, problems
    return problems


def forget() -> None:
    """Have the next answer worked out again. For tests."""
    global _kept  # noqa: PLW0603
    _kept = (0.0, [])


def _found() -> Iterator[str]:
    try:
        with waiting_at_most(SECONDS_FOR_THE_DATABASE), connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        yield AWAY
        return  # the other checks would wait for it again
    for question, problem in (
        (_require_migrations, "A migration is pending, or can't be read."),
        (snapshot.current, "The catalog can't be read."),
        (_require_page, "No page can be rendered."),
    ):
        try:
            question()
        except Exception:
            if availability.is_away:
                yield AWAY
                return
            logger.exception("Not ready: %s", problem)
            yield problem


def _require_migrations() -> None:
    global _migrations  # noqa: PLW0603 - the files don't change while a process lives
    if _migrations is None:
        _migrations = MigrationLoader(None)
    with waiting_at_most(SECONDS_FOR_THE_DATABASE):
        applied = MigrationRecorder(connection).applied_migrations()
    if pending := [name for name in _migrations.graph.leaf_nodes() if name not in applied]:
        raise RuntimeError(f"pending: {pending}")


def _require_page() -> None:
    """Render the list of roles as for a visitor, past every cache."""
    host = next((name.lstrip(".") for name in settings.ALLOWED_HOSTS if name != "*"), "localhost")
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": reverse("role-list"), "SERVER_NAME": host}
    request = WSGIRequest(environ | {"SERVER_PORT": "80", "wsgi.input": BytesIO()})
    request.htmx = HtmxDetails(request)  # type: ignore[attr-defined]
    response = snapshot.middleware(role_list)(request)  # type: ignore[arg-type]
    if response.status_code != 200:
        raise RuntimeError(f"the list of roles answers {response.status_code}")
