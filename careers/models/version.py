"""The number that rises with every change of the catalog."""

from datetime import datetime

from django.db import models
from django.db.models import F
from django.utils import timezone


class CatalogVersion(models.Model):
    """How often the catalog has changed: one row, raised in the transaction of each change.

    Whatever is made from the catalog, a page or a copy in memory, is valid for one version of it.
    """

    number = models.PositiveBigIntegerField()
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "paths_catalogversion"  # from before the model moved here
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
        """Raise the number. Call it in the transaction that changes the catalog.

        Other writers wait here until that transaction ends, so the number never goes back.
        """
        now = timezone.now()
        cls.objects.update_or_create(
            pk=1,
            defaults={"number": F("number") + 1, "changed_at": now},
            create_defaults={"number": 1, "changed_at": now},
        )
