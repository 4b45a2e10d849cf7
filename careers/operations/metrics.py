"""Prometheus metrics: how many requests, how long they took, and what state the site is in.

They count the requests of all processes of a server if PROMETHEUS_MULTIPROC_DIR names a folder, as
bin/serve has it; otherwise only those of the process that answers.
"""

import os
from collections.abc import Iterable, Iterator
from hmac import compare_digest

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from careers import snapshot
from careers.database.availability import availability
from careers.operations.answered import Answered
from paths.addresses import for_reading

REQUESTS = Counter("careers_requests", "Requests answered.", ["method", "route", "status", "cache"])
SECONDS = Histogram(
    "careers_request_seconds", "Seconds until an answer was there.", ["cache"],
    buckets=(0.001, 0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 10),
)  # fmt: skip


def count_requests(answers: Iterable[Answered]) -> None:
    if not settings.METRICS_TOKEN:
        return  # nobody can read them
    for each in answers:
        REQUESTS.labels(each.method, each.route, str(each.status), each.cache).inc()
        SECONDS.labels(each.cache).observe(each.seconds)


@for_reading
def metrics(request: HttpRequest) -> HttpResponse:
    """The metrics, for requests with METRICS_TOKEN. Without one in the settings, 404."""
    if not settings.METRICS_TOKEN:
        return HttpResponse("There are none.\n", "text/plain", status=404)
    given = request.headers.get("Authorization", "")
    if not compare_digest(given.encode(), f"Bearer {settings.METRICS_TOKEN}".encode()):
        refused = {"WWW-Authenticate": "Bearer", "Cache-Control": "no-store"}
        return HttpResponse("A token is needed.\n", "text/plain", status=401, headers=refused)
    text = generate_latest(_registry())
    return HttpResponse(text, CONTENT_TYPE_LATEST, headers={"Cache-Control": "no-store"})


def _registry() -> CollectorRegistry:
    registry = CollectorRegistry()
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    else:
        registry.register(_Process())
    registry.register(_State())
    return registry


class _Process(Collector):
    """The counts of the process that answers."""

    def collect(self) -> Iterable[Metric]:
        return REGISTRY.collect()


class _State(Collector):
    """What the process that answers knows about the database and the catalog."""

    def collect(self) -> Iterator[Metric]:
        away = "Whether the database doesn't answer."
        yield GaugeMetricFamily("careers_database_away", away, value=float(availability.is_away))
        if not availability.is_away:
            version = snapshot.current().version.number
            yield GaugeMetricFamily("careers_catalog_version", "Rises with edits.", value=version)
