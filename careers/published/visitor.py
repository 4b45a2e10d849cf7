"""Where a visitor comes from and how much time they have, and what a role takes them. Pure."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from careers.published.catalog import Background, Catalog, Pivot, Role
from careers.published.query import Reader, ignored
from careers.published.roadmap import Forecast, LessonRef, Work, forecast, work

MOST_HOURS_A_WEEK = 60


@dataclass(frozen=True, slots=True)
class Visitor:
    """What a visitor says of themself in an address. pace: hours a week; today: where it counts."""

    background: Background | None = None
    pace: int | None = None
    today: datetime.date | None = None

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """What an address says of this visitor."""
        said = []
        if self.background:
            said.append(("from", self.background.slug))
        if self.pace:
            said.append(("pace", str(self.pace)))
        return said

    @property
    def query(self) -> str:
        """What to put behind the address of another page: "?from=…&pace=…", or nothing."""
        return f"?{urlencode(self.parameters)}" if self.parameters else ""

    @property
    def knows(self) -> frozenset[int]:
        """The numbers of the lessons that this visitor can skip."""
        return self.background.knows if self.background else frozenset()

    def known(self, lessons: Iterable[LessonRef]) -> "Known":
        """Which of some lessons this visitor can skip."""
        return Known(self.background, tuple(each for each in lessons if each.number in self.knows))

    def of(self, role: Role) -> "Effort":
        """What a role takes this visitor."""
        rest = role.roadmap.left(self.knows)
        return Effort(
            background=self.background,
            pivot=next((p for p in role.pivots if p.background == self.background), None),
            known=self.known(role.roadmap.lessons),
            left=rest,
            pace=self.pace,
            today=self.today,
            forecast=forecast(rest.minutes, self.pace, self.today)
            if self.pace and self.today
            else None,
        )


@dataclass(frozen=True, slots=True)
class Known:
    """Lessons that a background lets a visitor skip, drafts included."""

    background: Background | None
    lessons: tuple[LessonRef, ...]

    @property
    def work(self) -> Work:
        """What they would have taken."""
        return work(self.lessons)

    @property
    def published(self) -> tuple[LessonRef, ...]:
        """Those that can be read."""
        return tuple(lesson for lesson in self.lessons if lesson.is_published)

    @property
    def drafts(self) -> int:
        """How many aren't written yet."""
        return len(self.lessons) - len(self.published)


@dataclass(frozen=True, slots=True)
class Effort:
    """What a role takes one visitor.

    background, pivot: where they come from, and what the catalog has on the way from there.
    known: what they can skip of it. pace: hours a week; today: the day that a forecast begins.
    """

    background: Background | None
    pivot: Pivot | None
    known: Known
    left: Work
    pace: int | None
    today: datetime.date | None
    forecast: Forecast | None


def read_visitor(reader: Reader, catalog: Catalog, today: datetime.date) -> Visitor:
    """What `from` and `pace` say. Only who asks for a pace gets a page that depends on the day."""
    background = reader.one_of("from", catalog.backgrounds, "background")
    pace = reader.whole("pace", MOST_HOURS_A_WEEK, "hours a week")
    return Visitor(background, pace, today if pace else None)


MOST_COMPARED = 3
MOST_NAMED = 5  # of what is left out


def compared(slugs: Iterable[str], catalog: Catalog) -> tuple[Role, ...]:
    """The roles that were put aside to be compared, in that order: known ones, each once."""
    known = dict.fromkeys(slug for slug in slugs if slug in catalog.roles)
    return tuple(catalog.roles[slug] for slug in list(known)[:MOST_COMPARED])


def put_aside(reader: Reader, slugs: Iterable[str], catalog: Catalog) -> tuple[Role, ...]:
    """The same for a page that only keeps them: `reader` gets what is left out."""
    said = list(dict.fromkeys(text for slug in slugs if (text := slug.strip())))
    roles = compared(said, catalog)
    kept = [role.slug for role in roles]
    for slug in [slug for slug in said if slug not in kept][:MOST_NAMED]:
        too_many = slug in catalog.roles
        why = "Three roles at most are compared." if too_many else "There is no role of this name."
        reader.ignored.append(ignored("r", slug, why))
    return roles
