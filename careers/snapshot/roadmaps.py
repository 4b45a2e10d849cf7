"""Make the roadmap of a role, as pages show it, from its rows."""

from collections.abc import Collection, Iterable

from careers.models import Role, Sequence, Step
from careers.published import catalog as published
from careers.published.roadmap import FurtherPath, Roadmap, Stop

NONE: frozenset[int] = frozenset()  # shared: otherwise 50,000 stops have one each, of 216 bytes


def _numbers(listed: Collection[int]) -> frozenset[int]:
    return frozenset(listed) if listed else NONE


def make_stop(step: Step, path: published.Path) -> Stop:
    """The stop that a step, saved or not, makes at a path."""
    return Stop(
        path=path.slug,
        title=path.title,
        position=path.position,
        url=path.url,
        why=step.why,
        emphasis=step.emphasis,
        outline=path.lessons,
        only=_numbers(step.only),
        focus=_numbers(step.focus),
    )


def make_further_path(path: published.Path) -> FurtherPath:
    """A path beyond the last stop of a roadmap."""
    return FurtherPath(
        path=path.slug,
        title=path.title,
        position=path.position,
        url=path.url,
        summary=path.summary,
        hours=path.hours,
        first_lesson=next((lesson for lesson in path.lessons if lesson.is_published), None),
    )


def make_roadmap(role: Role, stops: Iterable[Stop], further: Iterable[FurtherPath] = ()) -> Roadmap:
    """The roadmap of a role, saved or not."""
    return Roadmap(
        role=role.title,
        url=role.get_absolute_url() if role.has_address else "",
        code=role.code,
        line=role.line,
        in_sequence=role.sequence == Sequence.IN_SEQUENCE,
        stops=tuple(stops),
        after_paths=role.after_paths,
        not_taught=role.not_taught,
        fit_questions=len(role.fit_questions),
        further=tuple(further),
    )
