"""The second factor of editors: codes of an app on their phone, and codes for when it is lost."""

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
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # without those that look like others
LENGTH = 12  # letters of a recovery code: 59 bits


def is_let_in(request: HttpRequest) -> bool:
    """Whether somebody who signed in may go on: with a second factor, where one is required.

    Whoever has one can't sign in without, wherever it isn't.
    """
    user: Any = request.user
    return not settings.SECOND_FACTOR_REQUIRED or bool(user.is_verified())


def app_of(user: User) -> TOTPDevice | None:
    """The app that makes somebody's codes, once they have shown that it does."""
    return TOTPDevice.objects.filter(user=user, confirmed=True).first()


def app_to_be(user: User) -> TOTPDevice:
    """The app that somebody is setting up, with the same secret until they are done."""
    device, _ = TOTPDevice.objects.get_or_create(
        user=user, confirmed=False, defaults={"name": "app"}
    )
    return device


def is_setting_up(user: User) -> bool:
    return bool(TOTPDevice.objects.filter(user=user, confirmed=False).exists())


def accepting(user: User, typed: str) -> Any:
    """The device that takes a code, of the app or for recovery, and then never again; or None.

    Limits are those of signing in: the devices' own would let somebody else lock its owner out.
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
    """Take an app that gave the right code as the second factor, and get codes for recovery.

    Whoever is signed in as the same person elsewhere, without one, is signed out.
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
    """Codes that are each good once. What was handed out before isn't any more.

    The database has digests: whoever reads a backup can't sign in with it.
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
    """Somebody has no second factor any more, nor codes for recovery."""
    with transaction.atomic():
        TOTPDevice.objects.filter(user=user).delete()
        StaticDevice.objects.filter(user=user).delete()


def end_other_sessions(request: HttpRequest, user: User) -> None:
    """Sign somebody out wherever else they are signed in."""
    here = request.session.session_key
    for session in _sessions_of(user):
        if session.session_key != here:
            session.delete()


def _sessions_of(user: User) -> Iterator[Session]:
    """Only editors have sessions: there are few."""
    for session in Session.objects.filter(expire_date__gt=timezone.now()):
        if session.get_decoded().get(SESSION_KEY) == str(user.pk):
            yield session


def drawing(device: TOTPDevice) -> SafeString:
    """What an app scans, as SVG without a style of its own."""
    code = segno.make(device.config_url, error="m")
    drawn: str = code.svg_inline(scale=5, border=4, light="#fff", omitsize=False)
    return mark_safe(drawn)  # noqa: S308  squares


def secret(device: TOTPDevice) -> str:
    """What is typed into an app that can't scan, in groups of four."""
    text = b32encode(device.bin_key).decode().rstrip("=")
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


def _digest(code: str) -> str:
    """Of as many letters as the database has room for: 64 bits, more than the code has."""
    return hashlib.sha256(code.encode()).hexdigest()[:16]
