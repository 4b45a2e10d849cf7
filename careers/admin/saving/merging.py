"""Two people edit one thing: what each typed is merged field by field, or asked about.

A form knows the catalog version that it was opened at. What others saved since is in the revisions
after it, and with it what each of those fields said when the form was opened.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.http import HttpRequest, HttpResponse
from django.utils.text import get_text_list

from careers.admin.saving.recording import Recorded
from careers.admin.saving.typed import ROWS, Typed
from careers.models import CatalogVersion, Edit
from careers.sync.comparing.merge import FILE, LIVE, Clash, merge
from careers.sync.comparing.report import readable
from careers.sync.entries import with_paths_renamed
from paths.models import FormerPathSlug

SEEN = "_seen"  # the catalog version that a form was opened at
TAKE = "_take"  # whose value a clash is settled with
MINE, THEIRS = "mine", "theirs"
ASK = "Nothing is saved yet: choose above whose words are to hold."
NOT_IN_FORMS = {"", "formerly"}


@dataclass(frozen=True, slots=True)
class Since:
    """What others changed since a form was opened. base: what the fields said then. by: who."""

    base: Mapping[str, Any]
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A clash that waits for a choice. base, theirs, mine: in words. name: of its radio buttons."""

    label: str
    name: str
    base: str
    theirs: str
    mine: str


class _Asked(forms.ModelForm):  # type: ignore[type-arg]
    """A form that can't be saved before somebody chooses."""

    def clean(self) -> Any:
        cleaned = super().clean()
        self.add_error(None, ASK)
        return cleaned


class Merging(Recorded):
    """A thing that two people may edit at once without a word being lost."""

    def meet_others(self, request: HttpRequest, object_id: str | None) -> None:
        """Bring what others saved since the form was opened into it, or ask whose is to hold."""
        seen = request.POST.get(SEEN, "")
        thing = self.get_object(request, unquote(object_id)) if object_id else None
        if thing is None or not (seen.isdecimal() and len(seen) < 19):
            return
        since = _since(self.kind, thing, int(seen))
        typed = Typed(self, request, thing, self.kind)
        base = {**since.base, **typed.hidden_base()}
        if base and typed.is_valid():
            self._merge(request, typed, base, since.by)

    def _merge(
        self, request: HttpRequest, typed: Typed, base: Mapping[str, Any], by: tuple[str, ...]
    ) -> None:
        mine, theirs = typed.values(), typed.live()
        merged, questions = {}, []
        for name in base.keys() & mine.keys():
            sides = (base[name], mine[name], theirs[name])
            result = merge(name, *sides, partial(_choice, request, name))
            questions += [self._question(name, clash) for clash in result.clashes]
            merged[name] = mine[name] if result.clashes else result.value
        brought = [name for name in merged if merged[name] != mine[name]]
        # A role's rows may have other keys by now, though they say the same.
        changed = {name: merged[name] for name in merged if name in brought or name in ROWS}
        request.POST = typed.data(changed)  # type: ignore[assignment]
        request.questions = tuple(questions)  # type: ignore[attr-defined]
        if brought and not questions:
            names = get_text_list([_label(self.model, name) for name in sorted(brought)], "and")
            who = get_text_list(list(by) or ["Somebody"], "and")
            messages.info(request, f"{who} changed {names} meanwhile. That is kept, as is yours.")

    def _question(self, name: str, clash: Clash) -> Question:
        label = f"{_label(self.model, name)} {clash.where}".rstrip()
        sides = map(readable, (clash.base, clash.live, clash.file))
        return Question(label, _radio(name, clash), *sides)

    # -- How Django asks -------------------------------------------------------------------

    def get_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        form = super().get_form(request, *args, **kwargs)
        if not _questions(request):
            return form
        return type(form.__name__, (_Asked, form), {})

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        # Before the thing is read: what a form shows is never older than what it says it is.
        request.seen = (  # type: ignore[attr-defined]
            request.POST.get(SEEN, "") if request.method == "POST" else CatalogVersion.current()[0]
        )
        return super().changeform_view(request, *args, **kwargs)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        context |= {
            "seen": getattr(request, "seen", ""),
            "questions": _questions(request),
        }
        return super().render_change_form(request, context, *args, **kwargs)


def _questions(request: HttpRequest) -> tuple[Question, ...]:
    return getattr(request, "questions", ())


def _since(kind: str, thing: Any, seen: int) -> Since:
    """What revisions after one did to a thing."""
    edits = Edit.objects.filter(kind=kind, row=thing.pk, revision__gt=seen)
    edits = edits.exclude(field__in=NOT_IN_FORMS).select_related("revision")
    edits = edits.order_by("pk")  # as they were made
    base: dict[str, Any] = {}
    former = dict(FormerPathSlug.objects.values_list("slug", "path__slug"))
    for edit in edits:
        then = with_paths_renamed(kind, edit.field, edit.before, former)
        base.setdefault(edit.field, then)
    by = [edit.revision.by for edit in edits]
    if kind == "signals":
        linked, others = _lessons_since(thing, seen)
        base |= linked
        by += others
    return Since(base, tuple(dict.fromkeys(filter(None, by))))


def _lessons_since(signal: Any, seen: int) -> tuple[dict[str, Any], list[str]]:
    """The lessons that produced a signal then, where that changed: lessons say so, not signals."""
    edits = Edit.objects.filter(kind="lessons", field="signals", revision__gt=seen)
    edits = edits.select_related("revision").order_by("-pk")
    numbers = set(signal.lessons.values_list("number", flat=True))
    by = []
    for edit in edits:
        number = int(edit.key)
        had, has = (signal.slug in (side or ()) for side in (edit.before, edit.after))
        if had != has:
            numbers ^= {number}
            by.append(edit.revision.by)
    return ({"lessons": sorted(numbers)} if by else {}), by


def _label(model: Any, name: str) -> str:
    names = {field.name: field.verbose_name for field in model._meta.fields}  # noqa: SLF001
    return str(names.get(name, name.replace("_", " ")))


def _choice(request: HttpRequest, name: str, clash: Clash) -> str:
    sides = {MINE: FILE, THEIRS: LIVE}
    return sides.get(request.POST.get(_radio(name, clash), ""), "")


def _radio(name: str, clash: Clash) -> str:
    """What a choice is sent as: it is one between what was typed and exactly what others saved."""
    theirs = hashlib.sha256(repr(clash.live).encode()).hexdigest()[:16]
    return f"{TAKE}:{name}{clash.where}:{theirs}"
