"""The shape of the catalog's files as JSON Schema, for the tools that editors write them with.

Shape comes from the documents, lengths and patterns from the models. A little stricter than the
reader, to whom a number in quotes is a number. Meaning, such as a path that exists, is for
`manage.py catalog check`.
"""

import json
from collections.abc import Iterator
from typing import Any

from django.core.validators import RegexValidator
from django.db.models import CharField, Model
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from careers.models import Background, HiringSignal, Pivot, Role, SalaryBand, Step
from careers.sync.reading import documents
from careers.sync.reading.documents import Document
from paths.models import LearningPath, Lesson

# What each kind of file is called among the schemas.
FILES: dict[str, type[Document]] = {
    "backgrounds": documents.BackgroundsDocument,
    "lesson": documents.LessonDocument,
    "path": documents.PathDocument,
    "role": documents.RoleDocument,
    "signals": documents.SignalsDocument,
}
MODELS: dict[type[Document], type[Model]] = {
    documents.BackgroundDocument: Background,
    documents.LessonDocument: Lesson,
    documents.PathDocument: LearningPath,
    documents.PivotDocument: Pivot,
    documents.RoleDocument: Role,
    documents.SalaryBandDocument: SalaryBand,
    documents.SignalDocument: HiringSignal,
    documents.StepDocument: Step,
}


def texts() -> dict[str, str]:
    """The schema of every kind of file as JSON, by name."""
    return {
        name: f"{json.dumps(schema(kind), indent=2, ensure_ascii=False)}\n"
        for name, kind in FILES.items()
    }


def schema(kind: type[Document]) -> JsonSchemaValue:
    """A document's JSON Schema, draft 2020-12."""
    found = kind.model_json_schema(schema_generator=_Generator, union_format="primitive_type_array")
    return {"$schema": _Generator.schema_dialect, **found, "title": kind.noun.capitalize()}


class _Generator(GenerateJsonSchema):
    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002
        """A key's name says as much."""
        return False

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """A key that may be left out may be null too, which clears it.

        Said of its type, where it has one: among alternatives, tools can't tell what is wrong.
        """
        found = super().default_schema(schema)
        found.pop("default", None)
        if isinstance(found.get("type"), str):
            return found | {"type": [found["type"], "null"]}
        return self.get_union_of_schemas([found, {"type": "null"}])

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        found = super().model_schema(schema)
        for name, rules in _rules(schema["cls"]):
            found["properties"][name] |= rules
        return found


def _rules(kind: type[Document]) -> Iterator[tuple[str, JsonSchemaValue]]:
    """What a document's model says of the texts that it shares with it."""
    model = MODELS.get(kind)
    for field in model._meta.fields if model else ():  # noqa: SLF001
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
