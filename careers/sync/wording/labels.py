"""What editors read instead of a document's keys: labels and titles.

Files and commands say `salary_bands[EU].high` and `rag`; the admin says “salary bands › EU › high”
and “Retrieval”.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from django.core.exceptions import FieldDoesNotExist

from careers.sync.comparing.difference import Difference, ItemDifference
from careers.sync.comparing.merge import ORDER_PART, Absent, field_of
from careers.sync.entries import Key
from careers.sync.fields import document_within, model_of, shared_fields
from careers.sync.kinds import KINDS, LISTS, Reference
from careers.sync.wording.reasons import Reason

# For fields whose own names say too little.
LABELS = {"formerly": "earlier addresses", "knows": "lessons known", "signals": "hiring signals"}

# Returns the title of a thing, by its kind, “paths”, and its key, “rag”.
type TitleOf = Callable[[str, str], str]

type _Keys = tuple[str, ...]  # the path to a value within a document: “steps”, “why”


def field_label(kind: str, name: str) -> str:
    """A field as editors read it. kind: as in “roles”. name: as entries have it: “not_taught”."""
    return LABELS.get(name) or _verbose_name(_model_field(kind, (name,)), name)


def reason_in_words(reason: Reason, title_of: TitleOf) -> str:
    """“ML Engineer: steps › RAG › why: it was changed since.”"""
    if reason.thing is None:
        return reason.words
    kind, key = reason.thing
    part = Labels(kind, title_of).part(reason.part) if reason.part else ""
    return ": ".join(filter(None, (title_of(kind, key), part, reason.words)))


@dataclass(frozen=True, slots=True)
class Labels:
    """Labels and titles for the fields and values of a thing. kind: the thing's."""

    kind: str
    title_of: TitleOf

    def part(self, name: str) -> str:
        """A field or a part of it: “steps › RAG › why” for “steps[rag].why”."""
        top = field_of(name)
        words = [field_label(self.kind, top)]
        if found := _inside(self.kind, name):
            keys = self._keys(name)
            words.append(self._item_name((top,), found["item"]))
            words.append(self._key_label(keys) if found["key"] else "")
            words.append(self._item_name(keys, found["inner"]) if found["inner"] else "")
        words.append("order" if name.endswith(ORDER_PART) else "")
        return " › ".join(filter(None, words))

    def value(self, name: str, value: Any) -> str:
        """The value of a field or a part of it: one line per item of a list; “(empty)” for what is
        empty. name: as for part()."""
        keys = self._keys(name)
        if isinstance(value, list) and value:
            return "\n".join(f"– {self._words(keys, item)}" for item in value)
        return self._words(keys, value)

    def difference(self, name: str, found: Difference) -> Difference:
        """A field's difference, with every key and name in it as editors read it."""
        return self._difference((name,), found)

    # -- Where a value stands ----------------------------------------------------------------

    def _keys(self, name: str) -> _Keys:
        found = _inside(self.kind, name)
        key = found["key"] if found else None
        return field_of(name), *(key.split(".") if key else ())

    def _key_label(self, keys: _Keys) -> str:
        return _verbose_name(_model_field(self.kind, keys), keys[-1])

    def _item_name(self, keys: _Keys, name: str) -> str:
        """An item of a list, by its title if it stands for another thing. name: its name in the
        list."""
        by = LISTS[keys[0]].by if keys[0] in LISTS and len(keys) == 1 else ()
        places = (keys, *((*keys, key) for key in by))
        reference = next(filter(None, (_reference(self.kind, each) for each in places)), None)
        return self.title_of(reference.kind, name) if reference else name

    # -- Values ------------------------------------------------------------------------------

    def _words(self, keys: _Keys, value: Any) -> str:
        match value:
            case Absent():
                words = "(not there)"
            case None | "" | []:
                words = "(empty)"
            case bool():
                words = "yes" if value else "no"
            case dict():
                words = "; ".join(f"{label}: {said}" for label, said in self._parts(keys, value))
            case [*items]:
                words = ", ".join(self._words(keys, item) for item in items)
            case _:
                choices = dict(getattr(_model_field(self.kind, keys), "flatchoices", None) or ())
                words = str(choices.get(value) or self._item_name(keys, str(value)))
        return words

    def _parts(self, keys: _Keys, item: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        for key, value in item.items():
            within = (*keys, key)
            if isinstance(value, dict):
                yield from self._parts(within, value)
            elif value not in (None, "", []):
                yield self._key_label(within), self._words(within, value)

    # -- Differences -------------------------------------------------------------------------

    def _difference(self, keys: _Keys, found: Difference) -> Difference:
        if found.pieces:
            return found
        if found.items:
            return replace(found, items=tuple(self._item(keys, each) for each in found.items))
        old, new = (self._side(keys, side) for side in (found.old, found.new))
        return replace(found, old=old, new=new)

    def _side(self, keys: _Keys, value: Any) -> Any:
        return value if value in (None, "") else self._words(keys, value)

    def _item(self, keys: _Keys, found: ItemDifference) -> ItemDifference:
        return replace(
            found,
            name=self._item_name(keys, found.name),
            said=tuple(
                (self._key_label(within), self._words(within, value))
                for within, value in _within(keys, found.said)
            ),
            fields=tuple(
                (self._key_label(within) if within != keys else "", self._difference(within, each))
                for within, each in _within(keys, found.fields)
            ),
        )


def _within(keys: _Keys, named: Iterable[tuple[str, Any]]) -> Iterator[tuple[_Keys, Any]]:
    """Each value with its path of keys. A name joins the keys of nested mappings: “source
    title”."""
    return (((*keys, *name.split()), value) for name, value in named)


def _inside(kind: str, name: str) -> re.Match[str] | None:
    """The match of what follows a list's name: “[rag].only[301]”; None if nothing does."""
    top = field_of(name)
    return _inside_pattern(kind, top).fullmatch(name[len(top) :].removesuffix(ORDER_PART))


@cache
def _inside_pattern(kind: str, top: str) -> re.Pattern[str]:
    """An item's name may have any character, so the pattern lists the keys that may follow it."""
    of = shared_fields(kind)
    inner = document_within(of.document, top)
    keys = set(inner.model_fields) if inner else set[str]()
    if top in of.parts:
        keys |= set(map(".".join, of.parts[top].columns.values()))
    known = "|".join(map(re.escape, keys)) or "(?!)"
    return re.compile(rf"\[(?P<item>.*?)\](?:\.(?P<key>{known})(?:\[(?P<inner>.*)\])?)?", re.DOTALL)


@cache
def _reference(kind: str, keys: _Keys) -> Reference | None:
    """The reference that a value is, if it names another thing by its key; otherwise None."""
    found = KINDS[kind].references.get(".".join(keys))
    return None if found and found.written == "spelling" else found


def _model_field(kind: str, keys: _Keys) -> Any:
    """The model's field that has a value; None if the value is inside a field's JSON."""
    part = shared_fields(kind).parts.get(keys[0]) if len(keys) > 1 else None
    model: Any = part.model if part else model_of(kind)
    try:
        return model._meta.get_field("_".join(keys[1:] if part else keys))
    except FieldDoesNotExist:
        return None


def _verbose_name(field: Any, name: str) -> str:
    return str(getattr(field, "verbose_name", "")) or name.replace("_", " ")


def thing_label(key: Key, title: str) -> str:
    """“Role “ML Engineer””."""
    noun = str(model_of(key[0])._meta.verbose_name).capitalize()
    return f"{noun} “{title}”"
