"""Beneficiaries: the list of each round, and who is in the programme from when to when."""

from typing import ClassVar

from django.db import models

from takhai.platform.fields import Privacy
from takhai.platform.references import refers
from takhai.platform.tracking import keeps_history


@keeps_history()
class Beneficiary(models.Model):
    """A pupil on the list of a round: taken over from a file (``list``) or admitted by us (``enrol``).

    ``compliant`` is None until the conditions of the round were judged. ``first_subsidy_year`` is an
    academic year, BE.
    """

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        "round": "internal",
        "person": "personal",
        "group": "internal",
        "school": "internal",
        "agency": "internal",
        "grade": "internal",
        "level": "internal",
        "province": "internal",
        "area_code": "internal",
        "first_subsidy_year": "internal",
        "channel": "internal",
        "compliant": "personal",
        "source": "internal",
        "source_file": "internal",
        "recorded_at": "internal",
        "recorded_by": "internal",
    }

    pk = models.CompositePrimaryKey("round", "person")
    round = models.CharField(max_length=6)
    person = models.ForeignKey(
        "registry.Person", on_delete=models.PROTECT, db_constraint=False, related_name="+"
    )
    group = models.CharField(max_length=20)
    school = models.ForeignKey(
        "registry.School", on_delete=models.PROTECT, db_constraint=False, db_index=False, related_name="+"
    )
    agency = models.CharField(max_length=10)
    grade = models.CharField(max_length=10)
    level = models.CharField(max_length=20)
    province = models.CharField(max_length=2)
    area_code = models.CharField(max_length=20)
    first_subsidy_year = models.PositiveSmallIntegerField()
    channel = models.CharField(max_length=10)
    compliant = models.BooleanField(null=True)
    source = models.CharField(max_length=5)
    source_file = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=200)

    class Meta:
        db_table = "beneficiary"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(source__in=["list", "enrol"]), name="beneficiary_source"
            ),
            models.CheckConstraint(
                condition=models.Q(source="list", group="") | models.Q(source="enrol") & ~models.Q(group=""),
                name="beneficiary_admitted_in_a_group",
            ),
        ]
        indexes = [models.Index(fields=["round", "group", "province"], name="beneficiary_unit")]
        triggers = [
            *refers("person", to="registry.Person"),
            *refers("school", to="registry.School"),
        ]


@keeps_history()
class ProgrammeEnrolment(models.Model):
    """A pupil in a programme for the days ``[entered_on, left_on)``; in the same one only once at a time."""

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        "id": "internal",
        "person": "personal",
        "programme": "internal",
        "entered_on": "internal",
        "status": "internal",
        "left_on": "internal",
        "left_reason": "personal",
        "recorded_at": "internal",
        "recorded_by": "internal",
    }

    id = models.UUIDField(primary_key=True)
    person = models.ForeignKey(
        "registry.Person", on_delete=models.PROTECT, db_constraint=False, db_index=False, related_name="+"
    )
    programme = models.CharField(max_length=30)
    entered_on = models.DateField()
    status = models.CharField(max_length=10)
    left_on = models.DateField(null=True)
    left_reason = models.CharField(max_length=30, default="")
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=200)

    class Meta:
        db_table = "programme_enrolment"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "programme"],
                condition=models.Q(left_on__isnull=True),
                name="programme_enrolment_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(status="active", left_on__isnull=True, left_reason="")
                | models.Q(status="left", left_on__isnull=False) & ~models.Q(left_reason=""),
                name="programme_enrolment_exit_has_day_and_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(left_on__isnull=True) | models.Q(left_on__gt=models.F("entered_on")),
                name="programme_enrolment_period",
            ),
        ]
        triggers = [*refers("person", to="registry.Person")]
