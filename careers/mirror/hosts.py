"""Files that tell a static host about redirects, retired pages and headers."""

import mimetypes
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath

from careers.mirror.crawl import Crawled
from careers.mirror.moved import Elsewhere

HEADERS = (
    "Access-Control-Allow-Origin",
    "Content-Disposition",
    "Content-Security-Policy",
    "Cross-Origin-Opener-Policy",
    "Cross-Origin-Resource-Policy",
    "Permissions-Policy",
    "Referrer-Policy",
    "Strict-Transport-Security",
    "X-Content-Type-Options",
    "X-Frame-Options",
)
_HASHED = r"^/static/.+\.[0-9a-f]{12}\.[a-z0-9]+$"


def gone_page(address: str) -> str:
    """The address of the page that says that a thing was retired."""
    return f"{address}410.html"


def _gone(elsewhere: Elsewhere) -> dict[str, str]:
    """Address → the page that says that its thing was retired."""
    pages = {each: each for each in elsewhere.gone} | elsewhere.gone_files
    return {address: gone_page(page) for address, page in pages.items()}


def host_files(crawled: Crawled, elsewhere: Elsewhere) -> Iterator[tuple[str, str]]:
    """The name and content of each file."""
    yield "_redirects", "\n".join(_redirects(elsewhere))
    yield "_headers", "\n".join(_headers(crawled))
    yield "_nginx/maps.conf", "\n".join(_nginx_maps(crawled, elsewhere))
    yield "_nginx/server.conf", "\n".join(_nginx_server(crawled))


# -- Netlify, Cloudflare Pages and others that read their files ------------------------------


def _redirects(elsewhere: Elsewhere) -> Iterator[str]:
    """Redirects, and pages for what was retired: with 404, as these hosts don't allow 410."""
    for address, target in sorted(elsewhere.moved.items()):
        yield f"{address} {target} 301"
    for address, page in sorted(_gone(elsewhere).items()):
        yield f"{address} {page} 404"
    yield ""


def _headers(crawled: Crawled) -> Iterator[str]:
    """These hosts send the headers of all rules that match. So only what all answers share is under
    `/*`; but the Content-Security-Policy of pages, the strictest, is there for everything."""
    yield "/*"
    for name in HEADERS:
        values = _values(crawled, name)
        is_shared = len(set(values.values())) == 1 or name == "Content-Security-Policy"
        if is_shared and values["/"]:
            yield f"  {name}: {values['/']}"
    for address, value in sorted(_values(crawled, "Access-Control-Allow-Origin").items()):
        if value:
            yield address
            yield f"  Access-Control-Allow-Origin: {value}"
    yield ""


# -- nginx -----------------------------------------------------------------------------------


def _nginx_maps(crawled: Crawled, elsewhere: Elsewhere) -> Iterator[str]:
    yield "# Included in `http { … }`, once, before any other `map`."
    yield "map_hash_bucket_size 512;"
    yield "map_hash_max_size 65536;"
    yield from _nginx_map("$mirror_moved", "", elsewhere.moved)
    yield from _nginx_map("$mirror_gone", "", _gone(elsewhere))
    for name in HEADERS:
        values = _values(crawled, name)
        default = values["/"]
        other = {address: value for address, value in values.items() if value != default}
        yield from _nginx_map(_variable(name), default, other)
    yield ""


def _nginx_map(variable: str, default: str, values: Mapping[str, str]) -> Iterator[str]:
    yield f"map $uri {variable} {{"
    yield f"    default {_quoted(default)};"
    for address, value in sorted(values.items()):
        yield f"    {_quoted(address)} {_quoted(value)};"
    yield "}"


def _nginx_server(crawled: Crawled) -> Iterator[str]:
    yield "# Included in `server { … }`, whose `root` is this folder."
    yield "index index.html;"
    yield "charset utf-8;"
    yield "charset_types text/css text/csv text/javascript text/plain text/x-python;"
    yield "types {"
    for suffix, kind in sorted(_types(crawled).items()):
        yield f"    {kind} {suffix};"
    yield "}"
    for name in HEADERS:
        yield f"add_header {name} {_variable(name)} always;"
    yield "if ($mirror_moved) { return 301 $mirror_moved$is_args$args; }"
    yield "if ($mirror_gone) { return 410; }"
    yield "error_page 404 /404.html;"
    yield "error_page 410 @gone;"
    yield "location @gone { try_files $mirror_gone =404; }"
    yield "location ^~ /_ { return 404; }"
    yield f'location ~ "{_HASHED}" {{ expires max; }}'
    yield "location / { try_files $uri $uri/ =404; }"
    yield ""


def _variable(header: str) -> str:
    return f"$mirror_{header.lower().replace('-', '_')}"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _types(crawled: Crawled) -> dict[str, str]:
    """Suffix → type that the site answers; static files have no headers, so theirs is guessed."""
    found: dict[str, str] = {}
    for address, headers in crawled.headers.items():
        path = PurePosixPath("index.html" if address.endswith("/") else address.partition("?")[0])
        kind = headers.get("content-type") or mimetypes.guess_type(path)[0]
        if kind and path.suffix:
            found.setdefault(path.suffix.removeprefix("."), kind.partition(";")[0])
    return found


def _values(crawled: Crawled, name: str) -> dict[str, str]:
    """Address → value of a header, or "", for everything that the site itself answered."""
    answered: Iterable[tuple[str, dict[str, str]]] = crawled.headers.items()
    return {
        address.partition("?")[0]: headers.get(name.lower(), "")
        for address, headers in answered
        if headers
    }
