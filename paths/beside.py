"""The files beside a lesson, as its page shows them."""

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
    """pictures: by file name. downloads: the names of the other files.

    answers: facts about the model's answers in `answers.json`; empty if the lesson calls no model.
    priced: the models in its `prices.csv`.
    """

    pictures: dict[str, Picture]
    downloads: list[str]
    answers: dict[str, Any]
    priced: Sequence[str] = ()

    @property
    def answers_date(self) -> date:
        """The day the answers were recorded or written."""
        return date.fromisoformat(self.answers["date"])

    @classmethod
    def of(cls, lesson: Lesson) -> "Beside":
        """Read the facts in one query, or in none if there are no files."""
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
