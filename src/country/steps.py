"""The lines of the truth: every step of a round with every reason it knows, counts and satang."""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any

from country.settle import Outcome, Row
from country.world import GROUPS, NEW, OLD

INTAKE = (
    "number_malformed", "name_missing", "sex_unknown", "birth_date_impossible", "birth_year_out_of_range",
    "class_unknown", "school_code_malformed", "school_unknown", "row_malformed", "text_unclean", "duplicate",
    "second_school",
)  # fmt: skip
FINDINGS = (
    "wrong_number", "identifier_clash", "two_schools", "not_in_registry", "name_differs", "birth_differs",
    "sex_differs",
)  # fmt: skip
DROPS: Mapping[str, tuple[str, ...]] = {
    "intake": INTAKE,
    "group": ("not_in_register", "not_applicant"),
    "assess": ("no_form", "official_refused", "over_income", "not_extremely_poor"),
    "certify": ("committee_refused", "no_quorum", "no_committee_result"),
    "entitle": ("no_rate", "dead"),
    "recover": ("cash_not_fetched", "moved", "left", "died"),
}
HOLDS: Mapping[str, tuple[str, ...]] = {
    "entitle": (*FINDINGS, "not_compliant"),
    "order": ("no_account",),
    "reconcile": (
        "result_differs", "no_result", "proxy_not_registered", "account_closed", "account_name_differs",
        "bank_other",
    ),
}  # fmt: skip
_NOTHING: Mapping[str, Any] = MappingProxyType({})
_MONEY = ("entitle", "order", "reconcile", "recover")


def steps(outcome: Outcome, complied: Mapping[str, int]) -> list[dict[str, Any]]:
    """All of them, the old group before the new; `complied` counts what the conditions came to."""
    screened = {
        step: {reason: n for (at, reason), n in outcome.ended.items() if at == step}
        for step in ("assess", "certify")
    }
    certifiable = outcome.new - sum(screened["assess"].values())
    everybody = len(outcome.beneficiaries)
    lines = [
        _step("intake", joined=outcome.register_rows, out=outcome.good_pupils, dropped=outcome.refused),
        _step("identity", came=outcome.good_pupils, out=outcome.good_pupils),
        _step(
            "group",
            came=outcome.good_pupils,
            joined=outcome.missing,
            out=outcome.old + outcome.new,
            dropped={"not_in_register": outcome.missing, "not_applicant": outcome.not_applicants},
        )
        | {"to": {OLD: outcome.old, NEW: outcome.new}},
        _step("assess", group=NEW, came=outcome.new, out=certifiable, dropped=screened["assess"]),
        _step(
            "certify",
            group=NEW,
            came=certifiable,
            out=certifiable - sum(screened["certify"].values()),
            dropped=screened["certify"],
        ),
    ]
    for group in GROUPS:
        enrolled = len(outcome.enrolled[group])
        lines.append(_step("enrol", group=group, came=enrolled, out=enrolled))
    lines += [_money(name, group, list(outcome.of(group))) for name in _MONEY for group in GROUPS]
    lines.append(_step("comply", joined=everybody, out=everybody) | {"to": dict(complied)})
    lines.append(_step("report", joined=everybody, out=everybody))
    return lines


def _step(
    name: str,
    *,
    group: str = "",
    came: int = 0,
    joined: int = 0,
    out: int = 0,
    dropped: Mapping[str, int] = _NOTHING,
    held: Mapping[str, int] = _NOTHING,
    satang: Mapping[str, Any] = _NOTHING,
) -> dict[str, Any]:
    """One step with a zero for every reason it knows."""
    drops, holds = DROPS.get(name, ()), HOLDS.get(name, ())
    money_dropped, money_held = satang.get("dropped", {}), satang.get("held", {})
    return {
        "step": name,
        "group": group,
        "in": came,
        "joined": joined,
        "out": out,
        "dropped": {reason: dropped.get(reason, 0) for reason in drops},
        "held": {reason: held.get(reason, 0) for reason in holds},
        "satang_in": satang.get("in", 0),
        "satang_joined": satang.get("joined", 0),
        "satang_out": satang.get("out", 0),
        "satang_dropped": {reason: money_dropped.get(reason, 0) for reason in drops},
        "satang_held": {reason: money_held.get(reason, 0) for reason in holds},
    }


def _one(row: Row) -> int:
    return 1


def _satang(row: Row) -> int:
    return row.satang


def _money(name: str, group: str, rows: Iterable[Row]) -> dict[str, Any]:
    """A step that money goes through: rows that ended earlier are not there any more."""
    at = _MONEY.index(name)
    here = [row for row in rows if _MONEY.index(row.joins) <= at <= _MONEY.index(row.step)]
    joined = [row for row in here if row.joins == name]
    came = [row for row in here if row.joins != name]
    # The group's own pupils come out of enrol and only their money joins; rows of before join whole.
    own = [row for row in joined if not row.comes_back]
    ended = [row for row in here if row.step == name]
    on = [row for row in here if row.step != name or row.kind == "out"]
    return _step(
        name,
        group=group,
        came=len(came) + len(own),
        joined=len(joined) - len(own),
        out=len(on),
        dropped=_by_reason(ended, "dropped", _one),
        held=_by_reason(ended, "held", _one),
        satang={
            "in": sum(map(_satang, came)),
            "joined": sum(map(_satang, joined)),
            "out": sum(map(_satang, on)),
            "dropped": _by_reason(ended, "dropped", _satang),
            "held": _by_reason(ended, "held", _satang),
        },
    )


def _by_reason(rows: Iterable[Row], kind: str, measure: Callable[[Row], int]) -> dict[str, int]:
    sums: dict[str, int] = {}
    for row in rows:
        if row.kind == kind:
            sums[row.reason] = sums.get(row.reason, 0) + measure(row)
    return sums
