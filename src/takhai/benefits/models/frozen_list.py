"""Frozen lists: what was handed to the approver, for good."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from takhai.platform.fields import Privacy
from takhai.platform.insert_only import insert_only


class FrozenList(models.Model):
    """The list of one round and group: count, satang and hash of its rows, who froze it, on which day."""

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        "pk": "internal",
        "round": "public",
        "group": "public",
        "count": "public",
        "satang": "public",
        "sha256": "public",
        "frozen_by": "internal",
        "frozen_on": "internal",
        "recorded_at": "internal",
        "recorded_by": "internal",
    }

    pk = models.CompositePrimaryKey("round", "group")
    round = models.CharField(max_length=6)
    group = models.CharField(max_length=20)
    count = models.PositiveIntegerField()
    satang = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        to_field="username",
        db_column="frozen_by",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    frozen_on = models.DateField()
    recorded_at = models.DateTimeField(db_default=Now())
    recorded_by = models.CharField(max_length=100)

    class Meta:
        db_table = "frozen_list"
        constraints = [
            # What an approval points to: it must name the hash and the hand that froze it.
            models.UniqueConstraint(
                fields=["round", "group", "sha256", "frozen_by"], name="frozen_list_signed"
            ),
            models.CheckConstraint(condition=models.Q(satang__gte=0), name="frozen_list_satang"),
        ]
        triggers = [insert_only()]
