"""The form that signs somebody in to the admin."""

import logging
from functools import cache
from typing import Any

from django import forms
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.models import User
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from careers.admin.signing_in.hashing import hashing_turn
from careers.admin.signing_in.second_factor import accepting, app_of
from careers.admin.signing_in.tries import BUSY, Try, Wait
from careers.models import Outcome

logger = logging.getLogger("careers.sign_in")

# Seconds that a known browser, one that signed in before, waits for its turn. Others are turned
# away at once: however many there are, they hold no threads that visitors need.
PATIENCE = 10
PUT_OFF = "put-off"  # the error of a form whose try wasn't taken


class SignInForm(AdminAuthenticationForm):
    """Refuses too many tries before anything is hashed. Asks for a code if the user has an app."""

    code = forms.CharField(
        required=False,
        max_length=20,
        strip=True,
        help_text="From your app, or a recovery code. Leave it empty if you haven’t set one up.",
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "autocapitalize": "none",
                "spellcheck": "false",
                "aria-describedby": "id_code_helptext",
            }
        ),
    )

    @property
    def wait(self) -> Wait | None:
        """If the try wasn't taken, what to tell who sent it."""
        errors = self.errors.as_data().get(NON_FIELD_ERRORS, [])
        waits = [error.params["wait"] for error in errors if error.params and error.code == PUT_OFF]
        return waits[0] if waits else None

    def clean(self) -> dict[str, Any]:
        if not (self.request and self.cleaned_data.get("username")):
            return super().clean()
        attempt = Try.of(self.request, self.cleaned_data["username"])
        with hashing_turn(PATIENCE if attempt.is_known else 0) as is_mine:
            if not is_mine:
                raise _put_off(BUSY)
            if wait := attempt.wait:
                logger.warning("Too many tries: one more is refused unread")
                raise _put_off(wait)
            return self._checked(attempt)

    def _checked(self, attempt: Try) -> dict[str, Any]:
        try:
            cleaned = super().clean()
        except ValidationError:
            attempt.refuse(Outcome.WRONG_PASSWORD)
            raise
        user: Any = self.get_user()
        user.otp_device = self._second_factor(attempt, user)
        attempt.accept(user)
        return cleaned

    def _second_factor(self, attempt: Try, user: User) -> Any:
        """The device that accepts the code; None if the user has no second factor.

        Raises ValidationError if the code is wrong or missing.
        """
        if not app_of(user):
            return None
        device = accepting(user, self.cleaned_data.get("code", ""))
        if device:
            return device
        if self.cleaned_data.get("code"):
            attempt.refuse(Outcome.WRONG_CODE)
            raise ValidationError({"code": "That isn’t the code. Each works once."})
        raise ValidationError({"code": "Type the code that your app shows now."})


def _put_off(wait: Wait) -> ValidationError:
    return ValidationError(wait.why, code=PUT_OFF, params={"wait": wait})


def too_busy(request: HttpRequest) -> HttpResponse | None:
    """Refuse an unknown browser's try with a 503 while a password is being hashed; None to go on.

    It costs next to nothing: rendering the form's page would take more than is saved.
    """
    if request.method != "POST" or Try.of(request, request.POST.get("username", "")).is_known:
        return None
    with hashing_turn(0) as is_mine:
        if is_mine:
            return None
    return BUSY.tell(HttpResponse(_busy_page(), headers={"Cache-Control": "no-store"}))


@cache
def _busy_page() -> str:
    return render_to_string("429.html")
