"""Reads the three files of the classroom the plainest way, by the data dictionary alone."""

import csv
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

Cells = list[str]


@dataclass
class Reading:
    """What a reader knows beforehand, and what the files come to."""

    schools: set[str]
    known: set[str]
    enrolled: dict[str, set[str]]
    months: set[str]
    first_day: date
    next_first_day: date
    rows: Counter[str] = field(default_factory=Counter)
    refused: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    opened: dict[tuple[str, str], int] = field(default_factory=dict)
    there: dict[tuple[str, str, str], int] = field(default_factory=dict)
    bodies: set[str] = field(default_factory=set)

    def read(self, folder: Path) -> None:
        """All three files, school days first."""
        for name, judge in (
            ("school_days", self.days),
            ("attendance", self.attendance),
            ("growth", self.growth),
        ):
            with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
                header, *rows = csv.reader(file)
            for cells in rows:
                self.rows[name] += 1
                reason = "row_malformed" if len(cells) != len(header) else ""
                reason = reason or ("text_unclean" if "\ufffd" in "".join(cells) else "") or judge(cells)
                if reason:
                    self.refused[name][reason] += 1

    def days(self, cells: Cells) -> str:
        """A row of school days."""
        school, month, opened = cells
        if school not in self.schools:
            return "school_unknown"
        trouble = self.month(month)
        if trouble:
            return trouble
        if not opened.isdigit() or int(opened) > 31:
            return "days_unreadable"
        if (school, month) in self.opened:
            return "days_repeated"
        self.opened[school, month] = int(opened)
        return ""

    def attendance(self, cells: Cells) -> str:
        """A row of attendance."""
        number, school, month, *days = cells
        readable = all(text.isdigit() for text in days)
        opened = self.opened.get((school, month), -1)
        reason = first(
            (self.who(number, school) or self.month(month), True),
            ("days_unreadable", not readable),
            ("not_enrolled", school not in self.enrolled.get(number, set())),
            ("school_days_missing", opened < 0),
            ("days_over_open", readable and sum(map(int, days)) > opened),
            ("attendance_repeated", (number, school, month) in self.there),
        )
        if not reason:
            self.there[number, school, month] = int(days[0])
        return reason

    def growth(self, cells: Cells) -> str:
        """A row of weight and height."""
        number, school, day, *measures = cells
        readable = all(re.fullmatch(r"\d+(\.\d+)?", text) for text in measures)
        weight, height = map(float, measures) if readable else (0.0, 0.0)
        odd = (weight and not 5 <= weight <= 200) or (height and not 60 <= height <= 220)
        reason = first(
            (self.who(number, school), True),
            ("day_outside_term", not self.first_day <= date.fromisoformat(day) < self.next_first_day),
            ("measure_unreadable", not readable),
            ("measure_implausible", bool(odd)),
            ("not_enrolled", school not in self.enrolled.get(number, set())),
            ("growth_repeated", number in self.bodies),
        )
        if not reason:
            self.bodies.add(number)
        return reason

    def who(self, number: str, school: str) -> str:
        """Pupil and school."""
        if number not in self.known:
            return "pupil_unknown"
        return "" if school in self.schools else "school_unknown"

    def month(self, text: str) -> str:
        """A month of the semester."""
        if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", text):
            return "month_unreadable"
        return "" if text in self.months else "month_outside_term"

    def compliant(self, number: str) -> bool | None:
        """At least 80 of a hundred of the days reported."""
        told = {key: days for key, days in self.there.items() if key[0] == number}
        opened = sum(self.opened[school, month] for _, school, month in told)
        return None if not opened else sum(told.values()) * 100 >= 80 * opened


def first(*checks: tuple[str, bool]) -> str:
    """The first reason that holds."""
    return next((reason for reason, holds in checks if reason and holds), "")
