"""The parts of a request that its answer depends on, besides the catalog."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.conf import settings
from django.http import QueryDict
from django.http.cookie import parse_cookie

from careers.operations import PROBES
from careers.pagecache.encodings import choose_encoding
from careers.pages.theme import CHOICES
from careers.pages.theme import COOKIE as COLORS
from careers.published.query import LONGEST_VALUE, NAMES

type Environ = Mapping[str, Any]

LONGEST_ADDRESS = 1_000  # characters: longer addresses are no bookmarks, and would fill the memory
# "v" is for files beside lessons. A plan, and whether to keep it, is one visitor's own.
KNOWN = NAMES - {"plan", "keep"} | {"v"}
PARTS = ("HTTP_HX_REQUEST", "HTTP_HX_BOOSTED", "HTTP_HX_HISTORY_RESTORE_REQUEST")

# Pages for editors only, files that WhiteNoise has in memory, and probes.
OTHERS = ("/admin/", "/static/", *PROBES)

# Requests with one of these aren't answered from memory: they ask for a part of a page, or for a
# page on a condition, or they have a body.
UNUSUAL = frozenset(
    {
        "CONTENT_LENGTH",
        "HTTP_TRANSFER_ENCODING",
        "HTTP_AUTHORIZATION",
        "HTTP_IF_MATCH",
        "HTTP_IF_UNMODIFIED_SINCE",
        "HTTP_IF_RANGE",
        "HTTP_RANGE",
    }
)

# All that is read of a request. Requests that are equal in these get the same answer.
READ = (
    *("REQUEST_METHOD", "wsgi.url_scheme", "HTTP_HOST", "SCRIPT_NAME", "PATH_INFO"),
    *("QUERY_STRING", "HTTP_ACCEPT_ENCODING", "HTTP_COOKIE", "HTTP_SAVE_DATA"),
    *("HTTP_X_FORWARDED_PROTO", *PARTS),
)


class Key(NamedTuple):
    """The key of an answer.

    query: the known parameters, sorted by name. parts: for each header in PARTS, whether it is
    "true".
    """

    scheme: str
    host: str
    mount: str
    path: str
    query: str
    encoding: str
    colors: str
    saves_data: bool
    parts: tuple[bool, ...]

    def environ(self, of: Environ) -> dict[str, Any]:
        """A request that stands for all with this key: an uncompressed GET.

        It has no headers besides those in the key, so that the answer can't depend on others.
        """
        asked = {name: value for name, value in of.items() if not name.startswith("HTTP_")}
        asked |= {"REQUEST_METHOD": "GET", "QUERY_STRING": self.query, "HTTP_HOST": self.host}
        asked["wsgi.url_scheme"] = self.scheme
        if settings.SECURE_PROXY_SSL_HEADER:
            header, https = settings.SECURE_PROXY_SSL_HEADER
            asked[header] = https if self.scheme == "https" else "http"
        if self.colors:
            asked["HTTP_COOKIE"] = f"{COLORS}={self.colors}"
        if self.saves_data:
            asked["HTTP_SAVE_DATA"] = "on"
        return asked | {name: "true" for name, on in zip(PARTS, self.parts, strict=True) if on}


def read_key(environ: Environ) -> Key | None:
    """The key of a request, or None if its answer isn't kept or depends on more than a key has."""
    path, query = environ.get("PATH_INFO", ""), environ.get("QUERY_STRING", "")
    if environ.get("REQUEST_METHOD") not in ("GET", "HEAD") or path.startswith(OTHERS):
        return None
    host = environ.get("HTTP_HOST", "")
    if not host or host != host.lower() or len(host + path + query) > LONGEST_ADDRESS:
        return None
    parts = [environ.get(name) for name in PARTS]
    colors = _read_colors(environ.get("HTTP_COOKIE", ""))
    known = _read_query(query)
    if colors is None or known is None or not {*parts} <= {None, "true", "false"}:
        return None
    return Key(
        _scheme(environ),
        host,
        environ.get("SCRIPT_NAME", ""),
        path,
        known,
        choose_encoding(environ.get("HTTP_ACCEPT_ENCODING", "")),
        colors,
        environ.get("HTTP_SAVE_DATA") == "on",
        tuple(part == "true" for part in parts),
    )


def _scheme(environ: Environ) -> str:
    """The scheme as Django sees it: a proxy's header counts if the settings say so."""
    if settings.SECURE_PROXY_SSL_HEADER:
        header, https = settings.SECURE_PROXY_SSL_HEADER
        said = environ.get(header)
        if said is not None:
            return "https" if said.split(",", 1)[0].strip() == https else "http"
    return str(environ.get("wsgi.url_scheme", "http"))


def _read_colors(cookies: str) -> str | None:
    """The colors that a visitor chose, or "". None if they have any other cookie."""
    if not cookies:
        return ""
    known = parse_cookie(cookies)
    choice = known.pop(COLORS, None)
    return choice if choice in CHOICES and not known else None


def _read_query(query: str) -> str | None:
    """The known parameters in a fixed order. None if they hold a plan, or a value that is too long.

    Unknown ones are left out, so that nobody can fill the memory with made-up addresses.
    """
    if not query:
        return ""
    given = dict(QueryDict(query.encode("latin-1")).lists())
    if any(given.get("plan", [])):
        return None
    known = QueryDict(mutable=True)
    for name in sorted(KNOWN & given.keys()):
        if any(len(value) > LONGEST_VALUE for value in given[name]):
            return None
        known.setlist(name, given[name])
    return known.urlencode()
