"""What is taught: learning paths and their lessons. Knows nothing about roles."""

import datetime
import re
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator, RegexValidator, URLValidator, slug_re
from django.db import models
from django.db.models import CheckConstraint, Count, F, Q, Sum, UniqueConstraint, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from paths import files, lint, markdown, prices
from paths.fields import LinesField, ProseField, WrittenModel
from paths.hours import Hours
from paths.text.packages import packages_of

ADDRESS_TAKEN = "Another entry has this address, or had it."
SAME_NUMBER = "Another lesson has this number already. Numbers are never used twice."

NOT_YET_COLLECTED = "A figure can't have been collected in the future."
EARLIEST = datetime.date(2000, 1, 1)
LONG_AGO = "A figure can't have been collected before the year 2000."
MOST_PORTS = 65_535

# How far a lesson's stated minutes may be off: by this share of the measured ones, or by a minute
# if that is more.
READING_TOLERANCE = 0.2

validate_slug = RegexValidator(
    r"\A[a-z0-9]+(?:-[a-z0-9]+)*\Z",
    "An address is written in small letters, digits and single hyphens, as in “ml-engineer”.",
    code="slug",
)
validate_instead = RegexValidator(
    r"\A(?:/(?!/)|https://[A-Za-z0-9])[!#-;=?-\[\]-~]*\Z",
    "Name a page of this site, as in “/careers/ml-engineer/”, or an address that begins with "
    "https://.",
    code="instead",
)


class SourceURLValidator(URLValidator):
    """Django's validator, but it refuses ports above MOST_PORTS."""

    def __call__(self, value: Any) -> None:
        super().__call__(value)
        port = re.search(r":([0-9]+)\Z", urlsplit(value).netloc)
        if port and not 0 < int(port[1]) <= MOST_PORTS:
            words = f"No address has the port {port[1]}: the last one is {MOST_PORTS}."
            raise ValidationError(words, code=self.code)


validate_url = SourceURLValidator(
    schemes=["http", "https"],
    code="url",  # JSONField replaces the message of "invalid"
    message="A source's address must begin with https:// or http://.",
)


def refuse_unlikely_day(field: str, day: datetime.date | None) -> None:
    """Raise ValidationError if no source can have been read on a day: it is in the future
    everywhere, or too long ago."""
    if day and day < EARLIEST:
        raise ValidationError({field: ValidationError(LONG_AGO, code="long-ago")})
    # East of Greenwich it may already be tomorrow.
    if day and day > timezone.now().date() + datetime.timedelta(days=1):
        raise ValidationError({field: ValidationError(NOT_YET_COLLECTED, code="future")})


def validate_sources(value: Any) -> None:
    """Validate a list of {title, url}. Its shape is checked by the form or the file reader."""
    for source in value:
        if not source.get("title"):
            raise ValidationError("Each source needs a title.", code="source-title")
        validate_url(source.get("url"))


def validate_files(value: Any) -> None:
    """Validate a list of {name, digest}, sorted by name. Contents are checked on reading."""
    names = [each.get("name", "") for each in value]
    if names != sorted(set(names)) or not all(re.fullmatch(files.NAME, name) for name in names):
        raise ValidationError("Each file needs its own name.", code="files")


def refuse_errors(field: str, text: str) -> None:
    """Raise ValidationError with all errors that keep a Markdown text from being published."""
    wrong = [
        ValidationError(str(each), code="text", params={"line": each.line})
        for each in lint.errors(text)
    ]
    if wrong:
        raise ValidationError({field: wrong})


RESERVED_SLUGS = {"model"}
RESERVED_SLUG = "This address is taken by a page of the site. Choose another."


class Status(models.TextChoices):
    """Whether a thing is public. A retired one answers 410 and keeps its data."""

    DRAFT = "draft", "Draft"
    PUBLISHED = "published", "Published"
    RETIRED = "retired", "Retired"


