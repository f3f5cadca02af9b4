"""What every row that screening decides or takes in tells about its coming."""

from typing import Any, Final

import pgtrigger
from django.db import models
from django.db.models.functions import Now

from takhai.platform.fields import Privacy

RECORDED: Final[dict[str, Privacy]] = {"recorded_at": "internal", "recorded_by": "internal"}
ARRIVED: Final[dict[str, Privacy]] = {
    **RECORDED,
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
    """A row of a file that came in: file and row number say where it stood first."""

    file_sha = models.CharField(max_length=64)
    row_no = models.PositiveIntegerField()

    class Meta:
        abstract = True


def refused_when(name: str, condition: str, message: str) -> pgtrigger.Trigger:
    """AFTER INSERT, once per statement: raises when ``condition`` is true of the new rows, ``fresh``."""
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        referencing=pgtrigger.Referencing(new="fresh"),
        func=f"IF {condition} THEN RAISE EXCEPTION 'screening: {message}'"
        " USING ERRCODE = 'restrict_violation'; END IF; RETURN NULL;",
    )
