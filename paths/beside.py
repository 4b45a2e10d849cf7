"""What stands beside a lesson, as its page shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from paths import files, prices
from paths.models import FileContent, Lesson
from paths.practice import answers
from paths.text.pictures import Picture


@dataclass(frozen=True, slots=True)
class Beside:
    """pictures: by file name. downloads: names of the other files, for a reader's own folder.

    answers: of a model, what their file says of them; none where the lesson calls no model.
    priced: the models for whose calls its code has prices.
    """

    pictures: dict[str, Picture]
    downloads: list[str]
    answers: dict[str, Any]
    priced: Sequence[str] = ()

    @property
    def answers_date(self) -> date:
        """The day on which the answers were recorded or written."""
        return date.fromisoformat(self.answers["date"])

    @classmethod
    def of(cls, lesson: Lesson) -> "Beside":
        """In one query, or in none where there are no files."""
        digests = {each["name"]: each["digest"] for each in lesson.files}
        rows = FileContent.objects.filter(digest__in=digests.values())
        facts = dict(rows.values_list("digest", "facts")) if digests else {}
        known = {name: facts[digest] for name, digest in digests.items() if digest in facts}
        return cls(
            {
                name: Picture(digests[name], of_it["width"], of_it["height"])
                for name, of_it in known.items()
                if files.suffix(name) == "svg"
            },
            [name for name in known if files.suffix(name) != "svg"],
            known.get(answers.FILE, {}),
            known.get(prices.FILE, {}).get("models", ()),
        )
