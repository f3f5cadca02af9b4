"""What every row of payments tells about its coming."""

from typing import Any, Final

from django.db import models
from django.db.models.functions import Now

from takhai.platform.fields import Privacy

RECORDED: Final[dict[str, Privacy]] = {"recorded_at": "internal", "recorded_by": "internal"}
ARRIVED: Final[dict[str, Privacy]] = {
    **RECORDED,
    "row_sha": "internal",
    "file_sha": "internal",
    "row_no": "internal",
}
# Persons and schools are checked once a statement (platform.references), not row by row.
BELOW: Final[dict[str, Any]] = {
    "on_delete": models.DO_NOTHING,
    "db_constraint": False,
    "db_index": False,
    "related_name": "+",
}


class Recorded(models.Model):
    """A row that says when and by whom it was first written."""

    recorded_at = models.DateTimeField(db_default=Now())
    recorded_by = models.CharField(max_length=100)

    class Meta:
        abstract = True


class Arrived(Recorded):
    """A row of an answer: ``row_sha`` is over what it says, file and row number say where it stood first."""

    row_sha = models.CharField(max_length=64)
    file_sha = models.CharField(max_length=64)
    row_no = models.PositiveIntegerField()

    class Meta:
        abstract = True
