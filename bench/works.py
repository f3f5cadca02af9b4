"""The pieces of work in the table: what of a trial is ours, which files go in, which rows come out."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import psycopg

from bench.floor import Out
from bench.trial import ROUND, Trial

INTAKE_TABLES: Final = ("person", "identifier", "household_link", "guardian_link", "school_enrolment")
SCREENING_TABLES: Final = ("form", "form_member", "assessment")
RECORD_TABLES: Final = ("school_days", "attendance_month", "growth_measure", "compliance")
ORDER_TABLES: Final = ("entitlement", "entitlement_line", "order_line")
Link = psycopg.Connection[Any]


@dataclass(frozen=True, slots=True)
class Work:
    """``ours`` gives seconds; ``rows`` the rows of the work; ``steps`` whose memory counts."""

    name: str
    steps: tuple[str, ...]
    ours: Callable[[Trial], float]
    rows: Callable[[Link], int]
    files: Callable[[Path], list[Path]]
    outs: Callable[[Path], list[Out]]


def registers(files: Path) -> list[Path]:
    """Register files of the first hour that are CSV."""
    return sorted(
        path for path in (files / "registers").glob("*.csv") if not path.name.startswith("corrections-")
    )


def everything(files: Path) -> list[Path]:
    """Every CSV file that the round took in; workbooks cannot be copied and are left out of the floor."""
    return [
        *sorted(files.glob("*.csv")),
        *sorted(files.glob("registers/*.csv")),
        *sorted(files.glob("answers/*.csv")),
    ]


def of_registers(files: Path) -> list[Out]:
    """The rows that those files brought, known by the hash each row carries."""
    brought = {"files": [hashlib.sha256(path.read_bytes()).digest() for path in registers(files)]}
    return [Out(table, "source_file = ANY (%(files)s)", brought) for table in INTAKE_TABLES]


def moved(*kinds: str) -> Out:
    return Out("movement", "kind = ANY (%(kinds)s)", {"kinds": list(kinds)})


def units_of_csv(trial: Trial) -> float:
    return sum(
        took for (step, unit), took in trial.units.items() if step == "intake" and unit.endswith(".csv")
    )


def steps(*names: str) -> Callable[[Trial], float]:
    return lambda trial: sum(trial.seconds[name] for name in names)


def joined(task: str, keys: str) -> Callable[[Link], int]:
    """Rows that came into the finished units of a task whose names match."""
    return _count(
        "SELECT sum((result->>'in')::bigint + (result->>'joined')::bigint) FROM work_unit"
        " WHERE task = %s AND key LIKE %s",
        f"{ROUND}/{task}",
        keys,
    )


def _count(query: str, *values: str) -> Callable[[Link], int]:
    def count(link: Link) -> int:
        row = link.execute(query, values).fetchone()
        return int(row[0]) if row else 0

    return count


WORKS: Final = (
    Work(
        name="intake (CSV)",
        steps=("intake",),
        ours=units_of_csv,
        rows=joined("/intake", "%.csv"),
        files=registers,
        outs=of_registers,
    ),
    Work(
        name="screening",
        steps=("assess",),
        ours=steps("assess"),
        rows=_count("SELECT count(*) FROM assessment WHERE round = %s", ROUND),
        files=lambda files: sorted([*files.glob("forms*.csv"), *files.glob("form_members*.csv")]),
        outs=lambda files: [*map(Out, SCREENING_TABLES)],
    ),
    Work(
        name="payment orders",
        steps=("entitle", "order"),
        ours=steps("entitle", "order"),
        rows=_count("SELECT count(*) FROM order_line WHERE round = %s", ROUND),
        files=lambda files: [],
        outs=lambda files: [*map(Out, ORDER_TABLES), moved("entitle", "carry", "order")],
    ),
    Work(
        name="bank results",
        steps=("reconcile",),
        ours=steps("reconcile"),
        rows=_count("SELECT count(*) FROM bank_result WHERE round = %s", ROUND),
        files=lambda files: sorted(files.glob("answers/results-*.csv")),
        outs=lambda files: [Out("bank_result"), moved("pay", "deliver", "refuse")],
    ),
    Work(
        name="whole semester",
        steps=(),
        ours=lambda trial: sum(trial.seconds.values()),
        rows=joined("/intake", "closed"),
        files=everything,
        outs=lambda files: [
            *map(Out, (*INTAKE_TABLES, *SCREENING_TABLES, *ORDER_TABLES, "bank_result", "movement")),
            *map(Out, RECORD_TABLES),
        ],
    ),
)
