"""Find out which fields a kind's document and its model share, by comparing the two.

The model's field of the same name decides what a document's key is: a column; a foreign key, given
as the other thing's key; a many-to-many relation, given as a list of keys in no order; or rows of
their own, given as a list of documents. A document within the document is stored in columns that
begin with its name: `source: {title: …}` is the column source_title.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, get_args

from django.apps import apps
from django.db.models import Field, Model, UniqueConstraint

from careers.sync import documents
from careers.sync.documents import Document
from careers.sync.kinds import KINDS, Kind


@dataclass(frozen=True, slots=True)
class SharedFields:
    """What a document and its model share.

    columns: column → the path of keys at which the document has it. pointers: foreign keys. links:
    many-to-many relations. parts: lists of documents that are rows of their own. null_if_empty:
    columns whose empty text is a null in the document.
    """

    model: type[Model]
    document: type[Document]
    columns: Mapping[str, tuple[str, ...]]
    pointers: tuple[str, ...]
    links: tuple[str, ...]
    parts: Mapping[str, "SharedFields"]
    null_if_empty: frozenset[str]

    @property
    def manager(self) -> Any:
        return self.model._default_manager

    @property
    def owner(self) -> str:
        """For a part, the name of the foreign key to the row that it belongs to."""
        keys = (field.name for field in model_fields(self.model) if field.many_to_one)
        return next(key for key in keys if key not in self.document.model_fields)

    def unique(self) -> Iterator[tuple[tuple[str, ...], str]]:
        """Sets of fields that are unique together, each with the message for a second row."""
        for field in model_fields(self.model):
            if field.unique and not field.primary_key:
                yield (field.name,), str(field.error_messages["unique"])
        for constraint in self.model._meta.constraints:
            if isinstance(constraint, UniqueConstraint):
                yield tuple(constraint.fields), str(constraint.violation_error_message)


@cache
def shared_fields(kind: str) -> SharedFields:
    """What the documents and the model of a kind share."""
    found = KINDS[kind]
    given = dict.fromkeys(found.given, None)
    return _shared(apps.get_model(found.model), document_of(found), given)


def model_of(kind: str) -> type[Model]:
    return shared_fields(kind).model


def file_document(kind: Kind) -> type[Document]:
    """The document class of a kind's file."""
    found: type[Document] = getattr(documents, kind.document)
    return found


def document_of(kind: Kind) -> type[Document]:
    """The document class of one thing: for a listed kind, that of the list's items."""
    whole = file_document(kind)
    if not kind.is_listed:
        return whole
    item = document_within(whole, kind.name)
    assert item is not None  # noqa: S101  a list's document has a list of documents
    return item


def kind_of(model: type[Any]) -> str:
    """The kind whose things are a model's rows. Raises KeyError for any other model."""
    return _kinds()[model]


@cache
def _kinds() -> dict[type[Model], str]:
    return {model_of(kind): kind for kind in KINDS}


def all_shared_fields() -> Iterator[SharedFields]:
    """The shared fields of every kind and of every kind's parts."""
    for kind in KINDS:
        yield shared_fields(kind)
        yield from shared_fields(kind).parts.values()


def model_fields(model: type[Model]) -> "tuple[Field[Any, Any], ...]":
    return tuple(model._meta.fields)


def _shared(model: type[Model], document: type[Document], given: Iterable[str]) -> SharedFields:
    keys = dict.fromkeys([*document.model_fields, *given])
    relations = {
        field.name: field
        for field in model._meta.get_fields()
        if field.is_relation and field.name in keys
    }
    columns: dict[str, tuple[str, ...]] = {}
    for field in model_fields(model):
        top, _, below = field.name.partition("_")
        inner = document_within(document, top)
        if field.name in keys and not field.is_relation:
            columns[field.name] = (field.name,)
        elif inner and below in inner.model_fields:
            columns[field.name] = (top, below)
    parts = {
        name: _shared(field.related_model, part, ())  # type: ignore[arg-type]
        for name, field in relations.items()
        if field.one_to_many and (part := document_within(document, name))
    }
    return SharedFields(
        model,
        document,
        columns,
        tuple(name for name, field in relations.items() if field.many_to_one),
        tuple(name for name, field in relations.items() if field.many_to_many),
        parts,
        frozenset(name for name in columns if _is_null_by_default(document, name)),
    )


def _is_null_by_default(document: type[Document], key: str) -> bool:
    field = document.model_fields.get(key)
    return field is not None and not field.is_required() and field.default is None


def document_within(document: type[Document], key: str) -> type[Document] | None:
    """The document class of a key's value or of its list's items; None for plain values."""
    field = document.model_fields.get(key)
    for candidate in (field.annotation, *get_args(field.annotation)) if field else ():
        if isinstance(candidate, type) and issubclass(candidate, Document):
            return candidate
    return None
