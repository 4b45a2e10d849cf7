"""Follow every link of the editors' site."""

from urllib.parse import urljoin, urlsplit

from django.http import HttpResponse

from tests.admin.editing import parsed

START = "/admin/"


def walk(client) -> dict[str, HttpResponse | None]:
    """Follow links from the admin's home. Return address → the answer, or None if it isn't a page.
    Raises AssertionError at an answer that is neither 200 nor 302."""
    seen: dict[str, HttpResponse | None] = {}
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
            seen[address] = answer
            links = (urlsplit(urljoin(address, at)) for at in parsed(answer).xpath("//a/@href"))
            left += [link.path for link in links if link.path.startswith(START)]
    return seen
