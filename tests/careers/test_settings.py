"""Settings as operators meet them: from the environment, each in a new process."""

import gzip
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import brotli
import pytest

from tests import forking
from tests.careers.serving import ROOT, run_program

KEY = "k" * 30 + "0123456789abcdefghijklmnopqrstuvwxyz"
PRODUCTION = {"ALLOWED_HOSTS": "careers.example.org", "SECRET_KEY": KEY}
SHOW = """
import json
from django.conf import settings
print(json.dumps({name: getattr(settings, name) for name in NAMES}, default=str))
"""


def run(*command: str, **environment: str) -> forking.Done:
    ours = ("DEBUG", "SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "CATALOG_DIR", "DJANGO")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return run_program(*command, environment=kept | environment)


def setting(*names: str, **environment: str) -> list:
    code = SHOW.replace("NAMES", repr(names))
    done = run("-c", code, DJANGO_SETTINGS_MODULE="careers.settings", **environment)
    assert done.returncode == 0, done.stderr
    return list(json.loads(done.stdout).values())


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda _: None, "no secret key"),
        (Path.mkdir, "can't be read: Is a directory."),
        (Path.touch, "no secret key"),
    ],
)
def test_a_kept_secret_key_that_cannot_be_used_stops_the_start_in_a_line(tmp_path, make, why):
    (tmp_path / "careers").mkdir()
    shutil.copy(ROOT / "careers" / "settings.py", tmp_path / "careers")
    (tmp_path / "var").mkdir()
    make(tmp_path / "var" / "secret_key")
    done = subprocess.run(
        [sys.executable, "-c", "import careers.settings"], cwd=tmp_path, env={},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert line.startswith("error: ")
    assert why in line


# As in the development server: one thread loads the URLs, another checks the settings.
LOAD_IN_TWO_THREADS = """
import sys, threading, time
import django
django.setup()
from django.utils.module_loading import import_string
from django.conf import settings

names = [settings.CSRF_FAILURE_VIEW, *settings.MIDDLEWARE, *settings.PASSWORD_HASHERS]
check = threading.Thread(target=lambda: [import_string(name) for name in names])

class Meanwhile:
    def find_spec(name, *_):
        if name == "careers.admin.autocomplete" and not check.ident:  # in the middle of the first
            check.start()
            time.sleep(0.3)

sys.meta_path.insert(0, Meanwhile)
import careers.urls
check.join()
"""


def test_no_setting_is_loaded_in_the_middle_of_what_it_names():
    done = run("-c", LOAD_IN_TWO_THREADS, DJANGO_SETTINGS_MODULE="careers.settings")
    assert done.returncode == 0
    assert "Error" not in done.stderr


LOOK_AGAIN = """
import django
django.setup()
from careers import snapshot
told = []
snapshot.watch = lambda *given: told.extend(given)
from careers import wsgi
assert told == [wsgi.page_cache.look_again], told
"""


def test_memory_hears_of_a_version_as_soon_as_it_is_built():
    done = run("-c", LOOK_AGAIN, DJANGO_SETTINGS_MODULE="careers.settings")
    assert done.returncode == 0, done.stderr


def test_the_production_environment_passes_the_deployment_check():
    done = run("manage.py", "check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEBUG", "perhaps"),
        ("SECOND_FACTOR_REQUIRED", "perhaps"),
        ("EMAIL_URL", "mail.example.org"),
        ("HSTS_SECONDS", "a year"),
        ("HSTS_SECONDS", "-1"),
        ("DATABASE_URL", "mongodb://somewhere"),
        ("DATABASE_URL", "nonsense"),
        ("DATABASE_URL", "mysql://u:p@db/site"),
        ("DATABASE_URL", "oracle://u:p@db/site"),
        ("DATABASE_URL", "postgis://u:p@db/site"),
        ("DATABASE_URL", "sqlite:////tmp/x?timeout=soon"),
        ("DATABASE_URL", "sqlite:////tmp/x?timeout=9&init_command=x"),
        ("LOG_LEVEL", "LOUD"),
        ("TRUST_FORWARDED_PROTO", "x"),
        ("SECRET_KEY_FILE", "/nowhere/at/all"),
        ("SECURITY_CONTACT", "security@example.org"),
        ("PROBE_NETWORKS", "10.0.0.0/8,here"),
        ("DATABASE_CONNECT_SECONDS", "1"),
        ("DATABASE_STATEMENT_SECONDS", "-1"),
        *(
            ("ALLOWED_HOSTS", value)
            for value in ("", " ", ",", "a.example,,b.example", "a.example,")
        ),
        *((name, "a, ,b") for name in ("SECRET_KEY_FALLBACKS", "PROBE_NETWORKS")),
    ],
)
def test_a_value_that_cannot_be_read_stops_the_start_in_one_line(name, value):
    done = run("manage.py", "check", **{"SECRET_KEY": KEY, name: value})
    assert done.returncode != 0
    assert name in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr


