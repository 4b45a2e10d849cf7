"""From rows to the values of `careers.roadmap`."""

from collections.abc import Iterable, Iterator

from django.urls import reverse

from careers.map import Line, Map, Station, draw
from careers.models import Role, Sequence, Step
from careers.roadmap import FirstLesson, OtherLine, Roadmap, Stop
from paths.hours import Hours


def stop(step: Step) -> Stop:
    """A step that `StepQuerySet.with_outline` loaded, as a stop."""
    path = step.path
    first = None
    if step.first_slug is not None:
        first = FirstLesson(
            title=step.first_title or "",
            url=reverse("lesson", args=[path.slug, step.first_slug]),
            minutes=step.first_minutes or 0,
        )
    return Stop(
        path=path.slug,
        title=path.title,
        position=path.position,
        url=path.get_absolute_url(),
        why=step.why,
        emphasis=step.emphasis,
        hours=Hours(
            step.lessons_planned,
            step.lessons_published,
            step.minutes_planned,
            step.minutes_published,
        ),
        first_lesson=first,
        also=tuple(_others(step)),
    )


def _others(step: Step) -> Iterator[OtherLine]:
    """The lines that `StepQuerySet.with_company` found, in the order of roles."""
    found = getattr(step, "company", None) or []
    for role in sorted(found, key=lambda role: (role["group"], role["position"], role["title"])):
        url = reverse("role", args=[role["slug"]])
        yield OtherLine(role["code"], role["line"], role["title"], url)


def roadmap(role: Role, steps: Iterable[Step] | None = None) -> Roadmap:
    """A role's roadmap. steps: where they are not the role's own saved ones."""
    return Roadmap(
        role=role.title,
        url=role.get_absolute_url() if role.slug else "",
        code=role.code,
        line=role.line,
        in_sequence=role.sequence == Sequence.IN_SEQUENCE,
        stops=tuple(stop(step) for step in (role.steps.all() if steps is None else steps)),
        after=role.after_paths,
        not_taught=role.not_taught,
    )


def transit_map(roadmaps: Iterable[Roadmap]) -> Map:
    """The lines of some roadmaps and every station that they stop at."""
    cards = list(roadmaps)
    stations = {
        stop.path: Station(
            stop.path, stop.title, stop.url, stop.position, stop.hours.minutes_planned
        )
        for card in cards
        for stop in card.stops
    }
    return draw([_line(card) for card in cards], stations.values())


def _line(card: Roadmap) -> Line:
    return Line(
        code=card.code,
        color=card.line,
        title=card.role,
        url=card.url,
        in_sequence=card.in_sequence,
        stops=tuple(stop.path for stop in card.stops),
        minutes=card.hours.minutes_planned,
    )
