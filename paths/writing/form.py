"""The form of a lesson, with suggested numbers and files beside the lesson."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import get_text_list

from paths import markdown
from paths.forms import PageForm
from paths.models import Term
from paths.writing import numbering, uploads

SUGGESTED = "Leave it empty for the next number of its path."


class LessonForm(PageForm):
    """Refuses terms that the glossary lacks and pictures without a file, as reading files does."""

    new_files = uploads.UploadsField(
        label="Add or replace", required=False, help_text=uploads.UPLOAD_HELP
    )
    gone_files = forms.MultipleChoiceField(
        label="Remove", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.files_before = self.instance.files
        if "gone_files" in self.fields:
            self.fields["gone_files"].choices = uploads.choices(self.instance)  # type: ignore[attr-defined]
        if self.instance.pk is None:
            for name in {"number", "position"} & self.fields.keys():
                self.fields[name].required = False
                self.fields[name].help_text += f" {SUGGESTED}"
                if not self.initial.get(name):
                    self.initial[name] = None

    def clean_needs(self) -> list[str]:
        needs: list[str] = self.cleaned_data["needs"]
        known = {name for term in Term.objects.published() for name in term.spellings}
        unknown = [f"“{each}”" for each in needs if each not in known]
        if unknown:
            names = get_text_list(unknown, "and")
            raise ValidationError(f"The glossary doesn’t have {names}.", code="needs")
        return needs

    def clean(self) -> dict[str, Any]:
        super().clean()
        if self.instance.pk is None:
            self._fill_numbers()
        self.instance.files = uploads.files_after(
            self.files_before, self.uploaded, self.cleaned_data.get("gone_files", [])
        )
        self._require_pictures()
        return self.cleaned_data

    @property
    def uploaded(self) -> dict[str, bytes]:
        """The uploaded files, if they are valid: name → bytes."""
        sent: dict[str, bytes] = self.cleaned_data.get("new_files") or {}
        return sent

    def _fill_numbers(self) -> None:
        path = self.cleaned_data.get("path")
        suggest = {"number": numbering.next_number, "position": numbering.next_position}
        for name, suggestion in suggest.items():
            if name in self.cleaned_data and self.cleaned_data[name] is None:
                self.cleaned_data[name] = suggestion(path) if path else 0

    def _require_pictures(self) -> None:
        there = {each["name"] for each in self.instance.files}
        missing = [
            f"Line {line} of the text: there is no file {name} beside this lesson."
            for line, name in markdown.images(self.cleaned_data.get("body", ""))
            if markdown.is_picture(name) and name not in there
        ]
        if missing and "new_files" not in self.errors:
            self.add_error("body", ValidationError(missing, code="missing-picture"))
