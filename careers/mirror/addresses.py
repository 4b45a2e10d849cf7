"""Where what stands at an address of the site stands in its mirror, which knows no queries."""

import re
from urllib.parse import parse_qsl, unquote, urlencode, urljoin, urlsplit

# Parameters whose pages are written too, each at an address of its own: of a long list's next page,
# of the roles with a path, of what changed about a role. Their values are numbers or slugs.
KEPT = ("page", "path", "role")
_VALUE = re.compile(r"[\w-]+", re.ASCII)


def asked_for(address: str, here: str, origin: str) -> str | None:
    """What a link on a page asks this site for, without its part; None if it leads elsewhere.

    address: as the link says it. here: the address of the page, with its query. origin: of the
    site. A page is asked with the parameters alone that the mirror keeps, a file with all.
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
    """Whether a link asks for a page with parameters that the mirror doesn't keep."""
    full = urlsplit(urljoin(f"{origin}{here}", address))
    given = parse_qsl(full.query)
    return full.path.endswith("/") and len(_kept(full.query)) < len(given)


def mirrored(asked: str) -> str:
    """The address in the mirror of what is asked for: "/changes/?page=2" → "/changes/page/2/".

    That of a file keeps its query, which a static host passes over.
    """
    path, _, query = asked.partition("?")
    if not path.endswith("/"):
        return asked
    return path + "".join(f"{name}/{value}/" for name, value in _kept(query))


def file_name(address: str) -> str:
    """The name, within the mirror's folder, of the file that stands at an address of it."""
    name = unquote(address.partition("?")[0]).removeprefix("/")
    return f"{name}index.html" if not name or name.endswith("/") else name


def _kept(query: str) -> list[tuple[str, str]]:
    """The parameters of a query that the mirror keeps, in the order of KEPT."""
    given = dict(parse_qsl(query))
    readable = {name: value for name, value in given.items() if _VALUE.fullmatch(value)}
    return [(name, readable[name]) for name in KEPT if name in readable]
