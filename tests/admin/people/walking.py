"""Somebody who follows every link of the editors' site."""

from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup

from tests.admin.editing import tree

START = "/admin/"


def walk(client) -> dict[str, BeautifulSoup | None]:
    """The addresses of the admin that links lead to, from its home on, each with the page that is
    there; None of what is no page, or leads on. Raises where one refuses."""
    seen: dict[str, BeautifulSoup | None] = {}
    left = [START]
    while left:
        address = left.pop()
        if address in seen:
            continue
        seen[address] = None
        answer = client.get(address)
        assert answer.status_code in {200, 302}, f"{address}: {answer.status_code}"
        if answer.status_code == 302:
            left.append(urlsplit(urljoin(address, answer["Location"])).path)
        elif answer["Content-Type"].startswith("text/html"):
            page = seen[address] = tree(answer)
            links = (urlsplit(urljoin(address, a["href"])) for a in page.select("a[href]"))
            left += [link.path for link in links if link.path.startswith(START)]
    return seen
