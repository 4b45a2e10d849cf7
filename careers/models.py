"""Who needs what is taught: roles, their roadmaps, evidence for pay, backgrounds, signals."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.urls import reverse
from django.utils import timezone

from careers import history  # noqa: F401 - Django looks for tables here
from paths.fields import LinesField, ProseField
from paths.models import (
    LearningPath,
    Lesson,
    SlugModel,
    Status,
    validate_slug,
    validate_sources,
    validate_url,
)

LOW_ABOVE_HIGH = "The low end of a salary band can't be above its high end."
MIDDLE_OUTSIDE = "The middle figure of a salary band lies between its low and its high end."
MIDDLE_UNNAMED = "Say whether the middle figure is a median or a mean, and give both or neither."
PROXY_UNNAMED = "A proxy names the neighboring title that the figure was measured for."
NOT_YET_COLLECTED = "A figure can't have been collected in the future."
SHARES_NOT_WHOLE = "The shares of a day add up to 100%."
SAME_PATH_TWICE = "A roadmap stops at each path once."
SAME_BACKGROUND_TWICE = "A role has one pivot from each background."
SAME_CODE = "Another role has this code already."
SAME_KEY = "Another entry has this key already."
SAME_SLUG = "Another role has this address already."

# What stands at /careers/<name>/ and is no role.
RESERVED_SLUGS = {"compare", "decode", "map"}
RESERVED_SLUG = "This address is taken by a page of the site. Choose another."


def validate_time_split(value: Any) -> None:
    """A list of {share, activity} whose shares (percent) make a whole day, or an empty one."""
    if any(not 0 < int(part["share"]) <= 100 for part in value):
        raise ValidationError("A share lies between 1 and 100%.", code="share")
    if value and sum(int(part["share"]) for part in value) != 100:
        raise ValidationError(SHARES_NOT_WHOLE, code="shares")


class Group(models.TextChoices):
    """The six roles that most of the market asks for, and the four that grew beside them."""

    CORE = "core", "Core"
    NEWER = "newer", "Newer"


class Sequence(models.TextChoices):
    """Whether a role's steps build on each other."""

    IN_SEQUENCE = "in-sequence", "In sequence"
    ANY_ORDER = "any-order", "Any order"


class Line(models.TextChoices):
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
    """Questions that pages ask about roles."""

    def published(self) -> "RoleQuerySet":
        return self.filter(status=Status.PUBLISHED)

    def in_order(self) -> "RoleQuerySet":
        """Core roles first, then the newer, each as the editors placed them."""
        return self.order_by("group", "position", "title")


class Role(SlugModel):
    """A job: what its days are, what it pays, and the paths that lead to it."""

    code = models.CharField(
        max_length=8,  # two letters, and room to park a code in while two roles swap theirs
        unique=True,
        error_messages={"unique": SAME_CODE},
        validators=[
            RegexValidator(
                r"\A[A-Z0-9]{2}\Z", "A code is two capital letters or digits.", code="code"
            )
        ],
        help_text="Two capital letters or digits: the name of its line on the map.",
    )
    line = models.CharField("line color", max_length=10, choices=Line, default=Line.BLUE)
    group = models.CharField(max_length=10, choices=Group, default=Group.CORE)
    position = models.PositiveSmallIntegerField(
        default=100, help_text="Where it stands in its group; low numbers first."
    )
    aliases = LinesField(help_text="Titles in job ads that mean this role, one a line.")
    summary = models.CharField(
        max_length=160, help_text="One sentence: what the job is, without adjectives."
    )
    daily_work = LinesField(help_text="One a line, each begins with a verb: “Builds …”.")
    time_split = models.JSONField(
        default=list,
        blank=True,
        validators=[validate_time_split],
        help_text="One a line: the percentage, then the activity, as in “30 prompts”. "
        "Empty where nobody knows.",
    )
    honest_scope = ProseField(help_text="What courses can give for this job, and what they can't.")
    not_for_you_if = LinesField(help_text="One a line; each completes “Not for you if …”.")
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
        help_text="What this role needs and the site doesn't teach yet.",
    )
    sequence = models.CharField(
        "order of the steps", max_length=12, choices=Sequence, default=Sequence.IN_SEQUENCE
    )
    sources = models.JSONField(
        default=list,
        blank=True,
        validators=[validate_sources],
        help_text="What the facts above rest on. One a line: the title, then the address.",
    )

    objects = RoleQuerySet.as_manager()

    class Meta:
        ordering = ["group", "position", "title"]
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
        """Whether another role had this address, and its visitors would land here."""
        return FormerRoleSlug.objects.filter(slug=self.slug).exclude(role=self.pk).exists()

    def keep_address(self, slug: str) -> None:
        """Let an address that this role had redirect to the one it has."""
        FormerRoleSlug.objects.filter(slug=self.slug).delete()
        FormerRoleSlug.objects.update_or_create(slug=slug, defaults={"role": self})


