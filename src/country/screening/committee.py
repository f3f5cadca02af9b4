"""School committees: who meets as it must, and what is said of each pupil on the list (form นร.05)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from country import names, numbers
from country.deck import clean
from country.draw import below, number, portion, rng
from country.screening import kinds
from country.screening.forms import Form
from country.world import NEW, World
from takhai.policy import for_round
from takhai.thai.identifiers import mask

MEETINGS: Final = (
    "school_code", "met_on", "signed_on", "member_no", "name", "position", "number_masked", "present",
)  # fmt: skip
RESULTS: Final = ("form_no", "school_code", "result", "reason")
_POSITIONS: Final = (
    "ประธานกรรมการ", "ผู้แทนครู", "ผู้แทนผู้ปกครอง", "ผู้แทนชุมชน", "ผู้แทนองค์กรปกครองส่วนท้องถิ่น", "กรรมการ",
)  # fmt: skip
_REASONS: Final = ("ครอบครัวมีรายได้ประจำ", "ย้ายออกจากพื้นที่แล้ว", "ข้อมูลไม่ตรงกับสภาพครอบครัว")
_MEMBERS: Final = 7_000_000
# Whose word does not come in time, or does not count.
_SILENT: Final = ("no_committee_result", "verdict_after_signing", "verdict_without_reason")


@dataclass(frozen=True, slots=True)
class Committees:
    """What is planned for the list: schools without a meeting that counts, faults by form number.

    `stray`: (form number, school) of verdicts on forms that are not on the list.
    """

    no_quorum: tuple[str, ...]
    faults: Mapping[str, str]
    stray: Sequence[tuple[str, str]]

    def ended(self, form: Form) -> str:
        """Why a pupil on the list ends at certify, "" for who goes on."""
        if form.row["school_code"] in self.no_quorum:
            return "no_quorum"
        fault = self.faults.get(form.number, "")
        if fault in _SILENT:
            return "no_committee_result"
        return fault if fault == "committee_refused" else ""


def plan(world: World, listed: Sequence[Form], others: Sequence[Form], whole: int) -> Committees:
    """Deals the faults of committees to the forms on the list; `others` are good and not on it."""
    sizes: dict[str, int] = {}
    for form in listed:
        code = form.row["school_code"]
        sizes[code] = sizes.get(code, 0) + 1
    order = sorted(sizes, key=lambda code: (sizes[code] > 12, number(world.seed, world.term, "quorum", code)))
    # One school alone keeps its committee: somebody must go on.
    without = order[: min(len(order) - 1, portion(len(order), kinds.NO_QUORUM.per_million, 1))]
    order_of_forms = sorted(listed, key=lambda form: number(world.seed, world.term, "committee", form.number))
    free = iter([f for f in order_of_forms if clean(f.pupil) and f.row["school_code"] not in without])
    faults: dict[str, str] = {}
    for kind in kinds.COMMITTEE:
        for _ in range(portion(len(listed), kind.per_million, kind.least)):
            one = next(free, None)
            if one is not None:
                one.pupil.fault = faults[one.number] = kind.name
    wanted = portion(whole, kinds.NOT_EXPECTED.per_million, kinds.NOT_EXPECTED.least)
    return Committees(tuple(sorted(without)), faults, list(_strays(world, others, wanted)))


def _strays(world: World, others: Sequence[Form], wanted: int) -> Iterator[tuple[str, str]]:
    """By turns a form that is not on the list, and one that nobody has sent."""
    known = sorted(others, key=lambda form: number(world.seed, world.term, "not expected", form.number))
    for n in range(wanted):
        form = known[n % len(known)]
        code = form.row["school_code"]
        yield (form.number if n % 2 == 0 else f"{form.number[:5]}-{code}-{8_000 + n}"), code


def meetings(world: World, plans: Committees, schools: Iterable[str]) -> Iterator[Sequence[object]]:
    """Rows of the meetings file by school."""
    for code in sorted(set(schools)):
        draw = rng(world.seed, world.term, "meeting", code)
        members = draw.randint(5, 9)
        present = draw.randint((members + 1) // 2, members)
        met_on = _day(world, code)
        signed_on = met_on + timedelta(days=draw.randrange(2))
        if code in plans.no_quorum:
            way = plans.no_quorum.index(code) % 4
            if way == 0:
                present = (members - 1) // 2
            elif way == 1:
                members = present = for_round(world.term).committee_least - 1
            elif way == 2:
                signed_on = met_on - timedelta(days=1)
            else:
                met_on = signed_on = for_round(world.term).window("certify", NEW).until + timedelta(days=1)
        for n in range(members):
            who = numbers.citizen(world.province, _MEMBERS + below(900_000, "committee", code, n), world.seed)
            name = f"{names.first_name(draw, draw.choice(('m', 'f')))} {names.surname(draw)}"
            yield (
                code, met_on.isoformat(), signed_on.isoformat(), n + 1, name,
                _POSITIONS[min(n, len(_POSITIONS) - 1)], mask(who), "yes" if n < present else "no",
            )  # fmt: skip


def _day(world: World, code: str) -> date:
    """A day of the committee well inside the window, so that it is signed inside it too."""
    window = for_round(world.term).window("certify", NEW)
    days = (window.until - window.opens).days - 2
    return window.opens + timedelta(days=1 + below(days, world.seed, world.term, "met", code))


def results(
    world: World, plans: Committees, listed: Iterable[tuple[str, str]]
) -> Iterator[tuple[str, str, str, str]]:
    """Rows of the committee's answer, in the order of the list: (form number, school) pairs; strays last."""
    for form_no, code in listed:
        fault = plans.faults.get(form_no, "")
        reason = _REASONS[below(len(_REASONS), world.seed, "refused", form_no)]
        if fault in ("no_committee_result", "verdict_after_signing"):
            continue
        if fault == "committee_refused":
            yield form_no, code, "refused", reason
        elif fault == "verdict_without_reason":
            yield form_no, code, "refused", ""
        else:
            yield form_no, code, "certified", ""
        if fault == "verdict_repeated":
            yield form_no, code, "refused", reason
    for form_no, code in plans.stray:
        yield form_no, code, "certified", ""


def late_results(plans: Committees, listed: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str, str, str]]:
    """Words that come after the close."""
    for form_no, code in listed:
        if plans.faults.get(form_no) == "verdict_after_signing":
            yield form_no, code, "certified", ""
