"""Where people come from, and the ways from there to a role."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import UniqueConstraint

from careers.models.listed import SAME_KEY, PublishedQuerySet
from careers.models.roles import Role
from paths.fields import WrittenModel
from paths.models import Lesson, Status, validate_slug, validate_sources

SAME_BACKGROUND_TWICE = "A role has one pivot from each background."


class Background(WrittenModel):
    """Where a person comes from, and the lessons that they know already."""

    slug = models.CharField(
        "key",
        max_length=60,
        unique=True,
        validators=[validate_slug],
        error_messages={"unique": SAME_KEY},
    )
    title = models.CharField(max_length=100)
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    position = models.PositiveSmallIntegerField(default=100)
    summary = models.CharField(
        max_length=160, help_text="What this person does every day that helps here."
    )
    starts_fresh = models.BooleanField(
        "open to every role",
        default=False,
        db_default=False,
        help_text="For people for whom no source says what carries over. They see every role, the "
        "least demanding first.",
    )
    advice = models.CharField(
        max_length=300, blank=True, db_default="", help_text="What helps this person choose."
    )
    sources = models.JSONField(
        default=list,
        db_default=[],
        blank=True,
        validators=[validate_sources],
        help_text="What the advice rests on. One per line: the title, then the address.",
    )
    knows = models.ManyToManyField(
        Lesson,
        blank=True,
        related_name="known_to",
        help_text="Lessons that this person can skip: “hours left” is computed from them.",
    )

    objects = PublishedQuerySet.as_manager()

    class Meta:
        ordering = ["position", "title", "pk"]

    def __str__(self) -> str:
        return self.title


class Fit(models.TextChoices):
    """How much of a background carries over."""

    STRONG = "strong", "Strong"
    GOOD = "good", "Good"
    POSSIBLE = "possible", "Possible"


class PivotQuerySet(models.QuerySet["Pivot"]):
    """Queries of pivots."""

    def published(self) -> "PivotQuerySet":
        """Pivots from backgrounds that the public may see, the strongest first."""
        strength = models.Case(
            models.When(fit=Fit.STRONG, then=0), models.When(fit=Fit.GOOD, then=1), default=2
        )
        seen = self.filter(background__status=Status.PUBLISHED)
        return seen.order_by(strength, "position", "pk")


class Pivot(WrittenModel):
    """The way from one background to one role."""

    role = models.ForeignKey(Role, models.CASCADE, related_name="pivots")
    background = models.ForeignKey(Background, models.PROTECT, related_name="pivots")
    position = models.PositiveSmallIntegerField(default=0)
    fit = models.CharField(max_length=10, choices=Fit, default=Fit.GOOD)
    months = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(120)],
        help_text="Only where a source says so.",
    )
    note = models.CharField(
        max_length=160, blank=True, help_text="What carries over, and what is new."
    )

    objects = PivotQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            UniqueConstraint(
                fields=["role", "background"],
                name="pivot_background_once_a_role",
                violation_error_message=SAME_BACKGROUND_TWICE,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_fit_display()} pivot"
