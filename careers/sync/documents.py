"""The shape of every catalog document: its keys, their types, and which are needed.

Meaning (a band the right way round, a path that exists) is the models' to judge, so that the admin
and the files refuse the same things in the same words.
"""

from datetime import date
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, model_validator

from careers.models import Fit, Grade, Group, Line, MiddleKind, Sequence
from paths.models import Status


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
    share: int
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
    months: int | None = None
    note: str = ""


class SalaryBandDocument(Document):
    noun = "a salary band"
    region: str
    currency: str
    low: int
    high: int
    middle: int | None = None
    middle_is: MiddleKind | None = None
    measures: str
    grade: Grade
    proxy_title: str = ""
    experience: str = ""
    sample: int | None = None
    period: str
    source: SourceDocument
    collected: date
    note: str = ""


class RoleDocument(Document):
    noun = "a role"
    title: str
    formerly: list[str] = []
    code: str
    line: Line
    status: Status
    group: Group
    position: int
    aliases: list[str] = []
    summary: str
    daily_work: list[str] = []
    time_split: list[ShareDocument] = []
    honest_scope: str = ""
    not_for_you_if: list[str] = []
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
    position: int
    summary: str
    description: str = ""
    lessons: list[str]


class LessonDocument(Document):
    """A lesson's front matter. The text below it is the `body`, which is no key of its own."""

    noun = "a lesson"
    number: int
    title: str
    formerly: list[str] = []
    summary: str
    minutes: int
    practice_minutes: int
    objectives: list[str] = []
    skip_if: list[str] = []
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
