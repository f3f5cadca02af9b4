"""A round walked on paper: the rules of the round over the files of a folder, one dictionary at a time.

Written for the tests of the country only. It keeps no books and knows no database; it reads what the
country wrote, sends what Takhai would send and counts what comes back.
"""

import csv
import hashlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from tests.country.naive_files import RegisterRow, Rows, corrections, key, registers, table, valid
from tests.country.naive_terms import Terms, level_of


@dataclass
class Line:
    """One pupil's money of one round. `lifted`: what held it at entitle is mended."""

    person: str
    round: str
    school: str
    satang: int
    ends: str = ""
    lifted: bool = False


@dataclass
class State:
    """What one round leaves to the next: who is known, who is on the list, whose money comes again."""

    person_of: dict[str, str] = field(default_factory=dict)
    known: dict[str, tuple[str, str, date]] = field(default_factory=dict)
    listed: dict[str, tuple[str, int]] = field(default_factory=dict)
    failed: set[str] = field(default_factory=set)
    held: list[Line] = field(default_factory=list)
    owed: list[Line] = field(default_factory=list)


@dataclass
class Walk:
    """A round of one folder; `group` is the one that walks, "" while the round is one.

    `outside` lets those answer who must.
    """

    folder: Path
    terms: Terms
    before: State
    outside: Callable[[], object]
    group: str = ""
    counts: dict[str, Counter[str]] = field(default_factory=dict)
    satang: dict[str, Counter[str]] = field(default_factory=dict)
    exceptions: Counter[str] = field(default_factory=Counter)
    forms: dict[str, object] = field(default_factory=dict)
    records: dict[str, dict[str, object]] = field(default_factory=dict)
    listed_forms: dict[str, tuple[str, RegisterRow]] = field(default_factory=dict)
    enrolled: dict[str, dict[str, RegisterRow]] = field(default_factory=dict)
    after: State = field(default_factory=State)
    transfers: dict[str, list[Line]] = field(default_factory=dict)
    cash: list[Line] = field(default_factory=list)
    due_back: int = 0
    returned: int = 0
    late: int = 0

    def count(self, step: str, what: str, satang: int = 0, n: int = 1) -> None:
        """Notes rows, and their money, under a step of the group that walks."""
        lane = f"{step}/{self.group}"
        self.counts.setdefault(lane, Counter())[what] += n
        self.satang.setdefault(lane, Counter())[what] += satang

    def read(self) -> None:
        """Everything that exists before the round, in the order the data dictionary gives."""
        self.schools = {row["school_code"]: row for row in table(self.folder / "schools.csv")}
        self.person_of, self.known = dict(self.before.person_of), dict(self.before.known)
        self.listed, self.failed = dict(self.before.listed), set(self.before.failed)
        self.held, self.owed = list(self.before.held), list(self.before.owed)
        self.mended: set[str] = set()
        if not self.listed:
            for row in table(self.folder / "last_round.csv"):
                self.person_of[row["identifier"]] = row["identifier"]
                self.known[row["identifier"]] = (
                    key(row["first_name"]), key(row["last_name"]), date.fromisoformat(row["birth_date"]),
                )  # fmt: skip
                self.listed[row["identifier"]] = (row["school_code"], int(row["first_subsidy_year"]))
                if row["compliant"] == "no":
                    self.failed.add(row["identifier"])
        self.channel: dict[str, str] = {}
        for row in table(self.folder / "channels.csv"):
            number, former = row["identifier"], row["former_identifier"]
            if former and number in self.person_of:
                self.exceptions["identifier_taken"] += 1
            elif former:
                self.person_of[number] = self.person_of[former]
            assert number in self.person_of, "nobody can choose before anybody knows him"
            self.channel[number] = row["channel"]
        self.extract = {row["number"]: row for row in table(self.folder / "registry_extract.csv")}

    def intake(self) -> None:
        """Rows of the registers: refused, repeated, at a second school."""
        self.rows: dict[str, list[RegisterRow]] = {}
        self.clash: set[str] = set()
        for row in registers(self.folder, set(self.schools), self.terms.year):
            self.count("intake", "joined")
            if row.refused:
                self.count("intake", row.refused)
                continue
            person = self.person_of.setdefault(row.number, row.number)
            entries = self.rows.setdefault(person, [])
            if row.school in {entry.school for entry in entries}:
                self.count("intake", "duplicate")
                continue
            if entries:
                self.count("intake", "second_school")
            entries.append(row)
            first, last, birth = self.known.setdefault(person, (row.first, row.last, row.birth))
            if (row.first, row.last) != (first, last) and row.birth != birth:
                self.clash.add(person)
            self.known[person] = (row.first, row.last, row.birth)
        self.count("intake", "out", n=len(self.rows))

    def finding(self, person: str) -> str:
        """The first thing that is wrong with who the pupil's row says it is."""
        row = self.rows[person][0]
        if row.number.startswith("G"):
            return ""
        registered = self.extract.get(row.number)
        same_school = len(self.rows[person]) == 1
        checks = [
            ("dead", registered is not None and registered["alive"] == "no"),
            ("wrong_number", not valid(row.number)),
            ("identifier_clash", person in self.clash),
            ("two_schools", not same_school),
            ("not_in_registry", registered is None and not row.number.startswith("0")),
        ]
        if registered is not None:
            names = (key(registered["first_name"]), key(registered["last_name"]))
            checks += [
                ("name_differs", names != (row.first, row.last)),
                ("birth_differs", registered["birth_date"] != row.birth.isoformat()),
                ("sex_differs", registered["sex"] != row.sex),
            ]
        return next((name for name, holds in checks if holds), "")

    def part(self) -> None:
        """Old, new or neither."""
        self.old: dict[str, RegisterRow] = {}
        self.new: dict[str, RegisterRow] = {}
        for person in self.listed:
            if person not in self.rows:
                self.count("group", "joined")
                self.count("group", "not_in_register")
        for person, entries in self.rows.items():
            school, first_year = self.listed.get(person, ("", 0))
            here = next((row for row in entries if row.school == school), None)
            if here is not None and first_year > self.terms.year - 3:
                self.old[person] = here
            elif school or self.applies(entries[0]):
                self.new[person] = here or entries[0]
            else:
                self.count("group", "not_applicant")
        self.count("group", "old", n=len(self.old))
        self.count("group", "new", n=len(self.new))
        self.enrolled["old"] = self.old

    def applies(self, row: RegisterRow) -> bool:
        """Whether a pupil outside the list asks for a grant."""
        affiliation = self.schools[row.school]["affiliation"]
        mark = {"dla": "ต้องการสมัครขอรับทุน"}.get(affiliation, "เด็กยากจน")
        return level_of(row.grade) != "upper_secondary" and (affiliation == "bpp" or row.mark == mark)

    def correct(self, until: date) -> None:
        """Takes in the corrected rows that are stamped up to a day, each file once."""
        for day, name, rows in corrections(self.folder, set(self.schools), self.terms.year):
            if day > until or name in self.mended:
                continue
            self.mended.add(name)
            for row in rows:
                person = self.person_of.get(row.number, "")
                entries = self.rows.get(person, [])
                at = [n for n, entry in enumerate(entries) if entry.school == row.school]
                if not at:
                    self.exceptions["correction_without_row"] += 1
                    continue
                entries[at[0]] = row
                self.known[person] = (row.first, row.last, row.birth)
        for line in self.held:
            if line.round == self.terms.name:
                line.lifted = not self.finding(line.person)

    def entitle(self) -> None:
        """Who gets how much, who is held, whose hold is lifted."""
        back = [line for line in self.held if line.lifted and line.ends != "not_compliant"]
        self.held = [line for line in self.held if line not in back]
        self.lines: list[Line] = []
        for person, row in self.enrolled[self.group].items():
            satang = self.terms.amount(row.grade, self.schools[row.school]["affiliation"])
            finding = self.finding(person)
            if self.terms.year > 2563 and not finding and person in self.failed:
                finding = "not_compliant"
            if satang is None:
                self.count("entitle", "no_rate")
                continue
            self.count("entitle", "money", satang)
            line = Line(person, self.terms.name, row.school, satang)
            if finding:
                self.count("entitle", finding, satang)
                if finding != "dead":
                    line.ends = finding
                    self.held.append(line)
            else:
                self.lines.append(line)
        for line in back:
            self.count("entitle", "joined", line.satang)
            self.lines.append(line)
        self.count("entitle", "out", sum(line.satang for line in self.lines), len(self.lines))

    def number(self, line: Line) -> str:
        """The number a pupil goes by now."""
        rows = self.rows.get(line.person)
        if rows:
            return rows[0].number
        return next(number for number, person in self.person_of.items() if person == line.person)

    def by_promptpay(self, line: Line) -> bool:
        """Whether the money goes to the pupil's own number."""
        number = self.number(line)
        return self.channel.get(number) == "promptpay" and valid(number)

    def request(self) -> None:
        """out/: asks for approval of the list."""
        total = sum(line.satang for line in self.lines)
        self.send(
            "approval-request",
            [{
                "round": self.terms.name, "group": self.group, "list_file": "list", "count": len(self.lines),
                "list_sha256": hashlib.sha256(b"list").hexdigest(), "baht": f"{total / 100:.2f}",
                "frozen_by": "somchai.freezer", "frozen_on": self.terms.days[self.group].frozen.isoformat(),
            }],
        )  # fmt: skip

    def send(self, kind: str, rows: list[dict[str, object]]) -> None:
        """Writes a file into out/."""
        path = self.folder / "out" / f"{kind}-{self.terms.name}-{self.group}.csv"
        path.parent.mkdir(exist_ok=True)
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)

    def answers(self, kind: str) -> Rows:
        """Reads a file of answers/."""
        return table(self.folder / "answers" / f"{kind}-{self.terms.name}-{self.group}.csv")
