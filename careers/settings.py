"""Settings, read from the environment alone; README.md has the table.

Safe by default: DEBUG is off, and plain HTTP is served only while every allowed host is this
machine. A value that can't be read stops the start with a line that names the variable.
"""

import sys
from importlib.util import find_spec
from ipaddress import ip_network
from pathlib import Path
from typing import Any, NoReturn, cast

from django.utils.csp import CSP
from environs import EnvValidationError, FileAwareEnv, validate

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

LOOPBACK = ["localhost", "127.0.0.1", "[::1]"]
ONE_YEAR = 365 * 24 * 60 * 60


def stop(*problems: str) -> NoReturn:
    """End the start: wrong settings are worse than no site."""
    sys.exit("\n".join(f"error: {problem}" for problem in problems))


# -- From the environment ------------------------------------------------------------------


class Environment(FileAwareEnv):
    """Reads NAME, or the file that NAME_FILE names."""

    def _get_value(self, env_key: str, default: Any) -> Any:
        try:
            return super()._get_value(env_key, default)
        except ValueError as unreadable:
            stop(str(unreadable))


env = Environment(eager=False, strip_whitespace=True)


def listed(name: str, default: list[str], *, fewest: int = 0) -> list[str]:
    """The comma-separated values of a variable, without white space around them; none is empty."""
    named: list[str] = env.list(
        name,
        default,
        subcast=str.strip,
        validate=[
            validate.Length(min=fewest, error="It is empty."),
            validate.ContainsNoneOf([""], error="Something between its commas is empty."),
        ],
    )
    return named


DEBUG = env.bool("DEBUG", False)
SECRET_KEY = env.str("SECRET_KEY", "")
SECRET_KEY_FALLBACKS = listed("SECRET_KEY_FALLBACKS", [])
ALLOWED_HOSTS = listed("ALLOWED_HOSTS", LOOPBACK, fewest=1)
HSTS_SECONDS = env.int("HSTS_SECONDS", default=ONE_YEAR, validate=validate.Range(min=0))
HSTS_INCLUDE_SUBDOMAINS = env.bool("HSTS_INCLUDE_SUBDOMAINS", True)
HSTS_PRELOAD = env.bool("HSTS_PRELOAD", True)
TRUST_FORWARDED_PROTO = env.bool("TRUST_FORWARDED_PROTO", False)
CATALOG_DIR = env.path("CATALOG_DIR", BASE_DIR / "catalog")
PAGE_CACHE_MB = env.int("PAGE_CACHE_MB", default=8, validate=validate.Range(min=0))
STATIC_ROOT = env.path("STATIC_ROOT", VAR_DIR / "static")
DATABASES = {
    "default": env.dj_db_url(
        "DATABASE_URL",
        f"sqlite:///{VAR_DIR / 'db.sqlite3'}",
        conn_max_age=60,
        conn_health_checks=True,
    )
}
DATABASE_CONNECT_SECONDS = env.int("DATABASE_CONNECT_SECONDS", 2, validate=validate.Range(min=2))
DATABASE_STATEMENT_SECONDS = env.int(
    "DATABASE_STATEMENT_SECONDS", 20, validate=validate.Range(min=0)
)
NAMED_NETWORKS = listed("PROBE_NETWORKS", ["127.0.0.0/8", "::1"])
SECURITY_CONTACT = env.str(
    "SECURITY_CONTACT",
    "",
    validate=validate.Regexp(
        r"(mailto:\S+@\S+|https://\S+)?\Z", error="It must begin with mailto: or https://."
    ),
)
MAIL = env.dj_email_url("EMAIL_URL") if env.str("EMAIL_URL", "") else {}
MAIL_FROM = env.str("MAIL_FROM", "")
SECOND_FACTOR_ASKED = env.bool("SECOND_FACTOR_REQUIRED", None)
LOG_LEVEL = env.str(
    "LOG_LEVEL",
    "INFO",
    validate=validate.OneOf(["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"]),
)
LOG_FORMAT = env.str("LOG_FORMAT", "", validate=validate.OneOf(["", "json", "text"]))
LOG_REQUESTS = env.bool("LOG_REQUESTS", True)
METRICS_TOKEN = env.str("METRICS_TOKEN", "")
SENTRY_DSN = env.str("SENTRY_DSN", "")
try:
    env.seal()
