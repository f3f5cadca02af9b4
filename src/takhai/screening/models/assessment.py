"""Assessments: what was decided of each pupil of a screened group, with all that the decision used."""

from typing import ClassVar, Final

from django.db import models
from django.db.models import Q

from takhai.access.managers import ScopedManager
from takhai.platform.fields import Privacy
from takhai.platform.insert_only import insert_only
from takhai.platform.references import refers
from takhai.screening.models.recorded import BELOW, RECORDED, Recorded, refused_when
from takhai.screening.types import ASSESS_DROPS, NOT_EXTREMELY_POOR, OVER_INCOME

_WITHOUT_CUTOFF: Final = (
    'EXISTS (SELECT FROM (SELECT DISTINCT round, "group" FROM fresh) f WHERE NOT EXISTS'
    ' (SELECT FROM cutoff c WHERE c.round = f.round AND c."group" = f."group"))'
)


class Assessment(Recorded):
    """One pupil against the round's cut-off. Only added.

    Without a form its figures are 0 and "". ``poor``: passed the income test. ``reason`` is null for the
    extremely poor, who are the list for the committees.
    """

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        "pk": "internal",
        "round": "public",
        "person": "personal",
        "group": "public",
        "school": "internal",
        "agency": "internal",
        "grade": "internal",
        "level": "internal",
        "province": "internal",
        "form_no": "internal",
        "refused": "sensitive",
        "score": "sensitive",
        "income_satang": "sensitive",
        "members": "personal",
        "lottery": "internal",
        "screened": "personal",
        "poor": "sensitive",
        "extremely_poor": "sensitive",
        "reason": "sensitive",
        "policy_sha256": "internal",
        "as_of": "internal",
        **RECORDED,
    }
    SCOPED_BY = "school__place"

    pk = models.CompositePrimaryKey("round", "person")
    round = models.CharField(max_length=6)
    person = models.ForeignKey("registry.Person", **BELOW)
    group = models.CharField(max_length=20)
    school = models.ForeignKey("registry.School", **BELOW)
    agency = models.CharField(max_length=20)
    grade = models.CharField(max_length=10)
    level = models.CharField(max_length=20)
    province = models.CharField(max_length=2)
    form_no = models.CharField(max_length=19)
    refused = models.BooleanField()
    score = models.BigIntegerField()
    income_satang = models.BigIntegerField()
    members = models.IntegerField()
    lottery = models.CharField(max_length=64)
    screened = models.BooleanField()
    poor = models.BooleanField()
    extremely_poor = models.BooleanField()
    reason = models.CharField(max_length=30, null=True)
    policy_sha256 = models.CharField(max_length=64)
    as_of = models.DateField()

    objects = ScopedManager()

    class Meta:
        db_table = "assessment"
        indexes = [
            models.Index(fields=["round", "group", "province"], name="assessment_unit"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "form_no"], name="assessment_form_once", condition=~Q(form_no="")
            ),
            models.CheckConstraint(
                condition=Q(reason__isnull=True) | Q(reason__in=ASSESS_DROPS), name="assessment_reason_known"
            ),
            models.CheckConstraint(
                # A comparison with no reason is unknown, and a check lets the unknown pass.
                condition=Q(reason__isnull=True, extremely_poor=True, poor=True, screened=True)
                | Q(reason__isnull=False, extremely_poor=False)
                & (
                    Q(reason=NOT_EXTREMELY_POOR, poor=True, screened=True)
                    | Q(reason=OVER_INCOME, poor=False, screened=True)
                    | ~Q(reason__in=(NOT_EXTREMELY_POOR, OVER_INCOME)) & Q(poor=False, screened=False)
                ),
                name="assessment_flags_fit_the_reason",
            ),
            models.CheckConstraint(
                condition=Q(form_no="", screened=False, members=0) | ~Q(form_no="") & Q(members__gt=0),
                name="assessment_of_a_form_or_none",
            ),
        ]
        triggers = [
            insert_only(),
            refused_when("has_cutoff", _WITHOUT_CUTOFF, "no cut-off is fixed for the round and group"),
            *refers("person", to="registry.Person"),
            *refers("school", to="registry.School"),
        ]
