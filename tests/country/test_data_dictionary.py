"""docs/data-dictionary.md says of every file what the country writes, column for column."""

import csv
import re
from pathlib import Path

import pytest

import country
from country import dmc
from country.answering import _APPROVAL, _PAYMENT, _RECEIPTS, _REQUEST, _RESULTS, _RETURNS, _ROLL
from country.steps import DROPS, HOLDS
from country.truth import EXCEPTIONS
from takhai.thai.identifiers import NumberForm, read_number
from tests.country.conftest import Made

PAGE = Path(country.__file__).parents[2] / "docs" / "data-dictionary.md"
TEXT = PAGE.read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", TEXT, re.MULTILINE | re.DOTALL))


def columns(section: str) -> list[str]:
    """Names in the first table of a section, the number of a column aside."""
    lines = [line for line in SECTIONS[section].splitlines() if line.startswith("|")]
    ruled = [n for n, line in enumerate(lines) if line.startswith("|---")]
    last = ruled[1] - 1 if len(ruled) > 1 else len(lines)
    at = 2 if lines[0].startswith("| #") else 1
    return [line.split("|")[at].strip().strip("*") for line in lines[2:last]]


def example(section: str) -> list[list[str]]:
    """The example of a section."""
    found = re.search(r"```csv\n(.*?)```", SECTIONS[section], re.DOTALL)
    assert found, section
    return list(csv.reader(found[1].splitlines()))


INPUTS = ["areas.csv", "schools.csv", "last_round.csv", "registry_extract.csv", "channels.csv"]


@pytest.mark.parametrize("name", INPUTS)
def test_a_file_of_the_country_has_the_columns_of_the_page(krabi: Made, name: str) -> None:
    with (krabi.folder / name).open(encoding="utf-8", newline="") as file:
        header = next(csv.reader(file))
    assert columns(name) == header


def test_a_register_has_the_columns_of_the_page() -> None:
    assert columns("registers")[:36] == list(dmc.HEADER)
    assert len(example("registers")[0]) == 36


@pytest.mark.parametrize(
    ("section", "written"),
    [
        ("answers/approval", _APPROVAL),
        ("answers/results", _RESULTS),
        ("answers/receipts", _RECEIPTS),
        ("answers/returns", _RETURNS),
    ],
)
def test_an_answer_has_the_columns_of_the_page(section: str, written: tuple[str, ...]) -> None:
    assert columns(section) == list(written)


@pytest.mark.parametrize(
    ("section", "read"),
    [("out/approval-request", _REQUEST), ("out/payment", _PAYMENT), ("out/cash-roll", _ROLL)],
)
def test_what_the_country_reads_in_out_is_on_the_page(section: str, read: tuple[str, ...]) -> None:
    assert set(read) <= set(columns(section))


@pytest.mark.parametrize("section", [name for name in SECTIONS if "/" in name or name in INPUTS])
def test_every_example_has_its_header_and_fits_it(section: str) -> None:
    rows = example(section)
    assert rows[0] == columns(section)
    assert all(len(row) == len(rows[0]) for row in rows)


def test_numbers_in_examples_are_well_formed() -> None:
    shown = re.findall(r"(?<![0-9A-Za-z])(?:[0-9]{13}|G[0-9]{12})(?![0-9])", TEXT)
    assert shown
    assert all(read_number(text).form in (NumberForm.CITIZEN, NumberForm.GCODE) for text in shown)


def test_every_reason_and_exception_is_explained() -> None:
    for names in (*DROPS.values(), *HOLDS.values(), EXCEPTIONS):
        for name in names:
            assert re.search(rf"\b{name}\b", TEXT), name


def test_the_reasons_of_intake_stand_in_their_table() -> None:
    table = re.findall(r"^\| ([a-z_]+) \|", SECTIONS["registers"], re.MULTILINE)
    assert set(DROPS["intake"]) <= set(table)


def test_every_link_of_the_page_leads_somewhere() -> None:
    heads = re.findall(r"^#+ (.+)$", TEXT, re.MULTILINE)
    anchors = {re.sub(r"[^\w\- ]", "", head).strip().lower().replace(" ", "-") for head in heads}
    for target in re.findall(r"\]\(#([^)]+)\)", TEXT):
        assert target in anchors, target


def test_nothing_of_the_workplace_is_on_the_page() -> None:
    assert not re.search(r"/work/|/tmp/|https?://", TEXT)
