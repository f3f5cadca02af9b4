"""School enrolment: a pupil at a school from when to when, and why it ended."""

from typing import ClassVar

from django.db import models

from takhai.access.managers import ScopedManager
from takhai.platform.fields import Privacy
from takhai.platform.references import refers
from takhai.platform.tracking import keeps_history
from takhai.registry.models.recorded import RECORDED, Recorded, period
from takhai.registry.types import EndReason
from takhai.thai.grades import Grade


@keeps_history()
class SchoolEnrolment(Recorded):
    """A pupil at a school for the days [from, to). Two schools at once are a case, the same one twice is not.

    ``ended_in`` is the round whose register told of the end: a row of that round opens it again.
    """

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        "id": "internal",
        "person": "internal",
        "school": "internal",
        "grade": "internal",
        "room": "internal",
        "pupil_no": "personal",
        "from_day": "internal",
        "to_day": "internal",
        "end_reason": "internal",
        "ended_in": "internal",
        **RECORDED,
    }
    SCOPED_BY = "school__place"

    id = models.UUIDField(primary_key=True)
    person = models.ForeignKey(
        "registry.Person",
        on_delete=models.PROTECT,
        db_constraint=False,
        db_index=False,
        related_name="enrolments",
    )
    school = models.ForeignKey(
        "registry.School", on_delete=models.PROTECT, db_constraint=False, related_name="enrolments"
    )
    grade = models.CharField(max_length=6)
    room = models.CharField(max_length=500, blank=True)
    pupil_no = models.CharField(max_length=500, blank=True)
    from_day = models.DateField()
    to_day = models.DateField(null=True)
    end_reason = models.CharField(max_length=10, blank=True)
    ended_in = models.CharField(max_length=6, blank=True)

    objects = ScopedManager()

    class Meta:
        db_table = "school_enrolment"
        constraints = [
            period("school_enrolment_period", same_day=True),
            models.CheckConstraint(
                condition=models.Q(grade__in=[grade.value for grade in Grade]), name="school_enrolment_grade"
            ),
            models.CheckConstraint(
                condition=models.Q(to_day__isnull=True, end_reason="", ended_in="")
                | models.Q(to_day__isnull=False, end_reason__in=[reason.value for reason in EndReason]),
                name="school_enrolment_end_has_a_reason",
            ),
            models.UniqueConstraint(
                fields=["person", "school"],
                condition=models.Q(to_day__isnull=True),
                name="school_enrolment_once_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["person", "school", "from_day"], name="school_enrolment_begins_once_a_day"
            ),
        ]
        triggers = [
            *refers("person", to="registry.Person"),
            *refers("school", to="registry.School"),
        ]
