"""Somebody who follows every link of the editors' site."""

from urllib.parse import urljoin, urlsplit

from tests.admin.editing import tree

START = "/admin/"


def walk(client) -> set[str]:
    """The addresses of the admin that links lead to, from its home on. Raises where one refuses."""
    seen, left = set(), [START]
    while left:
        address = left.pop()
        if address in seen:
            continue
        seen.add(address)
        answer = client.get(address)
        assert answer.status_code in {200, 302}, f"{address}: {answer.status_code}"
        if answer.status_code == 302:
            left.append(urlsplit(urljoin(address, answer["Location"])).path)
        elif answer["Content-Type"].startswith("text/html"):
            links = (urlsplit(urljoin(address, a["href"])) for a in tree(answer).select("a[href]"))
            left += [link.path for link in links if link.path.startswith(START)]
    return seen
