"""Days a school was open and days a pupil was there, month by month."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from takhai.classroom.models.file import REFERENCE
from takhai.platform.fields import Privacy
from takhai.platform.insert_only import insert_only
from takhai.platform.references import Refers


class SchoolDays(models.Model):
    """How many days a school was open in a month; ``month`` is the month's first day."""

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        "pk": "internal",
        "round": "public",
        "school": "public",
        "month": "public",
        "days_open": "public",
        "file": "internal",
        "row_no": "internal",
    }

    pk = models.CompositePrimaryKey("round", "school", "month")
    round = models.CharField(max_length=6)
    school = models.ForeignKey("registry.School", **REFERENCE)
    month = models.DateField()
    days_open = models.PositiveSmallIntegerField()
    file = models.ForeignKey("classroom.ClassroomFile", **REFERENCE)
    row_no = models.PositiveIntegerField()

    class Meta:
        db_table = "school_days"
        constraints = [
            models.CheckConstraint(condition=Q(month__day=1), name="school_days_by_month"),
            models.CheckConstraint(condition=Q(days_open__lte=31), name="school_days_of_a_month"),
        ]
        triggers = [
            insert_only(),
            Refers(field="school", to="registry.School"),
            Refers(field="file", to="classroom.ClassroomFile"),
        ]


class Attendance(models.Model):
    """A pupil's days at a school in a month. Leave is stored apart; whether it counts is policy.

    By whom and when stands with the file: there are millions of these rows.
    """

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        "pk": "internal",
        "round": "public",
        "person": "personal",
        "school": "personal",
        "month": "internal",
        "days_present": "personal",
        "sick_leave": "sensitive",
        "personal_leave": "personal",
        "file": "internal",
        "row_no": "internal",
    }

    pk = models.CompositePrimaryKey("round", "person", "school", "month")
    round = models.CharField(max_length=6)
    person = models.ForeignKey("registry.Person", **REFERENCE)
    school = models.ForeignKey("registry.School", **REFERENCE)
    month = models.DateField()
    days_present = models.PositiveSmallIntegerField()
    sick_leave = models.PositiveSmallIntegerField()
    personal_leave = models.PositiveSmallIntegerField()
    file = models.ForeignKey("classroom.ClassroomFile", **REFERENCE)
    row_no = models.PositiveIntegerField()

    class Meta:
        db_table = "attendance_month"
        constraints = [
            models.CheckConstraint(condition=Q(month__day=1), name="attendance_by_month"),
            models.CheckConstraint(
                condition=Q(days_present__lte=31 - F("sick_leave") - F("personal_leave")),
                name="attendance_of_a_month",
            ),
        ]
        triggers = [
            insert_only(),
            Refers(field="person", to="registry.Person"),
            Refers(field="school", to="registry.School"),
            Refers(field="file", to="classroom.ClassroomFile"),
        ]
