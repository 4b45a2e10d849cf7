"""Answers with prepared headers, and which of the application's answers may be kept."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.http import parse_etags, parse_http_date_safe

from careers.pagecache.encodings import IDENTITY, encode, shrinks
from careers.pagecache.keys import Environ, Key

type Headers = list[tuple[str, str]]

OK = "200 OK"
NOT_MODIFIED = "304 Not Modified"
# The request headers in the key. An answer that varies by any other isn't kept.
COVERED = {
    "accept-encoding",
    "save-data",
    "hx-request",
    "hx-boosted",
    "hx-history-restore-request",
}
OF_THE_BODY = {"content-type", "content-length", "content-encoding", "content-language"}
OVERHEAD = 2_000  # bytes that an answer takes besides its body: headers, key, objects


@dataclass(slots=True)
class Answer:
    """The answer for a key. uses: how often it was sent lately; halved when room is made.

    is_shared: whether all requests with the key get the same answer.
    """

    status: str
    headers: Headers
    body: bytes
    etag: str
    last_modified: int | None
    is_shared: bool
    uses: int = field(default=0, compare=False)
    bodies: Sequence[bytes] = field(init=False)
    not_modified_headers: Headers = field(init=False)

    def __post_init__(self) -> None:
        self.bodies = [self.body]
        self.not_modified_headers = _not_modified(self.headers)

    @property
    def size(self) -> int:
        """Approximate bytes of memory."""
        return len(self.body) + OVERHEAD

    def is_known(self, environ: Environ) -> bool:
        """Whether the client has it already, by its ETag or, if it sends none, by its date."""
        return _is_known(environ, self.etag, self.last_modified)


@dataclass(frozen=True, slots=True)
class Passed:
    """An answer that is passed on, unread, to the one request that had it made.

    is_shared: whether all requests with its key get the same answer. body: to be closed once, by
    whoever sends the answer.
    """

    status: str
    headers: Headers
    body: Iterable[bytes]
    is_shared: bool

    def is_known(self, environ: Environ) -> bool:
        return _is_known(environ, *_validators(self.status, _by_name(self.headers)))

    @property
    def not_modified_headers(self) -> Headers:
        return _not_modified(self.headers)

    def close(self) -> None:
        if hasattr(self.body, "close"):
            self.body.close()


def pass_on(key: Key, status: str, headers: Headers, body: Iterable[bytes]) -> Passed:
    said = _by_name(headers)
    is_shared = bool(_validators(status, said)[0]) and _is_shared(key, said)
    new = {"vary": _vary(said)}
    own = [(name, new.pop(name.lower(), value)) for name, value in headers]
    return Passed(
        status, own + [(name.title(), value) for name, value in new.items()], body, is_shared
    )


def _by_name(headers: Headers) -> dict[str, str]:
    return {name.lower(): value for name, value in headers}


def _not_modified(headers: Headers) -> Headers:
    return [(name, value) for name, value in headers if name.lower() not in OF_THE_BODY]


def _validators(status: str, said: dict[str, str]) -> tuple[str, int | None]:
    """An answer's ETag, as if it were strong, and its modification time; "" and None if not 200."""
    if status != OK:
        return "", None
    tag = said.get("etag", "").removeprefix("W/").strip('"')
    return f'"{tag}"' if tag else "", parse_http_date_safe(said.get("last-modified", ""))


def _is_known(environ: Environ, etag: str, last_modified: int | None) -> bool:
    tags = environ.get("HTTP_IF_NONE_MATCH", "")
    if tags == etag and tags:
        return True
    known = parse_etags(tags) if tags else []
    if known:
        return bool(etag) and (known == ["*"] or etag in (tag.removeprefix("W/") for tag in known))
    since = environ.get("HTTP_IF_MODIFIED_SINCE")
    if since is None or last_modified is None:
        return False
    asked = parse_http_date_safe(since)
    return asked == last_modified  # as in careers.middleware


def make_answer(key: Key, status: str, headers: Headers, body: bytes) -> Answer:
    """Turn the application's answer to key.environ() into one in the key's encoding."""
    said = _by_name(headers)
    encoding, packed = _pack(key, said, body)
    new = {"content-length": str(len(packed)), "vary": _vary(said)}
    if encoding != IDENTITY:
        new["content-encoding"] = encoding
    etag, modified = _validators(status, said)
    if etag and encoding != IDENTITY:
        etag = f'"{etag.strip('"')}-{encoding}"'
    new |= {"etag": etag} if etag else {}
    own = [(name, new.pop(name.lower(), value)) for name, value in headers]
    own += [(name.title(), value) for name, value in new.items()]
    return Answer(status, own, packed, etag, modified, bool(etag) and _is_shared(key, said))


def _pack(key: Key, said: dict[str, str], body: bytes) -> tuple[str, bytes]:
    """Compress a body if that makes it smaller. Returns its encoding, and the body in it."""
    if "content-encoding" not in said and shrinks(said.get("content-type", "")):
        packed = encode(body, key.encoding)
        if len(packed) < len(body):
            return key.encoding, packed
    return IDENTITY, body


def _is_shared(key: Key, said: dict[str, str]) -> bool:
    """Whether all requests with the key get this answer.

    A page in colors that a visitor chose is private for all other caches, but this one has the
    colors in its key.
    """
    control, varies = _listed(said.get("cache-control", "")), _listed(said.get("vary", ""))
    if key.colors:
        varies.discard("cookie")
    if {"set-cookie", "content-encoding"} & said.keys() or not varies <= COVERED:
        return False
    return "no-store" not in control and ("public" in control or bool(key.colors))


def _vary(said: dict[str, str]) -> str:
    names = [name.strip() for name in said.get("vary", "").split(",") if name.strip()]
    known = "accept-encoding" in map(str.lower, names)
    return ", ".join(names if known else [*names, "Accept-Encoding"])


def _listed(value: str) -> set[str]:
    return {each.strip().lower() for each in value.split(",")} - {""}
