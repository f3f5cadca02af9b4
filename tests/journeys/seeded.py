"""The personal values that were put into a house's files, to be looked for where none may be."""

import csv
from pathlib import Path

from tests.journeys.house import House


def seeded_numbers(house: House) -> list[str]:
    """Numbers of the last list."""
    rows = csv.DictReader((house.files / "last_round.csv").read_text("utf-8-sig").splitlines())
    return [row["identifier"] for row in rows if len(row["identifier"]) == 13]


def seeded_names(house: House) -> set[str]:
    """Surnames of the registers; short ones are left out, for they may stand inside a common word."""
    rows = [row for path in (house.files / "registers").glob("[!c]*.csv") for row in _rows(path)]
    return {row["นามสกุล"] for row in rows if len(row.get("นามสกุล") or "") > 5}


def _rows(path: Path) -> list[dict[str, str]]:
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp874", "replace")
    return [row for row in csv.DictReader(text.splitlines()) if row.get("เลขประจำตัวประชาชน")]