@pytest.fixture
def sentry() -> Iterator[ThreadingHTTPServer]:
    """A server that receives error reports. `came`: the bodies it got."""

    class Receiving(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            unpack = {"br": brotli.decompress, "gzip": gzip.decompress}
            server.came.append(unpack[self.headers["Content-Encoding"]](body).decode())
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_given) -> None:
            """Log nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Receiving) as server:
        server.came = []
        Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


BREAK = "import logging; logging.getLogger('careers').error('broken')"


@pytest.mark.parametrize(
    "program",
    [("-c", f"from careers import wsgi; {BREAK}"), ("manage.py", "shell", "-v0", "-c", BREAK)],
    ids=["server", "command"],
)
def test_errors_are_sent_to_whom_the_operator_named(sentry, program):
    dsn = f"http://key@127.0.0.1:{sentry.server_port}/1"
    more = {"DJANGO_SETTINGS_MODULE": "careers.settings"}
    assert run(*program, SECRET_KEY=KEY, SENTRY_DSN=dsn, **more).returncode == 0
    (event,) = sentry.came
    assert '"broken"' in event
    assert "sys.argv" not in event


def test_without_a_name_nothing_of_it_is_loaded():
    code = "import django, sys; django.setup(); print('sentry_sdk' in sys.modules)"
    done = run("-c", code, SECRET_KEY=KEY, DJANGO_SETTINGS_MODULE="careers.settings")
    assert done.stdout.strip() == "False"


def test_debug_is_off_unless_asked_for():
    assert setting("DEBUG", SECRET_KEY=KEY) == [False]
    assert setting("DEBUG", SECRET_KEY=KEY, DEBUG="1") == [True]


def test_plain_http_is_for_this_machine_only():
    names = ("SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE")
    assert setting(*names, SECRET_KEY=KEY) == [False] * 3
    assert setting(*names, **PRODUCTION) == [True] * 3


def test_cookies_belong_to_the_host_under_https():
    names = ("SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME")
    assert setting(*names, **PRODUCTION) == ["__Host-sessionid", "__Host-csrftoken"]


def test_what_stands_between_commas_may_have_blanks_around_it(tmp_path):
    (tmp_path / "keys").write_text("old,\nolder\n")
    given = {
        "ALLOWED_HOSTS": "localhost, 127.0.0.1",
        "SECRET_KEY_FALLBACKS_FILE": str(tmp_path / "keys"),
        "PROBE_NETWORKS": "10.0.0.0/8 , ::1",
    }
    names = ("ALLOWED_HOSTS", "SECRET_KEY_FALLBACKS", "PROBE_NETWORKS", "HTTPS")
    assert setting(*names, SECRET_KEY=KEY, **given) == [
        *(["localhost", "127.0.0.1"], ["old", "older"]),
        ["10.0.0.0/8", "::1/128"],
        False,
    ]


def test_no_old_key_and_no_network_may_be_named():
    names = ("SECRET_KEY_FALLBACKS", "PROBE_NETWORKS")
    assert setting(*names, SECRET_KEY=KEY, **dict.fromkeys(names, "")) == [[], []]


@pytest.mark.parametrize("hosts", [".example.org", "*", "*,careers.example.org"])
def test_mail_is_from_no_host_with_a_wildcard(hosts):
    given = {
        "SECRET_KEY": KEY,
        "ALLOWED_HOSTS": hosts,
        "EMAIL_URL": "submission://mail.example.org",
    }
    done = run("manage.py", "check", **given)
    assert done.returncode != 0
    assert "MAIL_FROM" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    sender = "careers@example.org"
    assert setting("DEFAULT_FROM_EMAIL", **given, MAIL_FROM=sender) == [sender]


def test_a_secret_can_come_from_a_file(tmp_path):
    (tmp_path / "key").write_text(f"{KEY}\n")
    assert setting("SECRET_KEY", SECRET_KEY_FILE=str(tmp_path / "key")) == [KEY]


@pytest.mark.parametrize(
    ("url", "engine", "name"),
    [
        ("sqlite:////tmp/a.sqlite3", "django.db.backends.sqlite3", "/tmp/a.sqlite3"),  # noqa: S108
        ("postgres://u:p@db:5432/site", "careers.database", "site"),
        ("postgresql://u:p@db/site", "careers.database", "site"),
    ],
)
def test_the_database_is_named_by_a_url(url, engine, name):
    (databases,) = setting("DATABASES", SECRET_KEY=KEY, DATABASE_URL=url)
    assert databases["default"]["ENGINE"] == engine
    assert databases["default"]["NAME"] == name


def test_what_a_url_asks_of_sqlite_is_done_and_the_rest_is_as_usual():
    def options(url: str) -> dict:
        return setting("DATABASES", SECRET_KEY=KEY, DATABASE_URL=url)[0]["default"]["OPTIONS"]

    usual = options("sqlite:////tmp/x")
    assert usual["transaction_mode"] == "IMMEDIATE"
    assert options("sqlite:////tmp/x?timeout=77") == usual | {"timeout": 77}


def test_the_catalog_may_be_another_folder(tmp_path):
    assert setting("CATALOG_DIR", SECRET_KEY=KEY, CATALOG_DIR=str(tmp_path)) == [str(tmp_path)]


def test_each_switch_of_hsts_is_one_by_itself():
    names = ("SECURE_HSTS_SECONDS", "SECURE_HSTS_INCLUDE_SUBDOMAINS", "SECURE_HSTS_PRELOAD")
    assert setting(*names, SECRET_KEY=KEY) == [0, False, False]
    careful = {"HSTS_SECONDS": "300", "HSTS_INCLUDE_SUBDOMAINS": "0", "HSTS_PRELOAD": "0"}
    assert setting(*names, **PRODUCTION, **careful) == [300, False, False]
    assert setting(*names, **PRODUCTION)[1:] == [True, True]


def test_keys_from_before_still_hold():
    assert setting("SECRET_KEY_FALLBACKS", **PRODUCTION, SECRET_KEY_FALLBACKS="a,b") == [["a", "b"]]


def test_a_second_factor_is_required_where_others_get_in():
    name = "SECOND_FACTOR_REQUIRED"
    assert setting(name, SECRET_KEY=KEY) == [False]
    assert setting(name, **PRODUCTION) == [True]
    assert setting(name, **PRODUCTION, SECOND_FACTOR_REQUIRED="0") == [False]


def test_mail_is_sent_where_a_server_is_named():
    assert setting("SENDS_MAIL", "MAILERS", SECRET_KEY=KEY) == [False, {}]
    url = "submission://user:pass%40word@mail.example.org:587"
    sends, mailers, sender = setting(
        *("SENDS_MAIL", "MAILERS", "DEFAULT_FROM_EMAIL"), **PRODUCTION, EMAIL_URL=url
    )
    options = mailers["default"]["OPTIONS"]
    assert sends
    assert (options["host"], options["port"], options["use_tls"]) == ("mail.example.org", 587, True)
    assert (options["username"], options["password"]) == ("user", "pass@word")
    assert sender == "AI Careers <careers@careers.example.org>"
