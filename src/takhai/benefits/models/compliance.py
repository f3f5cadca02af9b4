"""What a round's conditions came to for each of its beneficiaries."""

from typing import Any, ClassVar, Final

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from takhai.access.managers import ScopedManager
from takhai.benefits.types import ComplianceReason
from takhai.platform.fields import Privacy
from takhai.platform.insert_only import insert_only
from takhai.platform.references import refers

_BELOW: Final[dict[str, Any]] = {
    "on_delete": models.DO_NOTHING,
    "db_constraint": False,
    "db_index": False,
    "related_name": "+",
}
_REASONS: Final = [each.value for each in ComplianceReason]
_FAILED: Final = [ComplianceReason.ATTENDANCE_LOW.value, ComplianceReason.NOT_MEASURED.value]


class Compliance(models.Model):
    """Whether one pupil kept the conditions of one round, with everything the decision used. Only added.

    ``compliant`` is None where nobody reported; the next round reads it.
    """

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        "pk": "internal",
        "round": "public",
        "person": "personal",
        "school": "internal",
        "province": "internal",
        "compliant": "personal",
        "reason": "personal",
        "days_present": "personal",
        "sick_leave": "sensitive",
        "personal_leave": "personal",
        "open_reported": "internal",
        "open_term": "internal",
        "weight_g": "sensitive",
        "height_mm": "sensitive",
        "percent": "internal",
        "above": "internal",
        "whole_term": "internal",
        "leave_excused": "internal",
        "growth_required": "internal",
        "policy_sha256": "internal",
        "as_of": "internal",
        "recorded_at": "internal",
        "recorded_by": "internal",
    }
    SCOPED_BY = "school__place"

    pk = models.CompositePrimaryKey("round", "person")
    round = models.CharField(max_length=6)
    person = models.ForeignKey("registry.Person", **_BELOW)
    school = models.ForeignKey("registry.School", **_BELOW)
    province = models.CharField(max_length=2)
    compliant = models.BooleanField(null=True)
    reason = models.CharField(max_length=20)
    days_present = models.PositiveIntegerField(null=True)
    sick_leave = models.PositiveIntegerField(null=True)
    personal_leave = models.PositiveIntegerField(null=True)
    open_reported = models.PositiveIntegerField(null=True)
    open_term = models.PositiveIntegerField(null=True)
    weight_g = models.PositiveIntegerField(null=True)
    height_mm = models.PositiveIntegerField(null=True)
    percent = models.PositiveSmallIntegerField()
    above = models.BooleanField()
    whole_term = models.BooleanField()
    leave_excused = models.BooleanField()
    growth_required = models.BooleanField()
    policy_sha256 = models.CharField(max_length=64)
    as_of = models.DateField()
    recorded_at = models.DateTimeField(db_default=Now())
    recorded_by = models.CharField(max_length=100)

    objects = ScopedManager()

    class Meta:
        db_table = "compliance"
        indexes = [models.Index(fields=["round", "province"], name="compliance_unit")]
        constraints = [
            models.CheckConstraint(condition=Q(reason__in=_REASONS), name="compliance_reason_known"),
            models.CheckConstraint(
                # A comparison with NULL is unknown, and what is unknown a check lets pass.
                condition=Q(reason=ComplianceReason.NOT_REPORTED.value, compliant__isnull=True)
                | Q(reason=ComplianceReason.COMPLIANT.value, compliant=True, compliant__isnull=False)
                | Q(reason__in=_FAILED, compliant=False, compliant__isnull=False),
                name="compliance_is_its_reason",
            ),
        ]
        triggers = [
            insert_only(),
            *refers("person", to="registry.Person"),
            *refers("school", to="registry.School"),
        ]
