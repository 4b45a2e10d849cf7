"""What others saved since a form was opened.

A form sends the catalog version at which it was opened. The revisions after that have what others
changed since, and so what each changed field said when the form was opened.
"""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from careers.models import Edit
from careers.sync import Entry, Values, rename_paths
from paths.forms import whole_number
from paths.models import FormerPathSlug

SEEN = "_seen"  # the catalog version that a form was opened at
NOT_IN_FORMS = {"", "formerly"}  # an edit's field: "" for an addition; "formerly" isn't editable


@dataclass(frozen=True, slots=True)
class Others:
    """What others changed since a form was opened.

    before: field → what it said then, for each field that may have changed. now: field → what it
    says now. by: the names of those who changed them.
    """

    before: Values = field(default_factory=dict)
    now: Values = field(default_factory=dict)
    by: tuple[str, ...] = ()


def others_since(row: Any, entry: Entry, sent: Mapping[str, str]) -> Others:
    """What others changed of a thing. row, entry: the thing as stored now. sent: its form."""
    seen = whole_number(sent.get(SEEN, ""))
    if seen is None:
        return Others()
    edits = list(_edits(seen, kind=entry.kind, row=row.pk).exclude(field__in=NOT_IN_FORMS))
    before, now = _with_present_paths(entry.kind, _first_of_each_field(edits)), dict(entry.values)
    match entry.kind:
        case "lessons":
            # Edits of a lesson leave out its position: it is in the path's outline. So the form
            # sends the old position.
            place = whole_number(sent.get("initial-position", ""))
            before |= {} if place is None else {"position": place}
            now["position"] = row.position
        case "signals":
            lessons = set(row.lessons.values_list("number", flat=True))
            names = {row.slug, *(edit.before for edit in edits if edit.field == "slug")}
            of_lessons = _edits(seen, kind="lessons", field__in=["", "signals"])
            linked = [edit for edit in of_lessons if _is_link(edit, names)]
            before |= {"lessons": sorted(_toggled(lessons, linked))} if linked else {}
            now["lessons"] = sorted(lessons)
            edits += linked
    by = dict.fromkeys(edit.revision.by for edit in edits)
    return Others(before, now, tuple(filter(None, by)))


def _edits(seen: int, **of: Any) -> QuerySet[Edit]:
    """The edits of later revisions, oldest first. seen: the number of a revision."""
    found = Edit.objects.filter(revision__gt=seen, **of)
    return found.select_related("revision").order_by("pk")


def _first_of_each_field(edits: Iterable[Edit]) -> dict[str, Any]:
    """Field → what it said before the first edit of it."""
    before: dict[str, Any] = {}
    for edit in edits:
        before.setdefault(edit.field, edit.before)
    return before


def _with_present_paths(kind: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values with former slugs of paths replaced by the present ones."""
    present = dict(FormerPathSlug.objects.values_list("slug", "path__slug")) if values else {}
    return {name: rename_paths(kind, name, value, present) for name, value in values.items()}


def _is_link(edit: Edit, names: Set[str]) -> bool:
    """Whether an edit linked a lesson to a signal or unlinked it. names: the signal's slugs.

    edit: of a lesson's signals, or a lesson's addition.
    """
    after = edit.after if edit.field else (edit.after or {}).get("signals")
    had, has = (not names.isdisjoint(side or ()) for side in (edit.before, after))
    return had != has


def _toggled(lessons: set[int], edits: Iterable[Edit]) -> set[int]:
    """The lessons linked before these edits, each of which linked or unlinked one lesson."""
    before = set(lessons)
    for edit in edits:
        before ^= {int(edit.key)}
    return before
