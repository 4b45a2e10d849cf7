"""A visitor's browser, as far as study plans go."""

from urllib.parse import parse_qs, urlsplit

from bs4 import BeautifulSoup
from django.test import Client

from careers.pages.plan import kept
from careers.published.plan.study_plan import StudyPlan
from careers.published.plan.text import checksum, decode_plan, encode_plan


class Visitor:
    """Opens pages and submits their forms, like a browser, with headers of a same-site request."""

    def __init__(self) -> None:
        self.client = Client(enforce_csrf_checks=True)

    def open(self, url: str, **more) -> BeautifulSoup:
        self.answer = self.client.get(url, **more)
        return BeautifulSoup(self.answer.content, "html.parser")

    def send(self, url: str, headers=None, **fields):
        sent = {"Sec-Fetch-Site": "same-origin"} if headers is None else headers
        self.answer = self.client.post(url, fields, headers=sent)
        for name, morsel in [*self.client.cookies.items()]:
            if morsel["max-age"] == 0:  # a browser drops it; Django's client would send it again
                del self.client.cookies[name]
        return self.answer

    @property
    def cookies(self) -> dict[str, str]:
        """Name → value of the cookies with plans."""
        return {
            name: morsel.value
            for name, morsel in self.client.cookies.items()
            if name.startswith(kept.COOKIE)
        }

    @property
    def plan(self) -> StudyPlan | None:
        """The plan in the only cookie, or None."""
        assert len(self.cookies) <= 1
        return next((decode_plan(text).plan for text in self.cookies.values()), None)

    def keep(self, plan: StudyPlan) -> None:
        self.keep_text(encode_plan(plan))

    def keep_text(self, text: str) -> None:
        self.client.cookies[f"{kept.COOKIE}-{checksum(text)}"] = text


def plan_in(url: str) -> StudyPlan | None:
    """Return the plan in an address, or None."""
    said = parse_qs(urlsplit(url).query).get("plan")
    return decode_plan(said[0]).plan if said else None


def words(found) -> str:
    return " ".join(found.get_text().split()).replace("\N{NO-BREAK SPACE}", " ")
