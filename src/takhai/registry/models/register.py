"""Register files that were taken in, and what each said of a pupil in a round."""

from typing import ClassVar

from django.db import models

from takhai.access.managers import ScopedManager
from takhai.platform.fields import Privacy
from takhai.platform.insert_only import insert_only
from takhai.platform.references import refers
from takhai.platform.tracking import keeps_history
from takhai.registry.models.recorded import RECORDED, Recorded
from takhai.registry.types import FileKind, Standing
from takhai.thai.grades import Grade, Level


class RegisterFile(models.Model):
    """A file that was taken in, known by round and content; ``flow`` is what it did to the counts."""

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        "round": "internal",
        "sha256": "internal",
        "layout": "internal",
        "name": "internal",
        "received_on": "internal",
        "rows": "internal",
        "good": "internal",
        "kind": "internal",
        "flow": "internal",
        "recorded_at": "internal",
        "recorded_by": "internal",
    }

    pk = models.CompositePrimaryKey("round", "sha256")
    round = models.CharField(max_length=6)
    sha256 = models.BinaryField(max_length=32)
    layout = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    received_on = models.DateField()
    rows = models.PositiveIntegerField()
    good = models.PositiveIntegerField()
    kind = models.CharField(max_length=10)
    flow = models.JSONField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=100)

    class Meta:
        db_table = "register_file"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=[kind.value for kind in FileKind]), name="register_file_kind"
            ),
            models.CheckConstraint(condition=models.Q(good__lte=models.F("rows")), name="register_file_good"),
        ]
        triggers = [insert_only()]


@keeps_history()
class RegisterEntry(Recorded):
    """What a round's register says of a pupil at a school; one entry of a pupil counts (``first``).

    ``clash`` tells that a row of this number bore another name and another birth date than its person.
    ``province`` is the school's.
    """

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        "round": "internal",
        "person": "internal",
        "school": "internal",
        "standing": "internal",
        "agency": "internal",
        "grade": "internal",
        "level": "internal",
        "province": "internal",
        "disadvantage": "sensitive",
        "long_absent": "sensitive",
        "weight_g": "sensitive",
        "height_mm": "sensitive",
        "clash": "internal",
        "row_no": "internal",
        "received_on": "internal",
        **RECORDED,
    }
    SCOPED_BY = "school__place"

    pk = models.CompositePrimaryKey("round", "person", "school")
    round = models.CharField(max_length=6)
    person = models.ForeignKey(
        "registry.Person",
        on_delete=models.PROTECT,
        db_constraint=False,
        db_index=False,
        related_name="entries",
    )
    school = models.ForeignKey(
        "registry.School",
        on_delete=models.PROTECT,
        db_constraint=False,
        db_index=False,
        related_name="entries",
    )
    standing = models.CharField(max_length=13)
    agency = models.CharField(max_length=10)
    grade = models.CharField(max_length=6)
    level = models.CharField(max_length=16)
    province = models.CharField(max_length=2)
    disadvantage = models.CharField(max_length=10, null=True)
    long_absent = models.BooleanField(null=True)
    weight_g = models.PositiveIntegerField(null=True)
    height_mm = models.PositiveIntegerField(null=True)
    clash = models.BooleanField()
    row_no = models.PositiveIntegerField()
    received_on = models.DateField()

    objects = ScopedManager()

    class Meta:
        db_table = "register_entry"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(standing__in=[standing.value for standing in Standing]),
                name="register_entry_standing",
            ),
            models.CheckConstraint(
                condition=models.Q(grade__in=[grade.value for grade in Grade]), name="register_entry_grade"
            ),
            models.CheckConstraint(
                condition=models.Q(level__in=[level.value for level in Level]), name="register_entry_level"
            ),
            models.UniqueConstraint(
                fields=["round", "person"],
                condition=models.Q(standing=Standing.FIRST.value),
                name="register_entry_one_counts",
            ),
        ]
        indexes = [
            models.Index(
                fields=["round", "province"],
                condition=models.Q(standing=Standing.FIRST.value),
                name="register_entry_unit",
            ),
        ]
        triggers = [
            *refers("person", to="registry.Person"),
            *refers("school", to="registry.School"),
        ]


class IntakeException(models.Model):
    """Something in a file that needs a person: counted, never silently swallowed."""

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        "round": "internal",
        "reason": "internal",
        "file_sha": "internal",
        "row_no": "internal",
        "recorded_at": "internal",
        "recorded_by": "internal",
    }

    pk = models.CompositePrimaryKey("round", "reason", "file_sha", "row_no")
    round = models.CharField(max_length=6)
    reason = models.CharField(max_length=30)
    file_sha = models.BinaryField(max_length=32)
    row_no = models.PositiveIntegerField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=100)

    class Meta:
        db_table = "intake_exception"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(reason__in=["identifier_taken", "correction_without_row"]),
                name="intake_exception_reason",
            ),
        ]
        triggers = [insert_only()]