except EnvValidationError as invalid:
    by_name = cast("dict[str, list[str]]", invalid.error_messages)
    stop(
        *(
            f"the environment variable {name} can't be read: {' '.join(words)}"
            for name, words in by_name.items()
        )
    )
try:
    PROBE_NETWORKS = [ip_network(name) for name in NAMED_NETWORKS]
except ValueError as unreadable:
    stop(f"the environment variable PROBE_NETWORKS can't be read: {unreadable}.")

PAGE_CACHE_BYTES = PAGE_CACHE_MB * 1_000_000

if SENTRY_DSN and not find_spec("sentry_sdk"):
    stop(
        "SENTRY_DSN is set, but Sentry's package isn't installed: install requirements-sentry.txt."
    )

KEPT_SECRET_KEY = VAR_DIR / "secret_key"
# These commands only read files and sign nothing, so they need no key.
SIGNS_NOTHING = sys.argv[1:2] == ["catalog"] and bool({"check", "schema"} & set(sys.argv[2:]))
if not SECRET_KEY and not SIGNS_NOTHING:
    try:
        SECRET_KEY = KEPT_SECRET_KEY.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        pass
    except OSError as unreadable:  # most often since it is another user's
        stop(f"the secret key in {KEPT_SECRET_KEY} can't be read: {unreadable.strerror}.")
    if not SECRET_KEY:
        stop("no secret key: run bin/serve once, or set SECRET_KEY or SECRET_KEY_FILE.")

# Plain HTTP is for one's own machine. If any other host is allowed, the site is HTTPS only.
HTTPS = not set(ALLOWED_HOSTS) <= set(LOOPBACK)

# A leaked password would let others publish. On one's own machine there is nobody else.
SECOND_FACTOR_REQUIRED = HTTPS if SECOND_FACTOR_ASKED is None else SECOND_FACTOR_ASKED

# -- Mail, for forgotten passwords -------------------------------------------------------------

SENDS_MAIL = bool(MAIL)
MAILERS: dict[str, dict[str, Any]] = {}
SILENCED_SYSTEM_CHECKS = [] if SENDS_MAIL else ["mail.W001"]  # it warns that nothing sends mail
if MAIL:
    if not MAIL.get("EMAIL_BACKEND", "").endswith("smtp.EmailBackend"):
        stop("the environment variable EMAIL_URL can't be read: it must begin with submission://.")
    if not MAIL_FROM and ALLOWED_HOSTS[0].startswith((".", "*")):
        stop(f"EMAIL_URL is set, but MAIL_FROM isn't: no mail can come from {ALLOWED_HOSTS[0]}.")
    MAILERS["default"] = {
        "BACKEND": MAIL["EMAIL_BACKEND"],
        "OPTIONS": {
            "host": MAIL["EMAIL_HOST"],
            "port": MAIL["EMAIL_PORT"],
            "username": MAIL["EMAIL_HOST_USER"] or "",
            "password": MAIL["EMAIL_HOST_PASSWORD"] or "",
            "use_tls": MAIL["EMAIL_USE_TLS"],
            "use_ssl": MAIL["EMAIL_USE_SSL"],
            "timeout": 10,  # seconds, for which a thread is lost to visitors
        },
    }
DEFAULT_FROM_EMAIL = MAIL_FROM or f"AI Careers <careers@{ALLOWED_HOSTS[0]}>"

# -- The application -----------------------------------------------------------------------

ROOT_URLCONF = "careers.urls"
WSGI_APPLICATION = "careers.wsgi.application"

INSTALLED_APPS = [
    "careers.apps.CareersConfig",
    "paths.apps.PathsConfig",
    "careers.apps.CatalogAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
]

