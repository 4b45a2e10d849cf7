"""Preview of a role's roadmap card and pay as typed, saved or not."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from careers import snapshot
from careers.models import LineColor, Role, SalaryBand, Sequence, Step
from careers.published.roadmap import Roadmap
from paths.fields import NumbersFormField, lines
from paths.forms import TYPED, whole_number
from paths.models import LearningPath

STEP = re.compile(r"steps-([0-9]{1,4})-path")
type Label = Callable[[LearningPath], str]

BAND = re.compile(r"salary_bands-([0-9]{1,4})-region")
LONGEST = 10_000  # characters of a list that the preview reads
LAST = 10**6  # position of a row whose own can't be read


@dataclass(frozen=True, slots=True)
class Preview:
    """What the public would see. unseen: the labels of steps' paths that it would not.

    bands: the salary bands that are complete enough to show.
    """

    roadmap: Roadmap
    unseen: tuple[str, ...]
    bands: tuple[SalaryBand, ...] = ()


class BandForm(forms.ModelForm):  # type: ignore[type-arg]
    """A salary band by itself, without its role."""

    class Meta:
        model = SalaryBand
        exclude = ("role", "position")  # noqa: DJ006  every other field is shown
        field_classes = {
            field.name: typed["form_class"]
            for field in SalaryBand._meta.concrete_fields
            for kind, typed in TYPED.items()
            if isinstance(field, kind)
        }

    def clean(self) -> dict[str, Any]:
        # The model's clean() has every rule. ModelForm.clean() would add checks that cost queries.
        return self.cleaned_data


class TypedStep(NamedTuple):
    """A step as typed. Steps sort in the order of the roadmap. path: the path's primary key.

    row: decides between equal positions: the index of the step's form, or its primary key.
    """

    position: int
    row: int
    path: int
    why: str
    emphasis: str
    only: list[int]
    focus: list[int]


def of_saved(role: Role, label: Label) -> Preview:
    """Preview a role as saved, or an empty one if it is unsaved.

    label: names the paths that the public doesn't see.
    """
    steps = Step.objects.filter(role=role).order_by("position", "pk") if role.pk else ()
    return _preview(
        role,
        [TypedStep(s.position, s.pk, s.path_id, s.why, s.emphasis, s.only, s.focus) for s in steps],
        role.further.values_list("pk", flat=True) if role.pk else (),
        label,
        tuple(role.salary_bands.all()) if role.pk else (),
    )


def of_typed(data: QueryDict, label: Label, row: int | None = None) -> Preview:
    """Preview what a form holds. Whatever can't be read yet is left out.

    row: the primary key of the role; None for a new one.
    """
    role = Role(
        pk=row,
        title=_text(data, "title", 100),
        slug=_text(data, "slug", 60),
        code=_text(data, "code", 4),
        line=_line(data.get("line", "")),
        sequence=data.get("sequence", Sequence.IN_SEQUENCE),
        after_paths=_text(data, "after_paths", 200),
        not_taught=_text(data, "not_taught", 300),
    )
    role.fit_questions = lines(_text(data, "fit_questions", LONGEST))
    further = filter(None, map(whole_number, data.getlist("further")))
    bands = tuple(each for _, each in sorted(_typed_bands(data), key=itemgetter(0)))
    return _preview(role, sorted(_typed_steps(data)), further, label, bands)


def _line(name: str) -> LineColor:
    return LineColor(name) if name in LineColor.values else LineColor.BLUE


def _typed_steps(data: Mapping[str, str]) -> Iterable[TypedStep]:
    for found in filter(None, map(STEP.fullmatch, data)):
        row = f"steps-{found[1]}"
        path = whole_number(data[f"{row}-path"])
        if path is not None and f"{row}-DELETE" not in data:
            position = whole_number(data.get(f"{row}-position", ""))
            yield TypedStep(
                position=LAST if position is None else position,
                row=int(found[1]),
                path=path,
                why=_text(data, f"{row}-why", 140),
                emphasis=_text(data, f"{row}-emphasis", 40),
                only=_numbers(data, f"{row}-only"),
                focus=_numbers(data, f"{row}-focus"),
            )


def _typed_bands(data: Mapping[str, str]) -> Iterable[tuple[tuple[int, int], SalaryBand]]:
    """The valid bands, each with a key to sort by. Those still being typed are left out."""
    for found in filter(None, map(BAND.fullmatch, data)):
        row = f"salary_bands-{found[1]}-"
        if f"{row}DELETE" in data:
            continue
        sent = {name: data.get(f"{row}{name}", "") for name in BandForm.base_fields}
        form = BandForm(sent)
        if form.is_valid():
            position = whole_number(data.get(f"{row}position", ""))
            yield (LAST if position is None else position, int(found[1])), form.instance


def _numbers(data: Mapping[str, str], name: str) -> list[int]:
    try:
        numbers: list[int] = NumbersFormField(required=False).clean(data.get(name, ""))
    except ValidationError:
        return []
    return numbers


def _text(data: Mapping[str, str], name: str, limit: int) -> str:
    return data.get(name, "").replace("\0", "")[:limit]


def _preview(
    role: Role,
    typed: list[TypedStep],
    further: Iterable[int],
    label: Label,
    bands: tuple[SalaryBand, ...],
) -> Preview:
    catalog = snapshot.current()
    public = catalog.paths
    beyond = set(further)
    paths = LearningPath.objects.in_bulk({*beyond, *(step.path for step in typed)})
    named = [(step, paths[step.path]) for step in typed if step.path in paths]
    stops = [
        snapshot.make_stop(
            Step(why=step.why, emphasis=step.emphasis, only=step.only, focus=step.focus),
            public[path.slug],
        )
        for step, path in named
        if path.slug in public
    ]
    unseen = tuple(label(path) for _, path in named if path.slug not in public)
    slugs = {paths[key].slug for key in beyond if key in paths}
    onward = [snapshot.make_further_path(path) for slug, path in public.items() if slug in slugs]
    roadmap = snapshot.make_roadmap(role, stops, onward)
    known = catalog.roles.by_pk.get(role.pk)
    if known:  # roles are told apart by address, and this is the role's until it is saved
        roadmap = replace(roadmap, url=known.url)
    return Preview(roadmap, unseen, bands)
