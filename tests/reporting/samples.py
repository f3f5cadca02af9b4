"""A whole round made up: both groups, every reason of the contract met, every sum right."""

from copy import deepcopy
from typing import Any

from takhai.reporting.types import Population, ScreeningFacts
from tests.reporting.cells import breakdown  # noqa: F401
from tests.reporting.counts import (  # noqa: F401
    AREAS,
    ASSESS,
    CERTIFIED,
    CERTIFY,
    CLASSROOM_REFUSED,
    CLASSROOM_ROWS,
    CONDITIONS,
    DEAD,
    ENTITLE_HELD,
    EXCEPTIONS,
    EXTREMELY_POOR,
    FORM_REFUSED,
    INTAKE,
    LATE,
    NEW,
    OLD,
    ORDER_HELD,
    PER_HEAD,
    POLICY,
    POOR,
    REASONS,
    RECONCILE_HELD,
    RECOVER_DROPPED,
    ROWS,
    SCREENED,
)
from tests.reporting.sums import GROUPS, RETURNED, Group, ledger, money, satang, satang_of
from tests.reporting.sums import OLD as OLD_GROUP

Json = dict[str, Any]


def step(name: str, group: str = "", **flow: Any) -> Json:
    """One step of the summary; what is not given is 0 or empty."""
    empty = {"in": 0, "joined": 0, "out": 0, "dropped": {}, "held": {}}
    none = {"satang_in": 0, "satang_joined": 0, "satang_out": 0, "satang_dropped": {}, "satang_held": {}}
    zeros = {
        "satang_dropped": dict.fromkeys(flow.get("dropped", {}), 0),
        "satang_held": dict.fromkeys(flow.get("held", {}), 0),
    }
    return {"step": name, "group": group, "state": "closed", **empty, **none, **zeros, **flow}


def at(raw: Json, name: str, group: str = "") -> Json:
    """One step of a summary, to look at or to change."""
    found: list[Json] = [each for each in raw["steps"] if (each["step"], each["group"]) == (name, group)]
    assert len(found) == 1
    return found[0]


def summary() -> Json:
    """A complete round 2/2563 of one province."""
    good = ROWS - sum(INTAKE.values())
    unseen = 63
    everybody = OLD + CERTIFIED
    met = everybody - sum(CONDITIONS.values())
    ways = [_way(each) for each in GROUPS]
    steps = [
        step("intake", joined=ROWS, out=good, dropped=dict(INTAKE)),
        step("identity", "", **{"in": good}, out=good),
        step(
            "group",
            "",
            **{"in": good},
            joined=unseen,
            out=OLD + NEW,
            dropped={"not_in_register": unseen, "not_applicant": good - OLD - NEW},
            to={"old": OLD, "new": NEW},
        ),
        step("assess", "new", **{"in": NEW}, out=EXTREMELY_POOR, dropped=dict(ASSESS)),
        step("certify", "new", **{"in": EXTREMELY_POOR}, out=CERTIFIED, dropped=dict(CERTIFY)),
        *(each for pair in zip(*ways, strict=True) for each in pair),
        step("comply", joined=everybody, out=everybody, to={"compliant": met, **CONDITIONS}),
        step("report", joined=everybody, out=everybody),
    ]
    return {
        "round": "2563-2",
        "policy": POLICY,
        "status": "complete",
        "waits": [],
        "steps": steps,
        "screening": screening(),
        "classroom": classroom(),
        "exceptions": dict(EXCEPTIONS),
        "after_close": {"returned": RETURNED, "late_receipt": satang(LATE)},
        "ledger": ledger(),
        "report": "report.html",
        "today": None,
    }


def screening() -> Json:
    """The forms of the round and whom they found."""
    taken = NEW - ASSESS["no_form"]
    return {
        "forms": taken + sum(FORM_REFUSED.values()),
        "taken": taken,
        "refused": dict(FORM_REFUSED),
        "findings": {"household_contradicts": 11},
        "screened": SCREENED,
        "poor": POOR,
        "extremely_poor": EXTREMELY_POOR,
        "income_per_head": dict(PER_HEAD),
    }


def classroom() -> Json:
    """The files from the classrooms."""
    return {
        name: {
            "rows": CLASSROOM_ROWS[name],
            "taken": CLASSROOM_ROWS[name] - sum(refused.values()),
            "refused": dict(refused),
        }
        for name, refused in CLASSROOM_REFUSED.items()
    }


