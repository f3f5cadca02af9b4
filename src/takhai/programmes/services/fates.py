"""Writing down whom a step dropped or held."""

from typing import Final, cast

from takhai.platform.flow import Flow
from takhai.platform.relations import Relation
from takhai.platform.sets import fetch
from takhai.thai.calendar import Term

VERDICT: Final = {
    "entitlement_round": "text",
    "person": "uuid",
    "kind": "text",
    "reason": "text",
    "satang": "bigint",
    "province": "text",
}


def record(*, round: Term, group: str, step: str, verdicts: Relation) -> Flow:
    """Adds a fate for each verdict and counts what was added: dropped and held, pupils and satang.

    ``verdicts`` has the columns of ``VERDICT``; kind is ``dropped`` or ``held``.
    """
    counted = fetch(
        'WITH added AS (INSERT INTO fate (round, "group", step, entitlement_round, person_id, kind, reason, satang,'
        " province, recorded_at, recorded_by)"
        " SELECT %(fate_round)s, %(fate_group)s, %(fate_step)s, entitlement_round, person, kind, reason, satang,"
        " province, now(), %(fate_by)s FROM fated RETURNING kind, reason, satang)"
        " SELECT kind, reason, count(*), sum(satang)::bigint FROM added GROUP BY kind, reason ORDER BY kind, reason",
        verdicts.require(*VERDICT).named("fated"),
        fate_round=str(round),
        fate_group=group,
        fate_step=step,
        fate_by=f"semester {step}",
    )
    rows = [
        (str(kind), str(reason), cast(int, count), cast(int, satang))
        for kind, reason, count, satang in counted
    ]
    return Flow(
        dropped={reason: count for kind, reason, count, _ in rows if kind == "dropped"},
        held={reason: count for kind, reason, count, _ in rows if kind == "held"},
        satang_dropped={reason: satang for kind, reason, _, satang in rows if kind == "dropped"},
        satang_held={reason: satang for kind, reason, _, satang in rows if kind == "held"},
    )
