"""The log of looking: who opened personal numbers, why, and whose."""

from typing import ClassVar

import pgtrigger
from django.db import models

from takhai.platform.fields import Privacy


class Look(models.Model):
    """One look. ``persons`` names them when they are few; a run over a whole list is told by its count."""

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        "id": "internal",
        "looked_at": "internal",
        "looked_by": "internal",
        "reason": "internal",
        "what": "internal",
        "count": "internal",
        "persons": "internal",
    }

    id = models.UUIDField(primary_key=True)
    looked_at = models.DateTimeField()
    looked_by = models.CharField(max_length=100)
    reason = models.CharField(max_length=200)
    what = models.CharField(max_length=40)
    count = models.PositiveIntegerField()
    persons = models.JSONField(null=True)

    class Meta:
        db_table = "looking_log"
        constraints = [
            models.CheckConstraint(condition=~models.Q(reason=""), name="looking_log_has_a_reason"),
        ]
        triggers = [
            pgtrigger.Protect(
                name="insert_only", level=pgtrigger.Row, operation=pgtrigger.Update | pgtrigger.Delete
            ),
        ]
