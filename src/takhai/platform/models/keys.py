"""Which generation of keys the database was written with."""

from django.db import models


class KeyCheck(models.Model):
    """One generation of keys; ``probe`` tells the right key file from any other."""

    CURRENT = "current"
    NEXT = "next"
    RETIRED = "retired"

    PRIVACY = {
        "generation": "internal",
        "state": "internal",
        "probe": "internal",
        "made_at": "internal",
        "made_by": "internal",
        "promoted_at": "internal",
        "promoted_by": "internal",
    }

    generation = models.PositiveSmallIntegerField(primary_key=True)
    state = models.CharField(max_length=7)
    probe = models.BinaryField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=200)
    promoted_at = models.DateTimeField(null=True)
    promoted_by = models.CharField(max_length=200, default="")

    class Meta:
        db_table = "key_check"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["current", "next", "retired"]), name="key_check_state"
            ),
            models.UniqueConstraint(
                fields=["state"],
                condition=models.Q(state__in=["current", "next"]),
                name="key_check_one_current_one_next",
            ),
        ]
