"""What models share whose things are in a list and have no address of their own."""

from typing import Any

from django.db import models

from paths.models import Status

SAME_KEY = "Another entry has this key already."


class PublishedQuerySet(models.QuerySet[Any]):
    """For things with a status and no address."""

    def published(self) -> "PublishedQuerySet":
        return self.filter(status=Status.PUBLISHED)