class FormerRoleSlug(models.Model):
    """An address that a role had."""

    role = models.ForeignKey(Role, models.CASCADE, related_name="former_slugs")
    slug = models.CharField(max_length=60, unique=True, validators=[validate_slug])

    def __str__(self) -> str:
        return self.slug


class Step(models.Model):
    """A path's place in a role's roadmap."""

    role = models.ForeignKey(Role, models.CASCADE, related_name="steps")
    path = models.ForeignKey(LearningPath, models.PROTECT, related_name="steps")
    position = models.PositiveSmallIntegerField(default=0)
    why = models.CharField(max_length=140, help_text="One sentence: why this role needs this path.")
    emphasis = models.CharField(
        max_length=40, blank=True, help_text="How to take it, as in “a lighter touch”."
    )

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


class Grade(models.TextChoices):
    """How far a figure can be trusted to be about this role."""

    PUBLISHED = "published", "Published for this role"
    PROXY = "proxy", "Measured for a neighboring title"
    FEW_DATA = "few-data", "Few data, or method unknown"


class MiddleKind(models.TextChoices):
    """What the figure between low and high is."""

    MEDIAN = "median", "median"
    MEAN = "mean", "mean"


class SalaryBand(models.Model):
    """What a role is paid in one region, gross a year, with the evidence for it."""

    role = models.ForeignKey(Role, models.CASCADE, related_name="salary_bands")
    position = models.PositiveSmallIntegerField(default=0)
    region = models.CharField(max_length=60, help_text="As shown: “EU”, “Germany”.")
    currency = models.CharField(
        max_length=3,
        default="EUR",
        validators=[RegexValidator(r"\A[A-Z]{3}\Z", "A currency is three letters, as in EUR.")],
    )
    low = models.PositiveIntegerField(help_text="Gross a year, in whole units of the currency.")
    high = models.PositiveIntegerField(help_text="The same as low where there is one figure only.")
    middle = models.PositiveIntegerField(null=True, blank=True)
    middle_is = models.CharField(max_length=6, choices=MiddleKind, blank=True)
    measures = models.CharField(
        max_length=80, help_text="What low and high are: “Advertised range”."
    )
    grade = models.CharField(max_length=10, choices=Grade, default=Grade.PUBLISHED)
    proxy_title = models.CharField(
        max_length=80, blank=True, help_text="For a proxy: the title that was measured."
    )
    experience = models.CharField(max_length=40, blank=True, help_text="“5–10 years”.")
    sample = models.PositiveIntegerField(
        null=True, blank=True, help_text="How many answers or adverts."
    )
    period = models.CharField(max_length=40, help_text="“2026”, or “undated”.")
    source_title = models.CharField(max_length=120)
    source_url = models.CharField("source address", max_length=300, validators=[validate_url])
    collected = models.DateField(help_text="The day the source was read.")
    note = models.CharField(max_length=250, blank=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            CheckConstraint(
                condition=Q(low__lte=F("high")),
                name="salary_low_not_above_high",
                violation_error_message=LOW_ABOVE_HIGH,
            ),
            CheckConstraint(
                condition=Q(middle__isnull=True)
                | (Q(middle__gte=F("low")) & Q(middle__lte=F("high"))),
                name="salary_middle_between",
                violation_error_message=MIDDLE_OUTSIDE,
            ),
            CheckConstraint(
                condition=Q(middle__isnull=True, middle_is="")
                | (Q(middle__isnull=False) & ~Q(middle_is="")),
                name="salary_middle_named",
                violation_error_message=MIDDLE_UNNAMED,
            ),
            CheckConstraint(
                condition=~Q(grade=Grade.PROXY) | ~Q(proxy_title=""),
                name="salary_proxy_named",
                violation_error_message=PROXY_UNNAMED,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.region} {self.period}"

    def clean(self) -> None:
        """The constraints above, in Python: files are checked where there is no database."""
        super().clean()
        if self.low is not None and self.high is not None:
            if self.low > self.high:
                raise ValidationError(
                    {"low": ValidationError(LOW_ABOVE_HIGH, code="low-above-high")}
                )
            if self.middle is not None and not self.low <= self.middle <= self.high:
                raise ValidationError({"middle": ValidationError(MIDDLE_OUTSIDE, code="middle")})
        if (self.middle is None) != (not self.middle_is):
            raise ValidationError({"middle_is": ValidationError(MIDDLE_UNNAMED, code="middle")})
        if self.grade == Grade.PROXY and not self.proxy_title:
            raise ValidationError({"proxy_title": ValidationError(PROXY_UNNAMED, code="proxy")})
        if self.collected and self.collected > timezone.now().date():
            raise ValidationError({"collected": ValidationError(NOT_YET_COLLECTED, code="future")})


class PublishedQuerySet(models.QuerySet[Any]):
    """For what has a status and no address."""

    def published(self) -> "PublishedQuerySet":
        return self.filter(status=Status.PUBLISHED)


class Background(models.Model):
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
    summary = models.CharField(max_length=160, help_text="What this person does daily that counts.")
    knows = models.ManyToManyField(
        Lesson,
        blank=True,
        related_name="known_to",
        help_text="Lessons that this person can skip: “hours left” is computed from them.",
    )

    objects = PublishedQuerySet.as_manager()

    class Meta:
        ordering = ["position", "title"]

    def __str__(self) -> str:
        return self.title


class Fit(models.TextChoices):
    """How much of a background carries over."""

    STRONG = "strong", "Strong"
    GOOD = "good", "Good"
    POSSIBLE = "possible", "Possible"


class PivotQuerySet(models.QuerySet["Pivot"]):
    """Questions that pages ask about pivots."""

    def published(self) -> "PivotQuerySet":
        """Pivots from backgrounds that the public may see, the strongest first."""
        strength = models.Case(
            models.When(fit=Fit.STRONG, then=0), models.When(fit=Fit.GOOD, then=1), default=2
        )
        seen = self.filter(background__status=Status.PUBLISHED)
        return seen.order_by(strength, "position", "pk")


class Pivot(models.Model):
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


class HiringSignal(models.Model):
    """An artefact that a hirer checks, and the lessons that produce it."""

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
    summary = models.CharField(max_length=250, help_text="What a hirer checks.")
    passes = models.CharField(max_length=250, blank=True, help_text="What passes.")
    fails = models.CharField(max_length=250, blank=True, help_text="What fails.")
    sources = models.JSONField(default=list, blank=True, validators=[validate_sources])
    lessons = models.ManyToManyField(Lesson, blank=True, related_name="signals")

    objects = PublishedQuerySet.as_manager()

    class Meta:
        ordering = ["position", "title"]

    def __str__(self) -> str:
        return self.title
