"""The same money cut by standing, level, agency, channel and area; each cut sums to the same total."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from takhai.reporting.charts import Part, stack
from takhai.reporting.types import Breakdown, BreakdownRow, Standing
from takhai.reporting.words import Word, Words
from takhai.thai.money import baht


@dataclass(frozen=True, slots=True)
class CutRow:
    """One value of a cut. ``amounts``: baht by standing, in the order of the cut's ``standings``."""

    label: Word
    full: Word | None
    persons: str
    amounts: tuple[str, ...]
    total: str
    bar: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Cut:
    """A chart and its table. ``standings`` are those that occur, so that no column is empty."""

    name: str
    title: Word
    head: Word
    standings: tuple[tuple[str, Word], ...]
    rows: tuple[CutRow, ...]
    total: CutRow


Label = Callable[[str, Words], tuple[Word, Word | None]]
_BY: Final[dict[str, Callable[[BreakdownRow], str]]] = {
    "level": lambda row: row.level,
    "agency": lambda row: row.agency,
    "channel": lambda row: row.channel,
    "area": lambda row: row.area,
}


def cuts(breakdown: Breakdown, *, words: Words) -> tuple[Cut, ...]:
    """The cuts by level, agency, channel and area."""
    present = tuple(each for each in Standing if any(row.standing is each for row in breakdown.rows))
    return tuple(_cut(name, breakdown, present, words) for name in _BY)


def standings(breakdown: Breakdown, *, words: Words) -> tuple[CutRow, ...]:
    """One row for each standing, those with nothing included but for money under way."""
    whole = sum(row.satang for row in breakdown.rows)
    rows = []
    for each in Standing:
        mine = [row for row in breakdown.rows if row.standing is each]
        if mine or each is not Standing.UNDER_WAY:
            satang = sum(row.satang for row in mine)
            label = words["money"][each.value]
            rows.append(_row((label, None), mine, (each,), bar=stack([(each.value, satang)], whole=whole)))
    return tuple(rows)


def _cut(name: str, breakdown: Breakdown, present: tuple[Standing, ...], words: Words) -> Cut:
    key = _BY[name]
    order = list(words[name]) if name in words else sorted({key(row) for row in breakdown.rows})
    groups = [(value, [row for row in breakdown.rows if key(row) == value]) for value in order]
    longest = max((sum(row.satang for row in rows) for _, rows in groups), default=0)
    return Cut(
        name=name,
        title=words["paper"][f"by_{name}"],
        head=words["cut"][name],
        standings=tuple((each.value, words["money"][each.value]) for each in present),
        rows=tuple(
            _row(_label(name, value, words), rows, present, bar=_stack(rows, present, longest))
            for value, rows in groups
            if rows
        ),
        total=_row((words["paper"]["all"], None), list(breakdown.rows), present, bar=()),
    )


def _stack(rows: list[BreakdownRow], present: tuple[Standing, ...], longest: int) -> tuple[Part, ...]:
    return stack([(each.value, _satang(rows, each)) for each in present], whole=longest)


def _row(
    label: tuple[Word, Word | None],
    rows: list[BreakdownRow],
    present: tuple[Standing, ...],
    *,
    bar: tuple[Part, ...],
) -> CutRow:
    return CutRow(
        label=label[0],
        full=label[1],
        persons=f"{sum(row.persons for row in rows):,}",
        amounts=tuple(baht(_satang(rows, each)) for each in present),
        total=baht(sum(row.satang for row in rows)),
        bar=bar,
    )


def _label(name: str, value: str, words: Words) -> tuple[Word, Word | None]:
    # Areas have no English name in the registers; a place is called as it is called.
    if name == "area":
        return Word(th=value, en=""), None
    return words[name][value], words["agency_full"][value] if name == "agency" else None


def _satang(rows: list[BreakdownRow], standing: Standing) -> int:
    return sum(row.satang for row in rows if row.standing is standing)
