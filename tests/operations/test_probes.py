"""Probes: whether the process is alive, and whether it can show a page."""

from ipaddress import ip_network

import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder

from careers.database.availability import Availability
from careers.operations import probes

READY = ["/readyz", "/healthz"]


@pytest.fixture(autouse=True)
def _asked_for_the_first_time():
    probes.forget()
    yield
    probes.forget()


def test_a_process_that_answers_lives(client, monkeypatch):
    monkeypatch.setattr(connection, "cursor", lambda: 1 / 0)
    assert (client.get("/livez").status_code, client.get("/livez").text) == (200, "ok\n")


@pytest.mark.parametrize("url", READY)
def test_a_site_that_shows_pages_is_ready(client, db, url):
    response = client.get(url)
    assert (response.status_code, response.text) == (200, "ok\n")
    assert response["Cache-Control"] == "no-store"


def test_a_database_that_is_away_is_the_one_thing_that_is_said(client, monkeypatch, caplog):
    """The log has it once, from what noticed it: probes add nothing."""

    def away():
        raise OperationalError

    monkeypatch.setattr(connection, "cursor", away)
    response = client.get("/readyz")
    assert (response.status_code, response.text) == (503, "The database doesn't answer.\n")
    assert not caplog.records


def test_a_database_that_goes_meanwhile_is_told_from_a_migration_that_is_missing(
    client, db, monkeypatch, caplog
):
    away = Availability()
    monkeypatch.setattr(probes, "availability", away)

    def go_away() -> None:
        away.note_silence("no answer within 2 s", away.heard)
        raise OperationalError

    monkeypatch.setattr(probes, "_require_migrations", go_away)
    assert client.get("/readyz").text == "The database doesn't answer.\n"
    assert [line.name for line in caplog.records] == ["careers.database.availability"]


def test_a_migration_that_is_pending_is_named(client, db):
    last = MigrationRecorder.Migration.objects.filter(app="careers").order_by("name").last()
    last.delete()
    response = client.get("/readyz")
    assert (response.status_code, "A migration is pending" in response.text) == (503, True)


def test_a_page_that_cannot_be_rendered_is_no_ok(client, db, monkeypatch):
    monkeypatch.setattr(probes, "role_list", lambda _: 1 / 0)
    response = client.get("/readyz")
    assert (response.status_code, response.text) == (503, "No page can be rendered.\n")


def test_a_catalog_that_cannot_be_read_is_no_ok(client, db, monkeypatch):
    monkeypatch.setattr("careers.snapshot.current", lambda **_: 1 / 0)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert "The catalog can't be read." in response.text


def test_however_often_it_is_asked_it_is_worked_out_once_a_second(client, count_queries):
    client.get("/readyz")
    assert count_queries(lambda: client.get("/readyz")) == 0


# A host that isn't among the allowed ones in production
STRANGE = {"Host": "10.0.0.7:8000"}


@pytest.fixture
def production(settings):
    settings.ALLOWED_HOSTS = ["careers.example.org"]
    settings.SECURE_SSL_REDIRECT = True


@pytest.mark.parametrize("url", ["/livez", "/readyz", "/healthz"])
@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "::ffff:127.0.0.1"])
def test_a_probe_from_here_needs_no_host_and_no_https(client, db, production, url, address):
    assert client.get(url, headers=STRANGE, REMOTE_ADDR=address).status_code == 200


def test_a_probe_from_a_named_network_is_as_one_from_here(client, db, production, settings):
    asked = {"headers": STRANGE, "REMOTE_ADDR": "10.0.0.3"}
    assert client.get("/readyz", **asked).status_code == 400
    settings.PROBE_NETWORKS = [ip_network("10.0.0.0/24")]
    assert client.get("/readyz", **asked).status_code == 200


@pytest.mark.parametrize("address", ["192.0.2.1", "", "unix:", "127.0.0.1, 192.0.2.1"])
def test_a_probe_from_elsewhere_is_a_request_like_any_other(client, db, production, address):
    assert client.get("/readyz", headers=STRANGE, REMOTE_ADDR=address).status_code == 400
    named = {"Host": "careers.example.org"}
    assert client.get("/readyz", headers=named, REMOTE_ADDR=address).status_code == 200


def test_nobody_sends_a_probe_anything(client, db):
    assert client.post("/readyz").status_code == 405
