"""The growth reference that an office puts beside its database; we ship none."""

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Final

from takhai.classroom.rules.lms import ONE, Curve, Lms
from takhai.classroom.types import Measure
from takhai.platform import home
from takhai.platform.intake.layout import load
from takhai.platform.intake.reading import reading
from takhai.platform.intake.types import Row
from takhai.platform.problems import Refusal
from takhai.thai.calendar import Term

FILE: Final = "growth_reference.csv"

Reference = Mapping[tuple[str, Measure], Curve]


def path() -> Path:
    """Where the table is looked for."""
    return home.path() / FILE


def reference(*, round: Term) -> Reference | None:
    """Curves by sex (m, f) and measure; None without a file.

    One row that cannot be used refuses the whole table (``growth_reference_unusable``): half a table
    would class some pupils and say nothing of the others.
    """
    if not path().exists():
        return None
    curves: dict[tuple[str, Measure], dict[int, Lms]] = {}
    bad = 0
    with reading(path=path(), layout=load("growth_reference"), term=round) as file:
        for row in file:
            curve = curves.setdefault((str(row.values["sex"]), Measure(str(row.values["measure"]))), {})
            month, lms = int(str(row.values["month"])), _lms(row)
            if month in curve or lms.m <= 0 or lms.s <= 0:
                bad += 1
            curve[month] = lms
    bad += file.rows - file.good
    if bad:
        raise Refusal("growth_reference_unusable", bad=bad)
    return curves


def _lms(row: Row) -> Lms:
    return Lms(*(round(Decimal(str(row.values[name])) * ONE) for name in ("l", "m", "s")))
