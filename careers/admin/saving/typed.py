"""What an editor typed into a form, as the values of a catalog entry, and back into the form."""

from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from typing import Any

from django.forms import model_to_dict
from django.http import HttpRequest, QueryDict

from careers.models import Background, Role
from careers.sync import rows
from careers.sync.fields import shared
from careers.sync.kinds import LISTS
from paths.models import LearningPath, Lesson

# The lists of a role that are rows of their own in its form.
ROWS = ("steps", "pivots", "salary_bands")


class Typed:
    """One submitted form. thing: its row as it is now, which nothing here changes."""

    def __init__(self, admin: Any, request: HttpRequest, thing: Any, kind: str) -> None:
        self.sent = request.POST
        self.thing = thing
        self.kind = kind
        form = admin.get_form(request, thing, change=True)
        self.form = form(request.POST, request.FILES, instance=copy(thing))
        self.formsets = {
            formset.get_default_prefix(): self._formset(formset)
            for formset, _ in admin.get_formsets_with_inlines(request, thing)
        }
        ((self.entry, self.row),) = rows.live({kind: [thing.pk]}).values()

    def _formset(self, formset: Any) -> Any:
        """The rows as if each were new: some may be of rows that somebody has removed."""
        prefix = formset.get_default_prefix()
        data = self.sent.copy()
        data[f"{prefix}-INITIAL_FORMS"] = "0"
        for name in [name for name in data if name.startswith(f"{prefix}-")]:
            if name.endswith(("-id", "-role")):
                del data[name]
        return formset(data, instance=Role(), prefix=prefix)

    def is_valid(self) -> bool:
        return self.form.is_valid() and all(each.is_valid() for each in self.formsets.values())

    # -- As the values of an entry ---------------------------------------------------------

    def values(self) -> dict[str, Any]:
        """The fields that the form has. Call it once the form is valid."""
        instance, fields = self.form.instance, self.form.fields
        values = {name: getattr(instance, name) for name in _own(self.kind) if name in fields}
        if "path" in fields:
            values["path"] = instance.path.slug
        for name in ("knows", "lessons"):
            if name in fields:
                values[name] = sorted(each.number for each in self.form.cleaned_data[name])
        if self.formsets:
            parts = shared(self.kind).parts
            for name, formset in self.formsets.items():
                values[name] = [rows.part_values(parts[name], row) for row in _rows_of(formset)]
        return values

    def live(self) -> dict[str, Any]:
        """The same fields as they are in the database."""
        live = dict(self.entry.values)
        if self.kind == "lessons":
            live["position"] = self.thing.position
        elif self.kind == "signals":
            live["lessons"] = sorted(self.thing.lessons.values_list("number", flat=True))
        return live

    def hidden_base(self) -> dict[str, Any]:
        """What a form sends along of a field that is no part of an entry: a lesson's place."""
        sent = self.sent.get("initial-position", "")
        return {"position": int(sent)} if sent.isdecimal() and len(sent) < 19 else {}

    # -- Back into the form ----------------------------------------------------------------

    def data(self, values: Mapping[str, Any]) -> QueryDict:
        """What was sent, with other values of some fields."""
        data = self.sent.copy()
        for name, value in values.items():
            if name in ROWS:
                _put_rows(data, name, self._row_data(name, value))
            else:
                data.setlist(name, self._field_data(name, value))
        return data

    def _field_data(self, name: str, value: Any) -> list[Any]:
        if name == "path":
            return [_path(value).pk]
        if name in {"knows", "lessons"}:
            return list(Lesson.objects.filter(number__in=value).values_list("pk", flat=True))
        return [self.form.fields[name].prepare_value(value)]

    def _row_data(self, name: str, items: Iterable[Any]) -> Iterator[dict[str, Any]]:
        """A form for each row that is there, ticked if it is to go, and then for each new one."""
        rule = LISTS[name]
        wanted = {rule.id(item): (item, place) for place, item in enumerate(items)}
        there = zip(getattr(self.row, name).all(), self.entry.values[name], strict=True)
        for row, item in there:
            kept, place = wanted.pop(rule.id(item), (None, 0))
            data = _form_data(name, kept or item, place) | {"id": row.pk, "role": self.thing.pk}
            yield data if kept else data | {"DELETE": "on"}
        for item, place in wanted.values():
            yield _form_data(name, item, place) | {"role": self.thing.pk}


def _own(kind: str) -> Iterable[str]:
    """The fields of an entry's own row, and of a lesson its place, which its path's entry gives."""
    columns = shared(kind).columns
    return (*columns, "position") if kind == "lessons" else columns


def _rows_of(formset: Any) -> list[Any]:
    gone = formset.deleted_forms
    forms = [form for form in formset.forms if form.has_changed() and form not in gone]
    return sorted((form.instance for form in forms), key=lambda row: row.position)


def _form_data(name: str, item: Any, place: int) -> dict[str, Any]:
    row = rows.new_part(shared("roles").parts[name], item, place)
    match name:
        case "steps":
            row.path = _path(item["path"])
        case "pivots":
            row.background = Background.objects.get(slug=item["background"])
    data = model_to_dict(row, exclude=["id", "role"])
    return {field: "" if value is None else value for field, value in data.items()}


def _path(slug: str) -> LearningPath:
    return LearningPath.objects.get(slug=slug)


def _put_rows(data: QueryDict, prefix: str, forms: Iterable[dict[str, Any]]) -> None:
    for name in [name for name in data if name.startswith(f"{prefix}-") and name[-6:] != "_FORMS"]:
        del data[name]
    made = list(forms)
    for place, form in enumerate(made):
        for field, value in form.items():
            data[f"{prefix}-{place}-{field}"] = str(value)
    data[f"{prefix}-TOTAL_FORMS"] = str(len(made))
    data[f"{prefix}-INITIAL_FORMS"] = str(sum("id" in form for form in made))
