"""The shape of every catalog document: its keys, their types, and which are needed.

Meaning (a band the right way round, a path that exists) is the models' to judge, so that the admin
and the files refuse the same things in the same words.
"""

import re
from datetime import date
from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, model_validator
from pydantic_core import PydanticCustomError

from careers.models import Fit, Grade, Group, Line, MiddleKind, Sequence
from paths.models import Status


def _written_as(pattern: str, error: str) -> BeforeValidator:
    """Let a text pass that is written in one way; pydantic alone knows many ("1_0", "86400")."""
    check = re.compile(pattern, re.ASCII).fullmatch

    def validate(value: Any) -> Any:
        if isinstance(value, str) and not check(value.strip()):
            raise PydanticCustomError(error, "not written as it should be")
        return value

    return BeforeValidator(validate)


def _one_line(value: str) -> str:
    if not value or "\n" in value:
        raise PydanticCustomError("line", "Each item is one line of text.")
    return value


Whole = Annotated[int, _written_as(r"-?[0-9]+", "int_parsing")]
Day = Annotated[date, _written_as(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", "date_parsing")]
OneLine = Annotated[str, AfterValidator(_one_line)]


class Document(BaseModel):
    """One document, or a part of one. noun: what a problem calls it."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, frozen=True)
    noun: ClassVar[str]

    @model_validator(mode="before")
    @classmethod
    def _null_clears(cls, data: Any) -> Any:
        """A key that is there and null means "nothing": the field's default, and the file's say."""
        if not isinstance(data, dict):
            return data
        optional = {
            name: field.get_default(call_default_factory=True)
            for name, field in cls.model_fields.items()
            if not field.is_required()
        }
        return {
            key: optional[key] if value is None and key in optional else value
            for key, value in data.items()
        }


class SourceDocument(Document):
    noun = "a source"
    title: str
    url: str


class ShareDocument(Document):
    noun = "a share of the day"
    share: Whole
    activity: str


class StepDocument(Document):
    noun = "a step"
    path: str
    why: str
    emphasis: str = ""


class PivotDocument(Document):
    noun = "a pivot"
    background: str
    fit: Fit
    months: Whole | None = None
    note: str = ""


class SalaryBandDocument(Document):
    noun = "a salary band"
    region: str
    currency: str
    low: Whole
    high: Whole
    middle: Whole | None = None
    middle_is: MiddleKind | None = None
    measures: str
    grade: Grade
    proxy_title: str = ""
    experience: str = ""
    sample: Whole | None = None
    period: str
    source: SourceDocument
    collected: Day
    note: str = ""


class RoleDocument(Document):
    noun = "a role"
    title: str
    formerly: list[str] = []
    code: str
    line: Line
    status: Status
    group: Group
    position: Whole
    aliases: list[OneLine] = []
    summary: str
    daily_work: list[OneLine] = []
    time_split: list[ShareDocument] = []
    honest_scope: str = ""
    not_for_you_if: list[OneLine] = []
    after_paths: str = ""
    not_taught: str = ""
    sequence: Sequence
    steps: list[StepDocument] = []
    pivots: list[PivotDocument] = []
    salary_bands: list[SalaryBandDocument] = []
    sources: list[SourceDocument] = []


class PathDocument(Document):
    noun = "a path"
    title: str
    formerly: list[str] = []
    status: Status
    position: Whole
    summary: str
    description: str = ""
    lessons: list[str]


class LessonDocument(Document):
    """A lesson's front matter. The text below it is the `body`, which is no key of its own."""

    noun = "a lesson"
    number: Whole
    title: str
    formerly: list[str] = []
    summary: str
    minutes: Whole
    practice_minutes: Whole
    objectives: list[OneLine] = []
    skip_if: list[OneLine] = []
    signals: list[str] = []
    sources: list[SourceDocument] = []
    status: Status


class BackgroundDocument(Document):
    noun = "a background"
    slug: str
    title: str
    status: Status
    summary: str
    knows: list[str] = []


class BackgroundsDocument(Document):
    noun = "backgrounds.yaml"
    backgrounds: list[BackgroundDocument]


class SignalDocument(Document):
    noun = "a signal"
    slug: str
    title: str
    status: Status
    summary: str
    passes: str = ""
    fails: str = ""
    sources: list[SourceDocument] = []


class SignalsDocument(Document):
    noun = "signals.yaml"
    signals: list[SignalDocument]
