"""Roles and the steps of their roadmaps."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import UniqueConstraint
from django.urls import reverse

from paths.fields import LinesField, NumbersField, ProseField, WrittenModel
from paths.models import LearningPath, SlugModel, Status, validate_slug, validate_sources

SHARES_NOT_WHOLE = "The shares of a day must add up to 100%."
TITLE_WITH_COLON = "A title must have words, and no colon."
SAME_PATH_TWICE = "A roadmap stops at each path once."
ALREADY_A_STEP = "A path to go further with can't also be a step of the roadmap."
SAME_CODE = "Another role has this code already."
SAME_SLUG = "Another role has this address already."

# Pages at /careers/<name>/ that aren't roles.
RESERVED_SLUGS = {"compare", "decode", "map", "which"}
RESERVED_SLUG = "This address is taken by a page of the site. Choose another."


def validate_time_split(value: Any) -> None:
    """Accept a list of {share, activity} whose shares add up to 100 percent, or an empty one."""
    if any(not 0 < int(part["share"]) <= 100 for part in value):
        raise ValidationError("A share must be between 1 and 100%.", code="share")
    if value and sum(int(part["share"]) for part in value) != 100:
        raise ValidationError(SHARES_NOT_WHOLE, code="shares")


def validate_titles(value: Any) -> None:
    """Accept {title, varies} items whose titles have no colon: the admin shows "title: varies"."""
    for item in value:
        if not str(item["title"]).strip() or ":" in item["title"]:
            raise ValidationError(TITLE_WITH_COLON, code="title")


def not_of_the_path(number: int) -> str:
    """The error of a step that names this lesson in `only` or `focus`."""
    return f"Lesson {number} isn't one of this path."


class Group(models.TextChoices):
    """Core: the six roles that the market asks for most. Newer: the four that grew beside them."""

    CORE = "core", "Core"
    NEWER = "newer", "Newer"


class Sequence(models.TextChoices):
    """Whether a role's steps build on each other."""

    IN_SEQUENCE = "in-sequence", "In sequence"
    ANY_ORDER = "any-order", "Any order"


class EntryBar(models.TextChoices):
    """What a role requires before its paths, from the least to the most."""

    NOTHING = "nothing", "Nothing beforehand"
    SKILL = "skill", "A skill beforehand"
    TRADE = "trade", "A trade beforehand"
    DEGREE = "degree", "A degree beforehand"
    YEARS = "years", "Years of practice or research beforehand"


class LineColor(models.TextChoices):
    """The color of a role's line. Stylesheets know it by this name (`data-line`)."""

    BLUE = "blue"
    RED = "red"
    GREEN = "green"
    PURPLE = "purple"
    SLATE = "slate"
    AMBER = "amber"
    TEAL = "teal"
    PINK = "pink"
    OLIVE = "olive"
    BROWN = "brown"
    INDIGO = "indigo"
    ORANGE = "orange"


class RoleQuerySet(models.QuerySet["Role"]):
    """Queries of roles."""

    def published(self) -> "RoleQuerySet":
        return self.filter(status=Status.PUBLISHED)

    def in_order(self) -> "RoleQuerySet":
        """Core roles first, then the newer, each as the editors placed them."""
        return self.order_by("group", "position", "title", "pk")


