"""What a round's policy says, written down by hand for the tests of the country."""

from dataclasses import dataclass
from datetime import date

LEVELS = {"อ": "kindergarten", "ป": "primary"}


@dataclass(frozen=True)
class Days:
    """The days of one group."""

    frozen: date
    bank_opens: date
    bank_closes: date
    cash_opens: date
    cash_closes: date


@dataclass(frozen=True)
class Terms:
    """A round: rates, days by group, the days of screening [first, last]."""

    year: int
    name: str
    days: dict[str, Days]
    forms: tuple[date, date]
    committees: tuple[date, date]
    report: date

    def amount(self, grade: str, affiliation: str) -> int | None:
        """Satang by class."""
        level = level_of(grade)
        if self.name == "2563-2":
            known = {"kindergarten": 150_000, "primary": 100_000, "lower_secondary": 100_000}
            return known.get(level)
        known = {"kindergarten": 200_000, "primary": 150_000, "lower_secondary": 150_000}
        return 150_000 if (level, affiliation) == ("upper_secondary", "bpp") else known.get(level)


ROUNDS = {
    "2563-2": Terms(
        2563,
        "2563-2",
        {
            "old": Days(
                date(2020, 12, 28), date(2021, 1, 6), date(2021, 1, 11), date(2021, 1, 18), date(2021, 2, 18)
            ),
            "new": Days(
                date(2021, 2, 12), date(2021, 2, 22), date(2021, 2, 26), date(2021, 3, 2), date(2021, 3, 29)
            ),
        },
        (date(2021, 1, 4), date(2021, 1, 15)),
        (date(2021, 1, 31), date(2021, 2, 12)),
        date(2021, 4, 1),
    ),
    "2564-1": Terms(
        2564,
        "2564-1",
        {
            "old": Days(
                date(2021, 7, 12), date(2021, 7, 21), date(2021, 7, 26), date(2021, 8, 2), date(2021, 9, 2)
            ),
            "new": Days(
                date(2021, 8, 27), date(2021, 9, 6), date(2021, 9, 10), date(2021, 9, 14), date(2021, 10, 11)
            ),
        },
        (date(2021, 7, 19), date(2021, 7, 30)),
        (date(2021, 8, 15), date(2021, 8, 27)),
        date(2021, 10, 14),
    ),
}  # fmt: skip


def level_of(grade: str) -> str:
    """The level of a class."""
    stage, year = grade.split(".")
    return LEVELS.get(stage) or ("lower_secondary" if int(year) <= 3 else "upper_secondary")
