"""The tree of places."""

from typing import ClassVar

from django.db import models

from takhai.access.types import PlaceKind
from takhai.platform.fields import Privacy
from takhai.platform.tracking import keeps_history


@keeps_history()
class Place(models.Model):
    """A node: whoever is assigned to it sees what hangs below it, or lies in it."""

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        "id": "public",
        "kind": "public",
        "code": "public",
        "name_th": "public",
        "name_en": "public",
        "parent": "public",
        "path": "public",
        "located_path": "public",
        "recorded_at": "internal",
        "recorded_by": "internal",
    }

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=12)
    code = models.CharField(max_length=20)
    name_th = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    parent = models.ForeignKey("access.Place", null=True, on_delete=models.PROTECT, related_name="children")
    path = models.TextField()
    located_path = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=100)

    class Meta:
        db_table = "place"
        constraints = [
            models.UniqueConstraint(fields=["kind", "code"], name="place_kind_code"),
            models.UniqueConstraint(fields=["path"], name="place_path"),
            models.CheckConstraint(
                condition=models.Q(kind__in=[kind.value for kind in PlaceKind]), name="place_kind_known"
            ),
            models.CheckConstraint(
                condition=models.Q(kind=PlaceKind.COUNTRY.value, parent__isnull=True)
                | ~models.Q(kind=PlaceKind.COUNTRY.value) & models.Q(parent__isnull=False),
                name="place_only_the_country_is_a_root",
            ),
            models.CheckConstraint(condition=models.Q(path__endswith="/"), name="place_path_ends_with_slash"),
        ]
        indexes = [
            models.Index(fields=["path"], name="place_path_prefix", opclasses=["text_pattern_ops"]),
            models.Index(
                fields=["located_path"], name="place_located_prefix", opclasses=["text_pattern_ops"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.code}"
