"""What school committees say (form นร.05): meetings, their members, a result for each pupil, rows not taken."""

from typing import ClassVar, Final

import pgtrigger
from django.db import models
from django.db.models import Q

from takhai.platform.fields import Privacy
from takhai.platform.insert_only import insert_only
from takhai.platform.references import refers
from takhai.screening.models.recorded import ARRIVED, BELOW, Arrived, refused_when
from takhai.screening.types import Result, Trouble

SAID: Final[dict[str, Privacy]] = {**ARRIVED, "row_sha": "internal"}
# Who adds shares the lock of the round and group; who closes takes it alone and so sees every row.
_CLOSED: Final = """
PERFORM pg_advisory_xact_lock_shared(hashtextextended('certify ' || f.round || ' ' || f."group", 0))
FROM (SELECT DISTINCT round, "group" FROM fresh ORDER BY 1, 2) f;
IF EXISTS (
    SELECT FROM certification c
    JOIN (SELECT DISTINCT round, "group", school_id FROM fresh) f
        ON f.round = c.round AND f."group" = c."group" AND f.school_id = c.school_id
) THEN
    RAISE EXCEPTION 'screening: certify is closed for the school' USING ERRCODE = 'restrict_violation';
END IF;
RETURN NULL;
"""
_OTHER_MEMBERS: Final = """
EXISTS (
    SELECT FROM (SELECT DISTINCT round, "group", school_id FROM fresh) f
    LEFT JOIN meeting m ON m.round = f.round AND m."group" = f."group" AND m.school_id = f.school_id
    CROSS JOIN LATERAL (
        SELECT count(*) AS members, count(*) FILTER (WHERE e.present) AS present FROM meeting_member e
        WHERE e.round = f.round AND e."group" = f."group" AND e.school_id = f.school_id
    ) signed
    WHERE (m.members, m.present) IS DISTINCT FROM (signed.members, signed.present)
)
"""
# ``form_no <> ''`` lets the index of forms be used: it leaves out pupils without one.
_NOT_LISTED: Final = """
EXISTS (
    SELECT FROM fresh f WHERE NOT EXISTS (
        SELECT FROM assessment a
        WHERE a.round = f.round AND a.form_no = f.form_no AND a.form_no <> '' AND a.extremely_poor
            AND a."group" = f."group" AND a.school_id = f.school_id
    )
)
"""


class Said(Arrived):
    """A row of an answer; ``row_sha`` is over what it says."""

    row_sha = models.CharField(max_length=64)

    class Meta:
        abstract = True


def _open_for_the_school() -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name="open_for_the_school",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        referencing=pgtrigger.Referencing(new="fresh"),
        func=_CLOSED,
    )


class Meeting(Arrived):
    """The signed meeting of a school's committee for a round and group: the first that came. Only added."""

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        "pk": "internal",
        "round": "public",
        "group": "public",
        "school": "internal",
        "met_on": "internal",
        "signed_on": "internal",
        "members": "internal",
        "present": "internal",
        **ARRIVED,
    }

    pk = models.CompositePrimaryKey("round", "group", "school")
    round = models.CharField(max_length=6)
    group = models.CharField(max_length=20)
    school = models.ForeignKey("registry.School", **BELOW)
    met_on = models.DateField()
    signed_on = models.DateField()
    members = models.PositiveSmallIntegerField()
    present = models.PositiveSmallIntegerField()

    class Meta:
        db_table = "meeting"
        constraints = [
            models.CheckConstraint(
                condition=Q(members__gt=0, present__lte=models.F("members")), name="meeting_members"
            ),
        ]
        triggers = [insert_only(), _open_for_the_school(), *refers("school", to="registry.School")]


class MeetingMember(Said):
    """A member of the committee as the signed form names him; his number came masked. Only added.

    Nobody is added to a meeting that was signed: its members are those it counts.
    """

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        "pk": "internal",
        "round": "public",
        "group": "public",
        "school": "internal",
        "member_no": "internal",
        "name": "personal",
        "position": "personal",
        "number_masked": "personal",
        "present": "internal",
        **SAID,
    }

    pk = models.CompositePrimaryKey("round", "group", "school", "member_no")
    round = models.CharField(max_length=6)
    group = models.CharField(max_length=20)
    school = models.ForeignKey("registry.School", **BELOW)
    member_no = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    position = models.CharField(max_length=200)
    number_masked = models.CharField(max_length=20)
    present = models.BooleanField()

    class Meta:
        db_table = "meeting_member"
        constraints = [
            models.CheckConstraint(condition=Q(number_masked__contains="x"), name="meeting_member_masked"),
        ]
        triggers = [
            insert_only(),
            refused_when("as_signed", _OTHER_MEMBERS, "the members of a signed meeting are those it counts"),
            *refers("school", to="registry.School"),
        ]


class CommitteeResult(Said):
    """The committee's word on a pupil of its list: the first that came. Only added."""

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        "pk": "internal",
        "round": "public",
        "form_no": "internal",
        "group": "public",
        "school": "internal",
        "result": "sensitive",
        "reason": "sensitive",
        **SAID,
    }

    pk = models.CompositePrimaryKey("round", "form_no")
    round = models.CharField(max_length=6)
    form_no = models.CharField(max_length=19)
    group = models.CharField(max_length=20)
    school = models.ForeignKey("registry.School", **BELOW)
    result = models.CharField(max_length=10)
    reason = models.TextField()

    class Meta:
        db_table = "committee_result"
        constraints = [
            models.CheckConstraint(
                condition=Q(result=Result.CERTIFIED.value) | Q(result=Result.REFUSED.value) & ~Q(reason=""),
                name="committee_result_refusal_has_a_reason",
            ),
        ]
        triggers = [
            insert_only(),
            _open_for_the_school(),
            refused_when("listed", _NOT_LISTED, "a committee speaks of the pupils on its list"),
            *refers("school", to="registry.School"),
        ]


class CommitteeException(Said):
    """A row of a committee that was not taken, and why. ``copy`` counts equal rows within one file."""

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        "pk": "internal",
        "round": "public",
        "reason": "internal",
        "copy": "internal",
        "group": "public",
        "form_no": "internal",
        **SAID,
    }

    pk = models.CompositePrimaryKey("round", "reason", "row_sha", "copy")
    round = models.CharField(max_length=6)
    reason = models.CharField(max_length=30)
    copy = models.PositiveIntegerField()
    group = models.CharField(max_length=20)
    form_no = models.CharField(max_length=19)

    class Meta:
        db_table = "committee_exception"
        constraints = [
            models.CheckConstraint(
                condition=Q(reason__in=[each.value for each in Trouble]), name="committee_exception_known"
            ),
        ]
        triggers = [insert_only()]
