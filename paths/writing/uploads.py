"""Files that an editor adds to a lesson, or removes."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import get_text_list

from paths import files
from paths.models import FileContent, Lesson

MOST_FILES = 40  # beside one lesson
MOST_AT_ONCE = 2 * 1024 * 1024  # bytes: a request may have more, for the texts of its form


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class UploadsField(forms.FileField):
    """Several files as name → bytes. Each must be allowed beside a lesson."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> Any:  # noqa: ARG002
        chosen = [each for each in data or () if each]
        counts = Counter(each.name for each in chosen)
        if twice := [f"{name} was chosen twice." for name, times in counts.items() if times > 1]:
            raise ValidationError(twice, code="twice")
        total = sum(each.size for each in chosen)
        if total > MOST_AT_ONCE:
            words = (
                f"The files have {total:,} bytes in all; "
                f"at most {MOST_AT_ONCE:,} can be sent at once."
            )
            raise ValidationError(words, code="together")
        sent = {each.name: _bytes_of(each) for each in chosen}
        wrong = [
            f"{name}{f', line {line}' if line else ''}: {words}."
            for name, content in sent.items()
            for line, words in files.problems(name, content)
        ]
        if wrong:
            raise ValidationError(wrong, code="file")
        return sent


def _bytes_of(uploaded: Any) -> bytes:
    uploaded.seek(0)  # the form may be validated again when it is merged
    return bytes(uploaded.read())


def files_after(
    there: list[dict[str, str]], added: Mapping[str, bytes], gone: list[str]
) -> list[dict[str, str]]:
    """A lesson's `files` after some were added or replaced, and others removed. Raises
    ValidationError if they are too many."""
    digests = {each["name"]: each["digest"] for each in there if each["name"] not in gone}
    digests |= {name: files.digest(data) for name, data in added.items()}
    if len(digests) > MOST_FILES:
        raise ValidationError({"new_files": f"A lesson has at most {MOST_FILES} files beside it."})
    return [{"name": name, "digest": digest} for name, digest in sorted(digests.items())]


def keep_contents(added: Mapping[str, bytes]) -> None:
    for name, data in added.items():
        row = FileContent.of(name, data)
        FileContent.objects.get_or_create(
            digest=row.digest, defaults={"data": row.data, "facts": row.facts}
        )


def choices(lesson: Lesson) -> list[tuple[str, str]]:
    return [(each["name"], each["name"]) for each in lesson.files]


UPLOAD_HELP = (
    f"Pictures (.svg), data, answers: {get_text_list([*files.CONTENT_TYPES], 'or')}, at most "
    f"{files.MOST_BYTES // 1024} KB each and {MOST_AT_ONCE // 1024**2} MB at once. A new file "
    "replaces one of the same name. A text shows a picture as ![What it shows](name.svg)."
)