class SlugModel(WrittenModel):
    """A thing with an address of its own."""

    slug = models.CharField(
        "address",
        max_length=60,
        validators=[validate_slug],
        help_text="The last part of the page’s address. An old address keeps redirecting here.",
    )
    title = models.CharField(max_length=100)
    status = models.CharField(
        max_length=10,
        choices=Status,
        default=Status.DRAFT,
        db_index=True,
        help_text="Drafts and retired things appear nowhere on the site.",
    )
    instead = models.CharField(
        "where to go instead",
        max_length=200,
        blank=True,
        validators=[validate_instead],
        help_text="Once it is retired: the address of what takes its place, as in "
        "“/careers/ml-engineer/”.",
    )
    updated_at = models.DateTimeField(auto_now=True, editable=False)
    published_at = models.DateTimeField(
        null=True, editable=False, help_text="When the public could first see it."
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.settle()
        super().save(*args, **kwargs)

    @property
    def has_address(self) -> bool:
        """Whether URLs can hold the slug. Forms and files allow no other; a shell may."""
        return bool(slug_re.match(self.slug))

    def settle(self) -> None:
        """Set what follows from other fields. Before a bulk save, call it for each row."""
        if self.status == Status.PUBLISHED and self.published_at is None:
            self.published_at = timezone.now()


class LearningPathQuerySet(models.QuerySet["LearningPath"]):
    """Queries for paths."""

    def published(self) -> "LearningPathQuerySet":
        return self.filter(status=Status.PUBLISHED)

    def with_hours(self) -> "LearningPathQuerySet":
        """Add each path's planned and published lessons and minutes, in the same query.

        Annotates lessons_planned, lessons_published, minutes_planned and minutes_published. Retired
        lessons count in none of them.
        """
        planned = ~Q(lessons__status=Status.RETIRED)
        published = Q(lessons__status=Status.PUBLISHED)
        minutes = F("lessons__minutes") + F("lessons__practice_minutes")
        return self.annotate(  # type: ignore[no-redef]
            lessons_planned=Count("lessons", filter=planned),
            lessons_published=Count("lessons", filter=published),
            minutes_planned=Coalesce(Sum(minutes, filter=planned), Value(0)),
            minutes_published=Coalesce(Sum(minutes, filter=published), Value(0)),
        ).order_by("position", "title", "pk")


class LearningPath(SlugModel):
    """An ordered set of lessons on one subject; a station on the map."""

    summary = models.CharField(max_length=160, help_text="One sentence.")
    description = ProseField(help_text="What it teaches, and what it doesn’t. Plain text.")
    setup = ProseField(
        help_text="What its lessons need besides packages, as in “Python 3.12 or newer.” Markdown, "
        "shown on each lesson. What to install, each lesson says by itself: its code shows it.",
    )
    position = models.PositiveSmallIntegerField(
        default=100, help_text="Where it stands among the paths; low numbers first."
    )

    objects = LearningPathQuerySet.as_manager()

    class Meta:
        ordering = ["position", "title", "pk"]
        constraints = [
            UniqueConstraint(
                fields=["slug"],
                name="path_slug_unique",
                violation_error_message="Another path has this address already.",
            ),
        ]

    # Set by with_hours().
    lessons_planned: int
    lessons_published: int
    minutes_planned: int
    minutes_published: int

    def get_absolute_url(self) -> str:
        return reverse("path", args=[self.slug])

    def clean(self) -> None:
        super().clean()
        if self.slug in RESERVED_SLUGS:
            raise ValidationError({"slug": ValidationError(RESERVED_SLUG, code="reserved")})
        if self.status == Status.PUBLISHED:
            refuse_errors("setup", self.setup)

    @property
    def hours(self) -> Hours:
        """The counts that with_hours() added."""
        return Hours(
            self.lessons_planned,
            self.lessons_published,
            self.minutes_planned,
            self.minutes_published,
        )

    @property
    def lessons_in_work(self) -> int:
        """How many planned lessons aren't published yet."""
        return self.lessons_planned - self.lessons_published

    def keep_address(self, slug: str) -> None:
        """Make a former slug of this path redirect to its current address."""
        self._keep_addresses_below()
        FormerPathSlug.objects.filter(slug=self.slug).delete()
        FormerPathSlug.objects.update_or_create(slug=slug, defaults={"path": self})

    def _keep_addresses_below(self) -> None:
        """Keep the addresses of lessons below this slug that another path had before."""
        for former in FormerPathSlug.objects.filter(slug=self.slug).exclude(path=self):
            lessons = Lesson.objects.filter(path=former.path)
            slugs = [(lesson, lesson.slug) for lesson in lessons]
            slugs += [
                (old.lesson, old.slug)
                for old in FormerLessonSlug.objects.filter(path=former.path).select_related(
                    "lesson"
                )
            ]
            for lesson, slug in slugs:
                FormerLessonSlug.objects.get_or_create(
                    path=self, slug=slug, defaults={"lesson": lesson}
                )

    def address_was_anothers(self) -> bool:
        """Whether another path had this address, so that its visitors would land here."""
        return FormerPathSlug.objects.filter(slug=self.slug).exclude(path=self.pk).exists()


class FormerPathSlug(models.Model):
    """A former slug of a path."""

    path = models.ForeignKey(LearningPath, models.CASCADE, related_name="former_slugs")
    slug = models.CharField(max_length=60, unique=True, validators=[validate_slug])

    def __str__(self) -> str:
        return self.slug


class LessonQuerySet(models.QuerySet["Lesson"]):
    """Queries for lessons."""

    def published(self) -> "LessonQuerySet":
        """Lessons that visitors can read: those of a path that isn't published are hidden."""
        return self.filter(status=Status.PUBLISHED, path__status=Status.PUBLISHED)

    def packages(self) -> list[str]:
        """The packages to install for the code of these lessons, each once."""
        return sorted({name for names in self.values_list("packages", flat=True) for name in names})

    def in_outline(self) -> "LessonQuerySet":
        """Planned and published lessons in teaching order, without their bodies."""
        return (
            self.exclude(status=Status.RETIRED)
            .defer("body", "body_html")
            .order_by("position", "number")
        )

    def for_list(self) -> "LessonQuerySet":
        """Only what a list of lessons shows: to decode the lists of 50 lessons takes long."""
        return self.only(
            "path", "slug", "title", "summary", "number", "status", "minutes", "practice_minutes"
        )


class Lesson(SlugModel):
    """One idea, one example that runs, one thing to do."""

    path = models.ForeignKey(LearningPath, models.PROTECT, related_name="lessons")
    status = models.CharField(
        max_length=10,
        choices=Status,
        default=Status.DRAFT,
        db_index=True,
        help_text="A draft is a plan: its path’s page shows its title and summary, and nothing "
        "leads to it. Retired lessons appear nowhere.",
    )
    number = models.PositiveIntegerField(
        help_text="What a learner’s progress is kept by: never changed, never used again. "
        "The hundred is the path’s.",
    )
    position = models.PositiveSmallIntegerField(
        default=0, help_text="Where it stands in the path; low numbers first."
    )
    summary = models.CharField(
        max_length=200, help_text="One sentence: what you can do after this lesson."
    )
    minutes = models.PositiveSmallIntegerField(
        "reading minutes",
        validators=[MinValueValidator(1)],
        help_text="At 200 words or ten lines of code a minute; checked against the text.",
    )
    practice_minutes = models.PositiveSmallIntegerField(
        help_text="An honest estimate for the exercise."
    )
    objectives = LinesField(help_text="Two or three, one per line; each begins with a verb.")
    needs = LinesField(
        help_text="Terms that a reader must know, one per line, spelled as in the glossary."
    )
    skip_if = LinesField(help_text="One per line; each completes “Skip this lesson if …”.")
    sources = models.JSONField(
        default=list,
        blank=True,
        validators=[validate_sources],
        help_text="What a fact in the text rests on. One per line: the title, then the address.",
    )
    body = ProseField(help_text="Markdown. Headings begin at ##; a fold is ::: solution … :::.")
    files = models.JSONField(
        default=list,
        blank=True,
        editable=False,
        validators=[validate_files],
        help_text="What stands beside it, as {name, digest}; the digest is of a FileContent.",
    )
    body_html = models.TextField(editable=False, default="")
    packages = models.JSONField(
        default=list,
        db_default=[],
        editable=False,
        help_text="The packages that its code needs besides Python, by their pip names.",
    )
    rendered_by = models.PositiveSmallIntegerField(editable=False, default=0)

    objects = LessonQuerySet.as_manager()

    class Meta:
        ordering = ["position", "number"]
        # Each apply looks for lessons from an older renderer; this spares it a scan of all texts.
        indexes = [models.Index(fields=["rendered_by"], name="lesson_rendered_by")]
        constraints = [
            UniqueConstraint(
                fields=["number"],
                name="lesson_number_unique",
                violation_error_message=SAME_NUMBER,
            ),
            UniqueConstraint(
                fields=["path", "slug"],
                name="lesson_slug_unique_in_path",
                violation_error_message="Another lesson of this path has this address already.",
            ),
            CheckConstraint(
                condition=Q(minutes__gte=1),
                name="lesson_takes_a_minute",
                violation_error_message="Ensure this value is greater than or equal to 1.",
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("lesson", args=[self.path.slug, self.slug])

    @property
    def has_address(self) -> bool:
        return super().has_address and self.path.has_address

    def settle(self) -> None:
        super().settle()
        self.render()

    @property
    def is_published(self) -> bool:
        return self.status == Status.PUBLISHED

    @property
    def total_minutes(self) -> int:
        """Reading and practice together."""
        return self.minutes + self.practice_minutes

    def clean(self) -> None:
        super().clean()
        if self.is_published:
            refuse_errors("body", self.body)
            self._check_complete()
            self._check_minutes()

    def _check_complete(self) -> None:
        if not markdown.shows_something(self.body):
            raise ValidationError(
                {"body": "A published lesson needs a text. Keep it a draft until it is written."}
            )
        if not self.objectives:
            raise ValidationError({"objectives": "A published lesson must say what it is for."})

    def _check_minutes(self) -> None:
        measured = markdown.reading_minutes(self.body)
        off = max(1, READING_TOLERANCE * measured)
        # Compared, not subtracted: somebody may type a number that is too large for a float.
        if self.minutes and not measured - off <= self.minutes <= measured + off:
            suggested = markdown.suggested_minutes(self.body)
            raise ValidationError(
                {
                    "minutes": f"The text takes about {suggested} minutes "
                    f"to read. {self.minutes} is more than a minute and more than 20% off."
                }
            )

    def render(self) -> None:
        """Compute body_html and packages from body: pages are read far more often than saved."""
        self.body_html = markdown.render(self.body)
        self.packages = packages_of(markdown.imports(self.body), self._modules_beside())
        self.rendered_by = markdown.VERSION

    def _modules_beside(self) -> list[str]:
        """The modules among the files beside it, which its code can import."""
        names = [each["name"] for each in self.files]
        return [name.removesuffix(".py") for name in names if name.endswith(".py")]

    def address_was_anothers(self) -> bool:
        """Whether another lesson had this address, so that its visitors would land here."""
        former = FormerLessonSlug.objects.filter(path=self.path_id, slug=self.slug)
        return former.exclude(lesson=self.pk).exists()

    def keep_address(self, path: LearningPath, slug: str) -> None:
        """Make a former address of this lesson redirect to its current one."""
        FormerLessonSlug.objects.filter(path=self.path, slug=self.slug).delete()
        FormerLessonSlug.objects.update_or_create(path=path, slug=slug, defaults={"lesson": self})

    def came_from(self, path: LearningPath) -> None:
        """Note that the public can first see it after this move, if neither `path`, where it was,
        nor any that it was in before was ever public. Call it before keep_address()."""
        before = [path.pk, *self.former_slugs.values_list("path", flat=True)]
        seen = Q(published_at__isnull=False) | Q(status=Status.PUBLISHED)
        if self.is_published and not LearningPath.objects.filter(seen, pk__in=before).exists():
            self.published_at = timezone.now()
            Lesson.objects.filter(pk=self.pk).update(published_at=self.published_at)


class TermQuerySet(models.QuerySet["Term"]):
    """Queries for terms."""

    def published(self) -> "TermQuerySet":
        return self.filter(status=Status.PUBLISHED)


class Term(WrittenModel):
    """A term of the trade, explained in one plain sentence, and where it is taught."""

    slug = models.CharField(
        "key",
        max_length=60,
        unique=True,
        validators=[validate_slug],
        error_messages={"unique": "Another term has this key already."},
    )
    title = models.CharField(
        "term", max_length=60, help_text="As it stands in a sentence: “learning rate”, “RAG”."
    )
    also = LinesField(
        "other spellings", help_text="One per line. A plural that ends in s goes without saying."
    )
    meaning = models.CharField(max_length=250, help_text="One plain sentence.")
    lesson = models.ForeignKey(
        Lesson,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="terms",
        help_text="Where it is taught. None for what the lessons assume is known.",
    )
    learn = models.JSONField(
        "where to learn it elsewhere",
        default=list,
        db_default=[],
        blank=True,
        validators=[validate_sources],
        help_text="For what no lesson teaches: free, and ideally from its makers. One per line: "
        "the title, then the address.",
    )
    linked = models.BooleanField(
        "linked in texts",
        default=True,
        help_text="Not for a word that is also everyday language: “model”, “label”.",
    )
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    position = models.PositiveSmallIntegerField(default=100, help_text="Its place in its file.")

    objects = TermQuerySet.as_manager()

    class Meta:
        ordering = ["position", "title", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def spellings(self) -> list[str]:
        """The names by which lessons may refer to it."""
        return [self.slug, self.title, *self.also]


validate_price = RegexValidator(
    rf"\A(?:{prices.PRICE})\Z", "A price is written in dollars, as in 0.10 or 25.00.", code="price"
)


class PriceQuerySet(models.QuerySet["Price"]):
    """Queries for prices."""

    def published(self) -> "PriceQuerySet":
        return self.filter(status=Status.PUBLISHED)


class Price(WrittenModel):
    """What calls of a hosted model cost, in dollars for a million tokens, with the source."""

    slug = models.CharField(
        "key",
        max_length=60,
        unique=True,
        validators=[validate_slug],
        error_messages={"unique": "Another price has this key already."},
    )
    title = models.CharField("model", max_length=60, help_text="As in a sentence.")
    model = models.CharField(
        "name in requests",
        max_length=60,
        unique=True,
        error_messages={"unique": "This model has a price already."},
        help_text="As code and prices.csv name it.",
    )
    size = models.CharField(
        max_length=60, help_text="Its size among the maker’s models, as in “small”."
    )
    price_in = models.CharField(
        "tokens in",
        max_length=9,
        validators=[validate_price],
        help_text="Dollars per million tokens that the model reads.",
    )
    price_out = models.CharField(
        "tokens out",
        max_length=9,
        validators=[validate_price],
        help_text="Dollars per million tokens that it writes. 0.00 for one that writes none.",
    )
    collected = models.DateField("read on", help_text="The day on which the source was read.")
    source = models.CharField("source", max_length=150)
    url = models.CharField("its address", max_length=300, validators=[validate_url])
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    position = models.PositiveSmallIntegerField(default=100, help_text="Its place in its file.")

    objects = PriceQuerySet.as_manager()

    class Meta:
        ordering = ["position", "title", "pk"]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        super().clean()
        refuse_unlikely_day("collected", self.collected)


class FormerLessonSlug(models.Model):
    """A former address of a lesson: its slug, in the path that it was in."""

    lesson = models.ForeignKey(Lesson, models.CASCADE, related_name="former_slugs")
    path = models.ForeignKey(LearningPath, models.CASCADE, related_name="+")
    slug = models.CharField(max_length=60, validators=[validate_slug])

    class Meta:
        constraints = [UniqueConstraint(fields=["path", "slug"], name="former_lesson_slug_unique")]

    def __str__(self) -> str:
        return self.slug


class FileContent(models.Model):
    """The bytes of a file beside lessons, by their SHA-256.

    Rows are never changed or deleted, so that a lesson can get back what it had.
    """

    digest = models.CharField(max_length=64, primary_key=True)
    data = models.BinaryField()
    facts = models.JSONField(default=dict, help_text="What pages say about it; see paths.files.")

    def __str__(self) -> str:
        return self.digest

    @classmethod
    def of(cls, name: str, data: bytes) -> "FileContent":
        """An unsaved row for a file, which must have no problems."""
        return cls(digest=files.digest(data), data=data, facts=files.facts(name, data))