class Role(SlugModel):
    """A job: what its days are, what it pays, and the paths that lead to it."""

    code = models.CharField(
        max_length=8,  # two to four, and room for a temporary code while two roles swap theirs
        unique=True,
        error_messages={"unique": SAME_CODE},
        validators=[
            RegexValidator(
                r"\A[A-Z0-9]{2,4}\Z",
                "A code must be two to four capital letters or digits.",
                code="code",
            )
        ],
        help_text="Two to four capital letters or digits: the name of its line on the map.",
    )
    line = models.CharField("line color", max_length=10, choices=LineColor, default=LineColor.BLUE)
    group = models.CharField(max_length=10, choices=Group, default=Group.CORE)
    position = models.PositiveSmallIntegerField(
        default=100, help_text="Where it stands in its group; low numbers first."
    )
    aliases = LinesField(help_text="Titles in job ads that mean this role, one per line.")
    titles = models.JSONField(
        "titles that may mean it",
        default=list,
        db_default=[],
        blank=True,
        validators=[validate_titles],
        help_text="Titles in job ads that mean this role in some firms, one per line; after a "
        "colon what to look for in the ad, as in “AI Engineer: look for prompts, or for training.”",
    )
    summary = models.CharField(
        max_length=160, help_text="One sentence: what the job is, without adjectives."
    )
    daily_work = LinesField(help_text="One per line; each begins with a verb: “Builds …”.")
    time_split = models.JSONField(
        default=list,
        blank=True,
        validators=[validate_time_split],
        help_text="One per line: the percentage, then the activity, as in “30 prompts”. "
        "Leave it empty if no source says.",
    )
    honest_scope = ProseField(help_text="What courses can give for this job, and what they can’t.")
    entry_bar = models.CharField(
        max_length=10,
        choices=EntryBar,
        blank=True,
        db_default="",
        help_text="How much it expects before the paths. Students and career changers see the "
        "roles in this order.",
    )
    beforehand = models.CharField(
        max_length=160,
        blank=True,
        db_default="",
        help_text="What exactly it expects before the paths: one sentence.",
    )
    not_for_you_if = LinesField(help_text="One per line; each completes “Not for you if …”.")
    fit_questions = LinesField(
        "does it fit?",
        help_text="About five, one per line, for after the first week. Somebody whom the role fits "
        "answers yes to each.",
    )
    after_paths = models.CharField(
        "after the paths",
        max_length=200,
        blank=True,
        help_text="What comes once the paths are done; completes “Then: …”.",
    )
    not_taught = models.CharField(
        "not taught yet",
        max_length=300,
        blank=True,
        help_text="What this role needs and the site doesn’t teach yet.",
    )
    further = models.ManyToManyField(
        LearningPath,
        verbose_name="further paths",
        blank=True,
        related_name="+",
        help_text="Paths to go further with, beyond the roadmap and outside its hours.",
    )
    sequence = models.CharField(
        "order of the steps", max_length=12, choices=Sequence, default=Sequence.IN_SEQUENCE
    )
    sources = models.JSONField(
        default=list,
        blank=True,
        validators=[validate_sources],
        help_text="What the facts above rest on. One per line: the title, then the address.",
    )

    objects = RoleQuerySet.as_manager()

    class Meta:
        ordering = ["group", "position", "title", "pk"]
        constraints = [
            UniqueConstraint(
                fields=["slug"], name="role_slug_unique", violation_error_message=SAME_SLUG
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("role", args=[self.slug])

    def clean(self) -> None:
        super().clean()
        if self.slug in RESERVED_SLUGS:
            raise ValidationError({"slug": ValidationError(RESERVED_SLUG, code="reserved")})

    def address_was_anothers(self) -> bool:
        """Whether another role had this address before, so that its links would lead here."""
        return FormerRoleSlug.objects.filter(slug=self.slug).exclude(role=self.pk).exists()

    def keep_address(self, slug: str) -> None:
        """Let a former address of this role redirect to the present one. slug: the former."""
        FormerRoleSlug.objects.filter(slug=self.slug).delete()
        FormerRoleSlug.objects.update_or_create(slug=slug, defaults={"role": self})


class FormerRoleSlug(models.Model):
    """A former address of a role."""

    role = models.ForeignKey(Role, models.CASCADE, related_name="former_slugs")
    slug = models.CharField(max_length=60, unique=True, validators=[validate_slug])

    def __str__(self) -> str:
        return self.slug


class Step(WrittenModel):
    """A path's place in a role's roadmap."""

    role = models.ForeignKey(Role, models.CASCADE, related_name="steps")
    path = models.ForeignKey(LearningPath, models.PROTECT, related_name="steps")
    position = models.PositiveSmallIntegerField(default=0)
    why = models.CharField(max_length=140, help_text="One sentence: why this role needs this path.")
    emphasis = models.CharField(
        max_length=40, blank=True, help_text="How to take it, as in “a lighter touch”."
    )
    only = NumbersField(
        "only lessons", help_text="By number, if not all of the path counts: “301, 307”."
    )
    focus = NumbersField("lessons in focus", help_text="By number, those that stand out.")

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            UniqueConstraint(
                fields=["role", "path"],
                name="step_path_once_a_role",
                violation_error_message=SAME_PATH_TWICE,
            ),
        ]

    def __str__(self) -> str:
        return f"step {self.position}"
