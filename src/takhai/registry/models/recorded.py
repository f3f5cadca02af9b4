"""What every row of the registry tells about its coming: when, by whom, from which file."""

from typing import Final

from django.db import models

from takhai.platform.fields import Privacy

RECORDED: Final[dict[str, Privacy]] = {
    "recorded_at": "internal",
    "recorded_by": "internal",
    "source_file": "internal",
}


class Recorded(models.Model):
    """A row that says by whom, when and from which file (its sha256) it was first written."""

    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=100)
    source_file = models.BinaryField(max_length=32, null=True)

    class Meta:
        abstract = True


def period(name: str, *, same_day: bool = False) -> models.CheckConstraint:
    """The check of a half-open period [from_day, to_day); ``same_day`` lets one be taken back on its day."""
    ends = (
        models.Q(to_day__gte=models.F("from_day")) if same_day else models.Q(to_day__gt=models.F("from_day"))
    )
    return models.CheckConstraint(condition=models.Q(to_day__isnull=True) | ends, name=name)
