"""Assignments: who is what, where, from when to when."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from takhai.access.types import Role
from takhai.platform.fields import Privacy
from takhai.platform.tracking import keeps_history


@keeps_history()
class Assignment(models.Model):
    """A role at a place for the days ``[from_day, to_day)``; the same one never twice at a time."""

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        "id": "internal",
        "user": "internal",
        "role": "internal",
        "place": "internal",
        "from_day": "internal",
        "to_day": "internal",
        "recorded_at": "internal",
        "recorded_by": "internal",
    }

    id = models.UUIDField(primary_key=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="assignments")
    role = models.CharField(max_length=20)
    place = models.ForeignKey("access.Place", on_delete=models.PROTECT, related_name="assignments")
    from_day = models.DateField()
    to_day = models.DateField(null=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=100)

    class Meta:
        db_table = "assignment"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(role__in=[role.value for role in Role]), name="assignment_role_known"
            ),
            models.CheckConstraint(
                condition=models.Q(to_day__isnull=True) | models.Q(to_day__gt=models.F("from_day")),
                name="assignment_period",
            ),
        ]
