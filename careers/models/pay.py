"""What roles are paid, with the evidence for it."""

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import CheckConstraint, F, Q

from careers.models.roles import Role
from paths.fields import WrittenModel
from paths.models import refuse_unlikely_day, validate_url

LOW_ABOVE_HIGH = "The low end of a salary band can't be above its high end."
MIDDLE_OUTSIDE = "The middle figure of a salary band lies between its low and its high end."
MIDDLE_UNNAMED = "Say whether the middle figure is a median or a mean, and give both or neither."


class Ends(models.TextChoices):
    """What the low and the high end of a band are. Each is drawn in its own way."""

    RANGE = "range", "a range"
    QUARTILES = "quartiles", "the quartiles"
    MEAN_TO_QUARTILE = "mean-to-quartile", "mean, upper quartile"


class Basis(models.TextChoices):
    """What a figure is based on."""

    SURVEY = "survey", "a survey"
    ADVERTS = "adverts", "job ads"
    RECORDS = "records", "pay records"
    ARTICLE = "article", "one text’s claim"


class MiddleKind(models.TextChoices):
    """What the figure between low and high is."""

    MEDIAN = "median", "median"
    MEAN = "mean", "mean"


def validate_method(value: str) -> None:
    """Accept any sentence; but what begins like an address has to be a valid one."""
    if value.startswith(("http:", "https:")):
        validate_url(value)


class SalaryBand(WrittenModel):
    """What a role is paid in one region, gross a year, with the evidence for it."""

    role = models.ForeignKey(Role, models.CASCADE, related_name="salary_bands")
    position = models.PositiveSmallIntegerField(default=0)
    region = models.CharField(max_length=60, help_text="As shown: “EU”, “Germany”.")
    currency = models.CharField(
        max_length=3,
        default="EUR",
        validators=[
            RegexValidator(r"\A[A-Z]{3}\Z", "A currency must be three letters, as in EUR.")
        ],
    )
    low = models.PositiveIntegerField(help_text="Gross per year, in whole units of the currency.")
    high = models.PositiveIntegerField(help_text="The same as low where there is only one figure.")
    middle = models.PositiveIntegerField(null=True, blank=True)
    middle_is = models.CharField(max_length=6, choices=MiddleKind, blank=True)
    measures = models.CharField(
        max_length=80, help_text="What low and high are: “Advertised range”."
    )
    ends = models.CharField(
        "low and high are", max_length=16, choices=Ends, default=Ends.RANGE, db_default=Ends.RANGE
    )
    basis = models.CharField(
        max_length=10,
        choices=Basis,
        blank=True,
        db_default="",
        help_text="What the figure was made of, if the source says so.",
    )
    method = models.CharField(
        max_length=300,
        blank=True,
        db_default="",
        validators=[validate_method],
        help_text="How the figure was made: a sentence, or the address of a page that says so. "
        "Leave it empty if no source says.",
    )
    for_title = models.CharField(
        "for the title",
        max_length=80,
        blank=True,
        db_column="proxy_title",
        help_text="Only if a neighboring title was measured: that title.",
    )
    experience = models.CharField(max_length=40, blank=True, help_text="“5–10 years”.")
    sample = models.PositiveIntegerField(
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text="How many answers, or job ads.",
    )
    period = models.CharField(max_length=40, help_text="“2026”, or “undated”.")
    source_title = models.CharField(max_length=120)
    source_url = models.CharField("source address", max_length=300, validators=[validate_url])
    collected = models.DateField(help_text="The day the source was read.")
    note = models.CharField(max_length=250, blank=True)
    # Only an earlier release reads this, while this one replaces it.
    grade = models.CharField(
        max_length=10, default="few-data", db_default="few-data", editable=False
    )

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
        ]

    def __str__(self) -> str:
        return f"{self.region} {self.period}"

    def clean(self) -> None:
        """The constraints above, in Python, since files are also checked without a database."""
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
        refuse_unlikely_day("collected", self.collected)
