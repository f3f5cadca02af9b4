"""Cut-offs: where the band of the extremely poor ends, for good."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from takhai.platform.fields import Privacy
from takhai.platform.insert_only import insert_only
from takhai.screening.models.recorded import RECORDED, Recorded
from takhai.screening.types import Way


class Cutoff(Recorded):
    """The one cut-off of a round and group, over all provinces; see ``types.Cutoff``."""

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        "pk": "internal",
        "round": "public",
        "group": "public",
        "way": "public",
        "score": "public",
        "income_satang": "internal",
        "members": "internal",
        "lottery": "internal",
        "screened": "public",
        "candidates": "public",
        "places": "public",
        "ceiling_satang": "public",
        "lottery_seed": "public",
        "pmt_version": "public",
        "pmt_sha256": "public",
        "policy_sha256": "internal",
        **RECORDED,
    }

    pk = models.CompositePrimaryKey("round", "group")
    round = models.CharField(max_length=6)
    group = models.CharField(max_length=20)
    way = models.CharField(max_length=10)
    score = models.BigIntegerField()
    income_satang = models.BigIntegerField()
    members = models.IntegerField()
    lottery = models.CharField(max_length=64)
    screened = models.PositiveIntegerField()
    candidates = models.PositiveIntegerField()
    places = models.PositiveIntegerField()
    ceiling_satang = models.BigIntegerField()
    lottery_seed = models.CharField(max_length=100)
    pmt_version = models.CharField(max_length=100)
    pmt_sha256 = models.CharField(max_length=64)
    policy_sha256 = models.CharField(max_length=64)

    class Meta:
        db_table = "cutoff"
        constraints = [
            models.CheckConstraint(
                condition=Q(way=Way.QUOTA.value, members__gt=0) & ~Q(lottery="")
                | Q(way=Way.SCORE.value, income_satang=0, members=0, lottery="", places=0)
                | Q(way=Way.NOBODY.value, score=0, income_satang=0, members=0, lottery=""),
                name="cutoff_way_and_key",
            ),
            models.CheckConstraint(
                condition=Q(candidates__lte=models.F("screened")), name="cutoff_candidates_are_screened"
            ),
        ]
        triggers = [insert_only()]
