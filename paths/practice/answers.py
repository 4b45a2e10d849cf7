"""The file of answers beside a lesson that calls a model: its schema, and facts about it."""

import datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

FILE = "answers.json"
LONGEST_DELAY = 2  # seconds: the tests wait as long


def _can_be_shown(text: str) -> str:
    """Refuse characters that JSON can hold, but no page or database."""
    if "\0" in text or text != text.encode(errors="ignore").decode():
        raise ValueError("it has a character that can't be shown")
    return text


type Shown = Annotated[str, AfterValidator(_can_be_shown)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Response(_Part):
    """An answer to a request. delay: seconds before it is sent, for a lesson on time-outs."""

    status: Annotated[int, Field(ge=200, le=599)] = 200
    headers: dict[str, str] = {}
    body: dict[str, Any]
    delay: Annotated[float, Field(ge=0, le=LONGEST_DELAY)] = 0


class Request(BaseModel):
    """What identifies a request; see paths.practice.model_server."""

    model_config = ConfigDict(extra="allow", frozen=True)
    messages: Annotated[list[dict[str, Any]], Field(min_length=1)]


class Exchange(_Part):
    request: Request
    responses: Annotated[list[Response], Field(min_length=1)]


class Answers(_Part):
    """The whole file. Pages show who made the answers, and how."""

    kind: Literal["recorded", "scripted"]
    model: Shown
    weights: Shown = ""
    engine: Shown = ""
    settings: dict[str, Any] = {}
    date: datetime.date
    note: Shown = ""
    answers: list[Exchange]


def problems(said: Any) -> list[str]:
    """What is wrong with a file's content, as messages."""
    try:
        Answers.model_validate(said)
    except ValidationError as error:
        return [
            f"{'.'.join(map(str, each['loc'])) or 'it'}: {each['msg']}"
            for each in error.errors(include_url=False)
        ]
    return []


def facts(said: Any) -> dict[str, str]:
    """What pages show about the answers: kind, model, date, and what else is known or ""."""
    read = Answers.model_validate(said)
    named = ("kind", "model", "weights", "engine", "note")
    return {name: getattr(read, name) for name in named} | {"date": read.date.isoformat()}
