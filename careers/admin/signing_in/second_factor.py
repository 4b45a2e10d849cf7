"""Editors' second factor: codes from an app, and recovery codes for when the app is lost."""

import hashlib
import secrets
from base64 import b32encode
from collections.abc import Iterator
from typing import Any

import segno
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

RECOVERY_CODES = 10
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # without look-alikes
LENGTH = 12  # letters of a recovery code: 59 bits


def is_let_in(request: HttpRequest) -> bool:
    """Whether someone who signed in may go on: if a second factor is required, only with it.

    Even if it isn't required, those who have one can't sign in without it.
    """
    user: Any = request.user
    return not settings.SECOND_FACTOR_REQUIRED or bool(user.is_verified())


def app_of(user: User) -> TOTPDevice | None:
    """The app that makes the user's codes, once a code has confirmed it; else None."""
    return TOTPDevice.objects.filter(user=user, confirmed=True).first()


def app_to_be(user: User) -> TOTPDevice:
    """The app that the user is setting up, with the same secret until they are done."""
    device, _ = TOTPDevice.objects.get_or_create(
        user=user, confirmed=False, defaults={"name": "app"}
    )
    return device


def is_setting_up(user: User) -> bool:
    return bool(TOTPDevice.objects.filter(user=user, confirmed=False).exists())


def accepting(user: User, typed: str) -> Any:
    """The device that accepts the code, the app's or a recovery code, or None. A code works once.

    Tries are limited by signing in: the devices' own limits would let others lock the owner out.
    """
    code = "".join(typed.split()).replace("-", "").lower()
    if not code:
        return None
    with transaction.atomic():
        apps = TOTPDevice.objects.select_for_update().filter(user=user, confirmed=True)
        spares = StaticDevice.objects.select_for_update().filter(user=user, confirmed=True)
        if len(code) == LENGTH:
            return next((each for each in spares if each.verify_token(_digest(code))), None)
        return next((each for each in apps if each.verify_token(code)), None)


def confirm(request: HttpRequest, device: TOTPDevice) -> list[str]:
    """Make an app that gave the right code the user's second factor. Return new recovery codes.

    Ends the user's other sessions, which signed in without it.
    """
    user = device.user
    with transaction.atomic():
        TOTPDevice.objects.filter(user=user, confirmed=True).delete()
        device.confirmed = True
        device.save()
        codes = new_recovery_codes(user)
    end_other_sessions(request, user)
    return codes


def new_recovery_codes(user: User) -> list[str]:
    """Return new recovery codes, each good once. Earlier ones stop working.

    Only digests are stored, so that a backup has no codes to sign in with.
    """
    codes = ["".join(secrets.choice(LETTERS) for _ in range(LENGTH)) for _ in range(RECOVERY_CODES)]
    with transaction.atomic():
        device, _ = StaticDevice.objects.get_or_create(user=user, defaults={"name": "recovery"})
        device.token_set.all().delete()
        for code in codes:
            device.token_set.create(token=_digest(code))
    return ["-".join(code[at : at + 4] for at in range(0, LENGTH, 4)) for code in codes]


def codes_left(user: User) -> int:
    return sum(device.token_set.count() for device in StaticDevice.objects.filter(user=user))


def take_away(user: User) -> None:
    """Delete the user's second factor and recovery codes."""
    with transaction.atomic():
        TOTPDevice.objects.filter(user=user).delete()
        StaticDevice.objects.filter(user=user).delete()


def end_other_sessions(request: HttpRequest, user: User) -> None:
    """Sign the user out everywhere but in this request's session."""
    here = request.session.session_key
    for session in _sessions_of(user):
        if session.session_key != here:
            session.delete()


def _sessions_of(user: User) -> Iterator[Session]:
    """The user's sessions, found by reading all: only editors have any, so there are few."""
    for session in Session.objects.filter(expire_date__gt=timezone.now()):
        if session.get_decoded().get(SESSION_KEY) == str(user.pk):
            yield session


def drawing(device: TOTPDevice) -> SafeString:
    """The QR code that an app scans, as SVG without inline styles."""
    code = segno.make(device.config_url, error="m")
    drawn: str = code.svg_inline(scale=5, border=4, light="#fff", omitsize=False)
    return mark_safe(drawn)  # noqa: S308  nothing but squares


def secret(device: TOTPDevice) -> str:
    """The secret to type into an app that can't scan, in groups of four."""
    text = b32encode(device.bin_key).decode().rstrip("=")
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


def _digest(code: str) -> str:
    """A digest as long as the database has room for: 64 bits, more than the code has."""
    return hashlib.sha256(code.encode()).hexdigest()[:16]
