"""A town whose pupils are paid: numbers, accounts, choices, signatures, answers of the bank and the schools."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from uuid import UUID

from takhai.benefits import queries as benefits
from takhai.ledger import queries as ledger
from takhai.payments import queries as payments
from takhai.payments.services import orders, recovery, results
from takhai.payments.services.orders import Answer
from takhai.payments.types import Decision
from takhai.platform import secrets
from takhai.platform.flow import Flow
from takhai.platform.ids import uuid7s
from takhai.platform.sets import execute, fetch
from takhai.platform.types import Outcome
from takhai.policy import for_round
from takhai.registry import queries as registry
from takhai.registry.sealed import ACCOUNT, NUMBER
from takhai.thai.calendar import Term
from takhai.thai.identifiers import check_digit
from tests.benefits.town import APPROVER, FREEZER, ROUND, SCOPE, Town

ORDERED, MATCHED, CLOSED = date(2021, 1, 6), date(2021, 1, 11), date(2021, 2, 18)
PAID_ON, RECEIVED_ON = date(2021, 1, 8), date(2021, 1, 25)


def citizen(number: int, *, first: int = 1) -> str:
    """A well-formed number; one whose ``first`` digit is 0 belongs to a person without status."""
    twelve = f"{first}8100{number:07d}"
    return f"{twelve}{check_digit(twelve)}"


@dataclass
class Till(Town):
    """``root`` is the folder for answers; ``numbers`` and ``accounts`` in clear, as only the world outside has them."""

    root: Path = Path()
    numbers: dict[UUID, str] = field(default_factory=dict)
    accounts: dict[str, str] = field(default_factory=dict)

    def number(self, person: UUID, number: str, *, form: str = "citizen") -> None:
        """The person's current number."""
        self.numbers_of([(person, number, form)])

    def numbers_of(self, given: Iterable[tuple[UUID, str, str]]) -> None:
        """Current numbers of many persons at once: person, number, form."""
        rows = list(given)
        secrets.hold()
        sealed = [secrets.protect(number, table="identifier", column=NUMBER) for _, number, _ in rows]
        execute(
            "INSERT INTO identifier (id, person_id, form, idx, cipher, from_day, recorded_at, recorded_by)"
            " SELECT id, person, form, idx, cipher, '2020-05-16', now(), 'test'"
            " FROM unnest(%(ids)s::uuid[], %(people)s::uuid[], %(forms)s::text[], %(idx)s::bytea[],"
            " %(ciphers)s::bytea[]) AS given(id, person, form, idx, cipher)",
            ids=uuid7s(len(rows)),
            people=[person for person, _, _ in rows],
            forms=[form for _, _, form in rows],
            idx=[each[0] for each in sealed],
            ciphers=[each[2] for each in sealed],
        )
        self.numbers |= {person: number for person, number, _ in rows}

    def account(self, code: str = "81010001", number: str = "") -> None:
        """The school has an account."""
        number = number or f"9{code}1"
        secrets.hold()
        index = secrets.index(number, ACCOUNT)
        execute(
            "UPDATE school SET account_bank = 'KTB', account_idx = %(idx)s, account_cipher = %(cipher)s"
            " WHERE code = %(code)s",
            idx=index,
            cipher=secrets.seal(number, table="school", column=ACCOUNT, index=index),
            code=code,
        )
        self.accounts[code] = number

    def close_account(self, code: str = "81010001") -> None:
        """The school has none any more."""
        execute(
            "UPDATE school SET account_bank = '', account_idx = NULL, account_cipher = NULL WHERE code = %(code)s",
            code=code,
        )

    def choose(self, *people: UUID, channel: str = "promptpay", round: Term = ROUND) -> None:
        """What pupils said."""
        execute(
            "INSERT INTO channel_choice (round, person_id, channel, source_file, recorded_by)"
            " SELECT %(round)s, person, %(channel)s, '', 'test' FROM unnest(%(people)s::uuid[]) AS given(person)",
            round=str(round),
            channel=channel,
            people=list(people),
        )

    def by_promptpay(self, count: int = 1, *, school: str = "81010001", level: str = "primary") -> list[UUID]:
        """Pupils on the list with a number and the choice."""
        people = self.list(count=count, school=school, level=level)
        start = len(self.numbers)
        self.numbers_of([(each, citizen(start + at), "citizen") for at, each in enumerate(people)])
        self.choose(*people)
        return people

    def by_school(self, count: int = 1, *, school: str = "81010001", level: str = "primary") -> list[UUID]:
        """Pupils on the list of a school that has an account."""
        people = self.list(count=count, school=school, level=level)
        if school not in self.accounts:
            self.account(school)
        return people

    def sign(self, *, round: Term = ROUND, group: str = "old") -> None:
        """Entitled, frozen and approved."""
        self.entitle(round=round, group=group)
        self.approve(round=round, group=group)

    def approve(
        self,
        *,
        round: Term = ROUND,
        group: str = "old",
        decision: Decision = Decision.APPROVE,
        approver: str = APPROVER,
        reason: str = "",
        **changed: int | str,
    ) -> Outcome:
        """The second signature under the frozen list."""
        frozen = self.freeze(round=round, group=group, by=FREEZER)
        said = {"list_sha256": frozen.sha256, "count": frozen.count, "satang": frozen.satang} | changed
        answer = Answer(
            round=round,
            group=group,
            list_sha256=str(said["list_sha256"]),
            count=int(said["count"]),
            satang=int(said["satang"]),
            decision=decision,
            approver=approver,
            decided_on=date(2021, 1, 4),
            reason=reason,
        )
        return orders.approve(answer=answer)

    def issue(
        self, *, round: Term = ROUND, group: str = "old", province: str = "81", as_of: date = ORDERED
    ) -> Flow:
        """The step order for one province."""
        return orders.issue(
            round=round,
            group=group,
            province=province,
            as_of=as_of,
            granted=benefits.granted(round=round, group=group, province=province, scope=SCOPE),
            numbers=registry.number_forms(scope=SCOPE),
            schools=registry.school_accounts(scope=SCOPE),
        )

    def order(self, *, round: Term = ROUND, group: str = "old") -> Flow:
        """Everything up to the orders, in one breath."""
        self.sign(round=round, group=group)
        return self.issue(round=round, group=group)

    def sent(self, *, round: Term = ROUND, group: str = "old") -> list[tuple[str, str, int, str]]:
        """(reference, payee in clear, satang, school code or nothing) of every transfer, as a bank sees them."""
        rows = fetch(
            "SELECT t.reference, t.satang, s.code,"
            " (SELECT l.person_id FROM order_line l WHERE l.transfer = t.id LIMIT 1)"
            " FROM transfer t LEFT JOIN school s ON s.place_id = t.school_id"
            ' WHERE t.round = %(round)s AND t."group" = %(group)s ORDER BY t.reference',
            round=str(round),
            group=group,
        )
        return [
            (
                str(reference),
                self.accounts[str(code)] if code else self.numbers[person],
                int(str(satang)),
                str(code or ""),
            )
            for reference, satang, code, person in rows
            if isinstance(person, UUID)
        ]

    def answered(self, *, round: Term = ROUND, group: str = "old", on: date = PAID_ON) -> list[list[object]]:
        """Rows of a bank that accepts everything."""
        return [
            [ref, payee, satang, "accepted", "", on]
            for ref, payee, satang, _ in self.sent(round=round, group=group)
        ]

    def take_results(
        self, rows: Iterable[Sequence[object]], *, round: Term = ROUND, group: str = "old"
    ) -> Outcome:
        """The bank's file with these rows."""
        path = self.write("results", ("reference", "payee", "satang", "status", "code", "booked_on"), rows)
        return results.take(path=path, round=round, group=group)

    def match(
        self, *, round: Term = ROUND, group: str = "old", province: str = "81", as_of: date = MATCHED
    ) -> Flow:
        """The step reconcile for one province."""
        return results.match(round=round, group=group, province=province, as_of=as_of)

    def deliver(self, *, round: Term = ROUND, group: str = "old") -> Flow:
        """Everything up to the results of a bank that accepts everything."""
        self.order(round=round, group=group)
        self.take_results(self.answered(round=round, group=group), round=round, group=group)
        return self.match(round=round, group=group)

    def roll(self, *, round: Term = ROUND, group: str = "old") -> dict[UUID, tuple[str, int]]:
        """Person -> (line reference, satang) of what schools pay out."""
        rows = fetch(
            'SELECT person_id, id, satang FROM order_line WHERE round = %(round)s AND "group" = %(group)s'
            " AND channel = 'school' AND state <> 'held'",
            round=str(round),
            group=group,
        )
        return {
            person: (str(line), int(str(satang))) for person, line, satang in rows if isinstance(person, UUID)
        }

    def receipt(
        self,
        person: UUID,
        *,
        status: str = "received",
        on: date | None = RECEIVED_ON,
        reason: str = "",
        more: int = 0,
        group: str = "old",
        round: Term = ROUND,
    ) -> list[object]:
        """One row of the receipts; ``more`` satang than the line's."""
        line, satang = self.roll(round=round, group=group)[person]
        amount = f"{(satang + more) / 100:.2f}" if status == "received" else "0.00"
        return [line, status, amount, on.isoformat() if on else "", "ผู้ปกครอง", reason]

    def take_receipts(
        self, *rows: Sequence[object], round: Term = ROUND, group: str = "old", name: str = "receipts"
    ) -> Outcome:
        """The schools' file with these rows."""
        columns = ("line_reference", "status", "baht", "received_on", "recipient", "reason")
        return recovery.take_receipts(path=self.write(name, columns, rows), round=round, group=group)

    def close(self, *, round: Term = ROUND, group: str = "old", province: str = "81") -> Flow:
        """The step recover for one province."""
        window = for_round(round).window("recover", group)
        return recovery.close(round=round, group=group, province=province, as_of=window.closes, window=window)

    def bill(self, code: str = "81010001", *, round: Term = ROUND, group: str = "old") -> str:
        """The reference under which a school sends money back."""
        ((reference,),) = fetch(
            'SELECT reference FROM return_bill WHERE round = %(round)s AND "group" = %(group)s'
            " AND school_code = %(code)s",
            round=str(round),
            group=group,
            code=code,
        )
        return str(reference)

    def give_back(
        self, satang: int, *, code: str = "81010001", on: date, reference: str = ""
    ) -> list[object]:
        """One row of the returns."""
        return [reference or self.bill(code), code, f"{satang / 100:.2f}", on.isoformat()]

    def take_returns(self, *rows: Sequence[object], name: str = "returns") -> Outcome:
        """The schools' payments back."""
        columns = ("return_reference", "school_code", "baht", "booked_on")
        return recovery.take_returns(path=self.write(name, columns, rows), round=ROUND, group="old")

    def settle(self, *, until: date = date(2021, 4, 1)) -> Outcome:
        """Late receipts and returns up to a day."""
        return recovery.settle(round=ROUND, group="old", until=until)

    def write(self, name: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Path:
        """A CSV file of the folder."""
        path = self.root / f"{name}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(columns)
            writer.writerows(rows)
        return path


def balances(*, round: Term = ROUND) -> dict[str, int]:
    """Account -> satang of a round, without those at zero."""
    return {name: satang for name, satang in ledger.balances(round=round).items() if satang}


def lines(column: str = "state") -> list[object]:
    """One column of all order lines, in the order of their persons."""
    return [
        value for (value,) in fetch(f'SELECT {column} FROM order_line ORDER BY person_id, round, "group"')
    ]


def troubles(*, round: Term = ROUND) -> dict[str, int]:
    """Exceptions by reason, without zeros."""
    return {reason: count for reason, count in payments.exceptions(round=round).items() if count}
