"""What hirers check."""

from django.db import models

from careers.models.listed import SAME_KEY, PublishedQuerySet
from paths.fields import WrittenModel
from paths.models import Lesson, Status, validate_slug, validate_sources


class HiringSignal(WrittenModel):
    """An artifact that a hirer checks, and the lessons that produce it."""

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
    summary = models.CharField(max_length=250, help_text="What a hiring manager checks.")
    passes = models.CharField(max_length=250, blank=True, help_text="What passes.")
    fails = models.CharField(max_length=250, blank=True, help_text="What fails.")
    sources = models.JSONField(default=list, blank=True, validators=[validate_sources])
    lessons = models.ManyToManyField(Lesson, blank=True, related_name="signals")

    objects = PublishedQuerySet.as_manager()

    class Meta:
        ordering = ["position", "title", "pk"]

    def __str__(self) -> str:
        return self.title