MIDDLEWARE = [
    # Headers first, so that an answer has them whatever goes wrong further in.
    "careers.middleware.isolation",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "careers.middleware.speculation",
    "careers.pages.freshness.freshness",
    "django.middleware.security.SecurityMiddleware",
    "careers.operations.probes.probes",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # In this order: compression adds random bytes, so ETags are made of bodies before it.
    "django.middleware.gzip.GZipMiddleware",
    "careers.middleware.KnownByItsDate",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "careers.middleware.whole_forms",  # before anything reads a form
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "careers.snapshot.middleware",
    "careers.pages.carried.carry",
    "careers.pages.site.not_allowed",
    "paths.addresses.AddressMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            # None of these touches the session, so none makes a public page vary by visitor.
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "careers.pages.theme.context",
                "careers.pages.plan.kept.context",
            ],
        },
    }
]
FORM_RENDERER = "careers.form_renderer.FormRenderer"

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Writers wait in line instead of failing: a transaction begins with the write lock, and readers
    # go on meanwhile. SQLite's cache is small: each thread has one, and the system caches as well.
    given = DATABASES["default"].get("OPTIONS", {})
    if unknown := sorted(given.keys() - {"timeout"}):
        stop(f"the environment variable DATABASE_URL can't be read: it can't have {unknown[0]}.")
    if type(given.get("timeout", 0)) is not int:
        stop("the environment variable DATABASE_URL can't be read: its timeout isn't a number.")
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
        "PRAGMA cache_size=-256;",  # KiB
    } | given
elif DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql":
    DATABASES["default"]["ENGINE"] = "careers.database"  # the same, with time-outs
else:
    stop("the environment variable DATABASE_URL must begin with sqlite:/// or postgres://.")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Tries are limited by the form to sign in. The devices' own limits would lock their owner out for
# as long as somebody else keeps trying.
OTP_TOTP_THROTTLE_FACTOR = OTP_STATIC_THROTTLE_FACTOR = 0
OTP_TOTP_ISSUER = "AI Careers"
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"  # if `next` is another site's
PASSWORD_HASHERS = ["careers.admin.signing_in.hashing.OneAtATimePasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024  # of an editor's form, files beside lessons included
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # a role with sixty salary bands sends two thousand

# -- Words, dates --------------------------------------------------------------------------

LANGUAGE_CODE = "en-us"
USE_I18N = False
FORMAT_MODULE_PATH = "careers.formats"
TIME_ZONE = "UTC"
USE_TZ = True

# -- Static files --------------------------------------------------------------------------

STATIC_URL = "static/"
WHITENOISE_ALLOW_ALL_ORIGINS = False
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "careers.staticfiles.StaticFilesStorage"
    },
}

# -- Safety --------------------------------------------------------------------------------

SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^(livez|readyz|healthz|metrics)$"]
SECURE_HSTS_SECONDS = HSTS_SECONDS if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS and HSTS_INCLUDE_SUBDOMAINS
SECURE_HSTS_PRELOAD = HTTPS and HSTS_PRELOAD
if TRUST_FORWARDED_PROTO:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# `__Host-` binds a cookie to this very host over HTTPS; browsers refuse it over plain HTTP.
COOKIE_PREFIX = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}sessionid"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrftoken"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "careers.admin.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "faults": {"()": "careers.operations.logs.Faults"},
        "lasting": {"()": "careers.operations.logs.LastingFaults"},
        "request": {"()": "careers.operations.logs.RequestIds"},
    },
    "formatters": {
        "text": {"()": "careers.operations.logs.Text"},
        "json": {"()": "careers.operations.logs.Json"},
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": LOG_FORMAT or ("json" if HTTPS else "text"),
            "filters": ["lasting", "request"],
        }
    },
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
    "loggers": {
        "django": {"handlers": [], "level": LOG_LEVEL},
        # The request log has each status. Only faults of ours are logged here.
        "django.request": {"level": "ERROR", "filters": ["faults"]},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
        "django.security.csrf": {"level": "ERROR"},
        # The sender sent too much, and was told so.
        "django.security.RequestDataTooBig": {"level": "CRITICAL"},
        "django.security.TooManyFieldsSent": {"level": "CRITICAL"},
        "django.security.TooManyFilesSent": {"level": "CRITICAL"},
    },
}
