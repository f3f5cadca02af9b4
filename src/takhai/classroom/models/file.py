"""Files that were taken, and their rows that were not."""

from typing import Any, ClassVar, Final

from django.db import models
from django.db.models.functions import Now

from takhai.classroom.types import REFUSALS, Kind
from takhai.platform.fields import Privacy
from takhai.platform.insert_only import insert_only
from takhai.platform.references import Refers

# Checked once a statement (platform.references), not row by row.
REFERENCE: Final[dict[str, Any]] = {
    "on_delete": models.DO_NOTHING,
    "db_constraint": False,
    "db_index": False,
    "related_name": "+",
}
_REASONS: Final = sorted({reason.value for reasons in REFUSALS.values() for reason in reasons})


class ClassroomFile(models.Model):
    """One file of one round and kind, known by its content; ``rows`` are all of its rows, good and bad."""

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        "id": "internal",
        "round": "public",
        "kind": "public",
        "file_sha": "internal",
        "rows": "internal",
        "recorded_at": "internal",
        "recorded_by": "internal",
    }

    id = models.BigAutoField(primary_key=True)
    round = models.CharField(max_length=6)
    kind = models.CharField(max_length=12)
    file_sha = models.CharField(max_length=64)
    rows = models.PositiveIntegerField()
    recorded_at = models.DateTimeField(db_default=Now())
    recorded_by = models.CharField(max_length=100)

    class Meta:
        db_table = "class_file"
        constraints = [
            models.UniqueConstraint(fields=["round", "kind", "file_sha"], name="class_file_once"),
            models.CheckConstraint(
                condition=models.Q(kind__in=[each.value for each in Kind]), name="class_file_kind_known"
            ),
        ]
        triggers = [insert_only()]


class ClassroomRefusal(models.Model):
    """A row of a file that was not taken, and why."""

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        "pk": "internal",
        "file": "internal",
        "row_no": "internal",
        "reason": "internal",
    }

    pk = models.CompositePrimaryKey("file", "row_no")
    file = models.ForeignKey("classroom.ClassroomFile", **REFERENCE)
    row_no = models.PositiveIntegerField()
    reason = models.CharField(max_length=20)

    class Meta:
        db_table = "class_refusal"
        constraints = [
            models.CheckConstraint(condition=models.Q(reason__in=_REASONS), name="class_refusal_reason_known")
        ]
        triggers = [insert_only(), Refers(field="file", to="classroom.ClassroomFile")]
