"""The shape of the catalog's files as JSON Schema, for editors' tools.

Keys and types come from the documents, lengths and patterns from the models. The schemas are
stricter than the reader in one thing: a number in quotes isn't a number. What a schema can't say,
such as that a path exists, is checked by `manage.py catalog check`.
"""

import ast
import inspect
import json
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Any

from django.core.validators import RegexValidator
from django.db.models import CharField, Model
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from careers.sync import documents
from careers.sync.documents import Document
from careers.sync.fields import all_shared_fields, file_document, model_fields
from careers.sync.kinds import KINDS

# Each schema's name, and the document that it describes.
FILE_DOCUMENTS: dict[str, type[Document]] = {
    kind.name if kind.is_listed else kind.noun: file_document(kind) for kind in KINDS.values()
}


def schema_texts() -> dict[str, str]:
    """The schema of every kind of file as JSON, by name."""
    return {
        name: f"{json.dumps(json_schema(kind), indent=2, ensure_ascii=False)}\n"
        for name, kind in FILE_DOCUMENTS.items()
    }


def json_schema(kind: type[Document]) -> JsonSchemaValue:
    """A document's JSON Schema, draft 2020-12."""
    found = kind.model_json_schema(schema_generator=_Generator, union_format="primitive_type_array")
    return {"$schema": _Generator.schema_dialect, **found, "title": kind.noun.capitalize()}


@cache
def document_models() -> dict[type[Document], type[Model]]:
    """The model of each document class, including documents that are parts of others."""
    return {each.document: each.model for each in all_shared_fields()}


class _Generator(GenerateJsonSchema):
    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002
        """Leave out titles, which would only repeat the keys."""
        return False

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """Allow null for a key that may be left out: it clears the field.

        If the key has one type, null is a second type and not an alternative: given alternatives,
        tools can't say which one a wrong value misses.
        """
        found = super().default_schema(schema)
        found.pop("default", None)
        if isinstance(found.get("type"), str):
            return found | {"type": [found["type"], "null"]}
        return self.get_union_of_schemas([found, {"type": "null"}])

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        found = super().model_schema(schema)
        for name, said in _texts_below_keys(schema["cls"]):
            found["properties"][name]["description"] = said
        for name, rules in _rules(schema["cls"]):
            found["properties"][name] |= rules
        return found


def _texts_below_keys(kind: type[Document]) -> Iterator[tuple[str, str]]:
    """The keys of a document that have a string below them, with this string. Read here, since
    pydantic would parse all documents' source whenever they are imported."""
    for owner in reversed(kind.__mro__):
        body = _classes().get(owner.__name__, ())
        for key, below in pairwise(body):
            match key, below:
                case (
                    ast.AnnAssign(target=ast.Name(id=name)),
                    ast.Expr(value=ast.Constant(value=str(said))),
                ):
                    yield name, inspect.cleandoc(said)


@cache
def _classes() -> dict[str, list[ast.stmt]]:
    """The statements of each document class, by the class's name."""
    module = ast.parse(inspect.getsource(documents))
    return {each.name: each.body for each in module.body if isinstance(each, ast.ClassDef)}


def _rules(kind: type[Document]) -> Iterator[tuple[str, JsonSchemaValue]]:
    """The lengths and patterns of a document's texts, from the columns of its model."""
    model = document_models().get(kind)
    for field in model_fields(model) if model else ():
        if field.name in kind.model_fields and isinstance(field, CharField) and not field.choices:
            rules: JsonSchemaValue = {"maxLength": field.max_length}
            for validator in field.validators:
                if isinstance(validator, RegexValidator):
                    rules["pattern"] = _ecma(validator.regex)
            yield field.name, rules


def _ecma(regex: Any) -> str:
    """A compiled pattern as JSON Schema writes it."""
    pattern: str = regex.pattern
    return pattern.replace(r"\A", "^").replace(r"\Z", "$")
