"""Map addresses of the site to those of its mirror, which can't have queries."""

import re
from urllib.parse import parse_qsl, unquote, urlencode, urljoin, urlsplit

# Parameters whose pages are in the mirror, each at its own address: the next page of a long list,
# the roles with a path, the changes of a role. Their values are numbers or slugs.
KEPT = ("page", "path", "role")
_VALUE = re.compile(r"[\w-]+", re.ASCII)


def asked_for(address: str, here: str, origin: str) -> str | None:
    """The address, without fragment, that a link asks this site for; None if it leads elsewhere.

    address: as the link has it. here: the address of its page, with the query. origin: of the site.
    For a page, only parameters in KEPT are left; for a file, all are.
    """
    try:
        full = urlsplit(urljoin(f"{origin}{here}", address))
    except ValueError:
        return None
    if f"{full.scheme}://{full.netloc}" != origin:
        return None
    path = full.path or "/"
    if not path.endswith("/"):
        return f"{path}?{full.query}" if full.query else path
    query = urlencode(_kept(full.query))
    return f"{path}?{query}" if query else path


def drops_a_choice(address: str, here: str, origin: str) -> bool:
    """Whether a link to a page has parameters that the mirror doesn't keep."""
    full = urlsplit(urljoin(f"{origin}{here}", address))
    given = parse_qsl(full.query)
    return full.path.endswith("/") and len(_kept(full.query)) < len(given)


def mirrored(asked: str) -> str:
    """The address in the mirror for an address of the site: "/changes/?page=2" →
    "/changes/page/2/".

    A file keeps its query, which static hosts ignore.
    """
    path, _, query = asked.partition("?")
    if not path.endswith("/"):
        return asked
    return path + "".join(f"{name}/{value}/" for name, value in _kept(query))


def file_name(address: str) -> str:
    """The name of the file for an address of the mirror, relative to its folder."""
    name = unquote(address.partition("?")[0]).removeprefix("/")
    return f"{name}index.html" if not name or name.endswith("/") else name


def _kept(query: str) -> list[tuple[str, str]]:
    """The parameters that the mirror keeps, in the order of KEPT."""
    given = dict(parse_qsl(query))
    readable = {name: value for name, value in given.items() if _VALUE.fullmatch(value)}
    return [(name, readable[name]) for name in KEPT if name in readable]
