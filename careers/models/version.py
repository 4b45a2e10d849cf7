"""The number that rises with every change of the catalog."""

from datetime import datetime

from django.db import models
from django.db.models import F
from django.utils import timezone


class CatalogVersion(models.Model):
    """How often the catalog changed: one row, raised in the transaction of each change.

    Whatever is made of the catalog, a page or a copy in memory, holds for one version of it.
    """

    number = models.PositiveBigIntegerField()
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "paths_catalogversion"  # where it has been since before it moved here
        permissions = [("publish_catalog", "Can publish and retire what is in the catalog")]

    def __str__(self) -> str:
        return str(self.number)

    @classmethod
    def current(cls) -> tuple[int, datetime | None]:
        """The number and when it was raised; 0 and None before the first change."""
        found = cls.objects.values_list("number", "changed_at").first()
        return found or (0, None)

    @classmethod
    def rise(cls) -> None:
        """Say that the catalog changes, in the transaction that changes it.

        Other writers wait here until that transaction ends, so a version never goes back.
        """
        now = timezone.now()
        cls.objects.update_or_create(
            pk=1,
            defaults={"number": F("number") + 1, "changed_at": now},
            create_defaults={"number": 1, "changed_at": now},
        )
