"""Who signed in to the admin, and who was refused."""

from datetime import timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone

SKEW = timedelta(minutes=1)  # by which clocks of servers that share a database differ at most


class Outcome(models.TextChoices):
    SIGNED_IN = "in", "signed in"
    WRONG_PASSWORD = "password", "refused: name or password"
    WRONG_CODE = "code", "refused: code"
    SET_UP = "set-up", "set up a second factor"
    TURNED_OFF = "off", "turned off the second factor"
    NEW_CODES = "codes", "made new recovery codes"
    ASKED_RESET = "asked", "asked for an email to choose a new password"
    CHANGED_PASSWORD = "changed", "changed the password"


class SignInQuerySet(models.QuerySet["SignIn"]):
    def within(self, window: timedelta) -> Self:
        """Those of a time that ends now, in the order in which they came, the last first.

        Another server's clock may be ahead by a little. What is from later than that, a clock wrote
        that was wrong and is right again: it would count for as long as it was ahead.
        """
        now = timezone.now()
        return self.filter(at__gt=now - window, at__lt=now + SKEW).order_by("-pk")


class SignIn(models.Model):
    """A try to sign in, or a change of password or second factor. Kept for a while, as an audit.

    tried: a digest of the typed name and of the browser, by which tries are counted. As a digest,
    it doesn't reveal a password that somebody typed in place of their name.
    """

    at = models.DateTimeField(default=timezone.now, db_index=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="sign_ins"
    )
    outcome = models.CharField(max_length=10, choices=Outcome)
    tried = models.CharField(max_length=64, db_index=True)
    address = models.CharField(
        max_length=45, blank=True, help_text="Where the request came from: a proxy’s, behind one."
    )
    forwarded_for = models.CharField(
        max_length=200, blank=True, help_text="Where it came from before that, by its own account."
    )

    objects = SignInQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = "sign-in"

    def __str__(self) -> str:
        who = self.user.get_username() if self.user else "an unknown name"
        return f"{who} {self.get_outcome_display()}"
