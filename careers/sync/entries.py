"""The catalog as entries: one a thing, with plain JSON values, whether a file or a row holds it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

type Values = Mapping[str, Any]
type Key = tuple[str, str]

# In the order in which they are written: what others point at comes first.
KINDS = ("signals", "paths", "lessons", "backgrounds", "roles")


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing of the catalog.

    key: what the thing is known by for good (a lesson's number) or at present (a slug).
    values: its fields as plain JSON; of a file only those that the file gives.
    formerly: its earlier slugs; of a lesson "<path>/<slug>".
    lines: field → the line of its file where it stands, from 1; none that the file's name gives.
    """

    kind: str
    key: str
    values: Values
    formerly: frozenset[str] = field(default=frozenset())
    file: str = ""
    lines: Mapping[str, int] = field(default_factory=dict, compare=False)

    @property
    def id(self) -> Key:
        """Kind and key."""
        return self.kind, self.key
