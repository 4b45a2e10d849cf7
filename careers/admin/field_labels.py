"""What the forms and the history call a field, and a part of one: labels and titles, never keys."""

import re
from collections.abc import Callable
from typing import Any

from django.core.exceptions import FieldDoesNotExist

from careers.sync import KINDS, LISTS, model_of, shared_fields

# Of fields whose own names say too little.
LABELS = {"formerly": "earlier addresses", "knows": "lessons known", "signals": "hiring signals"}

# The parts of “steps[rag].why”, behind the field: an item, a field of it, or what is said of all.
PART = re.compile(r"\[(?P<item>.*?)\](?=$|[.\[ ])|\.(?P<field>\w+)|(?P<rest>[^\[.]+)")

# Gives the title of a thing: of a kind, “paths”, by its key, “rag”.
type TitleOf = Callable[[str, str], str]


def field_label(kind: str, name: str) -> str:
    """kind: of the catalog, as in “roles”. name: as an entry has it, as in “not_taught”."""
    return LABELS.get(name) or _verbose_name(model_of(kind), name)


def part_label(kind: str, name: str, title_of: TitleOf) -> str:
    """What a part of a field is called: “steps › RAG › why” for “steps[rag].why”."""
    top = re.split(r"\W", name, maxsplit=1)[0]
    words = [field_label(kind, top)]
    for found in PART.finditer(name, len(top)):
        if found["item"] is not None:
            named = _named_kind(kind, top)
            words.append(title_of(named, found["item"]) if named else found["item"])
        elif found["field"]:
            words.append(_label_in_item(kind, top, found["field"]))
        else:
            words.append(found["rest"].strip())
    return " › ".join(filter(None, words))


def _named_kind(kind: str, top: str) -> str:
    """The kind of things that the items of a list are known by, if they are known by any."""
    references = KINDS[kind].references
    by = LISTS[top].by if top in LISTS else ()
    places = [top, *(f"{top}.{each}" for each in by)]
    return next((references[place].kind for place in places if place in references), "")


def _label_in_item(kind: str, top: str, name: str) -> str:
    part = shared_fields(kind).parts.get(top)
    return _verbose_name(part.model, name) if part else name.replace("_", " ")


def _verbose_name(model: Any, name: str) -> str:
    try:
        field: Any = model._meta.get_field(name)
    except FieldDoesNotExist:
        return name.replace("_", " ")
    return str(getattr(field, "verbose_name", "")) or name.replace("_", " ")


def live_title(kind: str, key: str) -> str:
    """The title of a thing as it is now, or its key where there is none."""
    things: Any = model_of(kind)._default_manager
    found = things.filter(**{KINDS[kind].key: key}).values_list("title", flat=True).first()
    return str(found or key)
