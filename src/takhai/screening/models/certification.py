"""Certifications: what certify decided of each pupil on the list, and that it is over for his school."""

from typing import ClassVar, Final

from django.db import models
from django.db.models import Q

from takhai.platform.fields import Privacy
from takhai.platform.insert_only import insert_only
from takhai.platform.references import refers
from takhai.screening.models.recorded import BELOW, RECORDED, Recorded, refused_when
from takhai.screening.types import CERTIFY_DROPS, Result

_NOT_LISTED: Final = (
    "EXISTS (SELECT FROM fresh f WHERE NOT EXISTS (SELECT FROM assessment a"
    ' WHERE a.round = f.round AND a.person_id = f.person_id AND a."group" = f."group" AND a.extremely_poor))'
)


class Certification(Recorded):
    """One pupil and his committee's word. Only added; from then on his school's word is closed.

    ``result`` is null where the committee said nothing; ``met``: its meeting counts; ``reason`` is null
    for who is certified.
    """

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        "pk": "internal",
        "round": "public",
        "person": "personal",
        "group": "public",
        "school": "internal",
        "province": "internal",
        "form_no": "internal",
        "result": "sensitive",
        "met": "internal",
        "reason": "sensitive",
        "policy_sha256": "internal",
        "as_of": "internal",
        **RECORDED,
    }

    pk = models.CompositePrimaryKey("round", "person")
    round = models.CharField(max_length=6)
    person = models.ForeignKey("registry.Person", **BELOW)
    group = models.CharField(max_length=20)
    school = models.ForeignKey("registry.School", **BELOW)
    province = models.CharField(max_length=2)
    form_no = models.CharField(max_length=19)
    result = models.CharField(max_length=10, null=True)
    met = models.BooleanField()
    reason = models.CharField(max_length=30, null=True)
    policy_sha256 = models.CharField(max_length=64)
    as_of = models.DateField()

    class Meta:
        db_table = "certification"
        indexes = [
            models.Index(fields=["round", "group", "school"], name="certification_closed"),
            models.Index(fields=["round", "group", "province"], name="certification_unit"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(reason__isnull=False, reason__in=CERTIFY_DROPS)
                | Q(reason__isnull=True, result__isnull=False, result=Result.CERTIFIED.value, met=True),
                name="certification_certified_or_why_not",
            ),
        ]
        triggers = [
            insert_only(),
            refused_when("listed", _NOT_LISTED, "only pupils on the list are certified"),
            *refers("person", to="registry.Person"),
            *refers("school", to="registry.School"),
        ]