def facts() -> ScreeningFacts:
    """What the forms of the round say."""
    return ScreeningFacts(
        screened=_population("screened", SCREENED, unemployed=71, card=35, wages=58),
        poor=_population("poor", POOR, unemployed=72, card=40, wages=52),
        extremely_poor=_population("extremely_poor", EXTREMELY_POOR, unemployed=76, card=44, wages=47),
    )


def nothing(raw: Json) -> Json:
    """The same keys, all counts 0."""

    def zero(value: Any) -> Any:
        if isinstance(value, int):
            return 0
        return nothing(value) if isinstance(value, dict) else value

    return {name: zero(value) for name, value in raw.items()}


def empty(raw: Json) -> Json:
    """The same step before anybody reached it."""
    return {**nothing(raw), "state": "open"}


def waiting() -> Json:
    """The same round before the bank has answered for the old group, and the committees for the new."""
    raw = summary()
    later = {
        "old": ("reconcile", "recover"),
        "new": ("certify", "enrol", "entitle", "order", "reconcile", "recover"),
    }
    raw["steps"] = [
        empty(each) if each["step"] in later.get(each["group"], ("comply", "report")) else each
        for each in raw["steps"]
    ]
    books = {
        **dict.fromkeys(raw["ledger"], 0),
        "budget": -OLD_GROUP.granted_satang,
        "owed": satang_of(ORDER_HELD),
    }
    books["sent.promptpay"] = OLD_GROUP.ordered_satang // 200_000 * 100_000
    books["sent.school"] = OLD_GROUP.ordered_satang - books["sent.promptpay"]
    return {
        **raw,
        "status": "waiting",
        "waits": [
            {"step": "reconcile", "group": "old", "for": "BANK", "reason": ""},
            {"step": "certify", "group": "new", "for": "COMMITTEES", "reason": ""},
        ],
        "exceptions": dict.fromkeys(raw["exceptions"], 0),
        "after_close": {"returned": 0, "late_receipt": 0},
        "ledger": books,
        "report": None,
        "today": "2021-01-08",
    }


def one_group() -> Json:
    """A round that has formed its new group and goes no further with it."""
    raw = summary()
    raw["steps"] = [each for each in raw["steps"] if each["group"] != "new"]
    return raw


def broken() -> Json:
    """A round in which seven pupils and one satang have no explanation."""
    raw = deepcopy(summary())
    raw["status"] = "waiting"
    at(raw, "group")["dropped"]["not_applicant"] -= 7
    at(raw, "order", "old")["satang_held"]["no_account"] -= 1
    return raw


def _way(group: Group) -> list[Json]:
    return [
        step("enrol", group.name, **{"in": group.enrolled}, out=group.enrolled),
        step(
            "entitle",
            group.name,
            **{"in": group.enrolled},
            joined=group.back_entitle,
            out=group.granted,
            dropped={"no_rate": group.no_rate, "dead": group.dead},
            held=dict(group.entitle_held),
            satang_joined=group.joined_satang,
            satang_out=group.granted_satang,
            satang_dropped={"no_rate": 0, "dead": satang(group.dead)},
            satang_held=money(group.entitle_held),
        ),
        step(
            "order",
            group.name,
            **{"in": group.granted},
            joined=group.back_order,
            out=group.ordered,
            held=dict(group.order_held),
            satang_in=group.granted_satang,
            satang_joined=satang(group.back_order),
            satang_out=group.ordered_satang,
            satang_held=money(group.order_held),
        ),
        step(
            "reconcile",
            group.name,
            **{"in": group.ordered},
            out=group.accepted,
            held=dict(group.reconcile_held),
            satang_in=group.ordered_satang,
            satang_out=group.accepted_satang,
            satang_held=money(group.reconcile_held),
        ),
        step(
            "recover",
            group.name,
            **{"in": group.accepted},
            out=group.paid,
            dropped=dict(group.recover_dropped),
            satang_in=group.accepted_satang,
            satang_out=group.paid_satang,
            satang_dropped=money(group.recover_dropped),
        ),
    ]


def _population(name: str, pupils: int, *, unemployed: int, card: int, wages: int) -> Population:
    shares = {"wages": wages, "agriculture": 43, "business": 6, "welfare": 55, "other": 9}
    return Population(
        pupils=pupils,
        # The floor of the mean is what the summary says; a remainder is left over.
        per_head=PER_HEAD[name] * pupils + 77,
        members=pupils * 49 // 10,
        unemployed=pupils * unemployed // 100,
        welfare_card=pupils * card // 100,
        sources={source: pupils * share // 100 for source, share in shares.items()},
    )
